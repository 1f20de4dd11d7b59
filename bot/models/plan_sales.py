"""What plans have brought, month by month of the club's clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """Bills of plans, and what has become of them until now: paid, or credited.

    ``received_paise`` is what these bills hold of payments, whenever those came in.
    """

    sold: int = 0
    billed_paise: int = 0
    received_paise: int = 0
    credited_paise: int = 0

    @property
    def due_paise(self) -> int:
        return self.billed_paise - self.credited_paise - self.received_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSales:
    """One plan's of one month (its first day), by the day of the bills; the name is today's."""

    month: date
    name: str
    sales: Sales


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfPlans:
    """``earlier``, ``later``: the nearest months in which plans were sold; ``None``: none was."""

    month: date
    plans: list[PlanSales]
    earlier: date | None
    later: date | None


def total(plans: Sequence[PlanSales]) -> Sales:
    sales = [each.sales for each in plans]
    return Sales(
        sold=sum(each.sold for each in sales),
        billed_paise=sum(each.billed_paise for each in sales),
        received_paise=sum(each.received_paise for each in sales),
        credited_paise=sum(each.credited_paise for each in sales),
    )


def number_of(month: date) -> int:
    """Months since the year 0: what a button can hold."""
    return month.year * MONTHS_OF_A_YEAR + month.month - 1


def month_of(number: int) -> date:
    """The first day of the month that has this number."""
    year, month = divmod(number, MONTHS_OF_A_YEAR)
    return date(year, month + 1, 1)


def month_after(month: date) -> date:
    return month_of(number_of(month) + 1)
