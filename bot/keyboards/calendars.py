"""A month to pick a day from, for any form that asks for one.

A form hears ``PickDay``, ``TurnMonth`` and ``NoDay`` in the state that asks, and nowhere else: the
buttons carry a day or a month, and nothing of what it is for.
"""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.keyboards.common import DayNumber, button
from bot.texts import calendars as texts

_MONTHS: Final = 12
_MONDAY_FIRST: Final = Calendar(firstweekday=0)


class PickDay(CallbackData, prefix="cal-day"):
    """``number``: the day's ordinal."""

    number: DayNumber

    @property
    def day(self) -> date:
        return date.fromordinal(self.number)


class TurnMonth(CallbackData, prefix="cal-month"):
    """Show another month; ``number``: months since the year 0."""

    number: Annotated[int, Field(ge=_MONTHS, lt=_MONTHS * date.max.year)]

    @property
    def first(self) -> date:
        year, month = divmod(self.number, _MONTHS)
        return date(year, month + 1, 1)


class NoDay(CallbackData, prefix="cal-none"):
    """A field that is no day to pick."""


def of_month(
    shown: date, *, earliest: date, latest: date, quick: Sequence[tuple[str, date]] = ()
) -> list[list[InlineKeyboardButton]]:
    """The month of ``shown``, Monday to Sunday, with what leads to the ones beside it.

    Days before ``earliest`` and after ``latest`` are no buttons to pick. ``quick``: labels of days
    that are picked at once.
    """
    shown = min(max(shown, earliest), latest)
    weeks = _MONDAY_FIRST.monthdatescalendar(shown.year, shown.month)
    return [
        _head(shown, earliest, latest),
        [button(name, NoDay()) for name in texts.WEEKDAYS],
        *([_field(each, shown, earliest, latest) for each in week] for week in weeks),
        [
            button(label, PickDay(number=day.toordinal()))
            for label, day in quick
            if earliest <= day <= latest
        ],
    ]


def _head(shown: date, earliest: date, latest: date) -> list[InlineKeyboardButton]:
    number = _number(shown)
    earlier = number > _number(earliest)
    later = number < _number(latest)
    return [
        button(texts.EARLIER, TurnMonth(number=number - 1))
        if earlier
        else button(texts.EMPTY, NoDay()),
        button(texts.month(shown), NoDay()),
        button(texts.LATER, TurnMonth(number=number + 1))
        if later
        else button(texts.EMPTY, NoDay()),
    ]


def _field(day: date, shown: date, earliest: date, latest: date) -> InlineKeyboardButton:
    if day.month != shown.month:
        return button(texts.EMPTY, NoDay())
    if not earliest <= day <= latest:
        return button(texts.CLOSED, NoDay())
    return button(str(day.day), PickDay(number=day.toordinal()))


def _number(day: date) -> int:
    return day.year * _MONTHS + day.month - 1
