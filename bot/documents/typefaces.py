"""Which letters stand in which font, and their outlines.

Noto Sans has Latin, Greek and Cyrillic, and is written as text. The other scripts join their
letters by rules: HarfBuzz applies them, and the outlines it answers with are drawn.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import uharfbuzz as hb
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FOLDER: Final = Path(__file__).parent / "fonts"
_EMBOLDEN: Final = 0.03  # of the letter's size: only Noto Sans has a bold of its own here
_LATIN: Final = ("NotoSans-Regular", "NotoSans-Bold")
_RIGHT_TO_LEFT: Final = {"Arabic", "Hebrew"}
_SCRIPTS: Final = (
    *("Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya"),
    *("Tamil", "Telugu", "Arabic", "MeeteiMayek", "OlChiki", "Sinhala", "Hebrew", "Thai"),
    *("Armenian", "Georgian"),
)
JOINERS: Final = "\u200c\u200d"  # they choose between forms of their neighbours
UNKNOWN: Final = "?"  # for a letter that no font has


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph and where its outline stands, in letter sizes from the start of its run."""

    glyph: int
    x: float
    y: float


class Typeface:
    """One font of the folder, registered under its file's name."""

    def __init__(self, file: str) -> None:
        path = _FOLDER / f"{file}.ttf"
        self.name = file
        self.is_latin = file in _LATIN
        self.is_right_to_left = file.removeprefix("NotoSans").split("-")[0] in _RIGHT_TO_LEFT
        self._font = TTFont(file, path)
        pdfmetrics.registerFont(self._font)
        self._face = hb.Face(hb.Blob.from_file_path(path))

    def has(self, letter: str) -> bool:
        return ord(letter) in self._font.face.charToGlyph

    @cached_property
    def _plain(self) -> hb.Font:
        return hb.Font(self._face)

    @cached_property
    def _bold(self) -> hb.Font:
        font = hb.Font(self._face)
        font.synthetic_bold = (_EMBOLDEN, _EMBOLDEN, True)
        return font

    def shape(self, text: str) -> tuple[list[Placed], float]:
        """The glyphs of a run in one script, left to right, and its width in letter sizes."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._plain, buffer, {})
        em = self._face.upem
        placed, x = [], 0
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            placed.append(Placed(info.codepoint, (x + at.x_offset) / em, at.y_offset / em))
            x += at.x_advance
        return placed, x / em

    def width(self, text: str) -> float:
        """In letter sizes."""
        return self.advance(text) if self.is_latin else self.shape(text)[1]

    def advance(self, text: str) -> float:
        """In letter sizes, each letter by itself."""
        return float(pdfmetrics.stringWidth(text, self.name, 1))

    @cache  # noqa: B019 - as many as there are glyphs, in fonts that live as long as the process
    def outline(self, glyph: int, *, is_bold: bool) -> tuple[str, ...]:
        """Operators of a PDF path, in thousandths of the letter's size."""
        pen = _Pen(1000 / self._face.upem)
        (self._bold if is_bold else self._plain).draw_glyph_with_pen(glyph, pen)
        return tuple(pen.operators)


class _Pen:
    """What HarfBuzz draws, as PDF; a PDF knows cubic curves only."""

    def __init__(self, scale: float) -> None:
        self.operators: list[str] = []
        self._scale = scale
        self._at = (0.0, 0.0)

    def moveTo(self, to: tuple[float, float]) -> None:  # noqa: N802 - the protocol's names
        self._add("m", to)

    def lineTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._add("l", to)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("c", *points)

    def qCurveTo(self, by: tuple[float, float], to: tuple[float, float]) -> None:  # noqa: N802
        first, second = (
            tuple(end[n] + (by[n] - end[n]) * 2 / 3 for n in (0, 1)) for end in (self._at, to)
        )
        self._add("c", (first[0], first[1]), (second[0], second[1]), to)

    def closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = (f"{number * self._scale:.0f}" for point in points for number in point)
        self.operators.append(f"{' '.join(numbers)} {operator}")
        self._at = points[-1]


@cache
def latin(*, is_bold: bool) -> Typeface:
    return Typeface(_LATIN[is_bold])


@cache
def _of_script(script: str) -> Typeface:
    return Typeface(f"NotoSans{script}-Regular")


@cache
def face_of(letter: str, *, is_bold: bool) -> Typeface | None:
    """The first font that has it; ``None`` for a letter of a script nobody thought of."""
    if (plain := latin(is_bold=is_bold)).has(letter):
        return plain
    faces = map(_of_script, _SCRIPTS)
    return next((face for face in faces if face.has(letter)), None)
