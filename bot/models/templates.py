"""Texts with placeholders like ``{name}``, filled in for each reader."""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from bot.errors.templates import PlaceholderCut, TemplateTooLong, UnknownPlaceholder

# Telegram counts UTF-16 units, once the marks of formatting are taken off.
MESSAGE_UNITS: Final = 4096
CAPTION_UNITS: Final = 1024
LONGEST_VALUE: Final = 64  # characters of what is filled in; longer is cut
_UNITS: Final = 2  # of a character, at most
_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_]{1,20})\}")
_TAG: Final = re.compile(r"<[^>]*>")


class Placeholder(StrEnum):
    """What may be filled in; stored inside texts: never rename one."""

    NAME = "name"
    FIRST_NAME = "first_name"
    CLUB = "club"
    DAYS = "days"  # since the last visit; of a subscription: until its end, or since
    PLAN = "plan"
    ENDS = "ends"  # the last day of a subscription

    @property
    def written(self) -> str:
        return f"{{{self.value}}}"


def units(text: str) -> int:
    """How long Telegram says that it is."""
    return len(text.encode("utf-16-le")) // 2


def check(text: str, allowed: Collection[Placeholder], *, limit: int) -> None:
    """Whether a text can go to anyone. ``text`` is without formatting, ``limit`` in UTF-16 units.

    Raises:
        UnknownPlaceholder: it has a placeholder that is none, or none of ``allowed``.
        TemplateTooLong: it may be too long for Telegram once names are filled in.
    """
    for found in _PLACEHOLDER.finditer(text):
        if found[1] not in set(allowed):
            known = ", ".join(each.written for each in allowed)
            raise UnknownPlaceholder(typed=found[0], known=known)
    longest = _PLACEHOLDER.sub("x" * LONGEST_VALUE * _UNITS, text)
    over = units(longest) - limit
    if over > 0:
        raise TemplateTooLong(limit=limit, over=over)


def check_formatting(html: str, text: str) -> None:
    """Whether what ``text`` has to fill in can still be found in ``html``, the same formatted.

    Raises:
        PlaceholderCut: a part of one is bold, say, and the rest is not.
    """
    whole = sum(len(_PLACEHOLDER.findall(part)) for part in _TAG.split(html))
    if whole < len(_PLACEHOLDER.findall(text)):
        raise PlaceholderCut
