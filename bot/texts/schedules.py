"""Recurring jobs in human words."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.schedules import Schedule, ScheduleName
from bot.texts.format import moment

SCHEDULES: Final = "⏰ Recurring jobs"
_NAMES: Final = {
    ScheduleName.PRUNE: "Clean-up",
    ScheduleName.CHECK_ROWS: "Check of the records",
    ScheduleName.FOLLOW_UPS: "Follow-ups",
    ScheduleName.BIRTHDAYS: "Birthdays",
    ScheduleName.DUES: "Dues reminders",
    ScheduleName.EXPIRY: "Renewals",
}
_DOES: Final = {
    ScheduleName.PRUNE: "removes what nobody needs any more",
    ScheduleName.CHECK_ROWS: "looks for records that contradict each other, and tells owners",
    ScheduleName.FOLLOW_UPS: "writes to members who have not come in for a while",
    ScheduleName.BIRTHDAYS: "congratulates everybody whose birthday it is",
    ScheduleName.DUES: "reminds of what is due: the day before, on the day, 3 and 7 days later",
    ScheduleName.EXPIRY: "reminds members whose subscription ends, and tells admins who was locked",
}


def schedules(shown: Sequence[Schedule], now: datetime, zone: ZoneInfo) -> str:
    entries = [_entry(one, now, zone) for one in shown]
    return "\n\n".join([f"{SCHEDULES}\nOnce a day, by the club’s clock.", *entries])


def hour(schedule: Schedule) -> str:
    return f"🕒 {_NAMES[schedule.name]}: {schedule.at:%H:%M}"


def switch(schedule: Schedule) -> str:
    return "🔔 On" if schedule.is_on else "🔕 Off"


def ask_hour(name: ScheduleName) -> str:
    return f"<b>{_NAMES[name]}: at what time of day?</b>\nSend hours and minutes, like 07:30."


def saved(name: ScheduleName, at: time) -> str:
    return f"✅ {_NAMES[name]}: {at:%H:%M}"


def last(schedule: Schedule, zone: ZoneInfo) -> str:
    """When it ran last, in a few words."""
    run = schedule.last
    if run is None:
        return "never"
    return moment(run.due_at, zone) + (" (skipped: too late)" if run.skipped else "")


def next_one(schedule: Schedule, now: datetime, zone: ZoneInfo) -> str:
    """When it will run next, in a few words."""
    return moment(schedule.next_at(now, zone), zone) if schedule.is_on else "off"


def table(shown: Sequence[Schedule], now: datetime, zone: ZoneInfo) -> str:
    """For a terminal: a line for each."""
    rows = [("NAME", "HOUR", "LAST", "NEXT", "WHAT IT DOES")]
    rows += [
        (one.name, f"{one.at:%H:%M}", last(one, zone), next_one(one, now, zone), _DOES[one.name])
        for one in shown
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join([*lines, f"Hours are those of {zone.key}."])


def _entry(one: Schedule, now: datetime, zone: ZoneInfo) -> str:
    return (
        f"<b>{_NAMES[one.name]}</b> {_DOES[one.name]}.\n"
        f"Last: {last(one, zone)}. Next: {next_one(one, now, zone)}."
    )
