"""Buttons under a person's own data."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import OpenMenu, RowId, back, button, keyboard
from bot.texts import privacy as texts


class OpenMyData(CallbackData, prefix="data-open"):
    """Show what may be done with one's own data."""


class DownloadMyData(CallbackData, prefix="data-get"):
    """Send one's own data as a file."""


class AskDeleteMyData(CallbackData, prefix="data-del"):
    """Show what would go."""


class DeleteMyData(CallbackData, prefix="data-del-yes"):
    """Delete me, now. Whoever comes back afterwards is somebody else to this button."""

    person_id: RowId


def my_data() -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.DOWNLOAD, DownloadMyData())],
        [button(texts.DELETE_MINE, AskDeleteMyData())],
        [back(OpenMenu())],
    )


def ask_delete(person_id: int) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.YES_DELETE, DeleteMyData(person_id=person_id))],
        [back(OpenMyData())],
    )
