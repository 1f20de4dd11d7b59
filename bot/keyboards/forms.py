"""The button under a form that ran out."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import button, keyboard, menu
from bot.texts import common as texts


def start_again(title: str, again: CallbackData) -> InlineKeyboardMarkup:
    return keyboard([button(texts.start_again(title), again)], [menu()])
