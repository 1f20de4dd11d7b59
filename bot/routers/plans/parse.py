"""A fact about a plan, as typed."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.errors.business import NotASac
from bot.errors.plans import NotADuration, NotAVisitsLimit
from bot.models.plans import (
    MAX_DAYS,
    MAX_MONTHS,
    MAX_VISITS,
    NAME_CHARACTERS,
    Duration,
    DurationUnit,
    PlanField,
)
from bot.routers._parse import words
from bot.services import amounts

NONE: Final = {PlanField.RATE: None, PlanField.JOINING_FEE: 0, PlanField.VISITS: None}  # tapped
_CHARACTERS: Final = 100
_DURATION: Final = re.compile(r"([0-9]{1,4})\s*(days?|months?)?", re.IGNORECASE)
_MOST: Final = {DurationUnit.DAYS: MAX_DAYS, DurationUnit.MONTHS: MAX_MONTHS}
_SAC: Final = re.compile(r"99(?:[0-9]{2}|[0-9]{4})")
_DIGITS: Final = re.compile(r"[0-9]{1,4}")


def fact(field: PlanField, typed: str | None) -> str | int | Duration:
    """What somebody typed.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAnAmount, NotADuration, NotASac, NotAPercent, NotAVisitsLimit: no such thing.
    """
    if field is PlanField.NAME:
        return " ".join(words(typed, limit=NAME_CHARACTERS).split())
    return _READ[field](words(typed, limit=_CHARACTERS))


def duration(typed: str) -> Duration:
    """``30 days``, ``3 months``, ``1 month``; a bare ``30`` are days.

    Raises:
        NotADuration: anything else, none at all, or longer than plans are.
    """
    found = _DURATION.fullmatch(typed)
    in_months = found is not None and (found[2] or "").lower().startswith("m")
    unit = DurationUnit.MONTHS if in_months else DurationUnit.DAYS
    if found is None or not 1 <= int(found[1]) <= _MOST[unit]:
        raise NotADuration(typed=typed)
    return Duration(count=int(found[1]), unit=unit)


def _sac(typed: str) -> str:
    if not _SAC.fullmatch(typed):
        raise NotASac(typed=typed)
    return typed


def _visits(typed: str) -> int:
    if not _DIGITS.fullmatch(typed) or not 1 <= int(typed) <= MAX_VISITS:
        raise NotAVisitsLimit(typed=typed)
    return int(typed)


_READ: Final[Mapping[PlanField, Callable[[str], str | int | Duration]]] = {
    PlanField.PRICE: amounts.amount,
    PlanField.JOINING_FEE: amounts.amount,
    PlanField.DURATION: duration,
    PlanField.SAC: _sac,
    PlanField.RATE: amounts.percent,
    PlanField.VISITS: _visits,
}
