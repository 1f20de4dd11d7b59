"""Every sentence about subscriptions: bought, running, changed, over."""

from typing import Final

from bot.errors import Refusal
from bot.errors.subscriptions import (
    LastDayPast,
    NoPayLater,
    NotFrozen,
    NothingToUndo,
    NotOfBill,
    OfferChanged,
    PurchaseDecided,
    PurchaseGone,
    PurchaseWaiting,
    SubscriptionGone,
    SubscriptionOver,
    TooLongFrozen,
)
from bot.models.purchases import Purchase, PurchaseCard
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


def card(shown: PurchaseCard) -> str:
    """To admins."""
    purchase = shown.purchase
    return "\n".join(
        [
            "💳 <b>Subscription to approve</b>",
            f"From: {esc(shown.person.name)}",
            f"Plan: {esc(purchase.plan_name)}, {rupees(purchase.price_paise)}",
            f"{calendar_day(shown.first_day)} to {calendar_day(shown.usual.last_day)}",
        ]
    )


def rejected(purchase: Purchase) -> str:
    """To whoever asked for it."""
    return (
        f"❌ The club did not approve {esc(purchase.plan_name)}.\n"
        f"Reason: {esc(purchase.reason or '')}\nSee /subscribe."
    )


def begun(subscription: Subscription) -> str:
    """To its member."""
    term = subscription.term
    return (
        f"🎉 <b>{esc(subscription.plan_name)}</b> is yours, from {calendar_day(term.first_day)} "
        f"to {calendar_day(term.last_day)}. See /my_subscription."
    )


def changed(subscription: Subscription, kind: ChangeKind, reason: str) -> str:
    """To its member."""
    why = f"\nReason: {esc(reason)}" if reason else ""
    until = calendar_day(subscription.term.last_day)
    what = _CHANGES[kind]
    return f"💳 {esc(subscription.plan_name)} {what}; its last day is {until}.{why}"
