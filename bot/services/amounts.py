"""Amounts and percentages as people type them, as whole paise and basis points; never a float."""

import re
import unicodedata
from typing import Final

from bot.errors.items import NotAnAmount, NotAPercent
from bot.models.money import MAX_PAISE
from bot.models.tax import WHOLE

_AMOUNT: Final = re.compile(
    r"(?:₹\s?)?([0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3})(?:\.([0-9]{1,2}))?(?:\s?/-)?"
)
_PERCENT: Final = re.compile(r"([0-9]{1,5})(?:\.([0-9]{1,2}))?(?:\s?%)?")
# White space, and marks without width that are pasted along.
_BLANK: Final = {"Zs", "Zl", "Zp", "Cc", "Cf"}


def amount(typed: str) -> int:
    """``1500``, ``1,500``, ``₹1500.50`` or ``1500/-`` in paise.

    Raises:
        NotAnAmount: anything else, nothing at all, or more than ₹99,99,999.99.
    """
    found = _AMOUNT.fullmatch(trimmed(typed))
    paise = _hundredths(found[1].replace(",", ""), found[2]) if found else 0
    if not 0 < paise <= MAX_PAISE:
        raise NotAnAmount(typed=typed)
    return paise


def percent(typed: str) -> int:
    """``18``, ``18 %`` or ``0.25`` in basis points.

    Raises:
        NotAPercent: anything else, or not between 0 and 100.
    """
    found = _PERCENT.fullmatch(trimmed(typed))
    points = _hundredths(found[1], found[2]) if found else -1
    if not 0 <= points <= WHOLE:
        raise NotAPercent(typed=typed)
    return points


def trimmed(typed: str) -> str:
    """Without white space of any kind, or invisible marks, at both ends."""
    solid = [at for at, c in enumerate(typed) if unicodedata.category(c) not in _BLANK]
    return typed[solid[0] : solid[-1] + 1] if solid else ""


def _hundredths(whole: str, part: str | None) -> int:
    return int(whole) * 100 + int((part or "").ljust(2, "0"))
