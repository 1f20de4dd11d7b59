"""Buttons of the messages that the club sends by itself, and under these messages."""

from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import OpenSettings, Panel, back, button, cancel, keyboard, menu
from bot.keyboards.notifications import OpenChoices
from bot.models.follow_ups import LONGEST_INTERVAL, FollowUp, FollowUps, Occasion
from bot.texts import follow_ups as texts
from bot.texts import notifications as notification_texts

COMMON_DAYS: Final = (3, 7, 14, 30)


class OpenFollowUps(CallbackData, prefix="fup-list"):
    """Show all of them, an open question left unanswered."""

    panel: Panel = Panel.ADMIN


class OpenFollowUp(CallbackData, prefix="fup-open"):
    """Show one as its readers get it, an open question left unanswered."""

    occasion: Occasion
    panel: Panel


class SwitchFollowUp(CallbackData, prefix="fup-switch"):
    """Switch one on or off, whatever it is now."""

    occasion: Occasion
    on: bool
    panel: Panel


class EditFollowUp(CallbackData, prefix="fup-text"):
    """Ask for another text."""

    occasion: Occasion
    panel: Panel


class AskInterval(CallbackData, prefix="fup-interval"):
    """Ask how many days are to lie between two."""

    panel: Panel


class PickInterval(CallbackData, prefix="fup-days"):
    """Take a common number of days."""

    days: Annotated[int, Field(ge=1, le=LONGEST_INTERVAL)]


def overview(shown: FollowUps, panel: Panel) -> InlineKeyboardMarkup:
    steps = [
        [button(texts.step_button(one), OpenFollowUp(occasion=one.occasion, panel=panel))]
        for one in shown.steps
    ]
    interval = button(texts.interval_button(shown.interval_days), AskInterval(panel=panel))
    return keyboard(*steps, [interval], [back(OpenSettings(panel=panel))])


def preview(step: FollowUp, panel: Panel) -> InlineKeyboardMarkup:
    on, occasion = step.is_on, step.occasion
    switch = SwitchFollowUp(occasion=occasion, on=not on, panel=panel)
    return keyboard(
        [
            button(texts.TEXT, EditFollowUp(occasion=occasion, panel=panel)),
            button(texts.SWITCH_OFF if on else texts.SWITCH_ON, switch),
        ],
        [back(OpenFollowUps(panel=panel))],
    )


def text_question(occasion: Occasion, panel: Panel) -> InlineKeyboardMarkup:
    return keyboard([back(OpenFollowUp(occasion=occasion, panel=panel)), cancel("FollowUpForm")])


def interval_question(kept: int, panel: Panel) -> InlineKeyboardMarkup:
    common = [
        button(texts.in_days(days), PickInterval(days=days)) for days in COMMON_DAYS if days != kept
    ]
    return keyboard(common, [back(OpenFollowUps(panel=panel)), cancel("FollowUpForm")])


def under_message() -> InlineKeyboardMarkup:
    """Whoever wants no more of these finds the way."""
    return keyboard([button(notification_texts.CHOICES, OpenChoices()), menu()])
