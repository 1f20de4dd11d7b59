"""Days and numbers about subscriptions, as typed."""

import re
from datetime import date, timedelta
from typing import Final

from bot.errors.birthdays import NotABirthday
from bot.errors.business import NotADay
from bot.errors.subscriptions import NotARuleNumber, NotExtraDays, NotFreezeDays, NotReminderDays
from bot.models.subscription_cards import EARLIEST_REMINDER, LEAST, MOST, MOST_REMINDERS, Rule
from bot.routers._dates import birthday
from bot.routers._parse import words
from bot.services import amounts

_CHARACTERS: Final = 40
_EXTRA: Final = re.compile(r"([+\-−–]?)\s*([0-9]{1,4})(?:\s*days?)?", re.IGNORECASE)
_MOST_DAYS: Final = 3_660
_FREEZE: Final = re.compile(r"([0-9]{1,3})(?:\s*days?)?", re.IGNORECASE)
_MOST_FROZEN: Final = 366
_BETWEEN: Final = re.compile(r"\s*(?:[,;/]|\band\b|\s)\s*")
_DAYS_BEFORE: Final = re.compile(r"[0-9]{1,2}")
_DIGITS: Final = re.compile(r"[0-9]{1,3}(?=\s*(?:days?)?$)", re.IGNORECASE)


def extra_days(typed: str | None) -> int:
    """``5``, ``+5``, ``-5 days``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotExtraDays: anything else, none at all, or more than ten years.
    """
    text = words(typed, limit=_CHARACTERS)
    found = _EXTRA.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= _MOST_DAYS:
        raise NotExtraDays(typed=text)
    return int(found[2]) if found[1] in {"", "+"} else -int(found[2])


def freeze_days(typed: str | None) -> int:
    """``7``, ``7 days``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotFreezeDays: anything else, none at all, or more than a year.
    """
    text = words(typed, limit=_CHARACTERS)
    found = _FREEZE.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= _MOST_FROZEN:
        raise NotFreezeDays(typed=text)
    return int(found[1])


def first_day(typed: str | None, today: date) -> date:
    """``today``, ``tomorrow``, ``5 Mar 2026``, ``05.03.2026``; without a year the next such day.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotADay: anything else.
    """
    text = words(typed, limit=_CHARACTERS)
    if text.casefold() in {"today", "tomorrow"}:
        return today + timedelta(days=text.casefold() == "tomorrow")
    try:
        said = birthday(text)
        if said.year:
            return date(said.year, said.month, said.day)
        years = [each for each in (today.year, today.year + 1) if said.is_in(each)]
        return next(day for year in years if (day := date(year, said.month, said.day)) >= today)
    except (NotABirthday, StopIteration, ValueError) as fault:
        raise NotADay(typed=text) from fault


def rule(of: Rule, typed: str | None) -> int | tuple[int, ...]:
    """A number of days or check-ins, an amount in paise, or days before the end.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotARuleNumber, NotAnAmount, NotReminderDays: anything else.
    """
    text = words(typed, limit=_CHARACTERS)
    if of is Rule.REFERRAL_REWARD and text == "0":
        return 0
    if of in {Rule.PAY_LATER_LIMIT, Rule.REFERRAL_REWARD}:
        return amounts.amount(text)
    if of is Rule.REMIND_BEFORE:
        return _reminder_days(text)
    found, least = _DIGITS.match(text), LEAST.get(of, 0)
    if found is None or not least <= int(found[0]) <= MOST[of]:
        raise NotARuleNumber(typed=text, least=least, most=MOST[of])
    return int(found[0])


def _reminder_days(text: str) -> tuple[int, ...]:
    """``7, 3, 1``, in any order; the most comes first."""
    parts = _BETWEEN.split(text.strip(" ,;."))
    days = {int(part) for part in parts if _DAYS_BEFORE.fullmatch(part)}
    fits = all(_DAYS_BEFORE.fullmatch(part) for part in parts)
    if not fits or len(days) > MOST_REMINDERS or max(days) > EARLIEST_REMINDER or min(days) < 1:
        raise NotReminderDays(typed=text, most=MOST_REMINDERS, earliest=EARLIEST_REMINDER)
    return tuple(sorted(days, reverse=True))
