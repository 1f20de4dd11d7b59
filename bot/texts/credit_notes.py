"""Every sentence about credit notes, and why one is not made."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.credit_notes import CreditNoteGone, NotCreditable, NothingToCredit
from bot.models.credit_notes import CreditNote
from bot.texts.amounts import rupees
from bot.texts.format import day, esc

REFUSALS: Final[dict[type[Refusal], str]] = {
    NothingToCredit: "All of this invoice has been taken back already.",
    NotCreditable: "Only {left_paise} is left of that. Send so much or less.",
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
