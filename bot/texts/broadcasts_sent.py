"""Every sentence about broadcasts that were started: their progress, and what is done with them."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.broadcasts import Broadcast, BroadcastCard, BroadcastStatus, Content, Progress
from bot.texts.broadcasts import HEAD, audience, first_words, people
from bot.texts.format import esc, moment

PAUSE = "⏸ Pause"
GO_ON = "▶️ Go on"
STOP = "⏹ Stop"
EDIT_SENT = "✏️ Edit what was sent"
RETRACT = "🗑 Delete from chats"
YES_RETRACT = "🗑 Yes, delete it there"
REPORT = "📄 Report"

_WORDS: Final = 80  # characters of its text, above what became of it
_STATES: Final = {
    BroadcastStatus.RUNNING: "on its way",
    BroadcastStatus.PAUSED: "paused",
    BroadcastStatus.STOPPED: "stopped",
    BroadcastStatus.DONE: "done",
}

ASK_RETRACT = (
    "🗑 <b>Delete it from people’s chats?</b>\nTelegram lets bots delete only what is younger than "
    "48 hours; older messages stay. Nobody else gets it, and this cannot be undone."
)
EDITED = "✏️ It is being changed where it has arrived. The progress tells how far that is."
RETRACTED = "🗑 It is being deleted from people’s chats. The progress tells how far that is."
NOT_YOURS = "📣 This is for admins of the club only."


def ask_words(content: Content) -> str:
    what = "caption" if content.file_kind else "text"
    return (
        f"✏️ <b>Send the new {what}.</b>\nIt changes where it has arrived, and where it still "
        f"will.\nNow: {esc(first_words(content, _WORDS))}"
    )


def progress(card: BroadcastCard, zone: ZoneInfo) -> str:
    """How far one has come that was started."""
    one, counts = card.broadcast, card.progress
    state = "deleted from chats" if one.retracted_at else _STATES.get(one.status, one.status.value)
    lines = [
        f"{HEAD}, {state}",
        esc(first_words(one.content, _WORDS)),
        f"To: {audience(one.segment)}, {people(counts.total)}",
        _started(one, zone),
        "",
        *_counts(counts),
    ]
    return "\n".join([*lines, *_time_to_go(one, counts)])


def not_started(one: Broadcast) -> str:
    """Its moment came, and it did not go."""
    return (
        f"📣 <b>The scheduled broadcast did not go out</b>\n"
        f"{esc(first_words(one.content, _WORDS))}\nThere was nobody to send it to, or its "
        "time had passed by hours. It is a draft again."
    )


def try_again(many: int) -> str:
    return f"🔁 Try the {many:,} again"


def tried_again(many: int) -> str:
    return f"Trying {people(many)} again." if many else "There is nobody to try again."


def report_name(one: Broadcast, now: datetime, zone: ZoneInfo) -> str:
    return f"broadcast-{one.id}-{now.astimezone(zone):%Y-%m-%d-%H%M}.xlsx"


def report(one: Broadcast, now: datetime, zone: ZoneInfo) -> str:
    return f"📄 Who got {esc(first_words(one.content, _WORDS))}, as of {moment(now, zone)}."


def _started(one: Broadcast, zone: ZoneInfo) -> str:
    by = esc(one.started_by_name or "a deleted admin")
    return f"Started by {by}, {moment(one.started_at or one.created_at, zone)}"


def _counts(counts: Progress) -> list[str]:
    always = [
        f"✅ Sent: {counts.sent:,}",
        f"❌ Failed: {counts.failed:,}",
        f"🚫 Blocked or gone: {counts.blocked:,}",
    ]
    others = [
        (f"🔕 Not wanted: {counts.declined:,}", counts.declined),
        (f"⏹ Stopped: {counts.stopped:,}", counts.stopped),
        (f"🗑 Deleted from chats: {counts.removed:,}", counts.removed),
        (f"🌙 After quiet hours: {counts.held:,}", counts.held),
    ]
    left = f"⏳ Left: {counts.waiting - counts.held:,}"
    return [*always, *(line for line, many in others if many), left]


def _time_to_go(one: Broadcast, counts: Progress) -> list[str]:
    """While something moves."""
    changing = [f"✏️ Still to be changed: {counts.outdated:,}"] if counts.outdated else []
    moves = one.is_changing or one.status is BroadcastStatus.RUNNING
    if moves and counts.seconds_to_go:
        return [*changing, f"⏱ About {_duration(counts.seconds_to_go)} to go"]
    return changing


def _duration(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 -- a minute
        return f"{seconds} s"
    minutes = -(-seconds // 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
