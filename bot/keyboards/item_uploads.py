"""Buttons of the catalogue sent as a file."""

from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import back, button, cancel, keyboard
from bot.keyboards.items import OpenItems
from bot.models.item_uploads import Preview
from bot.texts import item_uploads as texts


class SendTemplate(CallbackData, prefix="item-up-template"):
    """Send a file to fill in."""


class ApplyUpload(CallbackData, prefix="item-up-apply"):
    """Do what was shown."""

    operation_id: UUID


class SendVerdicts(CallbackData, prefix="item-up-rows"):
    """Send every row with what comes of it."""

    operation_id: UUID


def ask_file() -> InlineKeyboardMarkup:
    template = button(texts.TEMPLATE, SendTemplate())
    return keyboard([template], [back(OpenItems()), cancel("ItemUploadForm")])


def applied() -> InlineKeyboardMarkup:
    return keyboard([back(OpenItems())])


def preview(shown: Preview) -> InlineKeyboardMarkup:
    apply = button(texts.APPLY, ApplyUpload(operation_id=shown.operation_id))
    rows = button(texts.ALL_ROWS, SendVerdicts(operation_id=shown.operation_id))
    apply_it = [apply] if shown.can_be_applied else []
    return keyboard(apply_it, [rows], [back(OpenItems()), cancel("ItemUploadForm")])
