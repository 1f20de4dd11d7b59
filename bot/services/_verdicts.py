"""A claim as admins see it, what was received of it, and whose decision holds."""

from collections.abc import Sequence
from typing import Final

from bot.db.database import Repos
from bot.errors.claims import ClaimGone
from bot.errors.verifications import MoreThanClaimed, NothingReceived
from bot.models.audit import AuditAction
from bot.models.claims import Claim, ClaimCard, ClaimStatus, ClaimVerdict
from bot.models.payments import PaymentLine
from bot.models.people import Person

_ACTIONS: Final = {
    ClaimStatus.APPROVED: AuditAction.CLAIM_APPROVED,
    ClaimStatus.REJECTED: AuditAction.CLAIM_REJECTED,
}


def received_lines(claim: Claim, received: Sequence[int] | None) -> tuple[PaymentLine, ...]:
    """The lines as they came in; a line of nothing is none.

    Raises:
        MoreThanClaimed: on one of the lines.
        NothingReceived: on none of them; that is a rejection.
    """
    paise = [line.amount_paise for line in claim.lines] if received is None else received
    for line, came in zip(claim.lines, paise, strict=True):
        if not 0 <= came <= line.amount_paise:
            raise MoreThanClaimed(claimed_paise=line.amount_paise)
    if not any(paise):
        raise NothingReceived
    return tuple(
        PaymentLine(method=line.method, amount_paise=came, reference=line.reference)
        for line, came in zip(claim.lines, paise, strict=True)
        if came
    )


async def verdict(
    tx: Repos, claim_id: int, asked: ClaimStatus, *, by: Person, is_new: bool
) -> ClaimVerdict:
    """What holds now; whoever came too late is written down as well."""
    card = await find_card(tx, claim_id)
    if card is None:
        raise ClaimGone
    claim = card.claim
    stands = claim.status is asked and claim.decided_by == by.id
    if not stands and not await tx.audit.has_own(AuditAction.CLAIM_TOO_LATE):
        await tx.audit.add(
            AuditAction.CLAIM_TOO_LATE,
            by=by,
            subject_id=claim.person_id,
            after={"claim": claim_id, "asked": asked, "total_paise": claim.total_paise},
        )
    is_own = stands and (is_new or await tx.audit.has_own(_ACTIONS[asked]))
    return ClaimVerdict(card=card, stands=stands, is_new=is_own)


async def find_card(repos: Repos, claim_id: int) -> ClaimCard | None:
    claim = await repos.claims.find(claim_id)
    person = await repos.people.find(claim.person_id) if claim else None
    if claim is None or person is None:
        return None
    invoice = await repos.invoices.find(claim.invoice_id) if claim.invoice_id else None
    request = await repos.payment_requests.find(claim.request_id) if claim.request_id else None
    booked = await repos.payments.find(claim.payment_id) if claim.payment_id else None
    return ClaimCard(
        claim=claim,
        person=person,
        decided_by=await repos.people.find(claim.decided_by) if claim.decided_by else None,
        number=invoice.number if invoice else None,
        due_paise=await repos.invoices.due(invoice.id) if invoice else None,
        request=request,
        received_paise=booked.total_paise if booked else None,
        same_proof=tuple(await repos.claims.list_same_proof(claim)),
    )
