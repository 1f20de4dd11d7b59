"""Filling in what stands in braces; and what is said when that cannot be done."""

import re
from collections.abc import Mapping
from typing import Final

from bot.errors import Refusal
from bot.errors.templates import TemplateTooLong, UnknownPlaceholder
from bot.models.templates import LONGEST_VALUE, Placeholder
from bot.texts.format import esc, shorten

REFUSALS: Final[dict[type[Refusal], str]] = {
    UnknownPlaceholder: "I do not know {typed}. I can fill in {known}. Please change that and send "
    "it again.",
    TemplateTooLong: "With names filled in that may be {over} characters too long for Telegram; "
    "{limit} fit. Please send a shorter one.",
}


def fill(html: str, values: Mapping[Placeholder, str]) -> str:
    """Finished HTML with people's own words, escaped here, in place of the placeholders.

    All at once: a name that looks like a placeholder stays a name.
    """
    written = {placeholder.written: value for placeholder, value in values.items()}
    anyone = re.compile("|".join(re.escape(each) for each in written))
    return anyone.sub(lambda found: esc(shorten(written[found[0]], LONGEST_VALUE)), html)


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else name
