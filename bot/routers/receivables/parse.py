"""A bank's reference, as people type it."""

from typing import Final

from bot.routers._parse import words
from bot.services import references

CHARACTERS: Final = 300  # of an answer, whatever it is


def reference(typed: str | None) -> str:
    """6 to 40 letters and digits.

    Raises:
        TextExpected, TextTooLong: as in ``words``.
        NotAReference: anything else.
    """
    return references.reference(words(typed, limit=CHARACTERS))
