"""Every sentence admins read about subscriptions that members ask for."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.activations import (
    AlreadyDecided,
    BuyerBanned,
    DayNotOffered,
    FirstDayChanged,
    LastDayTooFar,
    NotADay,
    UpgradeChanged,
)
from bot.errors.invoices import AddressNeeded
from bot.errors.payments import ReferenceUsed
from bot.errors.subscriptions import LastDayPast, NotOfBill
from bot.models.payments import Method, total
from bot.models.purchases import (
    Decision,
    DecisionDraft,
    PurchaseCard,
    PurchaseEntry,
    PurchaseQueue,
    PurchaseVerdict,
)
from bot.texts import _decisions
from bot.texts.amounts import rupees
from bot.texts.approvals import REJECT
from bot.texts.format import calendar_day, day, esc, shorten
from bot.texts.payments import METHODS, lines
from bot.texts.purchase_cards import days, instead
from bot.texts.subscription_lists import SEARCH_HOW
from bot.texts.verifications import of_pages

AMOUNT: Final = "✏️ Amount"
END_DATE: Final = "📅 End date"
CONFIRM: Final = "✅ Confirm"
TITLE: Final = "approval of a subscription"
SEARCH_TITLE: Final = "search for a request"
REJECTION_TITLE: Final = "rejection of a subscription"

REFUSALS: Final[dict[type[Refusal], str]] = {
    AlreadyDecided: "Too late: already {what} by {by}.",
    BuyerBanned: f"{{name}} is banned. Unban them first: /admin, then 👥 Members. Or tap {REJECT}.",
    FirstDayChanged: "It would begin on another day by now. Look at it again.",
    UpgradeChanged: "Not so much can be taken off by now. Look at it again.",
    LastDayTooFar: "That is more than ten years away. Choose an earlier day.",
    NotADay: "“{typed}” is not a day I understand. Send it like 24 Nov 2026, or tap one.",
    DayNotOffered: "That is no day to choose.",
}
_OBSTACLES: Final[dict[type[Refusal], str]] = {
    AddressNeeded: "Not approved yet: from ₹50,000 on the law wants the member’s address and State "
    "on the bill. Begin a new invoice for them under 🧾 Invoices, write the 🏠 Address on it, drop "
    "it, then approve here.",
    BuyerBanned: "Not approved: {name} is banned. Unban them first in 👥 Members, or tap "
    f"{REJECT}.",
    FirstDayChanged: "Not approved yet: it begins on another day by now. Look at it again.",
    UpgradeChanged: "Not approved yet: not so much can be taken off by now. Look at it again.",
    LastDayPast: f"Not approved: its last day is before the first. Tap {END_DATE}.",
    LastDayTooFar: f"Not approved: its last day is more than ten years away. Tap {END_DATE}.",
    NotOfBill: f"Not approved: more was received than is billed. Tap {AMOUNT}.",
    ReferenceUsed: "Not approved: the reference {reference} stands on another payment already. If "
    f"it is the same money, nothing came by UPI here, or tap {REJECT}.",
}
_NAME_ON_A_BUTTON: Final = 24
_HEAD: Final = "💳 <b>Subscriptions</b>"


ASK_SEARCH: Final = f"🔍 <b>Whose request?</b>\n{SEARCH_HOW}"


def waiting(count: int) -> str:
    """A button's label."""
    return f"🎫 Subscriptions ({count})" if count else "🎫 Subscriptions"


def queue(shown: PurchaseQueue) -> str:
    if not shown.count:
        return f"{_HEAD}\nNo subscription is asked for."
    paged = of_pages(shown.number, shown.pages)
    return f"{_HEAD}\nAsked for and waiting: {shown.count}, the oldest first.{paged}"


def entry(one: PurchaseEntry, zone: ZoneInfo) -> str:
    """A button's label: bare text, no HTML."""
    name = shorten(one.name, _NAME_ON_A_BUTTON)
    plan = shorten(one.plan_name, _NAME_ON_A_BUTTON)
    return f"🎫 {name} · {plan} · {rupees(one.price_paise)} · {day(one.requested_at, zone)}"


def verdict(made: PurchaseVerdict, zone: ZoneInfo) -> str:
    """Told over the button: that it is done, or who was faster."""
    if made.obstacle:
        return obstacle(made.obstacle)
    if not made.stands:
        return too_late(made.card, zone)
    name, deal = esc(made.card.person.name), made.card.deal
    if deal is None:
        if made.card.person.is_banned:
            return f"Rejected. {name} is not told while banned."
        return f"Rejected. {name} will be told the reason."
    until = calendar_day(deal.subscription.term.last_day)
    return f"Approved until {until}: {rupees(total(deal.lines))} received. {name} will be told."


def too_late(shown: PurchaseCard, zone: ZoneInfo) -> str:
    return _decisions.too_late(shown.purchase, shown.decided_by, zone)


def obstacle(refusal: Refusal) -> str:
    """Why it was not approved: over the button, and on the card."""
    told = {name: esc(value) for name, value in refusal.details.items()}
    return f"⚠️ {_OBSTACLES[type(refusal)].format(**told)}"


def ask_reason(shown: PurchaseCard, *, limit: int) -> str:
    name, plan = esc(shown.person.name), esc(shown.purchase.plan_name)
    is_told = not shown.person.is_banned
    reads = "They will read your words." if is_told else "They are banned, and are not told."
    return (
        f"❌ Why is <b>{plan}</b> for <b>{name}</b> not approved?\n"
        f"{reads} At most {limit} characters."
    )


def ask_price(shown: PurchaseCard, made: DecisionDraft) -> str:
    return (
        f"✏️ <b>What is {esc(shown.person.name)} to be billed?</b>\n"
        f"It is {rupees(made.bill_of(shown))} now, tax included. Send the new amount."
    )


def ask_last_day(shown: PurchaseCard, made: DecisionDraft) -> str:
    last = made.decision(shown).last_day
    return (
        "📅 <b>Which day is the last?</b>\n"
        f"{days(shown.first_day, last)}. Tap a day, or send one like 24 Nov 2026."
    )


def quick(count: int) -> str:
    """A button's label: so many days, the first one counted."""
    return f"+{count} days"


def ask_came(shown: PurchaseCard, made: DecisionDraft, method: Method) -> str:
    """``method``: UPI first, then cash."""
    bill, name = made.to_pay_of(shown), esc(shown.person.name)
    claim = shown.claim
    reported = [line for line in claim.lines if line.method is method] if claim else []
    said = lines(tuple(reported)) or ["Nothing was reported."]
    by_upi = [f"Received by UPI: {rupees(made.upi_paise)}"] if made.upi_paise else []
    return "\n".join(
        [
            f"{METHODS[method]}: <b>how much was received?</b>",
            f"{name}, {'to pay' if shown.replaced else 'bill'} {rupees(bill)}",
            *(by_upi if method is Method.CASH else []),
            *(f"Reported: {each}" if reported else each for each in said),
            "Send the amount, or tap below.",
        ]
    )


def as_reported(paise: int) -> str:
    return f"As reported: {rupees(paise)}"


def the_rest(paise: int) -> str:
    return f"All that is open: {rupees(paise)}"


def ask_confirm(shown: PurchaseCard, decided: Decision) -> str:
    freed = shown.replaced.freed_paise if shown.replaced else 0
    stays = max(0, decided.price_paise - freed) - decided.received_paise
    left = f"Stays due: {rupees(stays)}" if stays else "Paid in full"
    return "\n".join(
        [
            "✅ <b>Approve this subscription?</b>",
            f"{esc(shown.person.name)}: {esc(shown.purchase.plan_name)}",
            days(shown.first_day, decided.last_day),
            f"Bill: {rupees(decided.price_paise)}",
            *instead(shown),
            f"{METHODS[Method.UPI]}: {rupees(decided.upi_paise)}",
            f"{METHODS[Method.CASH]}: {rupees(decided.cash_paise)}",
            f"<b>{left}</b>",
        ]
    )
