"""Birthdays, as people tell them: the year is left out as they like."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_YEAR: Final = 1900
_LEAP_YEAR: Final = 2000
_FEBRUARY, _LEAP_DAY = 2, 29


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthday:
    day: int
    month: int
    year: int | None

    def could_be(self, today: date) -> bool:
        """Whether there is such a day, and it has been."""
        try:
            born = date(self.year or _LEAP_YEAR, self.month, self.day)
        except ValueError:
            return False
        return self.year is None or (self.year >= FIRST_YEAR and born <= today)

    def is_in(self, year: int) -> bool:
        """Whether that year has such a day."""
        return not self.is_leap_day or calendar.isleap(year)

    @property
    def is_leap_day(self) -> bool:
        return (self.month, self.day) == (_FEBRUARY, _LEAP_DAY)


def days_celebrated(on: date) -> list[int]:
    """Days of that month whose people are congratulated: 29 February on the 28th, most years."""
    last_of_february = (on.month, on.day) == (_FEBRUARY, _LEAP_DAY - 1)
    if last_of_february and not calendar.isleap(on.year):
        return [on.day, _LEAP_DAY]
    return [on.day]
