"""Writing an Excel file row by row, each row leaving memory as soon as it is written."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook

Cell = str | int | Decimal | None


class Spreadsheet:
    """Sheets under bold headings, one after the other.

    Words are always words: none becomes a formula or a link.
    """

    def __init__(self, title: str, columns: Sequence[tuple[str, int]]) -> None:
        """``columns``: each heading and its width in characters."""
        self._file = BytesIO()
        self._book = Workbook(self._file, {"constant_memory": True})
        self._bold = self._book.add_format({"bold": True})
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

    def finish(self) -> bytes:
        self._book.close()
        return self._file.getvalue()

    def _put(self, column: int, cell: Cell) -> None:
        if isinstance(cell, int | Decimal):
            self._sheet.write_number(self._rows, column, cell)
        elif cell:
            self._sheet.write_string(self._rows, column, cell)
