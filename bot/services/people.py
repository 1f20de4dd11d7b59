"""Who is talking to us."""

from dataclasses import asdict
from typing import Protocol

import orjson

from bot.db.database import Database
from bot.models.notices import NoticeKind
from bot.models.people import Office, Person, Role, TelegramUser


class PersonCache(Protocol):
    """Values by Telegram id; never older than the last ``forget``."""

    async def fetch(self, number: int, /) -> tuple[bytes | None, str]: ...

    async def store(self, number: int, value: bytes, ticket: str, /) -> None: ...

    async def forget(self, *numbers: int) -> None: ...


class PeopleService:
    def __init__(self, db: Database, cache: PersonCache) -> None:
        self._db = db
        self._cache = cache

    async def recognise(self, user: TelegramUser) -> Person:
        """The sender as the database knows them now; a stranger is written down."""
        known, ticket = await self._cache.fetch(user.telegram_id)
        if known and _still(person := _unpack(known), user):
            return person
        async with self._db.reading() as repos:
            found = await repos.people.find_by_telegram_id(user.telegram_id)
        if found is None or not _still(found, user):
            found = await self._write_down(user, before=found)
            await self._cache.forget(user.telegram_id)
            return found
        await self._cache.store(user.telegram_id, orjson.dumps(asdict(found)), ticket)
        return found

    async def _write_down(self, user: TelegramUser, *, before: Person | None) -> Person:
        async with self._db.transaction() as tx:
            person_id = await tx.people.remember(user)
            person = await tx.people.find(person_id)
            if person is None:
                raise RuntimeError("a person just written down is not there")
            named_but_new = before is not None and not before.display_name
            if named_but_new and person.role >= Role.STAFF:
                await tx.notices.add(NoticeKind.COMMANDS, to=person_id)
        return person

    async def changed_reachability(self, telegram_id: int, *, reachable: bool) -> None:
        """They blocked the bot, or let it in again; or Telegram refused our message to them."""
        async with self._db.reading() as repos:
            await repos.people.mark_reachable(telegram_id, reachable=reachable)
        await self._cache.forget(telegram_id)

    async def name_owners(self, telegram_ids: tuple[int, ...]) -> None:
        """Make the owners of OWNER_IDS owners, and those no longer named there ordinary people."""
        async with self._db.transaction() as tx:
            await tx.people.lock_offices()
            changed = await tx.people.name_owners(telegram_ids)
            await tx.notices.add_commands(changed)
        await self._cache.forget(*changed)


def _still(person: Person, user: TelegramUser) -> bool:
    return (
        person.username == user.username
        and person.display_name == user.display_name
        and person.is_reachable
    )


def _unpack(value: bytes) -> Person:
    fields = orjson.loads(value)
    return Person(**{**fields, "office": Office(fields["office"]) if fields["office"] else None})
