"""Buttons of the first set-up and of the settings."""

from typing import Final, Literal
from uuid import UUID

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import OpenSettings, Panel, back, button, cancel, keyboard, menu
from bot.keyboards.follow_ups import OpenFollowUps
from bot.keyboards.schedules import OpenSchedules
from bot.models.club import Club, Setting
from bot.texts import club as texts
from bot.texts import follow_ups as follow_up_texts
from bot.texts import menu as menu_texts
from bot.texts import schedules as schedule_texts

COMMON: Final[dict[Setting, tuple[str, ...]]] = {
    Setting.TIMEZONE: ("Asia/Kolkata", "Asia/Dubai", "Europe/London", "America/New_York"),
    Setting.CURRENCY: ("INR", "AED", "EUR", "GBP", "USD"),
}
# The review of registrations is switched, never asked for.
Asked = Literal[Setting.NAME, Setting.TIMEZONE, Setting.CURRENCY, Setting.WELCOME_TEXT]


class BeginSetup(CallbackData, prefix="club-setup"):
    """Lead through the first set-up."""


class AnswerSetup(CallbackData, prefix="club-answer"):
    """Answer the set-up's question with a common value; an empty one keeps what there is."""

    setting: Asked
    value: str = ""


class SaveSetup(CallbackData, prefix="club-save"):
    """Save the first set-up."""

    operation: UUID


class EditSetting(CallbackData, prefix="club-edit"):
    """Ask for a new value."""

    setting: Asked
    panel: Panel


class LeaveSetting(CallbackData, prefix="club-leave"):
    """Back to the settings, the question left unanswered."""

    panel: Panel


class PickSetting(CallbackData, prefix="club-pick"):
    """Take a common value."""

    setting: Asked
    value: str


class ReviewRegistrations(CallbackData, prefix="club-review"):
    """Switch the review of registrations on or off, whatever it is now."""

    on: bool
    panel: Panel


def setup_question(setting: Setting, value: str) -> InlineKeyboardMarkup:
    return keyboard(
        *_rows(
            [button(it, AnswerSetup(setting=setting, value=it)) for it in _other(setting, value)]
        ),
        [button(texts.keep(value), AnswerSetup(setting=setting))],
        [cancel("SetupForm")],
    )


def setup_review(operation: UUID) -> InlineKeyboardMarkup:
    return keyboard([button(texts.SAVE, SaveSetup(operation=operation)), cancel("SetupForm")])


def set_up_done() -> InlineKeyboardMarkup:
    return keyboard([button(menu_texts.SETTINGS, OpenSettings(panel=Panel.OWNER))], [menu()])


def settings(club: Club, panel: Panel, *, may_change: bool) -> InlineKeyboardMarkup:
    recurring = button(schedule_texts.SCHEDULES, OpenSchedules(panel=panel))
    follow_ups = button(follow_up_texts.FOLLOW_UPS, OpenFollowUps(panel=panel))
    changes = _changes(club, panel) if may_change else []
    return keyboard(*changes, [follow_ups], [recurring], [back(panel.opener)])


def setting_question(setting: Setting, value: str, panel: Panel) -> InlineKeyboardMarkup:
    return keyboard(
        *_rows(
            [button(it, PickSetting(setting=setting, value=it)) for it in _other(setting, value)]
        ),
        [back(LeaveSetting(panel=panel)), cancel("SettingForm")],
    )


def _changes(club: Club, panel: Panel) -> list[list[InlineKeyboardButton]]:
    edits = [
        button(label, EditSetting(setting=setting, panel=panel))
        for setting, label in texts.EDIT.items()
    ]
    on = club.review_registrations
    label = texts.REVIEW_ON if on else texts.REVIEW_OFF
    return [
        [] if club.set_up_at else [button(texts.SET_UP, BeginSetup())],
        *_rows(edits),
        [button(label, ReviewRegistrations(on=not on, panel=panel))],
    ]


def _other(setting: Setting, value: str) -> list[str]:
    return [each for each in COMMON.get(setting, ()) if each != value]


def _rows(buttons: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
