"""Buttons of broadcasts: each carries its number and, until it is sent, what was looked at."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import OpenAdmin, Page, RowId, back, button, cancel, keyboard, pager
from bot.models.broadcasts import (
    Broadcast,
    BroadcastCard,
    Broadcasts,
    BroadcastStatus,
    Segment,
    SegmentKind,
)
from bot.texts import broadcasts as texts
from bot.texts import broadcasts_sent as sent_texts

FORM: Final = "BroadcastForm"
COMMON_DAYS: Final = (7, 14, 30)
Days = Annotated[int, Field(ge=1, le=3650)]
Revision = Annotated[int, Field(ge=1, lt=2**31)]  # what was looked at


class OpenBroadcasts(CallbackData, prefix="bc-list"):
    """Show a page, 0 being the newest; ``below``: leave the screen above as it is."""

    page: Page = 0
    below: bool = False


class OpenBroadcast(CallbackData, prefix="bc-open"):
    """Show one: the draft, or how far it has come."""

    broadcast_id: RowId


class BeginBroadcast(CallbackData, prefix="bc-new"):
    """Write a new one."""


class AskAudience(CallbackData, prefix="bc-who"):
    """Back to the question who is to read it."""


class ChooseAudience(CallbackData, prefix="bc-seg"):
    kind: SegmentKind


class ChooseDays(CallbackData, prefix="bc-days"):
    days: Days


class ChoosePlan(CallbackData, prefix="bc-plan"):
    """Only people of one plan; 0: of any."""

    plan_id: Annotated[int, Field(ge=0, lt=2**63)]


class FinishPicking(CallbackData, prefix="bc-picked"):
    """The list of people is complete."""


class SendBroadcast(CallbackData, prefix="bc-send"):
    """Send it now."""

    broadcast_id: RowId
    revision: Revision


class AskMoment(CallbackData, prefix="bc-when"):
    """Ask when it is to go out."""

    broadcast_id: RowId
    revision: Revision


class CallOff(CallbackData, prefix="bc-off"):
    """Make a scheduled one a draft again."""

    broadcast_id: RowId
    revision: Revision


class ChangeContent(CallbackData, prefix="bc-text"):
    """Ask for another text."""

    broadcast_id: RowId
    revision: Revision


class ChangeAudience(CallbackData, prefix="bc-whom"):
    """Ask for other readers."""

    broadcast_id: RowId
    revision: Revision


class DiscardBroadcast(CallbackData, prefix="bc-drop"):
    """Drop the draft."""

    broadcast_id: RowId
    revision: Revision


class Moment(StrEnum):
    """By the club's clock."""

    IN_AN_HOUR = "hour"
    THIS_EVENING = "18"
    TOMORROW = "09"


class ChooseMoment(CallbackData, prefix="bc-at"):
    moment: Moment


class PauseBroadcast(CallbackData, prefix="bc-pause"):
    broadcast_id: RowId


class ResumeBroadcast(CallbackData, prefix="bc-go"):
    broadcast_id: RowId


class StopBroadcast(CallbackData, prefix="bc-stop"):
    broadcast_id: RowId


class RetryBroadcast(CallbackData, prefix="bc-again"):
    """Send it to those who did not get it."""

    broadcast_id: RowId


class AskWords(CallbackData, prefix="bc-edit"):
    """Ask for what is to stand where it has arrived."""

    broadcast_id: RowId


class AskRetract(CallbackData, prefix="bc-del"):
    broadcast_id: RowId


class RetractBroadcast(CallbackData, prefix="bc-del-yes"):
    """Delete it from people's chats, now."""

    broadcast_id: RowId


class SendReport(CallbackData, prefix="bc-report"):
    """Send who got it, as a file."""

    broadcast_id: RowId


_MOMENTS: Final = {
    Moment.IN_AN_HOUR: texts.IN_AN_HOUR,
    Moment.THIS_EVENING: texts.THIS_EVENING,
    Moment.TOMORROW: texts.TOMORROW,
}


def page(shown: Broadcasts, zone: ZoneInfo) -> InlineKeyboardMarkup:
    entries = [
        [button(texts.entry(one, zone), OpenBroadcast(broadcast_id=one.id))]
        for one in shown.broadcasts
    ]
    return keyboard(
        *entries,
        pager(shown.number, shown.pages, lambda number: OpenBroadcasts(page=number)),
        [button(texts.NEW, BeginBroadcast())],
        [back(OpenAdmin())],
    )


def audiences(counted: Mapping[Segment, int], leads_back: CallbackData) -> InlineKeyboardMarkup:
    rows = [
        [button(texts.audience_choice(segment, reach), ChooseAudience(kind=segment.kind))]
        for segment, reach in counted.items()
    ]
    return keyboard(
        *rows,
        [button(texts.ABSENT_CHOICE, ChooseAudience(kind=SegmentKind.ABSENT))],
        [button(texts.PICK_CHOICE, ChooseAudience(kind=SegmentKind.PICKED))],
        _ways_out(leads_back),
    )


def days() -> InlineKeyboardMarkup:
    common = [button(texts.days_choice(each), ChooseDays(days=each)) for each in COMMON_DAYS]
    return keyboard(common, _ways_out(AskAudience()))


def plans(counted: Mapping[Segment, int]) -> InlineKeyboardMarkup:
    """The first is of any plan."""
    rows = [
        [button(texts.plan_choice(segment, reach), ChoosePlan(plan_id=segment.plan_id or 0))]
        for segment, reach in counted.items()
    ]
    return keyboard(*rows, _ways_out(AskAudience()))


def picking(*, some: bool) -> InlineKeyboardMarkup:
    done = [button(texts.PICKED_ALL, FinishPicking())] if some else []
    return keyboard(done, _ways_out(AskAudience()))


def content(leads_back: CallbackData) -> InlineKeyboardMarkup:
    return keyboard(_ways_out(leads_back))


def draft(card: BroadcastCard, zone: ZoneInfo) -> InlineKeyboardMarkup:
    """Under the preview."""
    one = card.broadcast
    seen = {"broadcast_id": one.id, "revision": one.revision}
    is_scheduled = one.status is BroadcastStatus.SCHEDULED
    return keyboard(
        [button(texts.send(card.reach), SendBroadcast(**seen))],
        [button(texts.schedule(one, zone), AskMoment(**seen))],
        [button(texts.CALL_OFF, CallOff(**seen))] if is_scheduled else [],
        [button(texts.CHANGE_TEXT, ChangeContent(**seen))],
        [button(texts.change_audience(one.segment), ChangeAudience(**seen))],
        [button(texts.DISCARD, DiscardBroadcast(**seen))],
        [back(OpenBroadcasts())],
    )


def moments(broadcast_id: int, *, evening: bool) -> InlineKeyboardMarkup:
    """``evening``: it is still ahead today."""
    offered = [each for each in Moment if evening or each is not Moment.THIS_EVENING]
    return keyboard(
        [button(_MOMENTS[each], ChooseMoment(moment=each)) for each in offered],
        _ways_out(OpenBroadcast(broadcast_id=broadcast_id)),
    )


def progress(card: BroadcastCard) -> InlineKeyboardMarkup:
    one = card.broadcast
    this = {"broadcast_id": one.id}
    retry = button(sent_texts.try_again(card.may_retry), RetryBroadcast(**this))
    may_retry = card.may_retry and not one.retracted_at and one.status is not BroadcastStatus.PAUSED
    changes = [
        [button(sent_texts.EDIT_SENT, AskWords(**this))],
        [button(sent_texts.RETRACT, AskRetract(**this))],
    ]
    return keyboard(
        _steering(one),
        [retry] if may_retry else [],
        *([] if one.retracted_at else changes),
        [button(sent_texts.REPORT, SendReport(**this))],
        [back(OpenBroadcasts(below=one.is_live))],
    )


def ask_retract(broadcast_id: int) -> InlineKeyboardMarkup:
    return keyboard(
        [button(sent_texts.YES_RETRACT, RetractBroadcast(broadcast_id=broadcast_id))],
        [back(OpenBroadcast(broadcast_id=broadcast_id))],
    )


def words(broadcast_id: int) -> InlineKeyboardMarkup:
    return keyboard(_ways_out(OpenBroadcast(broadcast_id=broadcast_id)))


def to_list() -> InlineKeyboardMarkup:
    return keyboard([back(OpenBroadcasts())])


def to_progress(broadcast_id: int) -> InlineKeyboardMarkup:
    return keyboard([back(OpenBroadcast(broadcast_id=broadcast_id))])


def to_draft(broadcast_id: int) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.OPEN_DRAFT, OpenBroadcast(broadcast_id=broadcast_id))],
        [back(OpenBroadcasts())],
    )


def _steering(one: Broadcast) -> list[InlineKeyboardButton]:
    stop = button(sent_texts.STOP, StopBroadcast(broadcast_id=one.id))
    if one.status is BroadcastStatus.RUNNING:
        return [button(sent_texts.PAUSE, PauseBroadcast(broadcast_id=one.id)), stop]
    if one.status is BroadcastStatus.PAUSED:
        return [button(sent_texts.GO_ON, ResumeBroadcast(broadcast_id=one.id)), stop]
    return []


def _ways_out(leads_back: CallbackData) -> list[InlineKeyboardButton]:
    return [back(leads_back), cancel(FORM)]
