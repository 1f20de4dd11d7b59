"""Every sentence admins read about invoices that members do not accept."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.models.claims import Rejection, RejectionQueue, RejectionVerdict
from bot.texts.format import esc, moment, shorten
from bot.texts.verifications import of_pages

INVOICE: Final = "🧾 Invoice"
STANDS: Final = "👌 It stands"
_NAME_ON_A_BUTTON: Final = 24


def queue(shown: RejectionQueue) -> str:
    if not shown.count:
        return "🧾 <b>Invoices not accepted</b>\nNone is waiting."
    paged = of_pages(shown.number, shown.pages)
    return f"🧾 <b>Invoices not accepted</b>\nWaiting: {shown.count}, the oldest first.{paged}"


def entry(rejection: Rejection) -> str:
    """A button's label: bare text, no HTML."""
    return f"🧾 {rejection.number} · {shorten(rejection.name, _NAME_ON_A_BUTTON)}"


def card(rejection: Rejection, zone: ZoneInfo) -> str:
    head = f"❌ <b>{esc(rejection.name)} does not accept {rejection.number}</b>"
    parts = [
        head,
        f"Reason: {esc(rejection.reason)}",
        f"Sent: {moment(rejection.rejected_at, zone)}",
    ]
    if rejection.settled_at:
        parts += ["", f"👌 Settled by {_settler(rejection)}, {moment(rejection.settled_at, zone)}"]
    return "\n".join(parts)


def settled(made: RejectionVerdict, zone: ZoneInfo) -> str:
    """Told over the button: that it is done, or who was faster."""
    rejection = made.rejection
    if made.stands:
        return f"{rejection.number} stands. {esc(rejection.name)} will be told."
    at = moment(rejection.settled_at, zone) if rejection.settled_at else ""
    return f"Too late: already settled by {_settler(rejection)}, {at}."


def _settler(rejection: Rejection) -> str:
    return esc(rejection.settled_by or "someone deleted")
