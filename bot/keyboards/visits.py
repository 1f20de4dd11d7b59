"""The button on a member's card that says whether they are in today."""

from datetime import date
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.keyboards.common import RowId, button
from bot.models.members import MemberCard
from bot.texts import visits as texts

# A day as ``date.toordinal`` counts it. «Today» on a button is the day on which it was drawn.
Day = Annotated[int, Field(ge=1, le=date.max.toordinal())]


class MarkVisit(CallbackData, prefix="visit-mark"):
    """This person came in that day, which is to be today."""

    person_id: RowId
    day: Day


class UnmarkVisit(CallbackData, prefix="visit-undo"):
    """No, they did not; the day is to be today."""

    person_id: RowId
    day: Day


def today(shown: MemberCard, on: date) -> list[InlineKeyboardButton]:
    """None for people who are no members now, unless there is a mark to take back."""
    person, day = shown.person, on.toordinal()
    if shown.last_visit_on == on:
        return [button(texts.NOT_IN, UnmarkVisit(person_id=person.id, day=day))]
    if person.is_member and not person.is_banned:
        return [button(texts.CAME_IN, MarkVisit(person_id=person.id, day=day))]
    return []
