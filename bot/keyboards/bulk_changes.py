"""Buttons of what is done for everybody on a list."""

from typing import get_args
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import DayNumber, ListSubscribers, back, button, cancel, keyboard
from bot.models.bulk_changes import EndingList, Remindable
from bot.models.subscriptions import SubscriptionList
from bot.texts import bulk_changes as texts

_FORM = "BulkExtendForm"


class AskRemindAll(CallbackData, prefix="bulk-remind"):
    """Show who would be reminded."""

    which: EndingList


class RemindAll(CallbackData, prefix="bulk-remind-yes"):
    """Remind them; ``day``: the club's, on which it was shown."""

    which: EndingList
    day: DayNumber


class AskExtendAll(CallbackData, prefix="bulk-extend"):
    """Ask by how many days."""

    which: EndingList


class ExportList(CallbackData, prefix="bulk-file"):
    """Send the list as a file."""

    which: SubscriptionList


class ExtendAll(CallbackData, prefix="bulk-extend-yes"):
    """Give them the days that the open form is about, or go on with it."""

    operation_id: UUID


def actions(which: SubscriptionList) -> list[InlineKeyboardButton]:
    """Under a list that has people on it."""
    for each in get_args(EndingList):
        if which is each:
            return [
                button(texts.REMIND_ALL, AskRemindAll(which=each)),
                button(texts.EXTEND_ALL, AskExtendAll(which=each)),
            ]
    return []


def excel(which: SubscriptionList) -> InlineKeyboardButton:
    return button(texts.EXCEL, ExportList(which=which))


def confirm_remind(shown: Remindable) -> InlineKeyboardMarkup:
    which = shown.which
    yes = [
        button(texts.yes_remind(len(shown.names)), RemindAll(which=each, day=shown.day.toordinal()))
        for each in get_args(EndingList)
        if which is each and shown.names
    ]
    return keyboard(yes, [back(ListSubscribers(which=which))])


def to_list(which: SubscriptionList) -> InlineKeyboardMarkup:
    return keyboard([back(ListSubscribers(which=which))])


def question(which: SubscriptionList) -> InlineKeyboardMarkup:
    return keyboard([back(ListSubscribers(which=which)), cancel(_FORM)])


def confirm(label: str, which: SubscriptionList, operation_id: UUID) -> InlineKeyboardMarkup:
    yes = button(label, ExtendAll(operation_id=operation_id))
    return keyboard([yes], [back(ListSubscribers(which=which)), cancel(_FORM)])
