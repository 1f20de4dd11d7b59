"""What people type, as values. Refuses with a sentence that says what to type instead."""

import re
import unicodedata
from datetime import time
from typing import Final

from aiogram.types import Message, MessageOriginHiddenUser, MessageOriginUser

from bot.errors import (
    ContactWithoutAccount,
    HiddenForward,
    NotAnAccount,
    NotAnHour,
    NotAnId,
    NotHours,
    TextExpected,
    TextTooLong,
)
from bot.errors.follow_ups import NotAnInterval
from bot.models.club import Setting
from bot.models.follow_ups import LONGEST_INTERVAL
from bot.models.notifications import QuietHours
from bot.services import amounts, places

_ID_MAX: Final = 2**63 - 1
_ID_DIGITS: Final = 19
# Spaces, line ends, control marks, and what has no width: pasted along with ids.
_BLANK: Final = {"Zs", "Zl", "Zp", "Cc", "Cf"}
_USERNAME: Final = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")
_CLOCK: Final = r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?"
_HOURS: Final = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to)\s*{_CLOCK}")
_SHORT: Final = 30
_HOUR: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_DAYS: Final = re.compile(r"([0-9]{1,2})(?:\s*days?)?", re.IGNORECASE)
_SETTING_LIMITS: Final = {
    Setting.NAME: 60,
    Setting.TIMEZONE: 60,
    Setting.CURRENCY: 60,
    Setting.WELCOME_TEXT: 1000,
}


def telegram_id(typed: str | None) -> int:
    """An id as admins type it: white space around it is forgiven, nothing else.

    Raises:
        NotAnId: anything but 1 to 19 ASCII digits in the range of a signed 64-bit id.
    """
    digits = trimmed(typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _ID_DIGITS):
        raise NotAnId(typed=digits)
    if (number := int(digits)) > _ID_MAX:
        raise NotAnId(typed=digits)
    return number


def trimmed(typed: str | None) -> str:
    """Without white space of any kind, or invisible marks, at both ends."""
    text = typed or ""
    solid = [at for at, c in enumerate(text) if unicodedata.category(c) not in _BLANK]
    return text[solid[0] : solid[-1] + 1] if solid else ""


def words(typed: str | None, *, limit: int) -> str:
    """A sentence or more, as typed, but for the character 0: PostgreSQL cannot hold it.

    Raises:
        TextExpected: nothing but white space, or not a text at all.
        TextTooLong: more than ``limit`` characters.
    """
    text = trimmed(typed).replace("\0", "")
    if not text:
        raise TextExpected
    if len(text) > limit:
        raise TextTooLong(limit=limit)
    return text


def received(typed: str | None) -> int:
    """How many paise came in; a plain 0 means that nothing did.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAnAmount: anything else.
    """
    text = words(typed, limit=_SHORT)
    return 0 if text == "0" else amounts.amount(text)


def account(message: Message) -> int | str:
    """Whom a message names: a Telegram id, or a username without its @.

    Raises:
        NotAnId: words that are neither.
        ContactWithoutAccount, HiddenForward: Telegram does not say whose account it is.
        NotAnAccount: something else altogether.
    """
    if message.contact:
        if message.contact.user_id is None:
            raise ContactWithoutAccount
        return message.contact.user_id
    if isinstance(message.forward_origin, MessageOriginUser):
        return message.forward_origin.sender_user.id
    if isinstance(message.forward_origin, MessageOriginHiddenUser):
        raise HiddenForward
    if message.text is None or message.forward_origin:
        raise NotAnAccount
    text = trimmed(message.text)
    return text[1:] if _USERNAME.fullmatch(text) else telegram_id(text)


def setting(setting: Setting, typed: str | None) -> str:
    """A new value for one of the club's settings.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAZone, NotACurrency: no such thing.
    """
    text = words(typed, limit=_SETTING_LIMITS[setting])
    if setting is Setting.TIMEZONE:
        return places.zone(text)
    if setting is Setting.CURRENCY:
        return places.currency(text)
    return " ".join(text.split()) if setting is Setting.NAME else text


def quiet_hours(typed: str | None) -> QuietHours:
    """From and to on the clock of a day: ``22:00-06:30``, ``22-7``, ``22.00 to 6.30``.

    Raises:
        TextExpected: nothing, or not a text at all.
        NotHours: anything else, or twice the same time.
    """
    text = words(typed, limit=_SHORT)
    if (found := _HOURS.fullmatch(text)) is None:
        raise NotHours(typed=text)
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in found.groups())
    starts, ends = time(from_hour, from_minute), time(to_hour, to_minute)
    if starts == ends:
        raise NotHours(typed=text)
    return QuietHours(starts=starts, ends=ends)


def hour(typed: str | None) -> time:
    """A time of day, like 07:30.

    Raises:
        NotAnHour: anything but hours and minutes.
    """
    text = trimmed(typed)
    found = _HOUR.fullmatch(text)
    if found is None:
        raise NotAnHour(typed=text)
    return time(int(found[1]), int(found[2]))


def interval(typed: str | None) -> int:
    """A number of days: ``7``, ``7 days``.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAnInterval: anything else, none at all, or more than may lie between two follow-ups.
    """
    text = words(typed, limit=_SHORT)
    found = _DAYS.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= LONGEST_INTERVAL:
        raise NotAnInterval(typed=text)
    return int(found[1])
