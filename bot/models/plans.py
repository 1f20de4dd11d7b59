"""Plans: what members subscribe to, for how long, at what price."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

NAME_CHARACTERS: Final = 60
MAX_DAYS: Final = 3_660
MAX_MONTHS: Final = 120
MAX_VISITS: Final = 9_999


class DurationUnit(StrEnum):
    """Stored."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    count: int
    unit: DurationUnit

    def last_day(self, first: date) -> date:
        """The last day of a time that begins on ``first``; both are its own.

        30 days from 1 March end on 30 March (product.md, section 5). A month ends on the day
        before the one of the same number, and where the last month has no such day, on its last:
        from 31 January to 28 February.
        """
        if self.unit is DurationUnit.DAYS:
            return first + timedelta(days=self.count - 1)
        months = first.year * 12 + first.month - 1 + self.count
        year, month = divmod(months, 12)
        month += 1
        days = monthrange(year, month)[1]
        if first.day > days:
            return date(year, month, days)
        return date(year, month, first.day) - timedelta(days=1)


class PlanField(StrEnum):
    """A fact that admins change one by one; the value is the field of ``PlanFacts``, and stored."""

    NAME = "name"
    PRICE = "price_paise"
    DURATION = "duration"
    SAC = "sac"
    RATE = "rate_bps"
    JOINING_FEE = "joining_fee_paise"
    VISITS = "visits_limit"
    IS_ON_SALE = "is_on_sale"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What admins decide. Prices hold their tax already (product.md, section 5).

    ``rate_bps``: ``None`` where the club's dated rate of the SAC, or its default, holds.
    ``visits_limit``: ``None`` where nobody counts.
    """

    name: str
    price_paise: int
    duration: Duration
    sac: str
    rate_bps: int | None = None
    joining_fee_paise: int = 0
    visits_limit: int | None = None
    is_on_sale: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(PlanFacts):
    """``position``: of the list, from 1."""

    id: int
    position: int
