"""People's words as runs of one font each, broken into lines, in the order of reading."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Final

from bot.documents.typefaces import JOINERS, UNKNOWN, Typeface, face_of, latin

_VIRAMA: Final = 9  # its combining class: the next consonant hangs on it
_OPENING, _CLOSING = "([{<«", ")]}>»"
_MINUS: Final = str.maketrans("−", "-")  # the fonts lack the first: a figure would lose its sign
_MIRROR: Final = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)


@dataclass(frozen=True, slots=True)
class Run:
    """``width`` is in letter sizes."""

    text: str
    face: Typeface
    width: float

    @property
    def is_right_to_left(self) -> bool:
        return self.face.is_right_to_left

    @property
    def is_neutral(self) -> bool:
        """It has no direction of its own: figures, dashes, spaces."""
        return not any(letter.isalpha() for letter in self.text)

    @property
    def has_figures(self) -> bool:
        return any(letter.isdigit() for letter in self.text)


Line = tuple[Run, ...]


def lines_of(text: str, width: float, *, is_bold: bool) -> list[Line]:
    """As few lines as hold it; ``width`` is in letter sizes. A word wider than that is broken."""
    shown = text.translate(_MINUS)
    return [
        line for part in shown.splitlines() for line in _broken(part, width, is_bold=is_bold)
    ] or [()]


def width_of(line: Line) -> float:
    return sum(run.width for run in line)


def natural_width(text: str, *, is_bold: bool) -> float:
    """In letter sizes: what one line of it needs."""
    return sum(width_of(line) for line in lines_of(text, float("inf"), is_bold=is_bold))


def in_sight(line: Line) -> list[Run]:
    """From left to right, neighbours in one font as one run.

    What stands between words of Arabic or Hebrew goes with them.
    """
    seen = list[Run]()
    for face, group in groupby(_from_left(line), key=lambda run: run.face):
        runs = list(group)
        if face.is_latin:
            runs = [Run("".join(run.text for run in runs), face, sum(run.width for run in runs))]
        seen += runs
    return seen


def _from_left(line: Line) -> list[Run]:
    rest, seen = list(line), list[Run]()
    while rest:
        if rest[0].is_right_to_left:
            end = _right_to_left_until(rest)
            seen += map(_mirrored, reversed(rest[:end]))
            del rest[:end]
        else:
            seen.append(rest.pop(0))
    return seen


def _right_to_left_until(runs: list[Run]) -> int:
    """Up to the last word, figure or closing bracket before words that are read the other way."""
    end, is_open = 1, False
    for n, run in enumerate(runs):
        if not (run.is_right_to_left or run.is_neutral):
            break
        is_closed = is_open and any(bracket in run.text for bracket in _CLOSING)
        is_open = (is_open and not is_closed) or any(bracket in run.text for bracket in _OPENING)
        if run.is_right_to_left or run.has_figures or is_closed:
            end = n + 1
    return end


def _mirrored(run: Run) -> Run:
    """HarfBuzz turns the brackets within Arabic; those beside it are ours to turn."""
    if not run.is_neutral or run.has_figures:
        return run
    return replace(run, text=run.text[::-1].translate(_MIRROR))


def _broken(text: str, width: float, *, is_bold: bool) -> Iterator[Line]:
    space = _runs(" ", is_bold=is_bold)
    line: Line = ()
    for word in text.split():
        *full, last = _pieces(word, width, is_bold=is_bold)
        if line and (full or width_of(line + space + last) > width):
            yield line
            line = ()
        yield from full
        if last:
            line += space + last if line else last
    if line:
        yield line


def _pieces(word: str, width: float, *, is_bold: bool) -> list[Line]:
    """The word itself, almost always; in pieces if it is wider than a line."""
    pieces, rest = list[Line](), word
    while rest and width_of(_runs(rest, is_bold=is_bold)) > width:
        head, rest = _cut(rest, width, is_bold=is_bold)
        pieces.append(_runs(head, is_bold=is_bold))
    return [*pieces, _runs(rest, is_bold=is_bold)]


def _cut(word: str, width: float, *, is_bold: bool) -> tuple[str, str]:
    """What of a word fits, at least one letter with all that belongs to it; and the rest."""
    fits = 0
    for end in range(1, len(word) + 1):
        if end < len(word) and _belongs(word[end], word[end - 1]):
            continue
        if fits and width_of(_runs(word[:end], is_bold=is_bold)) > width:
            break
        fits = end
    return word[:fits], word[fits:]


def _belongs(letter: str, before: str) -> bool:
    """One letter to a reader: a mark on it, or a consonant joined to it."""
    return (
        unicodedata.category(letter).startswith("M")
        or letter in JOINERS
        or before in JOINERS
        or unicodedata.combining(before) == _VIRAMA
    )


@lru_cache(maxsize=4096)
def _runs(word: str, *, is_bold: bool) -> Line:
    letters: list[tuple[str, Typeface]] = []
    for letter in unicodedata.normalize("NFC", word):
        before = letters[-1][1] if letters else None
        if found := _printable(letter, before, is_bold=is_bold):
            letters.append(found)
    grouped = groupby(letters, key=lambda placed: placed[1])
    runs = (("".join(letter for letter, _ in group), face) for face, group in grouped)
    return tuple(Run(said, face, face.width(said)) for said, face in runs)


def _printable(
    letter: str, before: Typeface | None, *, is_bold: bool
) -> tuple[str, Typeface] | None:
    """With its font, or nothing: pictures and signs that no font has are left out."""
    category = unicodedata.category(letter)
    is_joiner = letter in JOINERS
    goes_along = category.startswith("M") or (is_joiner and before and not before.is_latin)
    if goes_along and before and before.has(letter):
        return letter, before
    if category in {"Cc", "Cf"}:
        return None
    if face := face_of(letter, is_bold=is_bold):
        return letter, face
    return (UNKNOWN, latin(is_bold=is_bold)) if category[0] in "LN" else None
