"""The club's own facts: its first set-up and its settings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bot.db.database import Database
from bot.errors import AlreadySetUp
from bot.models.audit import AuditAction
from bot.models.club import Club, Setting
from bot.models.people import Person
from bot.services._authority import require_owner


class ClubService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self) -> Club:
        async with self._db.reading() as repos:
            return await repos.club.get()

    async def found(self, first: Club) -> None:
        """Write the club's first facts, once in its life."""
        async with self._db.transaction() as tx:
            await tx.club.found(first)

    async def set_up(
        self, answers: Mapping[Setting, str], *, by: Person, operation_id: UUID
    ) -> Club:
        """Save the first set-up; what was not answered stays as it is.

        Raises:
            NotAllowed: for owners only.
            AlreadySetUp: another owner was first.
        """
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            club = await tx.club.hold()
            if await tx.audit.has_operation(operation_id):
                return club
            if club.set_up_at:
                raise AlreadySetUp
            saved = replace(_changed(club, answers), set_up_at=datetime.now(UTC))
            await tx.club.save(saved)
            await tx.audit.add(
                AuditAction.CLUB_SET_UP,
                by=owner,
                before=_facts(club, answers),
                after=_facts(saved, answers),
                operation_id=operation_id,
            )
        return saved

    async def change(self, setting: Setting, value: str | bool, *, by: Person) -> Club:  # noqa: FBT001 -- a value of a setting
        """Change one fact; the value it has already changes nothing.

        Raises:
            NotAllowed: for owners only.
        """
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            club = await tx.club.hold()
            saved = _changed(club, {setting: value})
            if saved == club:
                return club
            await tx.club.save(saved)
            await tx.audit.add(
                AuditAction.SETTING_CHANGED,
                by=owner,
                before=_facts(club, [setting]),
                after=_facts(saved, [setting]),
            )
        return saved


def _changed(club: Club, values: Mapping[Setting, str | bool]) -> Club:
    fields: dict[str, Any] = {setting.value: value for setting, value in values.items()}
    return replace(club, **fields)


def _facts(club: Club, settings: Mapping[Setting, object] | list[Setting]) -> dict[str, Any]:
    return {setting.value: getattr(club, setting) for setting in settings}
