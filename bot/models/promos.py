"""Promo codes: what they take off a plan's price, for whom, how often, from when to when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.errors import Refusal
from bot.errors.promos import (
    PromoDaysReversed,
    PromoNotForPlan,
    PromoNotYet,
    PromoOver,
    PromoUsedByYou,
    PromoUsedUp,
)
from bot.models.billing import MAX_DISCOUNT_BPS
from bot.models.money import RUPEE, half_up
from bot.models.tax import WHOLE

CODE_CHARACTERS: Final = (3, 20)  # at least and at most
MAX_PERCENT: Final = 99
LEFT_PAISE: Final = RUPEE  # of a plan's price, at least: what is free needs no bill
MAX_USES: Final = 99_999
MAX_OF_MEMBER: Final = 99


class PromoField(StrEnum):
    """A fact about a code; the value is the field of ``PromoFacts``, and stored."""

    CODE = "code"
    GIVES = "gives"  # ``percent`` or ``amount_paise``
    PLAN = "plan_id"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    USES = "uses_limit"
    OF_MEMBER = "member_limit"
    IS_ON = "is_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What a code takes off: a percentage of a plan's price, or an amount. One of them is set."""

    percent: int | None = None
    amount_paise: int | None = None

    def off(self, price_paise: int) -> int:
        """So much of this price, to the nearest paisa; at least ``LEFT_PAISE`` of it are left.

        Nothing, where the price is no more than that.
        """
        wanted = self.amount_paise
        if wanted is None:
            wanted = half_up(price_paise * (self.percent or 0), 100)
        return max(0, min(wanted, price_paise - LEFT_PAISE))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoFacts:
    """What admins decide. Both days are the code's own, by the club's calendar.

    ``plan_id``: the only plan it is good for. ``uses_limit``: of all members together.
    ``None``: no limit.
    """

    code: str
    gives: Gift
    plan_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    uses_limit: int | None = None
    member_limit: int = 1
    is_on: bool = True

    @property
    def name(self) -> str:
        """What it is called."""
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Promo(PromoFacts):
    """``used``: by requests that wait or are approved; what came to nothing does not count."""

    id: int
    used: int = 0

    def objection(self, plan_id: int, *, used_by_me: int, today: date) -> Refusal | None:
        """Why it is not taken for this plan on that day."""
        if self.first_day and today < self.first_day:
            return PromoNotYet(code=self.code, first_day=self.first_day)
        if self.last_day and today > self.last_day:
            return PromoOver(code=self.code, last_day=self.last_day)
        if self.plan_id not in {None, plan_id}:
            return PromoNotForPlan(code=self.code)
        if used_by_me >= self.member_limit:
            return PromoUsedByYou(code=self.code)
        if self.uses_limit is not None and self.used >= self.uses_limit:
            return PromoUsedUp(code=self.code)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A code as it is used for one purchase; off the plan's price, not off the joining fee."""

    promo_id: int
    code: str
    paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoUse:
    """By whom, on which day of the club, and so much."""

    name: str
    day: date
    discount_paise: int
    is_waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCard:
    """A code as admins see it.

    ``waiting`` of its uses are not decided on; ``given_paise``: with what was approved; ``uses``:
    the latest of them.
    """

    promo: Promo
    plan_name: str | None
    waiting: int
    given_paise: int
    uses: tuple[PromoUse, ...]
    today: date

    @property
    def is_over(self) -> bool:
        last = self.promo.last_day
        return last is not None and last < self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoPage:
    """Numbered from 0; the newest code comes first."""

    number: int
    pages: int
    count: int
    promos: list[Promo]


def check_days(first_day: date | None, last_day: date | None) -> None:
    """Raises PromoDaysReversed: it would end before it begins."""
    if first_day and last_day and last_day < first_day:
        raise PromoDaysReversed(first_day=first_day)


def as_discount(price_paise: int, discount_paise: int) -> int | None:
    """The discount of an invoice's line that takes exactly so much off, in basis points.

    ``None``: there is none that lines may have; the line is to hold what is left of the price.
    """
    points = half_up(discount_paise * WHOLE, price_paise)
    is_exact = half_up(price_paise * points, WHOLE) == discount_paise
    return points if is_exact and points <= MAX_DISCOUNT_BPS else None


def line_name(plan_name: str, code: str) -> str:
    """As it stands on the bill."""
    return f"{plan_name}, code {code}"
