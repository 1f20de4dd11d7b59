"""Who runs the club: offices given and taken."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import (
    AboveYou,
    AlreadyInOffice,
    BannedFromOffice,
    LastOwner,
    NotAllowed,
    NotInOffice,
    NotYourself,
    OfficeChanged,
    OwnerFromEnvironment,
    PersonGone,
)
from bot.models.audit import AuditAction
from bot.models.notices import NoticeKind
from bot.models.people import Office, Person, Role
from bot.models.team import OfficeChange, StaffPage, rank
from bot.services._pages import nearest
from bot.services.people import PersonCache

PAGE: Final = 8


class TeamService:
    def __init__(self, db: Database, cache: PersonCache) -> None:
        self._db = db
        self._cache = cache

    async def staff(self, number: int) -> StaffPage:
        """A page of the staff; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            people = await repos.people.list_in_office(Office.STAFF)
        number, pages = nearest(number, of=len(people), size=PAGE)
        shown = people[number * PAGE : (number + 1) * PAGE]
        return StaffPage(number=number, pages=pages, people=shown, of=len(people))

    async def list_leaders(self) -> list[Person]:
        """Owners first, then admins."""
        async with self._db.reading() as repos:
            return await repos.people.list_in_office(Office.OWNER, Office.ADMIN)

    async def find(self, account: int | str) -> Person | None:
        """Somebody by Telegram id or username; ``None`` if they never wrote to the bot."""
        async with self._db.reading() as repos:
            if isinstance(account, int):
                return await repos.people.find_by_telegram_id(account)
            return await repos.people.find_by_username(account)

    async def consider(self, person_id: int, to: Office | None, *, by: Person) -> Person:
        """Say no early to what ``change`` would refuse; the person as they are now.

        Raises:
            Refusal: as in ``change``.
        """
        async with self._db.reading() as repos:
            person = await repos.people.find(person_id)
            return await _allowed(repos, person, to, by=by)

    async def appoint(self, person_id: int, to: Office, *, by: Person) -> Person:
        """As ``consider``, but only upwards: giving an office takes none away.

        Raises:
            AlreadyInOffice: they hold this office or a higher one.
            Refusal: as in ``change``.
        """
        async with self._db.reading() as repos:
            person = await repos.people.find(person_id)
            if person and rank(person.office) > rank(to):
                raise AlreadyInOffice(office=person.office)
            return await _allowed(repos, person, to, by=by)

    async def change(
        self,
        person_id: int,
        to: Office | None,
        *,
        was: Office | None,
        by: Person,
        operation_id: UUID,
    ) -> OfficeChange:
        """Give or take an office; confirmed twice, it takes effect and is told once.

        Raises:
            NotAllowed, AboveYou, NotYourself: not for ``by`` to do.
            PersonGone, BannedFromOffice: there is nobody to hold the office.
            AlreadyInOffice, NotInOffice, OfficeChanged: somebody else was first.
            OwnerFromEnvironment, LastOwner: this owner stays.
        """
        async with self._db.transaction() as tx:
            await tx.people.lock_offices()
            held = {each: await tx.people.hold(each) for each in sorted({by.id, person_id})}
            person, actor = held[person_id], held[by.id]
            if person is None or actor is None:
                raise PersonGone
            if await tx.audit.has_operation(operation_id):
                done = OfficeChange(person=replace(person, office=was), to=to)
            else:
                done = await _change(tx, person, to, was=was, by=actor, of=operation_id)
        if person.telegram_id:
            await self._cache.forget(person.telegram_id)
        return done


async def _change(  # noqa: PLR0913 -- keyword-only, and all of it is the operation
    tx: Repos, person: Person, to: Office | None, *, was: Office | None, by: Person, of: UUID
) -> OfficeChange:
    await _allowed(tx, person, to, by=by)
    if person.office is not was:
        raise OfficeChanged
    change = OfficeChange(person=person, to=to)
    await tx.people.set_office(person.id, to)
    await tx.audit.add(
        AuditAction.OFFICE_GIVEN if change.is_promotion else AuditAction.OFFICE_TAKEN,
        by=by,
        subject_id=person.id,
        before={"office": was},
        after={"office": to},
        operation_id=of,
    )
    if person.id == by.id:  # they know; only their commands change
        await tx.notices.add(NoticeKind.COMMANDS, to=person.id)
    else:
        await tx.notices.add(
            NoticeKind.OFFICE_CHANGED, to=person.id, payload={"office": to, "was": was}
        )
    return change


async def _allowed(repos: Repos, person: Person | None, to: Office | None, *, by: Person) -> Person:
    """The rules of ``change`` that do not depend on what was on the screen."""
    if person is None or person.telegram_id is None:
        raise PersonGone
    _authorised(person, to, by=by)
    if person.is_banned:
        raise BannedFromOffice
    if to is person.office:
        raise AlreadyInOffice(office=to) if to else NotInOffice
    if person.office is Office.OWNER:
        if person.from_environment:
            raise OwnerFromEnvironment
        if len(await repos.people.list_in_office(Office.OWNER)) == 1:
            raise LastOwner
    return person


def _authorised(person: Person, to: Office | None, *, by: Person) -> None:
    """Admins have a say over staff alone, owners over everyone; nobody over themselves.

    An owner may step down.
    """
    if by.role < Role.ADMIN:
        raise NotAllowed(role=Office.ADMIN)
    if by.role < Role.OWNER:
        if rank(to) >= Role.ADMIN:
            raise NotAllowed(role=Office.OWNER)
        if person.id == by.id:
            raise NotYourself
        if rank(person.office) >= Role.ADMIN:
            raise AboveYou
