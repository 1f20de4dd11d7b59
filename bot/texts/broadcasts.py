"""Every sentence about broadcasts: writing one, and watching it on its way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.errors.broadcasts import (
    BroadcastChanged,
    BroadcastGone,
    BroadcastStarted,
    BroadcastStill,
    MomentPassed,
    NobodyPicked,
    NobodyToTell,
    NotAMoment,
    NotDays,
    NotNews,
    TooManyPicked,
)
from bot.models.broadcasts import (
    ACTIVE_DAYS,
    PLACEHOLDERS,
    Broadcast,
    Broadcasts,
    BroadcastStatus,
    Content,
    Segment,
    SegmentKind,
)
from bot.models.members import Picked
from bot.texts.format import esc, moment, plain, shorten

TITLE: Final = "broadcast"
NEW = "➕ New broadcast"
SEND = "🚀 Send now"
SCHEDULE = "📅 Schedule"
CALL_OFF = "❌ Call off"
CHANGE_TEXT = "✏️ Change the text"
CHANGE_AUDIENCE = "👥 Change the audience"
DISCARD = "🗑 Discard"
PICKED_ALL = "✅ Done"
OPEN_DRAFT = "📝 Open the draft"

REFUSALS: Final[dict[type[Refusal], str]] = {
    BroadcastGone: "This broadcast is not there any more.",
    BroadcastStarted: "{by} has sent it already. See 📣 Broadcast for how far it has come.",
    BroadcastChanged: "Somebody has changed it meanwhile. Open it again from 📣 Broadcast.",
    BroadcastStill: "There is nothing of it to stop or change any more. Open it again from "
    "📣 Broadcast.",
    NobodyToTell: "There is nobody to send it to. Change the audience first.",
    NotAMoment: "“{typed}” is not a day and time. Send one like 18:30, tomorrow 9:00 or "
    "25 Nov 18:30.",
    MomentPassed: "That has passed, or is more than a year away. Send a later time, like "
    "tomorrow 9:00.",
    NotNews: "Please send a text, one photo or one document; a photo or document may have a "
    "caption.",
    NotDays: "“{typed}” is not a number of days. Send one from 1 to 3650, like 14.",
    NobodyPicked: "Nobody is on the list yet. Send a name, an id, an @username or a phone number "
    "first.",
    TooManyPicked: "A list holds at most {limit} people. For more, choose another audience.",
}

HEAD: Final = "📣 <b>Broadcast</b>"
_WORDS: Final = 24  # characters of its text on a button
_NAMED: Final = 20  # people, or lines, told one by one
_LINE: Final = 60  # characters of a line somebody typed
_MARKS: Final = {
    BroadcastStatus.DRAFT: "📝",
    BroadcastStatus.SCHEDULED: "📅",
    BroadcastStatus.RUNNING: "🚀",
    BroadcastStatus.PAUSED: "⏸",
    BroadcastStatus.STOPPED: "⏹",
    BroadcastStatus.DONE: "✅",
    BroadcastStatus.DISCARDED: "🗑",
}

_BY_SUBSCRIPTION: Final = {
    SegmentKind.SUBSCRIBED: "Subscription runs",
    SegmentKind.EXPIRING: "Subscription ends within 7 days",
    SegmentKind.EXPIRED: "Subscription over",
    SegmentKind.OWING: "Owing money",
}

ASK_AUDIENCE = f"{HEAD}\nWho is to read it?"
ASK_DAYS = (
    f"{HEAD}\nSince how many days have they not been here? Tap one, or send a number from 1 to "
    "3650."
)
ASK_PLAN = f"{HEAD}\nOf which plan? That of the subscription that runs, or ran last."
ANY_PLAN = "Any plan"
ASK_CONTENT = (
    f"{HEAD}\nWhat do you want to tell them? Send a text, or a photo or document with a caption. "
    f"Formatting is kept.\n\n{', '.join(each.written for each in PLACEHOLDERS)} are filled in for "
    "each reader."
)
SENT = (
    f"{HEAD}\n🚀 It is on its way. A message below tells how far it has come, and can pause or "
    "stop it."
)
DISCARDED = "Discarded."
CALLED_OFF = "Called off. It is a draft again."
CHANGED = "Somebody has changed it meanwhile. This is the newest."
IN_AN_HOUR = "In 1 hour"
THIS_EVENING = "Today 18:00"
TOMORROW = "Tomorrow 09:00"


def page(shown: Broadcasts) -> str:
    number = f", page {shown.number + 1} of {shown.pages}" if shown.pages > 1 else ""
    if not shown.broadcasts:
        return f"{HEAD}\nNothing here yet. Tap {NEW} to tell many people something at once."
    return f"{HEAD}{number}\nTap one to see it."


def entry(one: Broadcast, zone: ZoneInfo) -> str:
    """A button's label: bare text, no HTML."""
    when = one.started_at or one.created_at
    if one.status is BroadcastStatus.SCHEDULED and one.starts_at:
        when = one.starts_at
    return f"{_MARKS[one.status]} {first_words(one.content, _WORDS)} · {moment(when, zone)}"


def first_words(content: Content, limit: int) -> str:
    """Bare text; of a file without a caption, what it is."""
    words = " ".join(plain(content.html).split())
    return f"“{shorten(words, limit)}”" if words else f"a {content.file_kind}"


def audience(segment: Segment) -> str:
    match segment.kind:
        case SegmentKind.EVERYONE:
            return "Everyone"
        case SegmentKind.ACTIVE:
            return f"Active, last {segment.days or ACTIVE_DAYS} days"
        case SegmentKind.ABSENT:
            return f"Absent for {_counted(segment.days or ACTIVE_DAYS, 'day')}"
        case SegmentKind.STAFF:
            return "Staff"
        case SegmentKind.PICKED:
            return f"{people(len(segment.people))} picked by hand"
        case kind:
            plan = f", {segment.plan_name}" if segment.plan_name else ""
            return f"{_BY_SUBSCRIPTION[kind]}{plan}"


def plan_choice(segment: Segment, reach: int) -> str:
    return f"{segment.plan_name or ANY_PLAN} · {reach:,}"


def audience_choice(segment: Segment, reach: int) -> str:
    return f"{audience(segment)} · {reach:,}"


ABSENT_CHOICE = "Absent for … days"
PICK_CHOICE = "Pick people"


def days_choice(days: int) -> str:
    return _counted(days, "day")


def people(many: int) -> str:
    return f"{many:,} person" if many == 1 else f"{many:,} people"


def ask_people(many: int) -> str:
    so_far = f"\n{people(many)} on the list so far." if many else ""
    return (
        f"{HEAD}\nWho is to read it? Send names, ids, @usernames or phone numbers, one per line. "
        f"A forwarded message or a shared contact works too.{so_far}"
    )


def picked(found: Picked, many: int) -> str:
    """Who was found by the last message, which of its lines were no help, and how many in all."""
    lines = [f"{HEAD}\n{people(many)} on the list so far."]
    if found.people:
        lines.append(f"✅ Found: {_some([person.name for person in found.people])}.")
    if found.nobody:
        lines.append(f"❓ Nobody for {_quoted(found.nobody)}.")
    if found.several:
        lines.append(f"👥 Several for {_quoted(found.several)}: send an id or an @username.")
    lines.append(f"Send more, or tap {PICKED_ALL}." if many else "Please send a clearer line.")
    return "\n".join(lines)


def send(reach: int) -> str:
    return f"{SEND} · {people(reach)}"


def schedule(one: Broadcast, zone: ZoneInfo) -> str:
    if one.status is BroadcastStatus.SCHEDULED and one.starts_at:
        return f"{SCHEDULE}: {moment(one.starts_at, zone)}"
    return SCHEDULE


def change_audience(segment: Segment) -> str:
    return f"{CHANGE_AUDIENCE} ({audience(segment)})"


def scheduled(at: datetime, zone: ZoneInfo) -> str:
    return f"It goes out on {moment(at, zone)}."


def ask_moment(zone: ZoneInfo) -> str:
    return (
        f"📅 <b>When is it to go out?</b>\nTap one, or send a time like 18:30, tomorrow 9:00 or "
        f"25 Nov 18:30, in the club’s time ({esc(zone.key)}). Who reads it is found then."
    )


def _counted(many: int, what: str) -> str:
    return f"{many:,} {what}" if many == 1 else f"{many:,} {what}s"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(esc(shorten(name, _LINE)) for name in names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED:,} more" if len(names) > _NAMED else shown


def _quoted(lines: Sequence[str]) -> str:
    return _some([f"“{shorten(line, _LINE - 2)}”" for line in lines])
