"""Keeping people out, and letting them in again."""

from bot.db.database import Database, Repos
from bot.errors import AlreadyBanned, NotAllowed, NotBanned, PersonGone
from bot.models.audit import AuditAction
from bot.models.members import objection
from bot.models.notices import NoticeKind
from bot.models.people import Person
from bot.services.people import PersonCache


class BanService:
    def __init__(self, db: Database, cache: PersonCache) -> None:
        self._db = db
        self._cache = cache

    async def check(self, person_id: int, *, by: Person) -> Person:
        """Someone ``by`` may ban now.

        Raises:
            PersonGone, NotYourself, NobodyTouchesOwners, AboveYou, NotAllowed: they may not.
            AlreadyBanned: no need to.
        """
        async with self._db.reading() as repos:
            person = _within_reach(by, await repos.people.find(person_id))
        if person.is_banned:
            raise AlreadyBanned
        return person

    async def ban(self, person_id: int, *, reason: str, by: Person) -> None:
        """Keep someone out; an office they hold is taken with it.

        What they bought stays, and what they ask for waits: it can only be rejected until they are
        let in again. Payments that they have reported are checked as ever.

        Raises:
            As in ``check``.
        """
        async with self._db.transaction() as tx:
            admin, person = await _held(tx, by, person_id)
            if person.office:
                await take_office(tx, person, by=admin)
            if await tx.members.ban(person.id, reason=reason, by=admin.id):
                await tx.audit.add(
                    AuditAction.MEMBER_BANNED,
                    by=admin,
                    subject_id=person.id,
                    before={"banned": False},
                    after={"banned": True},
                )
                await tx.notices.add(NoticeKind.BANNED, to=person.id, payload={"reason": reason})
                await _redraw(tx, person)
            elif await tx.audit.find_own(AuditAction.MEMBER_BANNED, subject_id=person.id) is None:
                raise AlreadyBanned
        await self._forget(person)

    async def unban(self, person_id: int, *, by: Person) -> None:
        """Let someone in again, as what they were without their office.

        Raises:
            PersonGone, NotYourself, NobodyTouchesOwners, AboveYou, NotAllowed: as in ``check``.
            NotBanned: somebody else was faster.
        """
        async with self._db.transaction() as tx:
            admin, person = await _held(tx, by, person_id)
            if await tx.members.unban(person.id):
                await tx.audit.add(
                    AuditAction.MEMBER_UNBANNED,
                    by=admin,
                    subject_id=person.id,
                    before={"banned": True},
                    after={"banned": False},
                )
                await tx.notices.add(NoticeKind.UNBANNED, to=person.id)
                await _redraw(tx, person)
            elif await tx.audit.find_own(AuditAction.MEMBER_UNBANNED, subject_id=person.id) is None:
                raise NotBanned
        await self._forget(person)

    async def claim_ban_notice(self, person_id: int, *, teller: str) -> str | None:
        """The reason, if ``teller`` (a notice or an update) is the one to tell them of it."""
        async with self._db.transaction() as tx:
            return await tx.members.claim_ban_notice(person_id, teller=teller)

    async def _forget(self, person: Person) -> None:
        if person.telegram_id is not None:
            await self._cache.forget(person.telegram_id)


async def take_office(tx: Repos, person: Person, *, by: Person) -> None:
    """Relieve someone of their post, in the transaction of what makes that necessary."""
    before = {"office": person.office}
    await tx.people.set_office(person.id, None)
    await tx.audit.add(AuditAction.OFFICE_TAKEN, by=by, subject_id=person.id, before=before)


async def _redraw(tx: Repos, person: Person) -> None:
    """Admins' cards of what waits say whether it can be approved."""
    if purchase := await tx.purchases.find_waiting_of(person.id):
        await tx.notices.refresh(NoticeKind.PURCHASE_CARD, subject_id=purchase.id)
    if registration := await tx.registrations.find_pending(of_person=person.id):
        await tx.notices.refresh(NoticeKind.REGISTRATION_CARD, subject_id=registration.id)


async def _held(tx: Repos, by: Person, person_id: int) -> tuple[Person, Person]:
    admin, person = await tx.people.hold_both(by.id, person_id)
    if admin is None:
        raise NotAllowed(role="admin")
    return admin, _within_reach(admin, person)


def _within_reach(by: Person, person: Person | None) -> Person:
    if person is None:
        raise PersonGone
    if no := objection(by, person):
        raise no
    return person
