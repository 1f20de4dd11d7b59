"""Buttons of buying a subscription; those of paying for it are in claims.py."""

from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import OpenMenu, RowId, back, button, keyboard
from bot.models.dues import PlanChoice
from bot.models.purchases import Purchase, PurchaseStatus, Shelf, Starts
from bot.texts import claims as claim_texts
from bot.texts import promos as promo_texts
from bot.texts import purchases as texts
from bot.texts import trials as trial_texts


class OpenShelf(CallbackData, prefix="buy-list"):
    """Show the plans on sale, or what waits; ``anew``: the message above is to stay."""

    anew: bool = False


class ChooseOffer(CallbackData, prefix="buy-plan"):
    """Show what a plan comes to, from when, and how to pay it."""

    plan_id: RowId
    starts: Starts = Starts.AFTER


class OpenTrial(CallbackData, prefix="buy-trial"):
    """Show the free trial that one may begin."""


class AskCode(CallbackData, prefix="buy-code"):
    """Ask for the code of a discount."""

    attempt: UUID


class DropCode(CallbackData, prefix="buy-code-no"):
    """Show the same without a discount."""

    plan_id: RowId
    starts: Starts


class OpenUpgrades(CallbackData, prefix="buy-up"):
    """Show the plans that may begin in place of what runs."""


class WithdrawPurchase(CallbackData, prefix="buy-undo"):
    """Take back what waits for the club."""

    purchase_id: RowId


def shelf(shown: Shelf) -> InlineKeyboardMarkup:
    trial = button(trial_texts.trial(shown.trial_days), OpenTrial()) if shown.trial_days else None
    starts = Starts.UPGRADE if shown.upgrade else Starts.AFTER
    return keyboard(
        [trial] if trial else [],
        *(
            [button(texts.offer_label(each), ChooseOffer(plan_id=each.plan.id, starts=starts))]
            for each in shown.offers
        ),
        [back(OpenMenu())],
    )


def other_starts(choice: PlanChoice) -> list[list[InlineKeyboardButton]]:
    """Those that are not chosen, where there is a choice."""
    offer, number = choice.offer, choice.offer.plan.id
    return [
        [button(label, ChooseOffer(plan_id=number, starts=starts))]
        for starts, label in texts.STARTS.items()
        if starts is not choice.starts and starts is offer.possible(starts) and offer.after
    ]


def discount(choice: PlanChoice, attempt: UUID) -> list[InlineKeyboardButton]:
    """Ask for a code, or take it away; nothing where the club has none."""
    if choice.code:
        drop = DropCode(plan_id=choice.offer.plan.id, starts=choice.starts)
        return [button(promo_texts.DROP, drop)]
    return [button(promo_texts.ENTER, AskCode(attempt=attempt))] if choice.takes_codes else []


def requested(purchase: Purchase) -> InlineKeyboardMarkup:
    withdraw = button(claim_texts.WITHDRAW, WithdrawPurchase(purchase_id=purchase.id))
    waits = purchase.status is PurchaseStatus.WAITING
    return keyboard(
        [withdraw] if waits else [button(texts.CHOOSE, OpenShelf())], [back(OpenMenu())]
    )


def choose_again() -> InlineKeyboardMarkup:
    """Below what was not approved."""
    return keyboard([button(texts.CHOOSE, OpenShelf(anew=True))])
