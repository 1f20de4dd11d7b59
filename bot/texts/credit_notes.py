"""Every sentence about credit notes, and why one is not made."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.credit_notes import (
    CreditNoteGone,
    InvoiceChanged,
    NotCreditable,
    NothingToCredit,
)
from bot.models.credit_notes import CreditedLine, CreditNote, CreditPlan
from bot.models.invoices import Invoice
from bot.models.tax import TaxType, Totals
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, day, esc, shorten

TITLE: Final = "credit note"
ISSUE: Final = "✅ Issue credit note"
RESTOCK: Final = "📦 Yes, back into stock"
NO_RESTOCK: Final = "⏭ No"
_NAME: Final = 28  # characters of a line's name on a button
_SHOWN: Final = 12  # lines on a review; the PDF has them all
REFUSALS: Final[dict[type[Refusal], str]] = {
    NothingToCredit: "All of this invoice has been taken back already.",
    NotCreditable: "Only {left_paise} is left of that. Send so much or less.",
    InvoiceChanged: "Something was booked on this invoice meanwhile. Look at it again.",
    CreditNoteGone: "This credit note is not there.",
}


def issued(note: CreditNote, zone: ZoneInfo) -> str:
    """To the buyer."""
    return "\n".join(
        [
            f"🧾 <b>Credit note {note.number}</b> of {day(note.issued_at, zone)}",
            f"On invoice {note.invoice.number}: {rupees(note.totals.total_paise)}",
            f"Reason: {esc(note.reason)}",
        ]
    )


def file_name(note: CreditNote) -> str:
    return f"{note.number.replace('/', '-')}.pdf"


def made(note: CreditNote) -> str:
    """To the admin."""
    return f"✅ Credit note <b>{note.number}</b> of {rupees(note.totals.total_paise)} is issued."


def ask_line(invoice: Invoice) -> str:
    return f"➖ <b>Reduce {invoice.number}</b>\nWhich line? Behind each stands what is left of it."


def line(left: CreditedLine, invoice: Invoice) -> str:
    """A button's label: bare text, no HTML."""
    name = shorten(invoice.lines[left.position - 1].name, _NAME)
    return f"{left.position}. {name} · {rupees(left.total_paise)}"


def ask_amount(left: CreditedLine, invoice: Invoice) -> str:
    tax = ", tax included" if invoice.shows_tax else ""
    return (
        f"➖ <b>Reduce {invoice.number}</b>\n"
        f"{esc(invoice.lines[left.position - 1].name)}: {rupees(left.total_paise)} is left of it.\n"
        f"By how much{tax}? Send an amount like 500, at most {rupees(left.total_paise)}."
    )


def ask_reason(plan: CreditPlan, *, is_whole: bool) -> str:
    what = "🚫 <b>Cancel" if is_whole else "➖ <b>Reduce"
    return (
        f"{what} {plan.invoice.number}</b> by {rupees(plan.totals.total_paise)}\n"
        "Why? It stands on the credit note, and its buyer reads it. At most 300 characters."
    )


def ask_restock(pieces: int) -> str:
    many = "1 piece" if pieces == 1 else f"{pieces} pieces"
    return f"📦 This invoice billed {many} of the store. Did they come back, into stock again?"


def review(plan: CreditPlan, reason: str, *, restock: int) -> str:
    """Exactly what will be issued, and what follows from it."""
    invoice, left = plan.invoice, plan.balance.due_paise - plan.totals.total_paise
    after = f"Then due: {rupees(left)}" if left > 0 else "Then nothing is due on it."
    return "\n".join(
        [
            f"🧾 <b>Credit note on {invoice.number}</b>",
            f"To: {esc(invoice.buyer.name)}",
            *(f"• {esc(_named(each, invoice))}" for each in plan.lines[:_SHOWN]),
            *([f"… and {len(plan.lines) - _SHOWN} more"] if len(plan.lines) > _SHOWN else []),
            "",
            *sums(plan.totals, invoice),
            f"Reason: {esc(reason)}",
            "",
            after,
            *([f"Kept as credit: {rupees(plan.freed_paise)}"] if plan.freed_paise else []),
            *([f"Back into stock: {restock}"] if restock else []),
            *([too_late(plan.late_since)] if plan.late_since else []),
            f"Is that right? Tap {ISSUE}. It cannot be taken back.",
        ]
    )


def sums(totals: Totals, invoice: Invoice) -> list[str]:
    rows = [("Round-off", totals.round_off_paise)] if totals.round_off_paise else []
    if invoice.shows_tax and invoice.tax_type is TaxType.INTER:
        rows.insert(0, ("IGST", totals.igst_paise))
    elif invoice.shows_tax:
        halves = [("CGST", totals.cgst_paise), (invoice.second_half, totals.sgst_paise)]
        rows = [*halves, *rows]
    if invoice.shows_tax:
        rows.insert(0, ("Taxable value", totals.taxable_paise))
    return [
        *(f"{what}: {rupees(paise)}" for what, paise in rows),
        f"<b>Total: {rupees(totals.total_paise)}</b>",
    ]


def too_late(since: date) -> str:
    return (
        f"⚠️ The time for taking its tax back ended on {calendar_day(since)}: it lowers what is "
        "owed, and the tax you pay stays as it was."
    )


def _named(each: CreditedLine, invoice: Invoice) -> str:
    return f"{invoice.lines[each.position - 1].name}: {rupees(each.total_paise)}"
