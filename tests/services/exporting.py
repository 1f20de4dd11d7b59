"""What tests of exports share: documents of any lines, money, and what stands in the sheets."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

from python_calamine import CalamineWorkbook

from bot.models.billing import BillLine
from bot.models.drafts import NewLine
from bot.models.exports import Period
from bot.models.invoices import Buyer
from bot.models.items import ItemKind
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.services.payments import PaymentService

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
LLP = Buyer(name="Iron LLP", address="Hosur Road", state_code="29", gstin="29ABCDE1234F1ZW")
RAVI = Buyer(name="Ravi", address="Hosur Road, Bengaluru", state_code="29")


def line(name, rupees, bps=1800, *, kind=ItemKind.GOODS, code="3924", quantity=1) -> BillLine:
    return BillLine(
        name=name,
        kind=kind,
        code=code,
        quantity=quantity,
        price_paise=round(rupees * 100),
        rate_bps=bps,
    )


def month(rupees=2_000) -> BillLine:
    return line("Month", rupees, 500, kind=ItemKind.FITNESS, code="999723")


async def issue(services, admin, buyer, *lines, shipping=0):
    """The entries of one bill; ``buyer``: a person, the name of a walk-in, or a ``Buyer``."""
    drafts = services.drafts
    if isinstance(buyer, str | Buyer):
        name = buyer if isinstance(buyer, str) else buyer.name
        draft_id = await drafts.begin_for_walk_in(name, by=admin, operation_id=uuid4())
    else:
        draft_id = await drafts.begin_for(buyer.id, by=admin, operation_id=uuid4())
    if isinstance(buyer, Buyer):
        await drafts.set_buyer(draft_id, buyer, by=admin)
    for each in lines:
        await drafts.add_line(draft_id, NewLine(operation_id=uuid4(), line=each), by=admin)
    if shipping:
        await drafts.set_shipping(draft_id, shipping, by=admin)
    draft = (await drafts.review(draft_id, by=admin)).draft
    return await services.invoices.issue(draft_id, revision=draft.revision, by=admin)


async def pay(db, admin, account, *lines, at=None, on=None, purpose=""):
    """``lines``: method, rupees, reference; ``account``: a person, or a walk-in's invoice id."""
    if not isinstance(account, Account):
        is_walk_in = isinstance(account, int)
        account = Account(walk_in_id=account) if is_walk_in else Account(person_id=account.id)
    paid = tuple(
        PaymentLine(method=Method(method), amount_paise=round(rupees * 100), reference=reference)
        for method, rupees, reference in lines
    )
    service = PaymentService(db, now=lambda: at) if at else PaymentService(db)
    receipt = Receipt(account=account, lines=paid, invoices=on, purpose=purpose)
    return await service.record(receipt, by=admin, operation_id=uuid4())


def sheets(content: bytes) -> dict[str, list[dict[str, object]]]:
    """By sheet: its rows, by heading; the totals are the last."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    found = {}
    for name in book.sheet_names:
        head, *rows = book.get_sheet_by_name(name).to_python()
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def column(rows, heading) -> list[object]:
    return [row[heading] for row in rows]


async def cancel(notes, bill, admin, reason="never came"):
    return await notes.cancel(bill.id, reason=reason, by=admin, operation_id=uuid4())
