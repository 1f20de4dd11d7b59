"""A fact about a promo code, as typed and as a form keeps it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.errors.items import NotAnAmount
from bot.errors.promos import NotACode, NotAGift, NotAPromoLimit
from bot.models.promos import (
    CODE_CHARACTERS,
    MAX_OF_MEMBER,
    MAX_PERCENT,
    MAX_USES,
    Gift,
    PromoFacts,
    PromoField,
)
from bot.routers._dates import calendar_day
from bot.routers._parse import words
from bot.services import amounts

_CHARACTERS: Final = 100
_CODE: Final = re.compile(rf"[A-Za-z0-9]{{{CODE_CHARACTERS[0]},{CODE_CHARACTERS[1]}}}")
_PERCENT: Final = re.compile(r"([0-9]{1,2})\s*%")
_DIGITS: Final = re.compile(r"[0-9]{1,5}")
_MOST: Final = {PromoField.USES: MAX_USES, PromoField.OF_MEMBER: MAX_OF_MEMBER}


def fact(field: PromoField, typed: str | None) -> str | int | date | Gift:
    """What somebody typed.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotACode, NotAGift, NotADay, NotAPromoLimit: no such thing.
    """
    if field is PromoField.FIRST_DAY or field is PromoField.LAST_DAY:
        return calendar_day(typed)
    text = words(typed, limit=_CHARACTERS)
    if field is PromoField.CODE:
        return _code(text)
    return _gift(text) if field is PromoField.GIVES else _limit(text, _MOST[field])


def kept(field: PromoField, value: str | int | date | Gift | None) -> dict[str, Any]:
    """What a form keeps of it."""
    if isinstance(value, Gift):
        return {"percent": value.percent, "amount_paise": value.amount_paise}
    return {field.value: value.isoformat() if isinstance(value, date) else value}


def day(found: Mapping[str, Any], field: PromoField) -> date | None:
    """One that a form keeps."""
    return date.fromisoformat(found[field]) if found.get(field) else None


def facts(found: Mapping[str, Any]) -> PromoFacts:
    """All that a form keeps."""
    return PromoFacts(
        code=found["code"],
        gives=Gift(percent=found["percent"], amount_paise=found["amount_paise"]),
        plan_id=found["plan_id"],
        first_day=day(found, PromoField.FIRST_DAY),
        last_day=day(found, PromoField.LAST_DAY),
        uses_limit=found["uses_limit"],
        member_limit=found["member_limit"],
    )


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise NotACode(typed=text)
    return text.upper()


def _gift(text: str) -> Gift:
    """``10 %``, or an amount as ``amounts.amount`` reads it."""
    if found := _PERCENT.fullmatch(text):
        percent = int(found[1])
        if not 1 <= percent <= MAX_PERCENT:
            raise NotAGift(typed=text)
        return Gift(percent=percent)
    try:
        return Gift(amount_paise=amounts.amount(text))
    except NotAnAmount as fault:
        raise NotAGift(typed=text) from fault


def _limit(text: str, most: int) -> int:
    if not _DIGITS.fullmatch(text) or not 1 <= int(text) <= most:
        raise NotAPromoLimit(typed=text, most=most)
    return int(text)
