"""Every sentence about issued invoices, and why one is not made."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.invoices import (
    AddressNeeded,
    DraftChanged,
    DraftGone,
    DraftIssued,
    InvoiceGone,
    NotADiscount,
    NotAQuantity,
    NothingToBill,
    SeriesFull,
    SeriesSealed,
    StockShort,
)
from bot.models.drafts import DraftEntry
from bot.models.gstin import STATES
from bot.models.invoices import (
    CreditedBy,
    DocumentKind,
    Invoice,
    InvoiceCard,
    InvoiceEntry,
    InvoiceLine,
    Invoices,
    InvoiceState,
    PaidBy,
    Printed,
)
from bot.models.tax import TaxType
from bot.texts.amounts import percent, rupees
from bot.texts.format import calendar_day, day, esc, moment, shorten

NEW = "➕ New invoice"
PDF = "📄 PDF"
AGAIN = "📨 Send again"
REDUCE = "➖ Reduce"
CANCEL = "🚫 Cancel invoice"
ON_ITS_WAY = "📨 It is on its way."
_NAME_ON_A_BUTTON: Final = 24
_LINES_ON_A_CARD: Final = 12  # a message holds 4,096 characters; the PDF has them all

KINDS: Final = {
    DocumentKind.TAX_INVOICE: "Tax invoice",
    DocumentKind.BILL_OF_SUPPLY: "Bill of supply",
    DocumentKind.INVOICE_CUM_BILL: "Invoice-cum-bill of supply",
    DocumentKind.INVOICE: "Invoice",
}
_MARKS: Final = {
    InvoiceState.OPEN: "⏳",
    InvoiceState.PART_PAID: "🌓",
    InvoiceState.PAID: "✅",
    InvoiceState.CREDITED: "↩️",
    InvoiceState.OVERDUE: "⚠️",
}
REFUSALS: Final[dict[type[Refusal], str]] = {
    NothingToBill: "There is nothing on it yet. Add a store item or a custom item first.",
    AddressNeeded: "From ₹50,000 on the law wants the buyer’s address and State on the invoice. "
    "Tap 🏠 Address, then send it again.",
    DraftGone: "This draft is not there any more. See 🧾 Invoices.",
    DraftIssued: "It has been sent already, as {numbers}. See 🧾 Invoices.",
    DraftChanged: "It has changed since this was drawn. Look at it again, then send it.",
    SeriesFull: "The numbers of series {series} are used up. Set another prefix in 🧮 GST.",
    SeriesSealed: "The club was restored from a backup, so {series} gives no more numbers: some "
    "might be given twice. Set a new invoice prefix in 🧮 GST, then send it again.",
    StockShort: "Only {left} of “{name}” are left. Bill fewer, or correct the stock in 🛒 Store.",
    InvoiceGone: "This invoice is not there.",
    NotAQuantity: "“{typed}” is not a quantity. Send a whole number from 1 to 9999, like 2.",
    NotADiscount: "“{typed}” is not a discount. Send a percentage from 0 to 80, like 10 or 7.5.",
}


def file_name(invoice: Invoice) -> str:
    return f"{invoice.number.replace('/', '-')}.pdf"


def caption(printed: Printed) -> str:
    """Said with the file; until when to pay, only while something is due."""
    invoice = printed.invoice
    due = f", due {calendar_day(invoice.due_on)}" if printed.is_due else ""
    issued = day(invoice.issued_at, printed.zone)
    return (
        f"🧾 {KINDS[invoice.kind]} <b>{invoice.number}</b> of {issued}\n"
        f"{rupees(invoice.totals.total_paise)}{due}"
    )


def page(shown: Invoices) -> str:
    head = "🧾 <b>Invoices</b>" + _of_pages(shown)
    if not shown.entries:
        return f"{head}\nNone has been sent yet. Tap {NEW} to write the first."
    return f"{head}\nDrafts of yours first, then what was sent, newest first. Tap one to see it."


def draft(entry: DraftEntry) -> str:
    """A button's label: bare text, no HTML."""
    many = "1 line" if entry.lines == 1 else f"{entry.lines} lines"
    return f"✏️ {shorten(entry.buyer_name, _NAME_ON_A_BUTTON)} · {many}"


def entry(shown: InvoiceEntry, today: date) -> str:
    """A button's label: bare text, no HTML."""
    buyer, total = shorten(shown.buyer_name, _NAME_ON_A_BUTTON), rupees(shown.total_paise)
    mark = _MARKS[shown.balance.state(today)]
    return f"{shown.number} · {buyer} · {total} {mark}"


def payment(shown: PaidBy) -> str:
    """A button's label: bare text, no HTML."""
    amount = "booked back" if shown.is_booked_back else rupees(shown.amount_paise)
    credit = f", credit {rupees(shown.unused_paise)}" if shown.unused_paise else ""
    return f"💰 {shown.number} · {amount}{credit}"


def credit_note(shown: CreditedBy) -> str:
    """A button's label: bare text, no HTML."""
    return f"↩️ {shown.number} · −{rupees(shown.total_paise)}"


def card(shown: InvoiceCard, zone: ZoneInfo) -> str:
    invoice = shown.invoice
    by = f" by {esc(shown.issued_by)}" if shown.issued_by else ""
    dates = f"{calendar_day(invoice.supplied_on)}, due {calendar_day(invoice.due_on)}"
    return "\n".join(
        [
            f"🧾 <b>{KINDS[invoice.kind]} {invoice.number}</b>",
            f"Sent: {moment(invoice.issued_at, zone)}{by}",
            f"Supplied: {dates}",
            f"Place of supply: {STATES[invoice.place_of_supply]} ({invoice.place_of_supply})",
            *_buyer(invoice),
            "",
            *_lines(invoice),
            "",
            *_sums(invoice),
            "",
            *_state(shown),
        ]
    )


def _state(shown: InvoiceCard) -> list[str]:
    """How far it is settled, and whether its member accepts it."""
    balance = shown.balance
    known = (("Paid", balance.allocated_paise), ("Credited", balance.credited_paise))
    return [
        f"{_MARKS[shown.state]} {shown.state}",
        *(f"{what}: {rupees(paise)}" for what, paise in known if paise),
        *([f"<b>Due: {rupees(balance.due_paise)}</b>"] if balance.due_paise else []),
        *([f"❌ Not accepted: {esc(shown.not_accepted)}"] if shown.not_accepted else []),
    ]


def _of_pages(shown: Invoices) -> str:
    return f", page {shown.number + 1} of {shown.pages}" if shown.pages > 1 else ""


def _buyer(invoice: Invoice) -> list[str]:
    buyer = invoice.buyer
    address = buyer.address and buyer.address.replace("\n", ", ")
    known = (("Phone", buyer.phone), ("Address", address), ("GSTIN", buyer.gstin))
    return [
        f"Buyer: <b>{esc(buyer.name)}</b>",
        *(f"{what}: {esc(value)}" for what, value in known if value),
    ]


def _lines(invoice: Invoice) -> list[str]:
    shown = [_line(line, invoice) for line in invoice.lines[:_LINES_ON_A_CARD]]
    more = len(invoice.lines) - len(shown)
    return [*shown, f"… and {more} more, see the PDF"] if more else shown


def _line(line: InvoiceLine, invoice: Invoice) -> str:
    """At the price that was agreed; what tax does to it is told below the lines."""
    off = f" − {percent(line.discount_bps)}" if line.discount_bps else ""
    net = rupees(line.taxed.base_paise - line.taxed.discount_paise)
    tax = f", GST {percent(line.rate_bps)}" if invoice.shows_tax else ""
    return f"• {esc(line.name)}: {line.quantity} × {rupees(line.price_paise)}{off} = {net}{tax}"


def _sums(invoice: Invoice) -> list[str]:
    sums = invoice.totals
    rows = [("Round-off", sums.round_off_paise)] if sums.round_off_paise else []
    if invoice.shows_tax:
        rows = [("Taxable value", sums.taxable_paise), *_taxes(invoice), *rows]
    return [
        *(f"{what}: {rupees(paise)}" for what, paise in rows),
        f"<b>Total: {rupees(sums.total_paise)}</b>",
    ]


def _taxes(invoice: Invoice) -> list[tuple[str, int]]:
    sums = invoice.totals
    if invoice.tax_type is TaxType.INTER:
        return [("IGST", sums.igst_paise)]
    return [("CGST", sums.cgst_paise), (invoice.second_half, sums.sgst_paise)]
