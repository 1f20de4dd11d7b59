"""Buttons of a member's own subscription."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import (
    OpenInvitation,
    OpenMenu,
    RowId,
    back,
    button,
    keyboard,
    menu,
)
from bot.keyboards.invoices import OpenDocuments
from bot.keyboards.purchases import OpenShelf, OpenUpgrades
from bot.models.my_subscription import MySubscription
from bot.models.subscriptions import Access, Standing
from bot.texts import my_subscription as texts
from bot.texts import purchases as purchase_texts
from bot.texts.menu import SUBSCRIBE
from bot.texts.referrals import INVITE


class OpenMySubscription(CallbackData, prefix="mysub-open"):
    """Show how one's own subscription stands."""


class WithdrawMine(CallbackData, prefix="mysub-withdraw"):
    """Take back what one has asked for."""

    purchase_id: RowId


def screen(shown: MySubscription) -> InlineKeyboardMarkup:
    waiting = shown.waiting
    return keyboard(
        [button(texts.WITHDRAW, WithdrawMine(purchase_id=waiting.id))] if waiting else [],
        [] if waiting else [button(texts.renew_label(shown), OpenShelf())],
        [button(purchase_texts.UPGRADE, OpenUpgrades())] if shown.can_upgrade else [],
        [button(texts.DOCUMENTS, OpenDocuments())],
        [button(INVITE, OpenInvitation())] if shown.may_invite else [],
        [back(OpenMenu())],
    )


def renew(standing: Standing | None = None) -> InlineKeyboardMarkup:
    """Under a message that asks to; nobody renews what they never had."""
    is_first = standing is not None and standing.access is Access.NONE
    return keyboard([button(SUBSCRIBE if is_first else texts.RENEW, OpenShelf())], [menu()])
