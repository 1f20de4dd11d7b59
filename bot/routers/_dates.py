"""Days as people write them, the day before the month."""

import re
from datetime import date
from typing import Final

from babel.dates import get_month_names

from bot.errors.activations import NotADay
from bot.errors.birthdays import NotABirthday
from bot.models.birthdays import Birthday
from bot.routers._parse import words

_CHARACTERS: Final = 40
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_WRITTEN: Final = (
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?\.?\s*(?P<name>[a-z]{{3,9}})\.?(?:,?\s*{_YEAR})?"),
    re.compile(rf"{_DAY}\s*[./-]\s*(?P<month>[0-9]{{1,2}})(?:\s*[./-]\s*{_YEAR}?)?"),
    re.compile(rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-{_DAY}"),
)
_MONTHS: Final = {
    number: name.casefold() for number, name in get_month_names("wide", locale="en").items()
}


def birthday(typed: str | None) -> Birthday:
    """A day, its year or none: ``24 Nov``, ``24 November 1990``, ``24.11.``, ``1990-11-24``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotABirthday: anything else. Whether there is such a day is not looked at.
    """
    text = words(typed, limit=_CHARACTERS)
    for written in _WRITTEN:
        found = written.fullmatch(text.casefold())
        if found and (month := _month(found.groupdict())):
            year = found["year"]
            return Birthday(day=int(found["day"]), month=month, year=int(year) if year else None)
    raise NotABirthday(typed=text)


def calendar_day(typed: str | None) -> date:
    """A day of one year: ``24 Nov 2026``, ``24/11/2026``, ``24.11.2026``, ``2026-11-24``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotADay: anything else, or no day of any calendar.
    """
    text = words(typed, limit=_CHARACTERS)
    for written in _WRITTEN:
        found = written.fullmatch(text.casefold())
        if found and found["year"] and (month := _month(found.groupdict())):
            try:
                return date(int(found["year"]), month, int(found["day"]))
            except ValueError as fault:
                raise NotADay(typed=text) from fault
    raise NotADay(typed=text)


def _month(parts: dict[str, str | None]) -> int | None:
    """From its number, or as much of its name as people write."""
    if number := parts.get("month"):
        return int(number)
    name = parts.get("name") or "-"
    return next((number for number, full in _MONTHS.items() if full.startswith(name)), None)
