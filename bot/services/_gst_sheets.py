"""The Excel file of a period's GST, sheet by sheet like GSTR-1. For a thread, not the loop."""

from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.gst_summary import state
from bot.models.gst_tables import (
    ExemptRow,
    GstSummary,
    HsnRow,
    InvoiceRow,
    NoteRow,
    SeriesRow,
    SmallRow,
    total,
)
from bot.services._advance_sheets import write_advances, write_late
from bot.services._money_cells import blank, day, percent, taxes, together
from bot.services._spreadsheet import Cell, Rupees, Spreadsheet

_NO: Final = "N"  # reverse charge
_TAXES: Final = (("Taxable", 13), ("IGST", 11), ("CGST", 11), ("SGST/UTGST", 11))
_PLACE: Final = ("Place of supply", 24)
_SUMMARY: Final = (("Table", 44), *_TAXES, ("Together", 13))
_B2B: Final = (
    *(("GSTIN", 18), ("Receiver", 28), ("Invoice number", 18), ("Invoice date", 12)),
    *(("Invoice value", 13), _PLACE, ("Reverse charge", 8), ("Invoice type", 14), ("Rate %", 8)),
    *_TAXES,
)
_B2CL: Final = (
    *(("Invoice number", 18), ("Invoice date", 12), ("Invoice value", 13), _PLACE, ("Rate %", 8)),
    *_TAXES,
)
_B2CS: Final = (("Type", 6), _PLACE, ("Rate %", 8), *_TAXES)
_CDNR: Final = (
    *(("GSTIN", 18), ("Receiver", 28), ("Note number", 18), ("Note date", 12), ("Note type", 6)),
    *(_PLACE, ("Reverse charge", 8), ("Note value", 13), ("Invoice number", 18)),
    *(("Invoice date", 12), ("Rate %", 8)),
    *_TAXES,
)
_CDNUR: Final = (
    *(("UR type", 8), ("Note number", 18), ("Note date", 12), ("Note type", 6), _PLACE),
    *(("Note value", 13), ("Invoice number", 18), ("Invoice date", 12), ("Rate %", 8)),
    *_TAXES,
)
_EXEMPT: Final = (("Supplies at 0 %", 48), ("Nil rated or exempt", 18))
_HSN: Final = (
    *(("HSN/SAC", 10), ("Description", 44), ("UQC", 12), ("Quantity", 9), ("Total value", 13)),
    ("Rate %", 8),
    *_TAXES,
)
_SERIES: Final = (
    *(("Nature of document", 30), ("From", 18), ("To", 18), ("Total number", 12)),
    *(("Cancelled", 10), ("Net issued", 10)),
)
_SAID: Final = {
    "B2B": "B2B: to buyers with a GSTIN",
    "B2CL": "B2CL: large, to other States",
    "B2CS": "B2CS: all other, less credit notes",
    "CDNR": "CDNR: credit notes on B2B",
    "CDNUR": "CDNUR: credit notes on B2CL",
    "Exempt": "Exempt and nil rated, less credit notes",
}


def gst(summary: GstSummary, zone: ZoneInfo) -> bytes:
    sheet = Spreadsheet("Summary", _SUMMARY)
    _write_summary(sheet, summary)
    sheet.turn_over("B2B", _B2B)
    sheet.write(_b2b(row, zone) for row in summary.b2b)
    sheet.write_total(("Total", *blank(3), _value(summary.b2b), *blank(4), *_of(summary.b2b)))
    sheet.turn_over("B2CL", _B2CL)
    sheet.write(_b2cl(row, zone) for row in summary.b2cl)
    sheet.write_total(("Total", None, _value(summary.b2cl), *blank(2), *_of(summary.b2cl)))
    sheet.turn_over("B2CS", _B2CS)
    sheet.write(_b2cs(row) for row in summary.b2cs)
    sheet.write_total(("Total", *blank(2), *_of(summary.b2cs)))
    sheet.turn_over("CDNR", _CDNR)
    sheet.write(_cdnr(row, zone) for row in summary.cdnr)
    sheet.write_total(
        ("Total", *blank(6), _value_of_notes(summary.cdnr), *blank(3), *_of(summary.cdnr))
    )
    sheet.turn_over("CDNUR", _CDNUR)
    sheet.write(_cdnur(row, zone) for row in summary.cdnur)
    sheet.write_total(
        ("Total", *blank(4), _value_of_notes(summary.cdnur), *blank(3), *_of(summary.cdnur))
    )
    sheet.turn_over("Exempt", _EXEMPT)
    sheet.write(_exempt(row) for row in summary.exempt)
    sheet.write_total(("Total", Rupees(sum(row.paise for row in summary.exempt))))
    for title, rows in (("HSN (B2B)", summary.hsn_b2b), ("HSN (B2C)", summary.hsn_b2c)):
        sheet.turn_over(title, _HSN)
        sheet.write(_hsn(row) for row in rows)
        value = Rupees(total(row.sums for row in rows).value_paise)
        sheet.write_total(("Total", *blank(3), value, None, *_of(rows)))
    write_advances(sheet, summary.advances, zone)
    write_late(sheet, summary.late, zone)
    sheet.turn_over("Documents", _SERIES)
    sheet.write(_series(row) for row in summary.series)
    return sheet.finish()


def _write_summary(sheet: Spreadsheet, summary: GstSummary) -> None:
    """Two by two, the totals are the same, or something is wrong with us."""
    tables = summary.tables
    sheet.write((_SAID[name], *together(sums)) for name, sums in tables.items())
    sheet.write_total(("All tables together", *together(total(tables.values()))))
    sheet.write_total(("Invoices less credit notes", *together(summary.documents)))
    ahead = summary.advances
    if ahead.received or ahead.adjusted or ahead.back:
        sheet.write_total(("Advances: 11A less 11B and given back", *together(ahead.together)))
        sheet.write_total(("Receipt vouchers less what became of any", *together(ahead.documents)))
    if summary.late:
        late = total(row.sums for row in summary.late)
        sheet.write([("Credit notes too late for tax, not deducted", *together(late))])
    if summary.left_out:
        sheet.write([("Documents issued without GST, left out", summary.left_out)])


def _b2b(row: InvoiceRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    invoice = row.invoice
    return (
        *(invoice.buyer.gstin, invoice.buyer.name, invoice.number, day(invoice.issued_at, zone)),
        *(Rupees(invoice.totals.total_paise), state(invoice.place_of_supply), _NO, "Regular B2B"),
        *(percent(row.rate_bps), *taxes(row.sums)),
    )


def _b2cl(row: InvoiceRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    invoice = row.invoice
    return (
        *(invoice.number, day(invoice.issued_at, zone), Rupees(invoice.totals.total_paise)),
        *(state(invoice.place_of_supply), percent(row.rate_bps), *taxes(row.sums)),
    )


def _b2cs(row: SmallRow) -> tuple[Cell, ...]:
    return ("OE", state(row.place), percent(row.rate_bps), *taxes(row.sums))


def _cdnr(row: NoteRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    note, invoice = row.note, row.note.invoice
    return (
        *(invoice.buyer.gstin, invoice.buyer.name, note.number, day(note.issued_at, zone), "C"),
        *(state(invoice.place_of_supply), _NO, Rupees(note.totals.total_paise)),
        *(invoice.number, day(invoice.issued_at, zone), percent(row.rate_bps), *taxes(row.sums)),
    )


def _cdnur(row: NoteRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    note, invoice = row.note, row.note.invoice
    return (
        *("B2CL", note.number, day(note.issued_at, zone), "C", state(invoice.place_of_supply)),
        *(Rupees(note.totals.total_paise), invoice.number, day(invoice.issued_at, zone)),
        *(percent(row.rate_bps), *taxes(row.sums)),
    )


def _exempt(row: ExemptRow) -> tuple[Cell, ...]:
    where = "Inter-State" if row.is_inter else "Intra-State"
    whom = "registered" if row.is_registered else "unregistered"
    return f"{where} supplies to {whom} persons", Rupees(row.paise)


def _hsn(row: HsnRow) -> tuple[Cell, ...]:
    return (
        *(row.code, ", ".join(row.names), row.unit, row.quantity, Rupees(row.sums.value_paise)),
        *(percent(row.rate_bps), *taxes(row.sums)),
    )


def _series(row: SeriesRow) -> tuple[Cell, ...]:
    return (
        row.nature.value,
        row.first,
        row.last,
        row.total,
        row.cancelled,
        row.total - row.cancelled,
    )


def _of(rows: Iterable[InvoiceRow | NoteRow | SmallRow | HsnRow]) -> tuple[Cell, ...]:
    return taxes(total(row.sums for row in rows))


def _value(rows: Sequence[InvoiceRow]) -> Rupees:
    """Each document once."""
    return Rupees(sum(row.invoice.totals.total_paise for row in rows if row.is_first))


def _value_of_notes(rows: Sequence[NoteRow]) -> Rupees:
    return Rupees(sum(row.note.totals.total_paise for row in rows if row.is_first))
