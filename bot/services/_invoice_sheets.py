"""The Excel file of a period's invoices and credit notes. For a thread, not the loop."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.exports import Billed, Credited
from bot.models.gst_summary import state
from bot.models.invoices import DocumentKind, Invoice
from bot.models.tax import TaxType, Totals
from bot.services._money_cells import blank, day, percent
from bot.services._spreadsheet import Cell, Rupees, Spreadsheet

_KINDS: Final = {
    DocumentKind.TAX_INVOICE: "Tax invoice",
    DocumentKind.BILL_OF_SUPPLY: "Bill of supply",
    DocumentKind.INVOICE_CUM_BILL: "Invoice-cum-bill of supply",
    DocumentKind.INVOICE: "Invoice",
}
_AMOUNTS: Final = (
    *(("Taxable", 13), ("CGST", 11), ("SGST/UTGST", 11), ("IGST", 11), ("Round-off", 10)),
    ("Total", 13),
)
_INVOICES: Final = (
    *(("Number", 18), ("Date", 12), ("Kind", 16), ("Buyer", 28), ("GSTIN", 18)),
    *(("Place of supply", 20), ("Tax", 14)),
    *_AMOUNTS,
    *(("Credited", 12), ("Paid", 12), ("Due", 12), ("Due date", 12), ("State", 12)),
)
_LINES: Final = (
    *(("Number", 18), ("Date", 12), ("Buyer", 28), ("Line", 6), ("Description", 32)),
    *(("HSN/SAC", 10), ("Quantity", 9), ("Price", 12), ("Discount %", 10), ("Discount", 11)),
    *(("Taxable", 13), ("GST %", 8), ("CGST", 11), ("SGST/UTGST", 11), ("IGST", 11), ("Total", 13)),
)
_NOTES: Final = (
    *(("Number", 18), ("Date", 12), ("Invoice", 18), ("Invoice date", 12), ("Buyer", 28)),
    *(("GSTIN", 18), ("Place of supply", 20), ("Reason", 36)),
    *_AMOUNTS,
)


def invoices(
    billed: Sequence[Billed], credited: Sequence[Credited], zone: ZoneInfo, today: date
) -> bytes:
    """Documents as they stand ``today``, their lines, and the credit notes of the same period."""
    sheet = Spreadsheet("Invoices", _INVOICES)
    sheet.write(_invoice(each, zone, today) for each in billed)
    sums = [each.invoice.totals for each in billed]
    left = (each.credited_paise for each in billed), (each.paid_paise for each in billed)
    due = sum(each.due_paise for each in billed)
    sheet.write_total(
        ("Total", *blank(6), *_sum(sums), *(Rupees(sum(part)) for part in left), Rupees(due))
    )
    sheet.turn_over("Lines", _LINES)
    sheet.write(row for each in billed for row in _lines(each.invoice, zone))
    lines = [line.taxed for each in billed for line in each.invoice.lines]
    sheet.write_total(
        (
            *("Total", *blank(8), Rupees(sum(line.discount_paise for line in lines))),
            *(Rupees(sum(line.taxable_paise for line in lines)), None),
            Rupees(sum(line.cgst_paise for line in lines)),
            Rupees(sum(line.sgst_paise for line in lines)),
            Rupees(sum(line.igst_paise for line in lines)),
            Rupees(sum(line.total_paise for line in lines)),
        )
    )
    sheet.turn_over("Credit notes", _NOTES)
    sheet.write(_note(each, zone) for each in credited)
    sheet.write_total(("Total", *blank(7), *_sum([each.note.totals for each in credited])))
    return sheet.finish()


def _invoice(each: Billed, zone: ZoneInfo, today: date) -> tuple[Cell, ...]:
    invoice = each.invoice
    return (
        *(invoice.number, day(invoice.issued_at, zone), _KINDS[invoice.kind], invoice.buyer.name),
        *(invoice.buyer.gstin, state(invoice.place_of_supply), _tax(invoice)),
        *_money(invoice.totals),
        *(Rupees(each.credited_paise), Rupees(each.paid_paise), Rupees(each.due_paise)),
        *(invoice.due_on, each.balance.state(today).value),
    )


def _tax(invoice: Invoice) -> str:
    if invoice.tax_type is TaxType.INTER:
        return "IGST"
    return f"CGST + {invoice.second_half}" if invoice.tax_type is TaxType.INTRA else "None"


def _lines(invoice: Invoice, zone: ZoneInfo) -> list[tuple[Cell, ...]]:
    issued_on = day(invoice.issued_at, zone)
    return [
        (
            *(invoice.number, issued_on, invoice.buyer.name, position, line.name, line.code),
            *(line.quantity, Rupees(line.price_paise), percent(line.discount_bps)),
            *(Rupees(line.taxed.discount_paise + line.taxed.shared_paise),),
            *(Rupees(line.taxed.taxable_paise), percent(line.rate_bps)),
            *(Rupees(line.taxed.cgst_paise), Rupees(line.taxed.sgst_paise)),
            *(Rupees(line.taxed.igst_paise), Rupees(line.taxed.total_paise)),
        )
        for position, line in enumerate(invoice.lines, 1)
    ]


def _note(each: Credited, zone: ZoneInfo) -> tuple[Cell, ...]:
    note, invoice = each.note, each.note.invoice
    return (
        *(note.number, day(note.issued_at, zone), invoice.number, day(invoice.issued_at, zone)),
        *(invoice.buyer.name, invoice.buyer.gstin, state(invoice.place_of_supply), note.reason),
        *_money(note.totals),
    )


def _money(totals: Totals) -> tuple[Cell, ...]:
    return (
        *(Rupees(totals.taxable_paise), Rupees(totals.cgst_paise), Rupees(totals.sgst_paise)),
        *(Rupees(totals.igst_paise), Rupees(totals.round_off_paise), Rupees(totals.total_paise)),
    )


def _sum(all_totals: Sequence[Totals]) -> tuple[Cell, ...]:
    return (
        Rupees(sum(each.taxable_paise for each in all_totals)),
        Rupees(sum(each.cgst_paise for each in all_totals)),
        Rupees(sum(each.sgst_paise for each in all_totals)),
        Rupees(sum(each.igst_paise for each in all_totals)),
        Rupees(sum(each.round_off_paise for each in all_totals)),
        Rupees(sum(each.total_paise for each in all_totals)),
    )
