"""Buttons that belong to no feature, and the shortest way to write a keyboard."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts import common as texts


class OpenMenu(CallbackData, prefix="menu-open"):
    """Show the menu of the person's role."""


class OpenAdmin(CallbackData, prefix="admin-open"):
    """Show the admin panel."""


class OpenOwner(CallbackData, prefix="owner-open"):
    """Show the owner panel."""


class CancelForm(CallbackData, prefix="form-cancel"):
    """Leave this form; harmless when another one is open by now."""

    form: str


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Rows of buttons; empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def cancel(form: str) -> InlineKeyboardButton:
    """``form`` is the state group's name."""
    return button(texts.CANCEL, CancelForm(form=form))


def only_cancel(form: str) -> InlineKeyboardMarkup:
    return keyboard([cancel(form)])


def back(data: CallbackData) -> InlineKeyboardButton:
    return button(texts.BACK, data)


def menu() -> InlineKeyboardButton:
    return button(texts.MENU, OpenMenu())


def only_menu() -> InlineKeyboardMarkup:
    return keyboard([menu()])


def private_chat(bot_username: str) -> InlineKeyboardMarkup:
    url = f"https://t.me/{bot_username}"
    return keyboard([InlineKeyboardButton(text=texts.WRITE_PRIVATELY_BUTTON, url=url)])
