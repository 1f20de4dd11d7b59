"""Every sentence about a person's own birthday."""

from typing import Final

from babel.dates import get_month_names

from bot.errors import Refusal
from bot.errors.birthdays import ImpossibleBirthday, NotABirthday
from bot.models.birthdays import Birthday

TITLE: Final = "birthday"
CHANGE = "✏️ Change"
REMOVE = "🗑 Remove"

SAVED = "✅ Thank you, I will remember it."
REMOVED = "✅ I have forgotten it."
ASK = "🎂 <b>When is your birthday?</b>\nSend it like 24 Nov, or 24 Nov 1990 if you like."
_HEAD: Final = "🎂 <b>My birthday</b>"
_UNKNOWN: Final = (
    "I do not know it. Tell me, and the club congratulates you. The year may be left out."
)
_LEAP_DAY: Final = "In years without that day I congratulate you on 28 Feb."

REFUSALS: Final[dict[type[Refusal], str]] = {
    NotABirthday: "“{typed}” is not a day I understand. Send it like 24 Nov, 24/11/1990 or "
    "1990-11-24.",
    ImpossibleBirthday: "Nobody here can have been born on that day. Send it like 24 Nov, or "
    "24 Nov 1990.",
}


def kept(birthday: Birthday | None) -> str:
    if birthday is None:
        return f"{_HEAD}\n{_UNKNOWN}"
    note = f"\n{_LEAP_DAY}" if birthday.is_leap_day else ""
    return f"{_HEAD}\n{written(birthday)}{note}"


def written(birthday: Birthday) -> str:
    """Write it as 24 Nov 1990, or as 24 Nov."""
    month = get_month_names("abbreviated", locale="en")[birthday.month]
    year = f" {birthday.year}" if birthday.year else ""
    return f"{birthday.day} {month}{year}"
