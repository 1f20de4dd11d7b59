"""Buttons of the free trial."""

from datetime import date
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import OpenMenu, ShowSubscriber, back, button, keyboard
from bot.keyboards.purchases import OpenShelf
from bot.models.trials import Trial, TrialNews
from bot.texts import subscription_lists as list_texts
from bot.texts import trials as texts

_Ordinal = Annotated[int, Field(ge=1, le=date.max.toordinal() - 366)]


class BeginTrial(CallbackData, prefix="buy-trial-yes"):
    """Begin it; what was shown is only compared. ``first``: the ordinal of its first day."""

    first: _Ordinal
    days: Annotated[int, Field(ge=1, le=366)]

    @property
    def seen(self) -> Trial:
        return Trial(first_day=date.fromordinal(self.first), days=self.days)


def offer(shown: Trial) -> InlineKeyboardMarkup:
    begin = BeginTrial(first=shown.first_day.toordinal(), days=shown.days)
    return keyboard([button(texts.BEGIN, begin)], [back(OpenShelf())])


def begun() -> InlineKeyboardMarkup:
    return keyboard([back(OpenMenu())])


def news(shown: TrialNews) -> InlineKeyboardMarkup:
    """Below what admins hear."""
    return keyboard([button(list_texts.MEMBER, ShowSubscriber(person_id=shown.person.id))])
