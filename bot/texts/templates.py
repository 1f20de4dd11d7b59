"""Filling in what stands in braces; and what is said when that cannot be done."""

import re
from collections.abc import Mapping
from typing import Final

from bot.errors import Refusal
from bot.errors.templates import PlaceholderCut, TemplateTooLong, UnknownPlaceholder
from bot.models.templates import LONGEST_VALUE, Placeholder
from bot.texts.format import esc, shorten

REFUSALS: Final[dict[type[Refusal], str]] = {
    UnknownPlaceholder: "I do not know {typed}. I can fill in {known}. Please change that and send "
    "it again.",
    TemplateTooLong: "With names filled in that may be {over} characters too long for Telegram; "
    "{limit} fit. Please send a shorter one.",
    PlaceholderCut: "A placeholder is formatted in part only. Please format all of it, braces "
    "included, or nothing of it.",
}


def fill(html: str, values: Mapping[Placeholder, str]) -> str:
    """Finished HTML with people's own words, escaped here, in place of the placeholders.

    All at once: a name that looks like a placeholder stays a name. Links stay as they are.
    """
    written = {
        placeholder.written: esc(shorten(value, LONGEST_VALUE))
        for placeholder, value in values.items()
    }
    anyone = re.compile("|".join(["<[^>]*>", *map(re.escape, written)]))
    return anyone.sub(lambda found: written.get(found[0], found[0]), html)


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else name
