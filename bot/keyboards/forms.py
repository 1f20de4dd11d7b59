"""Buttons under a form that ran out or was left."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import back, button, keyboard, menu
from bot.texts import common as texts


def start_again(title: str, again: CallbackData) -> InlineKeyboardMarkup:
    return keyboard([button(texts.start_again(title), again)], [menu()])


def cancelled(under: CallbackData | None) -> InlineKeyboardMarkup:
    """``under``: the panel that the form was opened from, if any."""
    return keyboard([back(under)] if under else [], [menu()])
