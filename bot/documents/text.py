"""A paragraph in any script, for ReportLab to lay out."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from bot.documents.runs import Line, Run, in_sight, lines_of, width_of

_LEADING: Final = 1.36  # letter sizes from line to line: marks of Indian letters need the room
_ABOVE: Final = 1.04  # from a line's top to where its letters stand
_MORE: Final = "…"
_INVISIBLE: Final = 3  # text that is only searched and copied
_NON_ZERO: Final = 1  # how outlines that overlap are filled: all of them
_SHARE_LEFT: Final = {TA_LEFT: 0.0, TA_CENTER: 0.5, TA_RIGHT: 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """``size`` is in points. What has more than ``most_lines`` is cut: a page has an end."""

    size: float
    colour: Color
    is_bold: bool = False
    align: int = TA_LEFT
    most_lines: int = 12


class Text(Flowable):
    """Nothing in it is markup."""

    def __init__(self, text: str, style: Style, lines: list[Line] | None = None) -> None:
        """``lines``: where it was broken already, as part of a longer one."""
        super().__init__()
        self._text = text
        self._style = style
        self._lines = lines

    def wrap(self, width: float, _height: float, /) -> tuple[float, float]:
        size = self._style.size
        self._width = width
        if self._lines is None:
            self._lines = self._broken(width / size)
        return width, len(self._lines) * size * _LEADING

    def _broken(self, width: float) -> list[Line]:
        is_bold, most = self._style.is_bold, self._style.most_lines
        lines = lines_of(self._text, width, is_bold=is_bold)
        if len(lines) > most:
            (more,) = lines_of(_MORE, width, is_bold=is_bold)
            lines[most - 1 :] = [lines[most - 1] + more]
        return lines

    def split(self, width: float, height: float, /) -> list[Flowable]:
        self.wrap(width, height)
        lines = self._lines or []
        fit = int(height / (self._style.size * _LEADING))
        if not 0 < fit < len(lines):
            return []
        return [Text(self._text, self._style, part) for part in (lines[:fit], lines[fit:])]

    def draw(self) -> None:
        style, lines = self._style, self._lines or []
        self.canv.setFillColor(style.colour)
        y = len(lines) * style.size * _LEADING - style.size * _ABOVE
        for line in lines:
            spare = self._width - width_of(line) * style.size
            x = spare * _SHARE_LEFT[style.align]
            for run in in_sight(line):
                _draw(self.canv, run, x, y, style)
                x += run.width * style.size
            y -= style.size * _LEADING


def _draw(canvas: Canvas, run: Run, x: float, y: float, style: Style) -> None:
    if run.face.is_latin:
        canvas.setFont(run.face.name, style.size)
        canvas.drawString(x, y, run.text)
        return
    _write_unseen(canvas, run, x, y, style.size)
    for placed in run.face.shape(run.text)[0]:
        outline = run.face.outline(placed.glyph, is_bold=style.is_bold)
        canvas.saveState()
        canvas.translate(x + placed.x * style.size, y + placed.y * style.size)
        canvas.scale(style.size / 1000, style.size / 1000)
        canvas.drawPath(PDFPathObject(list(outline)), stroke=0, fill=1, fillMode=_NON_ZERO)
        canvas.restoreState()


def _write_unseen(canvas: Canvas, run: Run, x: float, y: float, size: float) -> None:
    """The words below their outlines, just as wide, in the order in which eyes meet them."""
    words = canvas.beginText(x, y)
    words.setFont(run.face.name, size)
    words.setTextRenderMode(_INVISIBLE)
    natural = run.face.advance(run.text)
    if natural and run.width:
        words.setHorizScale(100 * run.width / natural)
    words.textOut(run.text[::-1] if run.is_right_to_left else run.text)
    words.setHorizScale(100)
    words.setTextRenderMode(0)
    canvas.drawText(words)
