"""The button on a member's card that says whether they are in today, and what if they may not.

«Today» on a button is the day on which it was drawn.
"""

from datetime import date

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.keyboards.common import DayNumber, OpenWaiting, RowId, button
from bot.models.members import MemberCard
from bot.models.visits import Admission
from bot.texts import visits as texts
from bot.texts.menu import APPROVALS


class MarkVisit(CallbackData, prefix="visit-mark"):
    """This person came in that day, which is to be today."""

    person_id: RowId
    day: DayNumber


class UnmarkVisit(CallbackData, prefix="visit-undo"):
    """No, they did not; the day is to be today."""

    person_id: RowId
    day: DayNumber


class AskAnyway(CallbackData, prefix="visit-anyway"):
    """Ask why this person is let in all the same; the day is to be today."""

    person_id: RowId
    day: DayNumber


class AskToRenew(CallbackData, prefix="visit-renew"):
    """Tell this person how to renew; the day is to be today."""

    person_id: RowId
    day: DayNumber


def today(shown: MemberCard, on: date) -> list[InlineKeyboardButton]:
    """None for people who are no members now, unless there is a mark to take back."""
    person, day = shown.person, on.toordinal()
    if shown.last_visit_on == on:
        return [button(texts.NOT_IN, UnmarkVisit(person_id=person.id, day=day))]
    if person.may_train:
        return [button(texts.CAME_IN, MarkVisit(person_id=person.id, day=day))]
    return []


def ways_on(shown: Admission) -> list[list[InlineKeyboardButton]]:
    """What can be done for somebody who was not marked; a row each."""
    person_id, day = shown.person.id, shown.day.toordinal()
    tell = [button(texts.ASK_TO_RENEW, AskToRenew(person_id=person_id, day=day))]
    return [
        [button(texts.MARK_ANYWAY, AskAnyway(person_id=person_id, day=day))],
        [button(APPROVALS, OpenWaiting())] if shown.waits else [],
        tell if shown.needs_renewal and shown.person.is_reachable else [],
    ]
