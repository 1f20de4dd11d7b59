"""A credit note as a PDF: what Rule 53 asks for."""

from reportlab.platypus import Flowable, Spacer, Table

from bot.documents._foot import credit_note_sums, signed
from bot.documents._head import credit_note_head
from bot.documents._lines import Column, money, rate, table
from bot.documents._look import GAP, HEADING, PLAIN, QUIET, texts
from bot.documents._pages import drawn
from bot.models.credit_notes import CreditNote
from bot.models.invoices import DocumentKind, InvoiceLine
from bot.models.tax import TaxType
from bot.texts import paper


def credit_note_pdf(note: CreditNote) -> bytes:
    """The same bytes for the same note. It computes for a while: call it in a thread."""
    return drawn(
        lambda: _story(note),
        title=f"{paper.CREDIT_NOTE} {note.number}",
        footer=note.number,
        author=note.invoice.seller.legal_name,
    )


def _story(note: CreditNote) -> list[Flowable]:
    return [
        *credit_note_head(note),
        _lines(note),
        Spacer(0, GAP / 2),
        credit_note_sums(note),
        Spacer(0, GAP),
        *texts(HEADING, paper.REASON),
        *texts(PLAIN, note.reason),
        *texts(QUIET, paper.too_late(note.late_since) if note.late_since else None),
        Spacer(0, GAP),
        *signed(note.invoice.seller.legal_name),
    ]


def _lines(note: CreditNote) -> Table:
    """Each at the rate at which it was billed."""
    invoice, totals = note.invoice, note.totals
    billed = [invoice.lines[each.position - 1] for each in note.lines]
    columns = [
        Column("#", [str(n) for n in range(1, len(billed) + 1)]),
        Column(paper.DESCRIPTION, [line.name for line in billed], paper.TOTAL, is_words=True),
    ]
    if invoice.kind is not DocumentKind.INVOICE:
        columns.append(Column(paper.CODE, [line.code or paper.EMPTY for line in billed]))
    value = paper.TAXABLE if invoice.shows_tax else paper.AMOUNT
    columns.append(money(value, [each.taxable_paise for each in note.lines], totals.taxable_paise))
    return table([*columns, *_taxes(note, billed)] if invoice.shows_tax else columns)


def _taxes(note: CreditNote, billed: list[InvoiceLine]) -> list[Column]:
    invoice, totals, lines = note.invoice, note.totals, note.lines
    if invoice.tax_type is TaxType.INTRA:
        heads = [
            money("CGST", [each.cgst_paise for each in lines], totals.cgst_paise),
            money(invoice.second_half, [each.sgst_paise for each in lines], totals.sgst_paise),
        ]
    else:
        heads = [money("IGST", [each.igst_paise for each in lines], totals.igst_paise)]
    return [
        Column(paper.TAX, [rate(invoice, line) for line in billed]),
        *heads,
        money(paper.TOTAL, [each.total_paise for each in lines], totals.before_round_paise),
    ]
