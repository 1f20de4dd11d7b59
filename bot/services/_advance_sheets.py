"""Sheets of a period's GST beside its supplies: what was paid ahead, credit notes too late."""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.exports import AheadUse, UsedAhead
from bot.models.gst_advances import of_totals
from bot.models.gst_summary import state
from bot.models.gst_tables import AdvanceRow, AdvanceTables, LateRow, Sums, total
from bot.models.tax import TaxType
from bot.services._money_cells import blank, day, percent, taxes, together
from bot.services._spreadsheet import Cell, Rupees, Spreadsheet

_HEADS: Final = (("IGST", 11), ("CGST", 11), ("SGST/UTGST", 11))
_PLACED: Final = (("Supply", 12), ("Place of supply", 24), ("Rate %", 8))
_ADVANCES: Final = (*_PLACED, ("Gross advance", 14), ("Taxable", 13), *_HEADS)
_RETURNED: Final = (
    *(("Document", 18), ("Date", 12), ("What", 24), ("Receipt voucher", 18), ("Its date", 12)),
    *(("Payer", 28), *_PLACED, ("Gross amount", 14), ("Taxable", 13), *_HEADS),
)
_LATE: Final = (
    *(("Note number", 18), ("Note date", 12), ("Receiver", 28), ("Invoice number", 18)),
    *(("Date of supply", 12), ("Last day for tax", 12), ("Taxable", 13), *_HEADS),
    ("Together", 13),
)
_WHAT: Final = {
    AheadUse.REFUNDED: "Refund voucher",
    AheadUse.VOID: "Payment booked back",
}


def write_advances(sheet: Spreadsheet, tables: AdvanceTables, zone: ZoneInfo) -> None:
    for title, rows in (
        ("Advances (11A)", tables.received),
        ("Adjusted (11B)", tables.adjusted),
        ("Earlier, given back", tables.back),
    ):
        sheet.turn_over(title, _ADVANCES)
        sheet.write(_advance(row) for row in rows)
        sheet.write_total(("Total", *blank(2), *_gross(total(row.sums for row in rows))))
    sheet.turn_over("Refund vouchers", _RETURNED)
    sheet.write(_returned(each, zone) for each in tables.returned)
    sums = total(of_totals(each.totals) for each in tables.returned)
    sheet.write_total(("Total", *blank(8), *_gross(sums)))


def write_late(sheet: Spreadsheet, rows: Iterable[LateRow], zone: ZoneInfo) -> None:
    """Credit notes that take no tax back any more."""
    rows = list(rows)
    sheet.turn_over("Late notes", _LATE)
    sheet.write(_late(row, zone) for row in rows)
    sheet.write_total(("Total", *blank(5), *together(total(row.sums for row in rows))))


def _advance(row: AdvanceRow) -> tuple[Cell, ...]:
    placed = (_supply(is_inter=row.is_inter), state(row.place), percent(row.rate_bps))
    return *placed, *_gross(row.sums)


def _returned(each: UsedAhead, zone: ZoneInfo) -> tuple[Cell, ...]:
    advance = each.advance
    return (
        *(each.number, day(each.at, zone), _WHAT[each.use], each.receipt),
        *(day(each.received_at, zone), each.payer_name),
        *(_supply(is_inter=advance.tax_type is TaxType.INTER), state(advance.place_of_supply)),
        *(percent(advance.rate_bps), *_gross(of_totals(each.totals))),
    )


def _late(row: LateRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    note, invoice = row.note, row.note.invoice
    return (
        *(note.number, day(note.issued_at, zone), invoice.buyer.name, invoice.number),
        *(invoice.supplied_on, row.last, *together(row.sums)),
    )


def _supply(*, is_inter: bool) -> str:
    return "Inter-State" if is_inter else "Intra-State"


def _gross(sums: Sums) -> tuple[Cell, ...]:
    return Rupees(sums.value_paise), *taxes(sums)
