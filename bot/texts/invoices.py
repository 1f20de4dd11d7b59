"""Every sentence about issued invoices, and why one is not made."""

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
    StockShort,
)
from bot.models.invoices import DocumentKind, Invoice
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, day

KINDS: Final = {
    DocumentKind.TAX_INVOICE: "Tax invoice",
    DocumentKind.BILL_OF_SUPPLY: "Bill of supply",
    DocumentKind.INVOICE_CUM_BILL: "Invoice-cum-bill of supply",
    DocumentKind.INVOICE: "Invoice",
}
REFUSALS: Final[dict[type[Refusal], str]] = {
    NothingToBill: "There is nothing on it yet. Add a store item or a custom item first.",
    AddressNeeded: "From ₹50,000 on the law wants the buyer’s address and State on the invoice. "
    "Tap 🏠 Address, then send it again.",
    DraftGone: "This draft is not there any more. See 🧾 Invoices.",
    DraftIssued: "It has been sent already, as {numbers}. See 🧾 Invoices.",
    DraftChanged: "It has changed since this was drawn. Look at it again, then send it.",
    SeriesFull: "The numbers of series {series} are used up. Set another prefix in 🧮 GST.",
    StockShort: "Only {left} of “{name}” are left. Bill fewer, or correct the stock in 🛒 Store.",
    InvoiceGone: "This invoice is not there.",
    NotAQuantity: "“{typed}” is not a quantity. Send a whole number from 1 to 9999, like 2.",
    NotADiscount: "“{typed}” is not a discount. Send a percentage from 0 to 80, like 10 or 7.5.",
}


def file_name(invoice: Invoice) -> str:
    return f"{invoice.number.replace('/', '-')}.pdf"


def caption(invoice: Invoice, zone: ZoneInfo) -> str:
    """Said with the file."""
    return (
        f"🧾 {KINDS[invoice.kind]} <b>{invoice.number}</b> of {day(invoice.issued_at, zone)}\n"
        f"{rupees(invoice.totals.total_paise)}, due {calendar_day(invoice.due_on)}"
    )
