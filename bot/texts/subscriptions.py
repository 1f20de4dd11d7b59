"""Every sentence about subscriptions: bought, running, changed, over."""

from collections.abc import Mapping
from typing import Any, Final

from bot.errors import Refusal
from bot.errors.subscriptions import (
    FrozenAlready,
    FrozenNow,
    GivenBack,
    LastDayPast,
    MoneyWentBack,
    MoreThanBilled,
    NoPayLater,
    NotAReceiver,
    NotARuleNumber,
    NotExtraDays,
    NotFreezeDays,
    NotFrozen,
    NothingLeft,
    NothingToUndo,
    NotOfBill,
    NotOnList,
    NotReminderDays,
    OfferChanged,
    PurchaseDecided,
    PurchaseGone,
    PurchaseWaiting,
    ReceiverChanged,
    SubscriptionChanged,
    SubscriptionGone,
    SubscriptionOver,
    TheirsAlready,
    TooLongFrozen,
)
from bot.models.payments import total
from bot.models.purchases import Deal, Purchase
from bot.models.subscriptions import ChangeKind, Subscription
from bot.texts.amounts import rupees
from bot.texts.format import calendar_day, esc

REFUSALS: Final[dict[type[Refusal], str]] = {
    PurchaseGone: "This request is not there.",
    PurchaseWaiting: "A request of yours is with the club already. See /subscribe.",
    PurchaseDecided: "The club has decided on it already. See /my_subscription.",
    OfferChanged: "It is {total_paise} by now. Look at it again with /subscribe. "
    "If you have paid already, report that in /pay with ➕ Request payment: it is your credit.",
    NoPayLater: "Paying later is not possible now. Choose another way to pay.",
    NotOfBill: "To pay is {price_paise}: no more than that can be received for it. Book the rest "
    "in 💰 Receivables: it is their credit.",
    LastDayPast: "It would be over before it began. Choose a later day.",
    SubscriptionGone: "This subscription is not there.",
    SubscriptionOver: "That cannot be: it is over, cancelled, or does not run on that day.",
    SubscriptionChanged: "Somebody has just changed this subscription. Please look at it again.",
    FrozenAlready: "It is frozen already on one of these days.",
    NotOnList: "Nobody on this list fits “{typed}”. Send another search, or look for them in "
    "the search of 💳 Subscriptions.",
    NotExtraDays: "“{typed}” is not a number of days. Send how many to add, like 5, or to take "
    "away, like -5.",
    NotFreezeDays: "“{typed}” is not a number of days. Send one from 1 to 366, like 7.",
    NotARuleNumber: "“{typed}” does not fit. Send a number from {least} to {most}.",
    NotReminderDays: "“{typed}” does not fit. Send up to {most} numbers from 1 to {earliest}, like "
    "7, 3, 1.",
    TooLongFrozen: "Days of freeze that are left for this subscription: {left}.",
    NotFrozen: "It is not frozen today.",
    NothingToUndo: "That has been taken back already.",
    MoneyWentBack: "Money went back with it: sell it again, or extend another one.",
    GivenBack: "Whoever gave it over has its days again: give them over once more.",
    NothingLeft: "Nothing of it is left to give over.",
    FrozenNow: "It is frozen today. Unfreeze it first, then give it over.",
    TheirsAlready: "It is theirs already. Choose somebody else.",
    NotAReceiver: "Only a member of the club can get it. Choose somebody else.",
    ReceiverChanged: "What the other one got was changed since, or is over. Undo that change "
    "first, or sell it again.",
    MoreThanBilled: "Of its bill {creditable_paise} can be taken back. Send that much or less.",
}
_CHANGES: Final = {
    ChangeKind.EXTEND: "was changed",
    ChangeKind.FREEZE: "is frozen",
    ChangeKind.UNFREEZE: "runs again",
    ChangeKind.CANCEL: "was cancelled",
    ChangeKind.UNDO: "was corrected",
}
# What a cancellation was in truth, by what its notice keeps.
_MOVES: Final = {
    "moved": "was given over to another member",
    "taken_back": "was taken back by whoever gave it to you",
    "upgraded": "ends, as your new plan has begun",
}


def rejected(purchase: Purchase) -> str:
    """To whoever asked for it."""
    booked = " Nothing was booked." if purchase.claim_id else ""
    return (
        f"❌ The club did not approve {esc(purchase.plan_name)}.{booked}\n"
        f"Reason: {esc(purchase.reason or '')}\nChoose again with /subscribe, or ask at the desk."
    )


def begun(deal: Deal) -> str:
    """To its member."""
    subscription, received = deal.subscription, total(deal.lines)
    term = subscription.term
    came = [f"Received: {rupees(received)}, thank you."] if received else []
    due = [f"Still due: {rupees(deal.due_paise)}"] if deal.due_paise else []
    moved = " Another member has given it over to you." if subscription.moved_by else ""
    return "\n".join(
        [
            f"🎉 <b>{esc(subscription.plan_name)}</b> is yours.{moved}",
            f"From {calendar_day(term.first_day)} to {calendar_day(term.last_day)}",
            *came,
            *due,
            "See /my_subscription.",
        ]
    )


def changed(
    subscription: Subscription, kind: ChangeKind, reason: str, told: Mapping[str, Any]
) -> str:
    """To its member. ``told``: what else there is to say of it, as its notice keeps it."""
    why = f"\nReason: {esc(reason)}" if reason else ""
    term = subscription.term
    until = f"; its last day is {calendar_day(term.last_day)}"
    if term.last_day < term.first_day:
        until = "; no day of it is left"
    what = next((said for name, said in _MOVES.items() if told.get(name)), _CHANGES[kind])
    return f"💳 {esc(subscription.plan_name)} {what}{until}.{why}" + "".join(
        f"\n{line}" for line in figures(told)
    )


def figures(told: Mapping[str, Any]) -> list[str]:
    """The money that went with a cancellation, to its member."""
    credited, kept, paid_out, used = (
        int(told.get(f"{name}_paise", 0)) for name in ("credited", "kept", "refunded", "used")
    )
    owed_less = credited - kept - paid_out - used
    return [
        *([f"Taken back of its bill: {rupees(credited)}"] if credited else []),
        *([f"You owe that much less: {rupees(owed_less)}"] if owed_less else []),
        *([f"Paid of your new plan: {rupees(used)}"] if used else []),
        *([f"Kept as your credit: {rupees(kept)}"] if kept else []),
        *([f"Given back to you: {rupees(paid_out)}"] if paid_out else []),
    ]
