"""Every sentence admins read about registrations: the queue, the card, decisions."""

from typing import Final

from bot.models.club import Club
from bot.models.people import Person
from bot.models.registrations import (
    Registration,
    RegistrationCard,
    RegistrationQueue,
    RegistrationStatus,
    Verdict,
)
from bot.texts import _decisions
from bot.texts.format import day, esc, moment, shorten
from bot.texts.registrations import answers

TITLE: Final = "rejection"
APPROVE: Final = "✅ Approve"
REJECT: Final = "❌ Reject"
PHOTO: Final = "📷 Photo"

NOBODY_WAITS: Final = "✅ <b>Approvals</b>\nNo registration is waiting."
DELETED: Final = "🗑 This registration is gone, with the data of its person."
NOT_YOURS: Final = "This card is for admins of the club only."

_LABEL: Final = 40
_TAKEN_BACK: Final = "Withdrawn by the applicant"


def queue(shown: RegistrationQueue) -> str:
    if not shown.count:
        return NOBODY_WAITS
    page = f" Page {shown.page + 1} of {shown.pages}." if shown.pages > 1 else ""
    return f"✅ <b>Approvals</b>\nRegistrations waiting: {shown.count}, the oldest first.{page}"


def entry(registration: Registration, club: Club) -> str:
    """A button's label: bare text, no HTML."""
    sent = day(registration.submitted_at, club.zone)
    return f"📝 {shorten(registration.applicant.full_name, _LABEL)} · {sent}"


def card(found: RegistrationCard, club: Club) -> str:
    registration = found.registration
    lines = [
        "📝 <b>Registration</b>",
        answers(registration.applicant),
        f"Telegram: {_telegram(found.person)}",
        f"Sent: {moment(registration.submitted_at, club.zone)}",
    ]
    if found.person.is_banned:
        lines.append("🚫 This person is banned.")
    if decided := decision(found, club):
        lines += ["", decided]
    return "\n".join(lines)


def decision(found: RegistrationCard, club: Club) -> str:
    """Who decided what and when; empty while it is open."""
    return _decisions.decision(
        found.registration, found.decided_by, club.zone, taken_back=_TAKEN_BACK
    )


def verdict(made: Verdict, club: Club) -> str:
    """Told over the button: that it is done, or who was faster."""
    if not made.stands:
        return too_late(made.card, club)
    name = esc(made.card.registration.applicant.full_name)
    if made.card.registration.status is RegistrationStatus.APPROVED:
        return f"Approved. {name} will be told."
    return f"Rejected. {name} will be told the reason."


def too_late(found: RegistrationCard, club: Club) -> str:
    return f"Too late: {decision(found, club)}"


def ask_reason(found: RegistrationCard, *, limit: int) -> str:
    name = esc(found.registration.applicant.full_name)
    return (
        f"❌ Why is the registration of <b>{name}</b> rejected?\n"
        f"They will read your words. At most {limit} characters."
    )


def photo_of(found: RegistrationCard) -> str:
    return f"📷 {esc(found.registration.applicant.full_name)}"


def _telegram(person: Person) -> str:
    username = f" · @{esc(person.username)}" if person.username else ""
    return f"{esc(person.display_name)}{username} · <code>{person.telegram_id}</code>"
