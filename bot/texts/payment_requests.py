"""Every sentence admins read about money they ask members for."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.payment_requests import RequestPaid, RequestReported
from bot.models.claims import RequestCard, RequestEntry, RequestPage, RequestStatus
from bot.models.people import Person
from bot.texts.amounts import rupees
from bot.texts.format import esc, moment, shorten

ASK: Final = "💳 Ask for payment"
SEND: Final = "📤 Ask for it"
SEND_FITNESS: Final = "🏋️ Ask: for services at the club"
CANCEL_REQUEST: Final = "🚫 Ask no longer"
OPEN: Final = "📨 Asked for"
TITLE: Final = "payment request"

REFUSALS: Final[dict[type[Refusal], str]] = {
    RequestPaid: "This has been paid already, so there is nothing to take back.",
    RequestReported: "They say they have paid it. Decide on that first, in ✅ Approvals.",
}

_NAME_ON_A_BUTTON: Final = 24
_FITNESS: Final = " (services at the club)"
_STATUS: Final = {
    RequestStatus.OPEN: "Not paid yet",
    RequestStatus.PAID: "✅ Paid",
    RequestStatus.CANCELLED: "🚫 No longer asked for",
}


def ask_amount(person: Person) -> str:
    return f"💳 <b>How much should {esc(person.name)} pay?</b>\nSend rupees, like 500 or 1,500.50."


def ask_purpose(person: Person, paise: int, *, limit: int) -> str:
    return (
        f"💳 <b>What are the {rupees(paise)} for?</b>\n{esc(person.name)} will read your words. At "
        f"most {limit} characters."
    )


def review(person: Person, paise: int, purpose: str, *, asks_what_for: bool) -> str:
    tax = (
        "\nIt is taxed when it comes: like your services if it is for them, else at 18 %."
        if asks_what_for
        else ""
    )
    return (
        f"💳 <b>Ask {esc(person.name)} for {rupees(paise)}?</b>\nFor: {esc(purpose)}\n"
        f"They get a message and can pay from there.{tax}"
    )


def asked(name: str) -> str:
    """Told over the button."""
    return f"Asked. {esc(name)} will be told."


def open_requests(count: int) -> str:
    return f"{OPEN} ({count})" if count else OPEN


def page(shown: RequestPage) -> str:
    head = f"<b>{OPEN}</b>"
    if not shown.count:
        return f"{head}\nNothing is open. To ask somebody, find them under 👥 Members."
    paged = f" Page {shown.number + 1} of {shown.pages}." if shown.pages > 1 else ""
    return f"{head}\nOpen: {shown.count}, the oldest first.{paged}"


def entry(shown: RequestEntry) -> str:
    """A button's label: bare text, no HTML."""
    return f"📨 {shorten(shown.name, _NAME_ON_A_BUTTON)} · {rupees(shown.amount_paise)}"


def card(shown: RequestCard, zone: ZoneInfo) -> str:
    request = shown.request
    by = f" by {esc(shown.raised_by)}" if shown.raised_by else ""
    return "\n".join(
        [
            f"💳 <b>{esc(shown.person.name)} is asked for {rupees(request.amount_paise)}</b>",
            f"For: {esc(request.purpose)}" + (_FITNESS if request.for_fitness else ""),
            f"Asked: {moment(request.raised_at, zone)}{by}",
            _STATUS[request.status],
        ]
    )
