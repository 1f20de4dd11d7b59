"""Claims: a member says they have paid, an admin verifies. The first decision wins."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.claims import ClaimGone, ClaimWaiting
from bot.errors.payments import DuesChanged, Overpaid, ReferenceUsed
from bot.models.audit import AuditAction
from bot.models.claims import (
    Claim,
    ClaimCard,
    ClaimQueue,
    ClaimStatus,
    ClaimVerdict,
    NewClaim,
    RequestStatus,
    ShownProof,
)
from bot.models.notices import Audience, NoticeKind
from bot.models.payments import Account, PaymentLine, Receipt
from bot.models.people import Person
from bot.services._accounts import hold_account, receive, unique_references
from bot.services._authority import require_here
from bot.services._claimable import check
from bot.services._clock import utc_now
from bot.services._pages import nearest
from bot.services._verdicts import find_card, received_lines, verdict

PAGE: Final = 8


class ClaimService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def submit(self, new: NewClaim, *, me: Person, operation_id: UUID) -> Claim:
        """Tell the admins that ``me`` has paid; once per operation.

        Raises:
            PersonGone: deleted a moment ago.
            InvoiceGone, RequestGone: never there, or somebody else's.
            NothingDue: the invoice is settled.
            MoreThanDue: than the invoice or the request asks.
            NotAllowed: about neither, and they are no member and were never billed.
            ClaimWaiting: one about the same waits already.
            ReferenceUsed: this bank's reference was reported or booked before.
        """
        async with self._db.transaction() as tx:
            await require_here(tx, me)
            if made := await tx.claims.find_made_by(operation_id):
                return made
            await check(tx, new, me)
            claim_id = await tx.claims.add(new, person_id=me.id, operation_id=operation_id)
            if claim_id is None:
                raise ClaimWaiting
            await take_references(tx, new.lines, claim_id)
            await tx.notices.add_for(Audience.ADMINS, NoticeKind.CLAIM_CARD, subject_id=claim_id)
            return await _claim(tx, claim_id)

    async def withdraw(self, claim_id: int, *, me: Person) -> bool:
        """Take back what waits; a second time changes nothing. ``False``: an admin was first.

        Raises:
            ClaimGone: never there, somebody else's, or taken back with what it is to pay.
        """
        async with self._db.transaction() as tx:
            await tx.people.hold(me.id)
            claim = await tx.claims.hold(claim_id)
            if claim is None or claim.person_id != me.id or claim.for_subscription:
                raise ClaimGone
            if claim.status is ClaimStatus.WITHDRAWN:
                return True
            status, now = ClaimStatus.WITHDRAWN, self._now()
            if not await tx.claims.mark_decided(claim_id, status, by=me.id, at=now):
                return False
            await tx.bank_references.release(claim_id=claim_id)
            await tx.notices.refresh(NoticeKind.CLAIM_CARD, subject_id=claim_id)
            return True

    async def approve(
        self,
        claim_id: int,
        *,
        by: Person,
        received: Sequence[int] | None = None,
        seen_due_paise: int | None = None,
    ) -> ClaimVerdict:
        """Book what was received, unless it was decided before.

        ``received``: in paise, for each line in its order; ``None``: all as it was claimed.
        ``seen_due_paise``: what the card said is due on the invoice; ``None``: nobody looked.

        Raises:
            ClaimGone, NotAllowed.
            MoreThanClaimed, NothingReceived: see ``_verdicts.received_lines``.
            DuesChanged: something else is due than was looked at.
            Overpaid: less is due by now, and the club keeps no credit.
            ReferenceUsed, SeriesFull: see ``_accounts.receive``.
        """
        async with self._db.transaction() as tx:
            claim, admin = await _hold(tx, claim_id, by)
            waited = claim.status is ClaimStatus.WAITING
            if waited:
                lines = received_lines(claim, received)
                await self._book(tx, claim, lines, by=admin, seen_due_paise=seen_due_paise)
            return await verdict(tx, claim_id, ClaimStatus.APPROVED, by=admin, is_new=waited)

    async def verify(
        self,
        claim_id: int,
        *,
        by: Person,
        received: Sequence[int] | None = None,
        seen_due_paise: int | None = None,
    ) -> ClaimVerdict:
        """As ``approve``; why nothing can be booked comes with the card as it is now.

        Raises:
            ClaimGone, NotAllowed, MoreThanClaimed, NothingReceived, SeriesFull: as ``approve``.
        """
        try:
            return await self.approve(
                claim_id, by=by, received=received, seen_due_paise=seen_due_paise
            )
        except (DuesChanged, Overpaid, ReferenceUsed) as refusal:
            card = await self.card(claim_id)
            return ClaimVerdict(card=card, stands=False, is_new=False, obstacle=refusal)

    async def reject(self, claim_id: int, *, reason: str, by: Person) -> ClaimVerdict:
        """Decline, unless it was decided before; the member is told the reason.

        Raises:
            ClaimGone, NotAllowed.
        """
        async with self._db.transaction() as tx:
            claim, admin = await _hold(tx, claim_id, by)
            status, now = ClaimStatus.REJECTED, self._now()
            rejected = await tx.claims.mark_decided(
                claim_id, status, by=admin.id, at=now, reason=reason
            )
            if rejected:
                await tx.bank_references.release(claim_id=claim_id)
                await tx.notices.add(
                    NoticeKind.CLAIM_REJECTED,
                    to=claim.person_id,
                    subject_id=claim_id,
                    dedupe_key=f"{NoticeKind.CLAIM_REJECTED}:{claim_id}",
                )
                await _record(tx, AuditAction.CLAIM_REJECTED, claim, by=admin, reason=reason)
            return await verdict(tx, claim_id, status, by=admin, is_new=rejected)

    async def count_waiting(self) -> int:
        async with self._db.reading() as repos:
            return await repos.claims.count_waiting()

    async def queue(self, *, page: int) -> ClaimQueue:
        """That page, or the nearest there is."""
        async with self._db.reading() as repos:
            count = await repos.claims.count_waiting()
            number, pages = nearest(page, of=count, size=PAGE)
            entries = await repos.claims.list_waiting(limit=PAGE, offset=number * PAGE)
        return ClaimQueue(number=number, pages=pages, count=count, entries=entries)

    async def find_card(self, claim_id: int) -> ClaimCard | None:
        async with self._db.reading() as repos:
            return await find_card(repos, claim_id)

    async def card(self, claim_id: int) -> ClaimCard:
        """As ``find_card``.

        Raises:
            ClaimGone: never there.
        """
        if card := await self.find_card(claim_id):
            return card
        raise ClaimGone

    async def proof(self, claim_id: int) -> ShownProof:
        """The screenshot, with what it is to prove.

        Raises:
            ClaimGone: never there, or reported without one.
        """
        card = await self.card(claim_id)
        if card.claim.proof is None:
            raise ClaimGone
        return ShownProof(card=card, proof=card.claim.proof)

    async def _book(
        self,
        tx: Repos,
        claim: Claim,
        lines: tuple[PaymentLine, ...],
        *,
        by: Person,
        seen_due_paise: int | None,
    ) -> None:
        now = self._now()
        request = await tx.payment_requests.find(claim.request_id) if claim.request_id else None
        receipt = Receipt(
            account=Account(person_id=claim.person_id),
            lines=lines,
            invoices=(claim.invoice_id,) if claim.invoice_id else (),
            seen_due_paise=seen_due_paise if claim.invoice_id else None,
            purpose=claim.purpose or (request.purpose if request else ""),
            for_fitness=request is not None and request.for_fitness,
        )
        payment_id = await receive(
            tx,
            receipt,
            operation_id=claim.operation_id,
            by=by,
            now=now,
            claim_id=claim.id,
        )
        await tx.claims.mark_decided(
            claim.id, ClaimStatus.APPROVED, by=by.id, at=now, payment_id=payment_id
        )
        if request is not None:
            await tx.payment_requests.close(request.id, RequestStatus.PAID)
            await tx.notices.refresh(NoticeKind.PAYMENT_REQUESTED, subject_id=request.id)
        await _record(tx, AuditAction.CLAIM_APPROVED, claim, by=by)


async def take_references(tx: Repos, lines: Sequence[PaymentLine], claim_id: int) -> None:
    """A bank's reference counts once.

    Raises:
        ReferenceUsed: it was reported or booked before.
    """
    for key, reference in unique_references(lines):
        if not await tx.bank_references.take_for_claim(key, claim_id=claim_id):
            raise ReferenceUsed(reference=reference)


async def _hold(tx: Repos, claim_id: int, by: Person) -> tuple[Claim, Person]:
    """The claim and the admin, locked; people first, as everywhere.

    Raises:
        NotAllowed.
        ClaimGone: never there, or decided on with the subscription that it is to pay.
    """
    person_id = await tx.claims.find_person_id(claim_id)
    if person_id is None:
        raise ClaimGone
    admin = await hold_account(tx, Account(person_id=person_id), by=by)
    claim = await tx.claims.hold(claim_id)
    if claim is None or claim.for_subscription:
        raise ClaimGone
    return claim, admin


async def _record(
    tx: Repos, action: AuditAction, claim: Claim, *, by: Person, reason: str | None = None
) -> None:
    why = {"reason": reason} if reason else {}
    after = {"claim": claim.id, "total_paise": claim.total_paise, **why}
    await tx.audit.add(action, by=by, subject_id=claim.person_id, after=after)
    await tx.notices.refresh(NoticeKind.CLAIM_CARD, subject_id=claim.id)


async def _claim(tx: Repos, claim_id: int) -> Claim:
    claim = await tx.claims.find(claim_id)
    if claim is None:
        raise ClaimGone
    return claim
