"""What became of the demo club's invoices: paid, in part, credited, claimed, not accepted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import uuid4

from bot.db.database import Database
from bot.demo.invoices import ANNA, JOSE, KABIR, PRIYA, SALES, Sale, begin_draft, issue
from bot.demo.plans import BOUGHT, Bought, subscribe, write_states
from bot.models.claims import NewClaim
from bot.models.invoices import Buyer
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.models.people import Person
from bot.services.claims import ClaimService
from bot.services.credit_notes import CreditNoteService
from bot.services.payment_requests import PaymentRequestService
from bot.services.payments import PaymentService
from bot.services.rejections import RejectionService


class Paid(NamedTuple):
    """``sale``: how many days ago the invoice was; ``rupees``: of what is due, ``None``: all."""

    days_ago: int
    sale: int
    method: Method
    reference: str | None = None
    rupees: int | None = None


# Open are: 131 (over 90 days late), part of 84 (61 to 90), 49 and 41 (31 to 60), 33 (up to 30), 5.
PAID: Final = (
    Paid(93, 96, Method.UPI, "412600117204"),
    Paid(91, 91, Method.CASH),
    Paid(80, 84, Method.CARD, "TXN 0482", rupees=5_000),
    Paid(70, 70, Method.CASH),
    Paid(58, 63, Method.BANK, "HDFCN52026093001"),
    Paid(19, 20, Method.UPI, "412600991822"),
    Paid(12, 12, Method.CARD, "TXN 0619"),
    Paid(2, 2, Method.CASH),
)
_REDUCED: Final = 20  # one session of twelve did not take place
_ADVANCE_RUPEES: Final = 3_000


@dataclass(frozen=True, slots=True)
class _Desk:
    """Vera's, on one day."""

    db: Database
    vera: Person
    invoices: dict[int, int]  # days ago -> id
    at: datetime

    @property
    def payments(self) -> PaymentService:
        return PaymentService(self.db, now=lambda: self.at)

    async def due(self, invoice_id: int) -> int:
        async with self.db.reading() as repos:
            return await repos.invoices.due(invoice_id)

    async def person(self, telegram_id: int) -> Person:
        async with self.db.reading() as repos:
            found = await repos.people.find_by_telegram_id(telegram_id)
        if found is None:
            raise LookupError(telegram_id)
        return found


async def write_money(db: Database, *, by: Person, now: datetime) -> None:
    """Invoices, plans and all that followed, by the services of the bot on the days of then.

    Day after day, so that numbers and days of documents rise together.
    """
    invoices: dict[int, int] = {}
    history: list[Sale | Paid | Bought] = [*SALES, *PAID, *BOUGHT]
    for each in sorted(history, key=lambda each: -each.days_ago):
        match each:
            case Sale():
                invoices[each.days_ago] = await issue(db, each, by=by, now=now)
            case Paid():
                await _pay(_Desk(db, by, invoices, now - timedelta(days=each.days_ago)), each)
            case Bought():
                await subscribe(db, each, by=by, now=now)
    await begin_draft(db, by=by, now=now)
    await _reduce_and_refund(_Desk(db, by, invoices, now - timedelta(days=9)))
    await _take_advance(_Desk(db, by, invoices, now - timedelta(days=6)))
    await write_states(db, by=by, now=now)
    await _leave_open(_Desk(db, by, invoices, now))


async def _pay(desk: _Desk, paid: Paid) -> None:
    invoice_id = desk.invoices[paid.sale]
    paise = paid.rupees * 100 if paid.rupees else await desk.due(invoice_id)
    line = PaymentLine(method=paid.method, amount_paise=paise, reference=paid.reference)
    account = await _account(desk, paid.sale)
    receipt = Receipt(account=account, lines=(line,), invoices=(invoice_id,))
    await desk.payments.record(receipt, by=desk.vera, operation_id=uuid4())


async def _account(desk: _Desk, days_ago: int) -> Account:
    to = next(sale.to for sale in SALES if sale.days_ago == days_ago)
    if isinstance(to, Buyer):
        return Account(walk_in_id=desk.invoices[days_ago])
    return Account(person_id=(await desk.person(to)).id)


async def _reduce_and_refund(desk: _Desk) -> None:
    notes = CreditNoteService(desk.db, now=lambda: desk.at)
    note = await notes.reduce(
        desk.invoices[_REDUCED],
        position=1,
        paise=750_00,
        reason="One session of twelve did not take place",
        by=desk.vera,
        operation_id=uuid4(),
    )
    line = PaymentLine(
        method=Method.UPI, amount_paise=note.totals.total_paise, reference="412601250077"
    )
    await desk.payments.refund(
        await _account(desk, _REDUCED),
        line,
        reason="Session that did not take place",
        by=desk.vera,
        operation_id=uuid4(),
    )


async def _take_advance(desk: _Desk) -> None:
    receipt = Receipt(
        account=Account(person_id=(await desk.person(KABIR)).id),
        lines=(PaymentLine(method=Method.CASH, amount_paise=_ADVANCE_RUPEES * 100),),
        invoices=(),
        purpose="Advance for next month",
    )
    await desk.payments.record(receipt, by=desk.vera, operation_id=uuid4())


async def _leave_open(desk: _Desk) -> None:
    """Two claims to verify, an invoice that is not accepted, and money asked for."""
    claims = ClaimService(desk.db, now=lambda: desk.at)
    by_upi = PaymentLine(
        method=Method.UPI,
        amount_paise=await desk.due(desk.invoices[49]),
        reference="412601340951",
    )
    split = (
        PaymentLine(method=Method.UPI, amount_paise=1_000_00, reference="412601351188"),
        PaymentLine(method=Method.CASH, amount_paise=await desk.due(desk.invoices[33]) - 1_000_00),
    )
    for telegram_id, sale, lines in ((ANNA, 49, (by_upi,)), (PRIYA, 33, split)):
        new = NewClaim(invoice_id=desk.invoices[sale], lines=lines)
        await claims.submit(new, me=await desk.person(telegram_id), operation_id=uuid4())
    await RejectionService(desk.db).reject(
        desk.invoices[41],
        reason="I cancelled the diet plan before it began",
        me=await desk.person(JOSE),
    )
    await PaymentRequestService(desk.db).ask(
        (await desk.person(ANNA)).id,
        amount_paise=500_00,
        purpose="Deposit for a locker",
        by=desk.vera,
        operation_id=uuid4(),
    )
