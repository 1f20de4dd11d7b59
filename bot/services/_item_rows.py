"""The rows of a catalogue in an Excel file: headings in any order, cells as Excel keeps them."""

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from typing import Final, TypeVar

from bot.errors import Refusal
from bot.errors.items import ColumnsMissing, ColumnTwice, NoItemRows, TooManyRows
from bot.models.item_uploads import (
    NEEDED,
    UPLOAD_ROWS,
    Column,
    Fault,
    Problem,
    ReadFile,
    ReadRow,
    Wish,
)
from bot.models.items import MAX_SERIAL, NAME_CHARACTERS, ItemKind
from bot.models.tax import WHOLE
from bot.services import amounts, item_facts
from bot.services._workbooks import Cell, read_first_sheet

T = TypeVar("T")

HEADINGS: Final = {
    Column.SERIAL: "Serial",
    Column.NAME: "Name",
    Column.HSN: "HSN/SAC",
    Column.MRP: "MRP",
    Column.RATE: "GST %",
    Column.STOCK: "Stock",
    Column.KIND: "Kind",
    Column.IS_ACTIVE: "Active",
}
KINDS: Final = {each: each.value for each in ItemKind}
YES: Final = "yes"
NO: Final = "no"
_ALSO: Final = {
    Column.SERIAL: ("serialno", "serialnumber", "sno", "srno"),
    Column.NAME: ("itemname", "item"),
    Column.HSN: ("hsn", "sac", "hsncode", "hsnsaccode"),
    Column.MRP: ("mrprs", "mrpinr", "price"),
    Column.RATE: ("gstrate", "gstpercent"),
    Column.STOCK: ("quantity", "qty"),
    Column.KIND: ("type",),
    Column.IS_ACTIVE: (),
}
_SHEET_ROWS: Final = UPLOAD_ROWS + 1_000  # blank lines are forgiven, within reason
_DIGITS: Final = Context(prec=15)  # as many as Excel itself shows of a number
_QUOTED: Final = 40


def read(content: bytes) -> ReadFile:
    """Understand each row by itself. For a thread.

    Raises:
        NotAWorkbook, SheetTooLarge: as in ``read_first_sheet``.
        NoItemRows, TooManyRows, ColumnsMissing, ColumnTwice: it is no catalogue.
    """
    numbered = [
        (number, cells)
        for number, cells in enumerate(read_first_sheet(content, rows=_SHEET_ROWS), start=1)
        if any(written(cell) for cell in cells)
    ]
    if not numbered:
        raise NoItemRows
    columns, ignored = _columns(numbered[0][1])
    if len(numbered) == 1:
        raise NoItemRows
    if len(numbered) - 1 > UPLOAD_ROWS:
        raise TooManyRows(limit=f"{UPLOAD_ROWS:,}")
    rows = tuple(_row(number, cells, columns) for number, cells in numbered[1:])
    return ReadFile(rows=rows, ignored=ignored)


def written(cell: Cell) -> str:
    """A cell as a person reads it. Excel keeps every number as a float: 1500.0 is 1500."""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, int | float):
        exact = _DIGITS.create_decimal(Decimal(str(cell)))
        text = f"{exact:f}" if exact.is_finite() else str(exact)
        return text.rstrip("0").rstrip(".") if "." in text else text
    return amounts.trimmed(str(cell))


def _columns(headings: Sequence[Cell]) -> tuple[dict[Column, int], tuple[str, ...]]:
    known = {_squeezed(HEADINGS[column]): column for column in Column}
    known |= {other: column for column, others in _ALSO.items() for other in others}
    found: dict[Column, int] = {}
    ignored: list[str] = []
    for at, heading in enumerate(map(written, headings)):
        column = known.get(_squeezed(heading))
        if column in found:
            raise ColumnTwice(column=heading)
        if column:
            found[column] = at
        elif heading:
            ignored.append(heading[:_QUOTED])
    if missing := [HEADINGS[column] for column in NEEDED if column not in found]:
        raise ColumnsMissing(columns=", ".join(missing))
    return found, tuple(ignored)


def _squeezed(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())


def _row(number: int, cells: Sequence[Cell], columns: dict[Column, int]) -> ReadRow:
    given = {column: cells[at] for column, at in columns.items() if at < len(cells)}
    reader = _Reader(given)
    wish = Wish(
        serial=reader.take(Column.SERIAL, _serial, Problem.SERIAL),
        name=reader.need(Column.NAME, item_facts.name, Problem.NAME_MISSING) or "",
        hsn=reader.take(Column.HSN, item_facts.hsn, Problem.HSN) or "",
        mrp_paise=reader.need(Column.MRP, amounts.amount, Problem.MRP) or 0,
        rate_bps=reader.need(Column.RATE, amounts.percent, Problem.RATE) or 0,
        stock=reader.take(Column.STOCK, item_facts.stock, Problem.STOCK),
        kind=reader.take(Column.KIND, _kind, Problem.KIND),
        is_active=reader.take(Column.IS_ACTIVE, _is_active, Problem.IS_ACTIVE),
    )
    name, faults = written(given[Column.NAME])[:NAME_CHARACTERS], tuple(reader.faults)
    return ReadRow(number=number, name=name, wish=None if faults else wish, faults=faults)


class _Reader:
    """Cells of one row; every fault is noted, so that a person mends all of them at once."""

    def __init__(self, cells: dict[Column, Cell]) -> None:
        self._cells = cells
        self.faults: list[Fault] = []

    def take(self, column: Column, parse: Callable[[str], T], problem: Problem) -> T | None:
        """``None``: blank, or a fault."""
        return self._parsed(column, parse, problem) if self._said(column) else None

    def need(self, column: Column, parse: Callable[[str], T], problem: Problem) -> T | None:
        """As ``take``, but a blank is a fault."""
        return self._parsed(column, parse, problem)

    def _said(self, column: Column) -> str:
        cell = self._cells.get(column, "")
        said = written(cell)
        if column is Column.HSN and isinstance(cell, float) and len(said) % 2:
            return f"0{said}"  # 0901 is the number 901 to Excel; no code has an odd length
        return said

    def _parsed(self, column: Column, parse: Callable[[str], T], problem: Problem) -> T | None:
        said = self._said(column)
        try:
            value = parse(said)
        except (Refusal, ValueError):
            self.faults.append(Fault(problem=_which(problem, said), said=said[:_QUOTED]))
            return None
        if column is Column.RATE and self._is_a_share(value):
            self.faults.append(Fault(problem=Problem.RATE_BELOW_ONE, said=said))
        return value

    def _is_a_share(self, value: object) -> bool:
        """18 % in a cell formatted as percent is kept as the number 0.18."""
        is_number = isinstance(self._cells.get(Column.RATE), float)
        return is_number and isinstance(value, int) and 0 < value < WHOLE // 100


def _which(problem: Problem, said: str) -> Problem:
    too_long = problem is Problem.NAME_MISSING and len(said) > NAME_CHARACTERS
    return Problem.NAME_LONG if too_long else problem


def _serial(said: str) -> int:
    if not (said.isascii() and said.isdigit() and 0 < int(said[:11]) <= MAX_SERIAL):
        raise ValueError(said)
    return int(said)


def _kind(said: str) -> ItemKind:
    word = said.casefold()
    found = next((kind for kind, name in KINDS.items() if word == name), None)
    if found is None:
        raise ValueError(said)
    return found


def _is_active(said: str) -> bool:
    word = said.casefold()
    if word not in (YES, NO):
        raise ValueError(said)
    return word == YES
