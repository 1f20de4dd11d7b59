"""Writing an Excel file row by row, each row leaving memory as soon as it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_MONEY: Final = {"num_format": "#,##0.00"}
_DAY: Final = {"num_format": "dd-mmm-yyyy"}
_BOLD: Final = {"bold": True}
# Shown as words even to whoever edits the cell, or asks for it in another format.
_WORDS: Final = {"quote_prefix": True}
_LOOKS_LIKE_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Rupees:
    """An amount: a number with two decimals, made of whole paise and never a float."""

    paise: int


Cell = str | int | Decimal | Rupees | date | None


class Spreadsheet:
    """Sheets under bold headings, one after the other.

    Words are always words: none becomes a formula, a link or markup.
    """

    def __init__(self, title: str, columns: Sequence[tuple[str, int]]) -> None:
        """``columns``: each heading and its width in characters."""
        self._file = BytesIO()
        self._book = Workbook(self._file, {"constant_memory": True})
        self._bold = self._book.add_format(_BOLD)
        self._words = self._book.add_format(_WORDS)
        self._money = [self._book.add_format(_MONEY), self._book.add_format(_MONEY | _BOLD)]
        self._day = self._book.add_format(_DAY)
        self.turn_over(title, columns)

    def turn_over(self, title: str, columns: Sequence[tuple[str, int]]) -> None:
        """Begin another sheet; the one before is full."""
        self._sheet = self._book.add_worksheet(title)
        self._sheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(columns):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, heading, self._bold)
        self._rows = 1

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            for column, cell in enumerate(row):
                self._put(column, cell)
            self._rows += 1

    def write_total(self, row: Sequence[Cell]) -> None:
        """One row, in bold."""
        for column, cell in enumerate(row):
            self._put(column, cell, is_bold=True)
        self._rows += 1

    def finish(self) -> bytes:
        self._book.close()
        return self._file.getvalue()

    def _put(self, column: int, cell: Cell, *, is_bold: bool = False) -> None:
        look = self._bold if is_bold else None
        if isinstance(cell, Rupees):
            amount = Decimal(cell.paise).scaleb(-2)
            self._sheet.write_number(self._rows, column, amount, self._money[is_bold])
        elif isinstance(cell, int | Decimal):
            self._sheet.write_number(self._rows, column, cell, look)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._rows, column, cell, self._day)
        elif cell:
            self._write_words(column, cell, look)

    def _write_words(self, column: int, words: str, look: Format | None) -> None:
        # The library writes such a text as markup of its own, unescaped: a formula could be in it.
        if words.startswith("<r>") and words.endswith("</r>"):
            words += " "
        if words.startswith(_LOOKS_LIKE_A_FORMULA):
            look = self._words
        self._sheet.write_string(self._rows, column, words, look)
