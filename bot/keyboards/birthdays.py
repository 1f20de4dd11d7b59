"""Buttons of a person's own birthday."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import OpenMenu, back, button, cancel, keyboard
from bot.models.birthdays import Birthday
from bot.texts import birthdays as texts


class OpenBirthday(CallbackData, prefix="bday-open"):
    """Show it, an open question about it left unanswered."""


class AskBirthday(CallbackData, prefix="bday-ask"):
    """Ask for it."""


class RemoveBirthday(CallbackData, prefix="bday-remove"):
    """Forget it."""


def kept(birthday: Birthday | None) -> InlineKeyboardMarkup:
    remove = [button(texts.REMOVE, RemoveBirthday())] if birthday else []
    return keyboard([button(texts.CHANGE, AskBirthday()), *remove], [back(OpenMenu())])


def question() -> InlineKeyboardMarkup:
    return keyboard([back(OpenBirthday()), cancel("BirthdayForm")])
