"""Buttons of a person's notifications and of what they wish to hear."""

from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import OpenMenu, Page, RowId, back, button, cancel, keyboard, pager
from bot.models.notifications import (
    USUAL_QUIET_HOURS,
    Delivery,
    Inbox,
    Preferences,
    QuietHours,
    Topic,
)
from bot.texts import notifications as texts

COMMON_HOURS: Final = (
    USUAL_QUIET_HOURS,
    QuietHours(starts=time(22), ends=time(7)),
    QuietHours(starts=time(23), ends=time(8)),
)
_NEXT: Final = dict(zip(Delivery, [*list(Delivery)[1:], Delivery.AT_ONCE], strict=True))


class OpenNotifications(CallbackData, prefix="ntf-list"):
    """Show a page of one's own, 0 being the newest."""

    page: Page = 0


class OpenNotification(CallbackData, prefix="ntf-open"):
    """Show one; ``page`` is where it leads back to."""

    notice_id: RowId
    page: Page


class DeleteNotification(CallbackData, prefix="ntf-del"):
    notice_id: RowId
    page: Page


class ReadAllNotifications(CallbackData, prefix="ntf-read"):
    """``up_to`` is the newest there was: what came since stays unread."""

    up_to: RowId


class DeleteReadNotifications(CallbackData, prefix="ntf-del-read"):
    """``up_to`` as in ``ReadAllNotifications``."""

    up_to: RowId


class OpenChoices(CallbackData, prefix="ntf-choices"):
    """Show what reaches the person, and when."""


class ChooseDelivery(CallbackData, prefix="ntf-choose"):
    """Have a topic delivered so, whatever it is now."""

    topic: Topic
    delivery: Delivery


class KeepQuietHours(CallbackData, prefix="ntf-quiet"):
    """Have them kept or not, whatever it is now."""

    on: bool


class AskQuietHours(CallbackData, prefix="ntf-hours"):
    """Ask for other hours."""


class PickQuietHours(CallbackData, prefix="ntf-pick"):
    """Take common hours, written as a person would: ``22.00-07.00``."""

    hours: str


def inbox(shown: Inbox, zone: ZoneInfo) -> InlineKeyboardMarkup:
    entries = [
        [button(texts.entry(one, zone), OpenNotification(notice_id=one.id, page=shown.number))]
        for one in shown.entries
    ]
    return keyboard(
        *entries,
        pager(shown.number, shown.pages, lambda number: OpenNotifications(page=number)),
        _tidying(shown),
        [button(texts.CHOICES, OpenChoices())],
        [back(OpenMenu())],
    )


def opened(drawn: InlineKeyboardMarkup | None, notice_id: int, page: int) -> InlineKeyboardMarkup:
    """The notice's own buttons, then what may be done with it here."""
    return keyboard(
        *(drawn.inline_keyboard if drawn else []),
        [button(texts.DELETE, DeleteNotification(notice_id=notice_id, page=page))],
        [back(OpenNotifications(page=page))],
    )


def choices(wishes: Preferences, topics: list[Topic]) -> InlineKeyboardMarkup:
    changes = [[_choice(topic, wishes.delivery(topic))] for topic in topics if not topic.is_fixed]
    is_quiet = wishes.is_quiet
    switch = button(texts.switch(is_quiet=is_quiet), KeepQuietHours(on=not is_quiet))
    edit = button(texts.edit_hours(wishes.quiet_hours), AskQuietHours())
    return keyboard(*changes, [switch, edit] if is_quiet else [switch], [back(OpenNotifications())])


def ask_hours(kept: QuietHours) -> InlineKeyboardMarkup:
    common = [
        button(texts.hours(each), PickQuietHours(hours=f"{each.starts:%H.%M}-{each.ends:%H.%M}"))
        for each in COMMON_HOURS
        if each != kept
    ]
    return keyboard(common, [back(OpenChoices()), cancel("QuietHoursForm")])


def _choice(topic: Topic, now: Delivery) -> InlineKeyboardButton:
    return button(texts.choice(topic, now), ChooseDelivery(topic=topic, delivery=_NEXT[now]))


def _tidying(shown: Inbox) -> list[InlineKeyboardButton]:
    row = []
    if shown.unread:
        row.append(button(texts.READ_ALL, ReadAllNotifications(up_to=shown.newest_id)))
    if shown.total > shown.unread:
        row.append(button(texts.DELETE_READ, DeleteReadNotifications(up_to=shown.newest_id)))
    return row
