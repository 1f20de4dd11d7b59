"""Every sentence about a person's own documents."""

from typing import Final

from bot.models.documents import DocumentEntry, DocumentPage, PaperKind
from bot.texts.amounts import rupees

_MARKS: Final = {
    PaperKind.INVOICE: "🧾",
    PaperKind.RECEIPT: "💰",
    PaperKind.CREDIT_NOTE: "↩️",
    PaperKind.REFUND_VOUCHER: "💸",
}


def page(shown: DocumentPage) -> str:
    head = "🧾 <b>My documents</b>"
    if shown.pages > 1:
        head += f", page {shown.number + 1} of {shown.pages}"
    if not shown.entries:
        return (
            f"{head}\nNothing here yet. The club’s invoices for you, your receipts and credit "
            "notes will be kept here."
        )
    return (
        f"{head}\nInvoices, receipts and credit notes, the newest first. Tap one, and I send you "
        "its PDF."
    )


def entry(shown: DocumentEntry) -> str:
    """A button's label: bare text, no HTML."""
    due = f", due {rupees(shown.due_paise)}" if shown.due_paise else ""
    return f"{_MARKS[shown.kind]} {shown.number} · {rupees(shown.total_paise)}{due}"
