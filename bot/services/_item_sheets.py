"""Excel files about items: the catalogue, an example to fill in, the verdicts on a file sent."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from bot.models.item_uploads import Column, JudgedRow
from bot.models.items import Item, ItemFacts, ItemKind
from bot.services._item_rows import HEADINGS, KINDS, NO, YES
from bot.services._spreadsheet import Cell, Spreadsheet

_WIDTHS: Final = dict(zip(Column, (8, 36, 12, 12, 8, 8, 10, 8), strict=True))
_COLUMNS: Final = tuple((HEADINGS[column], _WIDTHS[column]) for column in Column)
_EXAMPLE: Final = ItemFacts(
    name="Whey protein 1 kg",
    hsn="21069099",
    mrp_paise=2_499_00,
    rate_bps=500,
    stock=12,
    kind=ItemKind.GOODS,
)


def catalogue(items: Iterable[Item]) -> bytes:
    sheet = Spreadsheet("Items", _COLUMNS)
    sheet.write(_row(item.serial, item) for item in items)
    return sheet.finish()


def template(explained: Sequence[tuple[str, str]]) -> bytes:
    """Headings over one example, and a second sheet that says what goes where."""
    sheet = Spreadsheet("Items", _COLUMNS)
    sheet.write([_row(None, _EXAMPLE)])
    sheet.turn_over("How to fill it in", (("Column", 12), ("What to write", 90)))
    sheet.write(explained)
    return sheet.finish()


def verdicts(rows: Iterable[JudgedRow], say: Callable[[JudgedRow], Sequence[str]]) -> bytes:
    """Each row with what comes of it; ``say`` puts verdict and reason into words."""
    columns = (("Row", 6), ("Serial", 8), ("Name", 36), ("Verdict", 12), ("What and why", 90))
    sheet = Spreadsheet("Rows", columns)
    sheet.write((each.row.number, _serial(each), each.row.name, *say(each)) for each in rows)
    return sheet.finish()


def _row(serial: int | None, facts: ItemFacts) -> tuple[Cell, ...]:
    return (
        serial,
        facts.name,
        facts.hsn,
        _hundredths(facts.mrp_paise),
        _hundredths(facts.rate_bps),
        facts.stock,
        KINDS[facts.kind],
        YES if facts.is_active else NO,
    )


def _hundredths(count: int) -> Decimal:
    return Decimal(count).scaleb(-2)


def _serial(each: JudgedRow) -> int | None:
    if each.was:
        return each.was.serial
    return each.row.wish.serial if each.row.wish else None
