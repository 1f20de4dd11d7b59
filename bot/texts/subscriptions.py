"""Every sentence about subscriptions: bought, running, changed, over."""

from typing import Final

from bot.errors import Refusal
from bot.errors.subscriptions import (
    FrozenAlready,
    LastDayPast,
    NoPayLater,
    NotARuleNumber,
    NotExtraDays,
    NotFreezeDays,
    NotFrozen,
    NothingToUndo,
    NotOfBill,
    NotOnList,
    NotReminderDays,
    OfferChanged,
    PurchaseDecided,
    PurchaseGone,
    PurchaseWaiting,
    SubscriptionChanged,
    SubscriptionGone,
    SubscriptionOver,
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
    NotOfBill: "The bill is {price_paise}: no more than that can be received for it.",
    LastDayPast: "It would be over before it began. Choose a later day.",
    SubscriptionGone: "This subscription is not there.",
    SubscriptionOver: "That cannot be: it is over, cancelled, or does not run on that day.",
    SubscriptionChanged: "Somebody has just changed this subscription. Please look at it again.",
    FrozenAlready: "It is frozen already on one of these days.",
    NotOnList: "Nobody on this list fits “{typed}”. Send another search, or look for them in "
    "🔍 Search under 💳 Subscriptions.",
    NotExtraDays: "“{typed}” is not a number of days. Send how many to add, like 5, or to take "
    "away, like -5.",
    NotFreezeDays: "“{typed}” is not a number of days. Send one from 1 to 366, like 7.",
    NotARuleNumber: "“{typed}” does not fit. Send a number from {least} to {most}.",
    NotReminderDays: "“{typed}” does not fit. Send up to {most} numbers from 1 to {earliest}, like "
    "7, 3, 1.",
    TooLongFrozen: "Only {left} days of freeze are left for this subscription.",
    NotFrozen: "It is not frozen today.",
    NothingToUndo: "That has been taken back already.",
}
_CHANGES: Final = {
    ChangeKind.EXTEND: "was changed",
    ChangeKind.FREEZE: "is frozen",
    ChangeKind.UNFREEZE: "runs again",
    ChangeKind.CANCEL: "was cancelled",
    ChangeKind.UNDO: "was corrected",
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
    return "\n".join(
        [
            f"🎉 <b>{esc(subscription.plan_name)}</b> is yours.",
            f"From {calendar_day(term.first_day)} to {calendar_day(term.last_day)}",
            *came,
            *due,
            "See /my_subscription.",
        ]
    )


def changed(subscription: Subscription, kind: ChangeKind, reason: str) -> str:
    """To its member."""
    why = f"\nReason: {esc(reason)}" if reason else ""
    until = calendar_day(subscription.term.last_day)
    what = _CHANGES[kind]
    return f"💳 {esc(subscription.plan_name)} {what}; its last day is {until}.{why}"
