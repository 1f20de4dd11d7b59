"""Days and periods as people write them, the day before the month."""

import re
from datetime import date
from typing import Final

from babel.dates import get_month_names

from bot.errors.activations import NotADay
from bot.errors.birthdays import NotABirthday
from bot.errors.exports import NotAPeriod
from bot.models.birthdays import Birthday
from bot.models.exports import Period, between
from bot.routers._parse import words

_CHARACTERS: Final = 40
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_WRITTEN: Final = (
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?\.?\s*(?P<name>[a-z]{{3,9}})\.?(?:,?\s*{_YEAR})?"),
    re.compile(rf"{_DAY}\s*[./-]\s*(?P<month>[0-9]{{1,2}})(?:\s*[./-]\s*{_YEAR}?)?"),
    re.compile(rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-{_DAY}"),
)
_PERIOD_CHARACTERS: Final = 80
_OF_THIS_CENTURY: Final = r"20[0-9]{2}"
_WHOLE_DAY: Final = (
    rf"(?:{_OF_THIS_CENTURY}-[0-9]{{1,2}}-[0-9]{{1,2}}"
    rf"|[0-9]{{1,2}}\s*[./-]\s*[0-9]{{1,2}}\s*[./-]\s*{_OF_THIS_CENTURY}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\.?\s*[a-z]{{3,9}}\.?,?\s*{_OF_THIS_CENTURY})"
)
_PERIOD: Final = re.compile(
    rf"({_WHOLE_DAY})(?:\s*(?:-|–|—|\.\.\.?|…|\bto\b|\btill\b|\buntil\b)\s*({_WHOLE_DAY}))?"
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


def period(typed: str | None) -> Period:
    """From one day to another, or a single day: ``1.4.2026 - 30.6.2026``, ``1 Apr 2026``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAPeriod: anything else, or a day that no calendar of this century has.
        PeriodTooLong: see ``models.exports.between``.
    """
    text = words(typed, limit=_PERIOD_CHARACTERS)
    found = _PERIOD.fullmatch(text.casefold())
    if found is None:
        raise NotAPeriod(typed=text)
    try:
        days = [_day_in(each) for each in found.groups() if each]
    except ValueError as fault:
        raise NotAPeriod(typed=text) from fault
    return between(days[0], days[-1])


def _day_in(text: str) -> date:
    """A day with its year.

    Raises:
        ValueError: there is no such day, or no year.
    """
    for written in _WRITTEN:
        found = written.fullmatch(text)
        if found and (month := _month(found.groupdict())):
            return date(int(found["year"] or 0), month, int(found["day"]))
    raise ValueError(text)


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
