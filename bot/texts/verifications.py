"""Every sentence admins read about payments that members report."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.payments import DuesChanged, Overpaid, ReferenceUsed
from bot.errors.verifications import MoreThanClaimed, NothingReceived
from bot.models.claims import (
    Claim,
    ClaimCard,
    ClaimEntry,
    ClaimQueue,
    ClaimStatus,
    ClaimVerdict,
    RequestStatus,
    SameProof,
)
from bot.models.payments import Method, PaymentLine, total
from bot.models.people import Person
from bot.models.verifications import Waiting
from bot.texts import _decisions
from bot.texts.amounts import rupees
from bot.texts.approvals import REJECT
from bot.texts.format import day, esc, moment, shorten
from bot.texts.menu import APPROVALS
from bot.texts.payments import METHODS, lines

PARTLY: Final = "✏️ Partly"
PROOF: Final = "📷 Proof"
MEMBER: Final = "👤 Member"
NONE_OF_IT: Final = "None of it"
PARTLY_TITLE: Final = "amounts received"
REJECTION_TITLE: Final = "rejection of a payment"

REFUSALS: Final[dict[type[Refusal], str]] = {
    MoreThanClaimed: "Only {claimed_paise} was reported here. Send that much or less; whatever "
    "else came in is booked under 💰 Receivables.",
    NothingReceived: f"Nothing of it was received: that is a rejection. Tap {REJECT}.",
}
OBSTACLES: Final[dict[type[Refusal], str]] = {
    DuesChanged: "Not booked: {due_paise} is due by now, as somebody booked something meanwhile. "
    "Look at the card again.",
    Overpaid: f"Not booked: only {{due_paise}} is due by now, and the club keeps no credit. Tap "
    f"{PARTLY} or {REJECT}.",
    ReferenceUsed: "Not booked: the reference {reference} stands on another payment already. If "
    f"it is the same money, tap {REJECT}.",
}

_NAME_ON_A_BUTTON: Final = 24
_BECAME: Final = {
    ClaimStatus.WAITING: "still waiting",
    ClaimStatus.APPROVED: "approved",
    ClaimStatus.REJECTED: "rejected",
    ClaimStatus.WITHDRAWN: "taken back",
}


def waiting(shown: Waiting) -> str:
    if not shown.total:
        return f"<b>{APPROVALS}</b>\nNothing is waiting for you."
    return f"<b>{APPROVALS}</b>\nWaiting for you: {shown.total}. Choose what to look at."


def registrations(count: int) -> str:
    return _counted("📝 Registrations", count)


def payments(count: int) -> str:
    return _counted("💳 Payments", count)


def invoices(count: int) -> str:
    return _counted("🧾 Invoices not accepted", count)


def claims(shown: ClaimQueue) -> str:
    if not shown.count:
        return "💳 <b>Payments</b>\nNo payment is waiting."
    paged = of_pages(shown.number, shown.pages)
    return f"💳 <b>Payments</b>\nReported and waiting: {shown.count}, the oldest first.{paged}"


def claim_entry(entry: ClaimEntry, zone: ZoneInfo) -> str:
    """A button's label: bare text, no HTML."""
    name = shorten(entry.name, _NAME_ON_A_BUTTON)
    return f"💳 {name} · {rupees(entry.amount_paise)} · {day(entry.claimed_at, zone)}"


def card(shown: ClaimCard, zone: ZoneInfo) -> str:
    claim = shown.claim
    together = [f"Together: {rupees(claim.total_paise)}"] if len(claim.lines) > 1 else []
    parts = [
        _decisions.head("Payment", claim, task="to verify"),
        f"From: <b>{esc(shown.person.name)}</b>",
        *telegram(shown.person),
        f"For: {_subject(shown)}",
        *lines(claim.lines),
        *together,
        f"Reported: {moment(claim.claimed_at, zone)}",
        *(_warnings(shown, zone) if claim.status is ClaimStatus.WAITING else []),
    ]
    if decided := _decision(shown, zone):
        parts += ["", decided]
    return "\n".join(parts)


def proof(shown: ClaimCard) -> str:
    """Said with the screenshot, which shows no cash."""
    name, claim = esc(shown.person.name), shown.claim
    proven = sum(each.amount_paise for each in claim.lines if each.method is not Method.CASH)
    of = f" of {rupees(claim.total_paise)}" if 0 < proven < claim.total_paise else ""
    return f"📷 {name}: {rupees(proven or claim.total_paise)}{of}\nFor: {_subject(shown)}"


def obstacle(refusal: Refusal) -> str:
    """Why it was not booked: over the button, and on the card."""
    told = {
        name: rupees(value) if isinstance(value, int) else esc(value)
        for name, value in refusal.details.items()
    }
    return f"⚠️ {OBSTACLES[type(refusal)].format(**told)}"


def verdict(made: ClaimVerdict, zone: ZoneInfo) -> str:
    """Told over the button: that it is done, or who was faster."""
    if made.obstacle:
        return obstacle(made.obstacle)
    if not made.is_new:
        return too_late(made.card, zone)
    name, received = esc(made.card.person.name), made.card.received_paise
    if received is None:
        return f"Rejected. {name} will be told the reason."
    return f"Approved: {rupees(received)}. {name} gets a receipt."


def too_late(shown: ClaimCard, zone: ZoneInfo) -> str:
    return _decisions.too_late(shown.claim, shown.decided_by, zone)


def ask_reason(shown: ClaimCard, *, limit: int) -> str:
    name, paid = esc(shown.person.name), rupees(shown.claim.total_paise)
    return (
        f"❌ Why is the payment of {paid} by <b>{name}</b> rejected?\n"
        f"They will read your words. At most {limit} characters."
    )


def nothing_received(shown: ClaimCard, *, limit: int) -> str:
    return f"Nothing of it was received: that is a rejection.\n\n{ask_reason(shown, limit=limit)}"


def ask_received(claim: Claim, position: int) -> str:
    """``position``: which line, from 0."""
    line, many = claim.lines[position], len(claim.lines)
    which = f" ({position + 1} of {many})" if many > 1 else ""
    return (
        f"✏️ <b>How much was really received?</b>{which}\n{lines((line,))[0]}\n"
        "Send the amount, or tap below."
    )


def all_of_it(line: PaymentLine) -> str:
    return f"All of it: {rupees(line.amount_paise)}"


def ask_confirm(shown: ClaimCard, received: Sequence[int]) -> str:
    claim = shown.claim
    came = (
        f"{METHODS[line.method]}: {rupees(paise)} of {rupees(line.amount_paise)}"
        for line, paise in zip(claim.lines, received, strict=True)
    )
    return "\n".join(
        [
            f"✏️ <b>Book {rupees(sum(received))} of {rupees(total(claim.lines))}?</b>",
            f"From: {esc(shown.person.name)}",
            f"For: {_subject(shown)}",
            *came,
            *_more_than_due(shown, sum(received)),
            *_less_than_asked(shown, sum(received)),
        ]
    )


def confirm(paise: int) -> str:
    return f"✅ Book {rupees(paise)}"


def _warnings(shown: ClaimCard, zone: ZoneInfo) -> list[str]:
    """What an admin must not overlook before approving."""
    claimed, request = shown.claim.total_paise, shown.request
    told = _more_than_due(shown, claimed)
    if request and request.status is not RequestStatus.OPEN:
        told.append("⚠️ The club asks for this no longer.")
    elif request and request.amount_paise != claimed:
        told.append(f"⚠️ The club asked for {rupees(request.amount_paise)}.")
    return [*told, *same_proof(shown.same_proof, zone)]


def same_proof(found: Sequence[SameProof], zone: ZoneInfo) -> list[str]:
    """A warning, where there are any."""
    told = ["⚠️ The very same screenshot was sent before:"] if found else []
    return [*told, *(_same(each, zone) for each in found)]


def _more_than_due(shown: ClaimCard, paise: int) -> list[str]:
    if shown.due_paise is None or paise <= shown.due_paise:
        return []
    return [f"⚠️ {rupees(paise)} is more than is due now: {rupees(shown.due_paise)}."]


def _less_than_asked(shown: ClaimCard, paise: int) -> list[str]:
    """A request is answered once."""
    if shown.request is None or paise >= shown.request.amount_paise:
        return []
    return [f"⚠️ The rest of {rupees(shown.request.amount_paise)} is then asked for no longer."]


def _same(found: SameProof, zone: ZoneInfo) -> str:
    when = moment(found.claimed_at, zone)
    return f"• {esc(found.name or 'someone deleted')}, {when}: {_BECAME[found.status]}"


def _subject(shown: ClaimCard) -> str:
    if shown.number is not None and shown.due_paise is not None:
        due = f"due now {rupees(shown.due_paise)}" if shown.due_paise else "settled"
        return f"{shown.number}, {due}"
    purpose = shown.claim.purpose or (shown.request.purpose if shown.request else "")
    asked = ", as the club asked" if shown.request else ""
    return f"{esc(purpose)}{asked}" if purpose else "an advance"


def _decision(shown: ClaimCard, zone: ZoneInfo) -> str:
    """Who decided what and when; empty while it waits."""
    claim, received = shown.claim, shown.received_paise
    told = _decisions.decision(claim, shown.decided_by, zone)
    if received is None or received == claim.total_paise:
        return told
    return f"{told}\nReceived: {rupees(received)} of {rupees(claim.total_paise)}"


def telegram(person: Person) -> list[str]:
    if person.is_deleted:
        return []
    username = f" · @{esc(person.username)}" if person.username else ""
    return [f"Telegram: {esc(person.display_name)}{username} · <code>{person.telegram_id}</code>"]


def of_pages(number: int, pages: int) -> str:
    return f" Page {number + 1} of {pages}." if pages > 1 else ""


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})" if count else label
