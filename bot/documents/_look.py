"""How documents look: one colour, three sizes, and tables without boxes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Table

from bot.documents.text import Style, Text

PAGE: Final = A4
MARGIN: Final = 15 * mm
BOTTOM: Final = 18 * mm
WIDTH: Final = PAGE[0] - 2 * MARGIN
GAP: Final = 5 * mm

ACCENT: Final = HexColor(0x1F4E5F)
INK: Final = HexColor(0x1C1C1C)
GREY: Final = HexColor(0x5F666B)
RULE: Final = HexColor(0xD5DADD)
TINT: Final = HexColor(0xEEF3F5)

PLAIN: Final = Style(size=8.5, colour=INK)
STRONG: Final = replace(PLAIN, is_bold=True)
LABEL: Final = replace(PLAIN, colour=GREY)
QUIET: Final = Style(size=7.5, colour=GREY)
TERMS: Final = replace(QUIET, most_lines=400)
NAME: Final = Style(size=13, colour=INK, is_bold=True)
TITLE: Final = Style(size=16, colour=ACCENT, is_bold=True, align=TA_RIGHT)
LEGEND: Final = Style(size=8.5, colour=ACCENT, is_bold=True, align=TA_CENTER)
HEADING: Final = Style(size=7.5, colour=ACCENT, is_bold=True)

Cells = Sequence[list[Any]]  # flowables, lists of them, or nothing


def right(style: Style) -> Style:
    return replace(style, align=TA_RIGHT)


def texts(style: Style, *words: str | None) -> list[Text]:
    """A paragraph for each that says anything."""
    return [Text(word, style) for word in words if word and word.strip()]


def columns(cells: Cells, widths: Sequence[float], *style: tuple[Any, ...]) -> Table:
    """Side by side without lines, the outer edges flush with the page's margins."""
    return Table(
        cells,
        colWidths=widths,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            *style,
        ],
    )


def ledger(cells: Cells, widths: Sequence[float], padding: float) -> Table:
    """Rows of figures: a tinted head on every page, a thin line under each row, sums at the end."""
    return Table(
        cells,
        colWidths=widths,
        repeatRows=1,
        hAlign="LEFT",
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), padding),
            ("RIGHTPADDING", (0, 0), (-1, -1), padding),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("BACKGROUND", (0, 0), (-1, 0), TINT),
            ("LINEBELOW", (0, 1), (-1, -2), 0.4, RULE),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, ACCENT),
            ("NOSPLIT", (0, -2), (-1, -1)),  # sums stand under something
        ],
    )
