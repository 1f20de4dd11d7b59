"""Buttons of a subscription that ends early: what becomes of its money, who gets it."""

from collections.abc import Sequence
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import RowId, back, button, cancel, keyboard
from bot.keyboards.subscriptions import ShowSubscription
from bot.models.payments import Method
from bot.models.people import Person
from bot.models.prorata import Back, Worth
from bot.texts import members as member_texts
from bot.texts import subscription_changes as change_texts
from bot.texts import subscription_moves as texts
from bot.texts.payments import METHODS


class PickBack(CallbackData, prefix="sub-back"):
    """What becomes of the unused days' money, in the open form."""

    back: Back


class AskCredit(CallbackData, prefix="sub-credit"):
    """Ask for another amount."""


class PickPaidBy(CallbackData, prefix="sub-paid-by"):
    """How it is given back."""

    method: Method


class MakeCancellation(CallbackData, prefix="sub-cancel-yes"):
    """Cancel what was looked at; ``operation_id`` was made when it was shown."""

    operation_id: UUID


class PickReceiver(CallbackData, prefix="sub-move-to"):
    """Of several that were found, in the open form."""

    person_id: RowId


class MakeTransfer(CallbackData, prefix="sub-move-yes"):
    """Give over what was looked at; ``operation_id`` was made when it was shown."""

    operation_id: UUID


def transfer_question(
    subscription_id: int, *rows: list[InlineKeyboardButton]
) -> InlineKeyboardMarkup:
    leave = back(ShowSubscription(subscription_id=subscription_id))
    return keyboard(*rows, [leave, cancel("TransferForm")])


def receivers(subscription_id: int, people: Sequence[Person]) -> InlineKeyboardMarkup:
    rows = ([button(member_texts.hit(each), PickReceiver(person_id=each.id))] for each in people)
    return transfer_question(subscription_id, *rows)


def review_transfer(subscription_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = button(texts.YES_TRANSFER, MakeTransfer(operation_id=operation_id))
    return transfer_question(subscription_id, [yes])


def money(subscription_id: int, worth: Worth, credit_paise: int) -> InlineKeyboardMarkup:
    """Only what was paid is given back."""
    keep = [button(texts.TO_CREDIT, PickBack(back=Back.CREDIT))] if credit_paise else []
    refund = button(texts.REFUND, PickBack(back=Back.REFUND))
    return _question(
        subscription_id,
        [button(texts.NOTHING_BACK, PickBack(back=Back.NOTHING))],
        keep,
        [refund] if worth.freed_paise(credit_paise) else [],
        [button(texts.OTHER_AMOUNT, AskCredit())],
    )


def confirm(subscription_id: int, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = button(change_texts.YES_CANCEL, MakeCancellation(operation_id=operation_id))
    return _question(subscription_id, [yes])


def methods(subscription_id: int) -> InlineKeyboardMarkup:
    choices = [button(label, PickPaidBy(method=each)) for each, label in METHODS.items()]
    return _question(subscription_id, choices[:2], choices[2:])


def _question(subscription_id: int, *rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    leave = [back(ShowSubscription(subscription_id=subscription_id))]
    return keyboard(*rows, [*leave, cancel("CancelSubscriptionForm")])
