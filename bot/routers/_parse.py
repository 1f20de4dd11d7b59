"""What people type, as values. Refuses with a sentence that says what to type instead."""

import unicodedata
from typing import Final

from bot.errors import NotAnId, TextExpected, TextTooLong

_ID_MAX: Final = 2**63 - 1
_ID_DIGITS: Final = 19
# Spaces, line ends, control marks, and what has no width: pasted along with ids.
_BLANK: Final = {"Zs", "Zl", "Zp", "Cc", "Cf"}


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
    """A sentence or more, as typed.

    Raises:
        TextExpected: nothing but white space, or not a text at all.
        TextTooLong: more than ``limit`` characters.
    """
    text = trimmed(typed)
    if not text:
        raise TextExpected
    if len(text) > limit:
        raise TextTooLong(limit=limit)
    return text
