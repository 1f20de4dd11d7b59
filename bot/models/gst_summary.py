"""What a period's documents come to, in the tables of GSTR-1.

Which document goes where (form GSTR-1 and its instructions; **unverified**, a tax adviser decides):

- B2B (table 4): the buyer has a GSTIN. One row for each rate of each invoice.
- B2CL (table 5): no GSTIN, another State, and worth more than ``B2CL_ABOVE_PAISE``.
- B2CS (table 7): no GSTIN, all else; sums by place and rate, *less* the credit notes on them.
- CDNR (table 9B): credit notes to buyers with a GSTIN; CDNUR: those on B2CL invoices.
- Exempt (table 8): what was billed at 0 %, less what was credited of it. The bot cannot tell nil
  rated from exempt from outside GST; shipping that the club leaves untaxed is here too.
- HSN (table 12), since May 2025 apart for B2B and B2C: all of it at its codes, less credit notes.
- Advances (tables 11A, 11B): what was paid ahead in the period, less what became of it within it;
  and what invoices got, in the period, of what was paid ahead before. What went back of that stands
  apart, and each voucher too: where the portal wants it, a tax adviser decides.
- Late: credit notes after the 30 November of s. 34 take no tax back, and are in no table but 13.
- Documents (table 13): the numbers used. Cancelled: what has been credited wholly until now.

Documents issued without GST are left out of all but table 13, whose numbers must have no gap: a
seller who is not registered files no GSTR-1, one under composition files GSTR-4. Bills of supply of
a regular seller hold exempt lines only, and so are in table 8. The round-off is no supply and is in
no table but as part of an invoice's value.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.models.credit_notes import CreditNote
from bot.models.exports import Billed, Credited, TakenAhead, UsedAhead
from bot.models.gst_advances import advance_tables, of_totals, voucher_series
from bot.models.gst_tables import (
    ExemptRow,
    GstSummary,
    HsnRow,
    InvoiceRow,
    LateRow,
    Nature,
    NoteRow,
    SeriesRow,
    SmallRow,
    Sums,
    series_rows,
    total,
)
from bot.models.gstin import STATES
from bot.models.invoices import Invoice, InvoiceLine
from bot.models.items import SERVICES_CHAPTER, ItemKind
from bot.models.tax import TaxType

# Notification 12/2024-CT, from 1-Aug-2024; ₹2,50,000 before (unverified).
B2CL_ABOVE_PAISE: Final = 1_00_000_00
PIECES: Final = "PCS-PIECES"
NO_UNIT: Final = "NA"  # of services, whose quantity is told as 0


def summarise(
    billed: Sequence[Billed],
    credited: Sequence[Credited],
    taken: Sequence[TakenAhead] = (),
    used: Sequence[UsedAhead] = (),
) -> GstSummary:
    """Of all documents of a period, in the order of issue.

    ``taken`` and ``used``: what was paid ahead in it, and what became in it of that and of earlier.
    """
    invoices = [each.invoice for each in billed if is_reported(each.invoice)]
    reported = [each for each in credited if is_reported(each.note.invoice)]
    notes = [each for each in reported if not each.note.late_since]
    invoice_rows = [row for each in invoices for row in _invoice_rows(each)]
    note_rows = [row for each in notes for row in _note_rows(each.note)]
    left_out = len(billed) + len(credited) - len(invoices) - len(reported)
    return GstSummary(
        b2b=[row for row in invoice_rows if row.invoice.buyer.gstin],
        b2cl=[row for row in invoice_rows if is_large(row.invoice)],
        b2cs=_small(invoice_rows, note_rows),
        cdnr=[row for row in note_rows if row.note.invoice.buyer.gstin],
        cdnur=[row for row in note_rows if is_large(row.note.invoice)],
        exempt=_exempt(invoices, notes),
        hsn_b2b=_hsn(invoices, notes, is_b2b=True),
        hsn_b2c=_hsn(invoices, notes, is_b2b=False),
        series=[*_series(billed, credited), *voucher_series(taken, used)],
        late=_late(each.note for each in reported),
        advances=advance_tables(taken, used),
        left_out=left_out,
        documents=_documents(invoices, notes),
    )


def is_reported(invoice: Invoice) -> bool:
    return invoice.tax_type is not TaxType.NONE


def _late(notes: Iterable[CreditNote]) -> list[LateRow]:
    return [
        LateRow(note=note, last=last, sums=of_totals(note.totals))
        for note in notes
        if (last := note.late_since)
    ]


def is_large(invoice: Invoice) -> bool:
    """B2CL: to somebody without GSTIN in another State, for more than the limit."""
    is_far = invoice.tax_type is TaxType.INTER and not invoice.buyer.gstin
    return is_far and invoice.totals.total_paise > B2CL_ABOVE_PAISE


def state(code: str) -> str:
    """27 as 27-Maharashtra."""
    return f"{code}-{STATES.get(code, 'Other Territory')}"


def _of_line(line: InvoiceLine) -> Sums:
    taxed = line.taxed
    return Sums(taxed.taxable_paise, taxed.igst_paise, taxed.cgst_paise, taxed.sgst_paise)


def _credited_lines(note: CreditNote) -> Iterator[tuple[int, InvoiceLine, Sums]]:
    """Position, the line as it was billed, and what is taken back of it."""
    for each in note.lines:
        sums = Sums(each.taxable_paise, each.igst_paise, each.cgst_paise, each.sgst_paise)
        yield each.position, note.invoice.lines[each.position - 1], sums


def _by_rate(lines: Iterable[tuple[int, Sums]]) -> list[tuple[int, Sums]]:
    """Summed by rate, the lowest first; without what is not taxed."""
    rates: dict[int, Sums] = {}
    for rate, sums in lines:
        if rate:
            rates[rate] = rates.get(rate, Sums()) + sums
    return sorted(rates.items(), key=lambda each: each[0])


def _invoice_rows(invoice: Invoice) -> list[InvoiceRow]:
    rates = _by_rate((line.rate_bps, _of_line(line)) for line in invoice.lines)
    return [
        InvoiceRow(invoice=invoice, rate_bps=rate, sums=sums, is_first=not number)
        for number, (rate, sums) in enumerate(rates)
    ]


def _note_rows(note: CreditNote) -> list[NoteRow]:
    rates = _by_rate((line.rate_bps, sums) for _, line, sums in _credited_lines(note))
    return [
        NoteRow(note=note, rate_bps=rate, sums=sums, is_first=not number)
        for number, (rate, sums) in enumerate(rates)
    ]


def _small(invoices: Iterable[InvoiceRow], notes: Iterable[NoteRow]) -> list[SmallRow]:
    parts = [(row.invoice, row.rate_bps, row.sums) for row in invoices]
    parts += [(row.note.invoice, row.rate_bps, -row.sums) for row in notes]
    found: dict[tuple[str, int], Sums] = {}
    for invoice, rate, sums in parts:
        if not invoice.buyer.gstin and not is_large(invoice):
            key = (invoice.place_of_supply, rate)
            found[key] = found.get(key, Sums()) + sums
    return [
        SmallRow(place=place, rate_bps=rate, sums=sums)
        for (place, rate), sums in sorted(found.items(), key=lambda each: each[0])
    ]


def _exempt(invoices: Iterable[Invoice], notes: Iterable[Credited]) -> list[ExemptRow]:
    found: Counter[tuple[bool, bool]] = Counter()
    for invoice in invoices:
        lines = [line for line in invoice.lines if not line.rate_bps]
        found[_side(invoice)] += sum(line.taxed.taxable_paise for line in lines)
    for each in notes:
        parts = [part for part in _credited_lines(each.note) if not part[1].rate_bps]
        found[_side(each.note.invoice)] -= sum(sums.taxable_paise for _, _, sums in parts)
    return [
        ExemptRow(is_inter=is_inter, is_registered=is_registered, paise=paise)
        for (is_inter, is_registered), paise in sorted(found.items(), reverse=True)
        if paise
    ]


def _side(invoice: Invoice) -> tuple[bool, bool]:
    return invoice.tax_type is TaxType.INTER, bool(invoice.buyer.gstin)


def _hsn(invoices: Iterable[Invoice], notes: Iterable[Credited], *, is_b2b: bool) -> list[HsnRow]:
    """A credit note takes back pieces where it takes the last of a line."""
    parts = [
        (line, line.quantity, _of_line(line))
        for invoice in invoices
        if bool(invoice.buyer.gstin) is is_b2b
        for line in invoice.lines
    ]
    parts += [
        (line, -line.quantity if position in each.closes else 0, -sums)
        for each in notes
        if bool(each.note.invoice.buyer.gstin) is is_b2b
        for position, line, sums in _credited_lines(each.note)
    ]
    found: dict[tuple[str, str, int], tuple[dict[str, None], int, Sums]] = {}
    for line, quantity, sums in parts:
        key = (line.code, unit(line), line.rate_bps)
        names, pieces, so_far = found.get(key, ({}, 0, Sums()))
        is_counted = key[1] == PIECES and line.kind is not None
        pieces += quantity if is_counted else 0
        found[key] = ({**names, line.name: None}, pieces, so_far + sums)
    return [
        HsnRow(code=code, names=tuple(names), unit=of, rate_bps=rate, quantity=pieces, sums=sums)
        for (code, of, rate), (names, pieces, sums) in sorted(
            found.items(), key=lambda each: each[0]
        )
    ]


def unit(line: InvoiceLine) -> str:
    """Goods are counted; shipping goes with what its code says."""
    if line.kind is None:
        is_goods = bool(line.code) and not line.code.startswith(SERVICES_CHAPTER)
    else:
        is_goods = line.kind is ItemKind.GOODS
    return PIECES if is_goods else NO_UNIT


def _series(billed: Sequence[Billed], credited: Sequence[Credited]) -> list[SeriesRow]:
    cancelled = {each.invoice.number for each in billed if each.is_cancelled}
    invoices = [each.invoice.number for each in billed]
    notes = [each.note.number for each in credited]
    return [
        *series_rows(Nature.INVOICES, invoices, cancelled=cancelled),
        *series_rows(Nature.CREDIT_NOTES, notes),
    ]


def _documents(invoices: Iterable[Invoice], notes: Iterable[Credited]) -> Sums:
    """From the totals of the documents, not from their lines."""
    billed = total(of_totals(each.totals) for each in invoices)
    taken = total(of_totals(each.note.totals) for each in notes)
    return billed + -taken
