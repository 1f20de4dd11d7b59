"""How the club writes names, days and times; the only place where people's text is escaped."""

import re
import unicodedata
from datetime import date, datetime
from html import escape, unescape
from typing import Final
from zoneinfo import ZoneInfo

_TAG: Final = re.compile(r"<[^>]+>")
# Marks that reorder or hide text: a name made of them could pass for another sentence.
_HIDDEN: Final = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_JOINERS: Final = "\u200c\u200d"  # Indic scripts and emoji need them


def esc(text: object) -> str:
    """A person's words, safe inside HTML and without marks that could disguise them."""
    shown = "".join(
        c if c in f"{_JOINERS}\n" or unicodedata.category(c) not in _HIDDEN else " "
        for c in str(text)
    )
    return escape(shown, quote=False)


def plain(html: str) -> str:
    """Finished HTML as bare text, for toasts and for text Telegram refuses to parse."""
    return unescape(_TAG.sub("", html))


def shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment's day as 24 Nov 2026."""
    return calendar_day(moment.astimezone(zone).date())


def calendar_day(day: date) -> str:
    """Write a day as 24 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Write a day and time as 24 Nov 2026, 18:05."""
    return f"{day(at, zone)}, {at.astimezone(zone):%H:%M}"


def kilograms(grams: int) -> str:
    """Write a weight as 72.5 kg, exactly."""
    whole, rest = divmod(grams, 1000)
    return f"{f'{whole}.{rest:03}'.rstrip('0').rstrip('.')} kg"


def counted(many: int, one: str) -> str:
    """1 day, 2 days."""
    return f"{many} {one}" if many == 1 else f"{many} {one}s"
