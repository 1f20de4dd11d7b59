"""A club with money in every state: what tests of the books break, print and restore."""

from types import SimpleNamespace
from uuid import uuid4

from bot.models.claims import NewClaim
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.services.claims import ClaimService
from bot.services.credit_notes import CreditNoteService
from bot.services.payment_requests import PaymentRequestService
from bot.services.payments import PaymentService
from bot.services.rejections import RejectionService
from tests.stories.invoicing import billed


def cash(paise) -> PaymentLine:
    return PaymentLine(method=Method.CASH, amount_paise=paise)


def upi(paise, reference) -> PaymentLine:
    return PaymentLine(method=Method.UPI, amount_paise=paise, reference=reference)


def tills(db) -> SimpleNamespace:
    """The services that book."""
    return SimpleNamespace(
        payments=PaymentService(db),
        notes=CreditNoteService(db),
        claims=ClaimService(db),
        requests=PaymentRequestService(db),
        rejections=RejectionService(db),
    )


async def busy(db, desk, asha, anna) -> SimpleNamespace:
    """Bills of ₹1,575: one settled by a claim, one paid too much in two ways, one credited and

    refunded, a walk-in's, and one with a claim that waits. Returns what tests ask for.
    """
    at = tills(db)
    account = Account(person_id=anna.id)
    first, second, third, fourth = [(await billed(desk, asha, anna))[0] for _ in range(4)]
    claimed = NewClaim(invoice_id=first.id, lines=(upi(1_575_00, "412345678901"),))
    approved = await at.claims.submit(claimed, me=anna, operation_id=uuid4())
    await at.claims.approve(approved.id, by=asha)
    lines = (upi(1_000_00, "412345678902"), cash(600_00))
    receipt = Receipt(account=account, lines=lines, invoices=(second.id,))
    await at.payments.record(receipt, by=asha, operation_id=uuid4())
    for_third = Receipt(account=account, lines=(cash(500_00),), invoices=(third.id,))
    await at.payments.record(for_third, by=asha, operation_id=uuid4())
    await at.notes.cancel(third.id, reason="never came", by=asha, operation_id=uuid4())
    giving = {"reason": "left", "by": asha, "operation_id": uuid4()}
    await at.payments.refund(account, cash(400_00), **giving)
    waiting = NewClaim(invoice_id=fourth.id, lines=(upi(75_00, "412345678903"), cash(1_500_00)))
    claim = await at.claims.submit(waiting, me=anna, operation_id=uuid4())
    (walk_in,) = await billed(desk, asha, "Ravi")
    return SimpleNamespace(at=at, invoices=[first, second, third, fourth, walk_in], claim=claim)
