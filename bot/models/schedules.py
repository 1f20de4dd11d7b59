"""Recurring jobs: what is done each day, at which hour of the club."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.jobs import (
    CheckRows,
    GreetBirthdays,
    Prune,
    RemindOfDues,
    RemindOfExpiry,
    SendFollowUps,
    Task,
)

DAYS_BACK: Final = 31  # of a longer downtime only so many skipped runs are recorded


class ScheduleName(StrEnum):
    """Stored, and in buttons: never rename one."""

    PRUNE = "prune"
    CHECK_ROWS = "check-rows"
    FOLLOW_UPS = "follow-ups"
    BIRTHDAYS = "birthdays"
    DUES = "dues-reminders"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """``late``: how long after its hour it is still of use, when no worker was there on time."""

    at: time
    late: timedelta
    task: Callable[[date], Task]


RECURRING: Final[dict[ScheduleName, Recurring]] = {
    ScheduleName.PRUNE: Recurring(
        at=time(3, 30), late=timedelta(hours=20), task=lambda day: Prune(day=day)
    ),
    ScheduleName.CHECK_ROWS: Recurring(
        at=time(4), late=timedelta(hours=20), task=lambda day: CheckRows(day=day)
    ),
    ScheduleName.FOLLOW_UPS: Recurring(
        at=time(9), late=timedelta(hours=4), task=lambda day: SendFollowUps(day=day)
    ),
    ScheduleName.BIRTHDAYS: Recurring(
        at=time(9), late=timedelta(hours=10, minutes=30), task=lambda day: GreetBirthdays(day=day)
    ),
    ScheduleName.DUES: Recurring(
        at=time(11), late=timedelta(hours=8, minutes=30), task=lambda day: RemindOfDues(day=day)
    ),
    # late enough to catch up in the evening: of use until the day is over, and quiet hours hold it
    ScheduleName.EXPIRY: Recurring(
        at=time(9), late=timedelta(hours=10, minutes=30), task=lambda day: RemindOfExpiry(day=day)
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A day's run: enqueued, or skipped for being too late to be of use."""

    day: date
    due_at: datetime
    skipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A recurring job as the club has it. Once a day of the club at most, whatever is changed."""

    name: ScheduleName
    at: time
    is_on: bool
    since: datetime  # it was switched on, or its hour set: what was due before does not count
    last: Run | None

    def due_at(self, day: date, zone: ZoneInfo) -> datetime:
        """When it is due on a day: the first time the clock says so.

        An hour that a change of the clocks leaves out comes as much later as was left out.
        """
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def runs_due(self, now: datetime, zone: ZoneInfo) -> list[Run]:
        """What is due and not recorded, oldest first; only the newest may be worth doing."""
        today = now.astimezone(zone).date()
        days = [today - timedelta(days=back) for back in range(DAYS_BACK, -1, -1)]
        due = [
            (day, self.due_at(day, zone))
            for day in days
            if self.last is None or day > self.last.day
        ]
        missed = [(day, at) for day, at in due if self.since <= at <= now]
        late = RECURRING[self.name].late
        return [
            Run(day=day, due_at=at, skipped=(day, at) != missed[-1] or now - at > late)
            for day, at in missed
        ]

    def next_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """When it is due next, if it stays as it is."""
        today = now.astimezone(zone).date()
        day = max(today, self.last.day + timedelta(days=1)) if self.last else today
        at = self.due_at(day, zone)
        return at if at > now else self.due_at(day + timedelta(days=1), zone)
