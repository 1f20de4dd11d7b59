"""What admins do with registrations: look, approve, reject. The first decision wins."""

from typing import Final

from bot.db.database import Database, Repos
from bot.errors import ApplicantBanned, RegistrationNotFound
from bot.models.audit import AuditAction
from bot.models.notices import NoticeKind
from bot.models.people import Person
from bot.models.registrations import (
    Registration,
    RegistrationCard,
    RegistrationQueue,
    RegistrationStatus,
    Verdict,
)
from bot.models.verifications import Waiting
from bot.services._authority import require_admin_with
from bot.services._pages import nearest
from bot.services.people import PersonCache

PAGE: Final = 8

_ACTIONS: Final = {
    RegistrationStatus.APPROVED: AuditAction.REGISTRATION_APPROVED,
    RegistrationStatus.REJECTED: AuditAction.REGISTRATION_REJECTED,
}


class ApprovalService:
    def __init__(self, db: Database, cache: PersonCache) -> None:
        self._db = db
        self._cache = cache

    async def waiting(self) -> Waiting:
        """How much of each kind waits for an admin."""
        async with self._db.reading() as repos:
            return Waiting(
                registrations=await repos.registrations.count_pending(),
                payments=await repos.claims.count_waiting(),
                subscriptions=await repos.purchases.count_waiting(),
                invoices=await repos.rejections.count_open(),
            )

    async def queue(self, *, page: int) -> RegistrationQueue:
        """That page, or the nearest there is."""
        async with self._db.reading() as repos:
            count = await repos.registrations.count_pending()
            page, pages = nearest(page, of=count, size=PAGE)
            waiting = await repos.registrations.list_pending(limit=PAGE, offset=page * PAGE)
        return RegistrationQueue(waiting=waiting, count=count, page=page, pages=pages)

    async def find_card(self, registration_id: int) -> RegistrationCard | None:
        """``None``: it went with the data of its person."""
        async with self._db.reading() as repos:
            return await _find_card(repos, registration_id)

    async def card(self, registration_id: int) -> RegistrationCard:
        """As ``find_card``.

        Raises:
            RegistrationNotFound: it went with the data of its person.
        """
        if card := await self.find_card(registration_id):
            return card
        raise RegistrationNotFound

    async def approve(self, registration_id: int, *, by: Person) -> Verdict:
        """Make the applicant a member, unless it was decided or withdrawn before.

        Raises:
            ApplicantBanned: a banned person cannot become a member.
            RegistrationNotFound, NotAllowed: the applicant, or the admin's office, is gone.
        """
        return await self._decide(registration_id, RegistrationStatus.APPROVED, by=by)

    async def reject(self, registration_id: int, *, reason: str, by: Person) -> Verdict:
        """Decline, unless it was decided or withdrawn before; the applicant is told the reason.

        Raises:
            RegistrationNotFound, NotAllowed: as in ``approve``.
        """
        return await self._decide(
            registration_id, RegistrationStatus.REJECTED, by=by, reason=reason
        )

    async def _decide(
        self,
        registration_id: int,
        status: RegistrationStatus,
        *,
        by: Person,
        reason: str | None = None,
    ) -> Verdict:
        async with self._db.transaction() as tx:
            admin, applicant = await _hold_both(tx, registration_id, by)
            if status is RegistrationStatus.APPROVED and applicant.is_banned:
                await _refuse_if_open(tx, registration_id)
            decided = await tx.registrations.mark_decided(
                registration_id, status, by=admin.id, reason=reason
            )
            if decided:
                await _record(tx, decided, by=admin)
            card = await _find_card(tx, registration_id)
        if card is None:
            raise RegistrationNotFound
        if decided and applicant.telegram_id:
            await self._cache.forget(applicant.telegram_id)
        return Verdict(card=card, stands=_is(card.registration, status, by=admin))


async def _hold_both(tx: Repos, registration_id: int, by: Person) -> tuple[Person, Person]:
    """The admin and the applicant, always locked in the same order."""
    found = await tx.registrations.find(registration_id)
    if found is None:
        raise RegistrationNotFound
    admin, applicant = await require_admin_with(tx, by, found.person_id)
    if applicant is None or applicant.telegram_id is None:
        raise RegistrationNotFound
    return admin, applicant


async def _refuse_if_open(tx: Repos, registration_id: int) -> None:
    found = await tx.registrations.find(registration_id)
    if found and found.status is RegistrationStatus.PENDING:
        raise ApplicantBanned


async def _record(tx: Repos, decided: Registration, *, by: Person) -> None:
    if decided.status is RegistrationStatus.APPROVED:
        await tx.registrations.add_profile(decided.person_id, decided.applicant)
    await tx.audit.add(
        _ACTIONS[decided.status],
        by=by,
        subject_id=decided.person_id,
        before={"status": RegistrationStatus.PENDING},
        after={"registration": decided.id, "status": decided.status},
    )
    await tx.notices.add(
        NoticeKind.REGISTRATION_DECIDED,
        to=decided.person_id,
        subject_id=decided.id,
        dedupe_key=f"{NoticeKind.REGISTRATION_DECIDED}:{decided.id}",
    )
    await tx.notices.refresh(NoticeKind.REGISTRATION_CARD, subject_id=decided.id)


async def _find_card(repos: Repos, registration_id: int) -> RegistrationCard | None:
    found = await repos.registrations.find(registration_id)
    person = await repos.people.find(found.person_id) if found else None
    if found is None or person is None:
        return None
    decided_by = await repos.people.find(found.decided_by) if found.decided_by else None
    return RegistrationCard(registration=found, person=person, decided_by=decided_by)


def _is(registration: Registration, status: RegistrationStatus, *, by: Person) -> bool:
    """Decided this way by this admin: now, or by an earlier tap of the same."""
    return registration.status is status and registration.decided_by == by.id
