"""What admins send for a broadcast, as values. Refuses with a sentence that says what to send."""

import re
from typing import Final

from aiogram.types import Message

from bot.errors import NotAnId, Refusal, SearchTooShort, TextExpected
from bot.errors.broadcasts import NotDays, NotNews, TooManyPicked
from bot.models.broadcasts import PLACEHOLDERS, Content
from bot.models.club import Club
from bot.models.members import Wanted
from bot.models.templates import CAPTION_UNITS, MESSAGE_UNITS, check, check_formatting
from bot.routers import _search
from bot.routers._parse import trimmed

DAYS: Final = range(1, 3651)
MOST_PICKED: Final = 200
_DAYS: Final = re.compile(r"([0-9]{1,4})(?:\s*days?)?", re.IGNORECASE)


def days(typed: str | None) -> int:
    """``14`` or ``14 days``.

    Raises:
        NotDays: not a number from 1 to 3650.
    """
    text = trimmed(typed)
    found = _DAYS.fullmatch(text)
    if found is None or int(found[1]) not in DAYS:
        raise NotDays(typed=text)
    return int(found[1])


def people(message: Message, club: Club) -> tuple[list[Wanted], list[str]]:
    """Whom each line may mean, and the lines that can mean nobody.

    Raises:
        NothingToSearch, HiddenSender: no words, no contact, and nobody's message.
        TooManyPicked: more lines than a list has places.
    """
    if message.contact or message.forward_origin or message.text is None:
        return [_search.wanted(message, club)], []
    lines = list(filter(None, map(trimmed, message.text.splitlines())))
    if len(lines) > MOST_PICKED:
        raise TooManyPicked(limit=MOST_PICKED)
    wanted, unclear = [], []
    for line in lines:
        try:
            wanted.append(_search.typed(line, club))
        except (NotAnId, SearchTooShort):
            unclear.append(line)
    return wanted, unclear


def content(message: Message) -> Content:
    """A text, a photo or a document, formatted as it came.

    Raises:
        NotNews: something else, or several at once.
        UnknownPlaceholder, TemplateTooLong, PlaceholderCut: its text will not do.
    """
    if message.media_group_id or message.animation:  # an animation comes as a document too
        raise NotNews
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        html = _html(message, CAPTION_UNITS)
        return Content(html=html, file_kind="photo", file_id=largest.file_id)
    if message.document:
        html = _html(message, CAPTION_UNITS)
        return Content(html=html, file_kind="document", file_id=message.document.file_id)
    return Content(html=words(message, limit=MESSAGE_UNITS, otherwise=NotNews))


def words(message: Message, *, limit: int, otherwise: type[Refusal] = TextExpected) -> str:
    """A text as HTML, at most ``limit`` UTF-16 units of it.

    Raises:
        otherwise: not a text.
        UnknownPlaceholder, TemplateTooLong, PlaceholderCut: it will not do.
    """
    if not trimmed(message.text):
        raise otherwise
    return _html(message, limit)


def _html(message: Message, limit: int) -> str:
    text = message.text or message.caption or ""
    check(text, PLACEHOLDERS, limit=limit)
    check_formatting(message.html_text, text)
    return message.html_text
