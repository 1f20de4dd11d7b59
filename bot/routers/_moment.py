"""When something is to happen, as people type it, by the club's clock."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors.broadcasts import MomentPassed, NotAMoment
from bot.routers._parse import trimmed

EVENING: Final = time(18)
MORNING: Final = time(9)
_CLOCK: Final = r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])"
_YEAR: Final = r"(?P<year>20[0-9]{2})"
_DAYS: Final = (
    r"(?P<word>today|tomorrow)",
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?\s*(?P<name>[a-z]{3,9})\.?,?" + rf"(?:\s*{_YEAR},?)?",
    rf"(?P<day>[0-9]{{1,2}})(?P<sep>[./-])(?P<month>[0-9]{{1,2}})(?:(?P=sep){_YEAR}?)?,?",
    rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})",
)
_MOMENTS: Final = [
    re.compile(_CLOCK),
    *(re.compile(rf"{day}(?:\s+|\s*t\s*|\s+at\s+){_CLOCK}") for day in _DAYS),
]
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LETTERS: Final = 3  # of a month's name, at least


def moment(typed: str | None, now: datetime, zone: ZoneInfo, *, within: timedelta) -> datetime:
    """Read ``18:30``, ``tomorrow 9:00``, ``25 Nov 18:30``, ``25.11. 18:30``, ``2027-11-25 18:30``.

    In UTC. A day without a year is the next such day. An hour that clocks skip is told by the old
    clock; of one that comes twice, the first that is still ahead.

    Raises:
        NotAMoment: anything else, or no day of any calendar.
        MomentPassed: it has, or is farther away than ``within``.
    """
    text = trimmed(typed)
    found = next((m for each in _MOMENTS if (m := each.fullmatch(text.casefold()))), None)
    if found is None:
        raise NotAMoment(typed=text)
    clock = time(int(found["hour"]), int(found["minute"]))
    try:
        days = _days(found.groupdict(), now.astimezone(zone).date())
    except ValueError as fault:
        raise NotAMoment(typed=text) from fault
    ahead = [at for day in days if (at := first(day, clock, now, zone))]
    if not ahead or min(ahead) - now >= within:
        raise MomentPassed
    return min(ahead)


def coming(day: date, clock: time, now: datetime, zone: ZoneInfo) -> datetime:
    """As ``first``.

    Raises:
        MomentPassed: it has.
    """
    at = first(day, clock, now, zone)
    if at is None:
        raise MomentPassed
    return at


def first(day: date, clock: time, now: datetime, zone: ZoneInfo) -> datetime | None:
    """That time of that day in UTC, if it is still ahead."""
    local = datetime.combine(day, clock, zone)
    both = sorted(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if not _exists(local):
        both = [local.astimezone(UTC)]
    return next((at for at in both if at > now), None)


def _exists(local: datetime) -> bool:
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return back.replace(tzinfo=None) == local.replace(tzinfo=None)


def _days(said: dict[str, str | None], today: date) -> list[date]:
    """The days that may be meant: without a year, this year's and the next one's.

    Raises:
        ValueError: no such day.
    """
    if said.get("word"):
        return [today + timedelta(days=1)] if said["word"] == "tomorrow" else [today]
    if said.get("day") is None:
        return [today]
    day, month = int(said["day"] or 0), _month(said)
    if year := said.get("year"):
        return [date(int(year), month, day)]
    found = [_day(year, month, day) for year in (today.year, today.year + 1)]
    if not any(found):
        raise ValueError(day)
    return [each for each in found if each]


def _day(year: int, month: int, day: int) -> date | None:
    """``None``: this year has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(said: dict[str, str | None]) -> int:
    if number := said.get("month"):
        return int(number)
    name = said.get("name") or ""
    fits = [at for at, each in enumerate(_MONTHS, start=1) if each.startswith(name)]
    if len(fits) != 1:
        raise ValueError(name)
    return fits[0]
