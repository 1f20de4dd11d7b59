"""What the doctor finds: a mark, what is so, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple


class Mark(StrEnum):
    GOOD = "✓"
    DOUBTFUL = "!"
    BAD = "✗"


class Finding(NamedTuple):
    mark: Mark
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.mark} {self.what}" + (f"\n    → {self.advice}" if self.advice else "")


def good(what: str) -> Finding:
    return Finding(Mark.GOOD, what)


def doubtful(what: str, advice: str) -> Finding:
    return Finding(Mark.DOUBTFUL, what, advice)


def bad(what: str, advice: str) -> Finding:
    return Finding(Mark.BAD, what, advice)
