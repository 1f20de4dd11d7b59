"""Buttons of the recurring jobs."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import OpenSettings, Panel, back, button, cancel, keyboard
from bot.models.schedules import Schedule, ScheduleName
from bot.texts import schedules as texts


class OpenSchedules(CallbackData, prefix="sched-open"):
    """Show the recurring jobs, an open question about one left unanswered."""

    panel: Panel = Panel.ADMIN


class SetHour(CallbackData, prefix="sched-hour"):
    """Ask for the hour of one."""

    name: ScheduleName
    panel: Panel


class SwitchSchedule(CallbackData, prefix="sched-switch"):
    """Switch one on or off, whatever it is now."""

    name: ScheduleName
    on: bool
    panel: Panel


def schedules(shown: Sequence[Schedule], panel: Panel, *, may_change: bool) -> InlineKeyboardMarkup:
    changes = [
        [
            button(texts.hour(one), SetHour(name=one.name, panel=panel)),
            button(texts.switch(one), SwitchSchedule(name=one.name, on=not one.is_on, panel=panel)),
        ]
        for one in shown
    ]
    return keyboard(*(changes if may_change else []), [back(OpenSettings(panel=panel))])


def hour_question(panel: Panel) -> InlineKeyboardMarkup:
    return keyboard([back(OpenSchedules(panel=panel)), cancel("ScheduleForm")])
