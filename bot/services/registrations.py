"""How a visitor asks to become a member: submit, edit, withdraw."""

from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import AlreadyMember, AlreadyPending, OldButton, PersonGone, RegistrationNotFound
from bot.models.audit import AuditAction
from bot.models.notices import Audience, NoticeKind
from bot.models.people import Person
from bot.models.registrations import Applicant, Registration, RegistrationStatus
from bot.services.people import PersonCache


class RegistrationService:
    def __init__(self, db: Database, cache: PersonCache) -> None:
        self._db = db
        self._cache = cache

    async def open_request(self, *, of: Person) -> Registration | None:
        """What they have with the club; ``None``: nothing, so they may register.

        Raises:
            AlreadyMember: there is nothing to ask for.
        """
        async with self._db.reading() as repos:
            me = await repos.people.find(of.id)
            if me and me.is_member:
                raise AlreadyMember
            return await repos.registrations.find_pending(of_person=of.id)

    async def request_to_edit(self, registration_id: int, *, of: Person) -> Registration:
        """Their open request, if it is still this one.

        Raises:
            AlreadyMember: it was approved.
            RegistrationNotFound: it was rejected, withdrawn or replaced.
        """
        found = await self.open_request(of=of)
        if found is None or found.id != registration_id:
            raise RegistrationNotFound
        return found

    async def submit(
        self,
        applicant: Applicant | None,
        *,
        by: Person,
        operation_id: UUID,
        replaces: int | None = None,
    ) -> Registration:
        """File a request, or become a member at once where the club reviews nothing.

        ``operation_id`` is of the review they pressed Submit on: pressed again, it has the same
        outcome. ``applicant`` is ``None`` when the form is closed, so only such a repeat can be
        meant. ``replaces`` is their open request that was edited; it is withdrawn.

        Raises:
            OldButton: the form is closed and nothing was submitted from it.
            AlreadyMember, AlreadyPending: there is nothing to ask for.
            PersonGone: they deleted their data in the meantime.
        """
        async with self._db.transaction() as tx:
            me = await _held(tx, by)
            made = await tx.registrations.find_by_operation(operation_id)
            if made and made.person_id == me.id:
                return made
            if applicant is None:
                raise OldButton
            if me.is_member:
                raise AlreadyMember
            if replaces:
                await _withdraw(tx, replaces, me)
            filed = await tx.registrations.add(me.id, applicant, operation_id=operation_id)
            if filed is None:
                raise AlreadyPending
            filed = await _hand_on(tx, filed, me)
        await self._cache.forget(*_number(me))
        return filed

    async def withdraw(self, registration_id: int, *, by: Person) -> Registration:
        """Take back one's own request; a second tap changes nothing.

        Raises:
            AlreadyMember: it was approved before that.
            RegistrationNotFound: it was rejected before that, or is not theirs.
        """
        async with self._db.transaction() as tx:
            me = await _held(tx, by)
            found = await _withdraw(tx, registration_id, me)
            if found:
                await tx.notices.add(NoticeKind.COMMANDS, to=me.id)
            found = found or await tx.registrations.find(registration_id)
        await self._cache.forget(*_number(me))
        if found and found.person_id == me.id and found.status is RegistrationStatus.WITHDRAWN:
            return found
        raise AlreadyMember if me.is_member else RegistrationNotFound


async def _held(tx: Repos, by: Person) -> Person:
    me = await tx.people.hold(by.id)
    if me is None or me.telegram_id is None:
        raise PersonGone
    return me


async def _withdraw(tx: Repos, registration_id: int, me: Person) -> Registration | None:
    withdrawn = await tx.registrations.mark_withdrawn(registration_id, of_person=me.id)
    if withdrawn:
        await tx.notices.refresh(NoticeKind.REGISTRATION_CARD, subject_id=registration_id)
    return withdrawn


async def _hand_on(tx: Repos, filed: Registration, me: Person) -> Registration:
    """To the admins; or, where the club does not review, straight to membership."""
    await tx.notices.add(NoticeKind.COMMANDS, to=me.id)  # the reply to Submit tells them the rest
    club = await tx.club.get()
    if club.review_registrations:
        await tx.notices.add_for(Audience.ADMINS, NoticeKind.REGISTRATION_CARD, subject_id=filed.id)
        return filed
    approved = await tx.registrations.mark_decided(filed.id, RegistrationStatus.APPROVED, by=me.id)
    await tx.registrations.add_profile(me.id, filed.applicant)
    facts = {"registration": filed.id, "reviewed": False}
    await tx.audit.add(AuditAction.REGISTRATION_APPROVED, by=me, subject_id=me.id, after=facts)
    return approved or filed


def _number(person: Person) -> tuple[int, ...]:
    return (person.telegram_id,) if person.telegram_id else ()
