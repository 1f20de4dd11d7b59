"""The lines of an invoice, and its tax by code and rate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.platypus import Table

from bot.documents._look import ACCENT, INK, WIDTH, ledger, right
from bot.documents.runs import natural_width
from bot.documents.text import Style, Text
from bot.models.invoices import DocumentKind, Invoice, InvoiceLine
from bot.models.items import ItemKind
from bot.models.tax import TaxType
from bot.texts import paper
from bot.texts.amounts import number

_FITS: Final = (  # size and padding in points; the first that leaves words their room
    *((8.5, 7.0), (8.5, 5.0), (8.0, 4.0), (8.0, 3.0), (7.5, 3.0), (7.0, 2.5)),
    *((6.5, 2.0), (6.0, 2.0), (5.5, 1.5), (5.0, 1.5), (4.5, 1.0)),
)
_WORDS_NEED: Final = (105.0, 160.0)  # points, at least; and beyond these they are broken


@dataclass(frozen=True, slots=True)
class Column:
    """``total`` stands in the last row."""

    heading: str
    cells: Sequence[str]
    total: str = ""
    is_words: bool = False

    def width(self, size: float) -> float:
        """In points: what its longest cell needs, padding apart."""
        plain = max(natural_width(cell, is_bold=False) for cell in self.cells)
        bold = max(natural_width(cell, is_bold=True) for cell in (self.heading, self.total))
        return max(plain, bold) * size + 0.1


def lines_table(invoice: Invoice) -> Table:
    return table(_line_columns(invoice))


def summary_table(invoice: Invoice) -> Table:
    """One row for each code and rate, as returns ask for it."""
    groups: dict[tuple[str, int], list[InvoiceLine]] = {}
    for line in invoice.lines:
        groups.setdefault((line.code, line.rate_bps), []).append(line)
    rows = [groups[key] for key in sorted(groups)]
    codes = [row[0].code or paper.EMPTY for row in rows]
    totals = invoice.totals
    return table(
        [
            Column(paper.CODE, codes, paper.TOTAL, is_words=True),
            money(paper.TAXABLE_VALUE, [_taxable(row) for row in rows], totals.taxable_paise),
            Column(paper.TAX_RATE, [rate(invoice, row[0]) for row in rows]),
            *_taxes(invoice, rows),
            money(
                paper.TOTAL_TAX,
                [sum(line.taxed.tax_paise for line in row) for row in rows],
                totals.cgst_paise + totals.sgst_paise + totals.igst_paise,
            ),
        ]
    )


def _line_columns(invoice: Invoice) -> list[Column]:
    lines = invoice.lines
    discounts = [line.taxed.discount_paise + line.taxed.shared_paise for line in lines]
    columns = [
        Column("#", [str(n) for n in range(1, len(lines) + 1)]),
        Column(paper.DESCRIPTION, [line.name for line in lines], paper.TOTAL, is_words=True),
    ]
    if invoice.kind is not DocumentKind.INVOICE:
        columns.append(Column(paper.CODE, [line.code or paper.EMPTY for line in lines]))
    columns += [
        Column(paper.QUANTITY, [_quantity(line) for line in lines]),
        Column(paper.RATE, [number(line.price_paise) for line in lines]),
    ]
    if any(discounts):
        columns.append(money(paper.DISCOUNT, discounts, sum(discounts)))
    value = paper.TAXABLE if invoice.shows_tax else paper.AMOUNT
    taxable = [line.taxed.taxable_paise for line in lines]
    columns.append(money(value, taxable, invoice.totals.taxable_paise))
    return columns + _tax_columns(invoice) if invoice.shows_tax else columns


def _tax_columns(invoice: Invoice) -> list[Column]:
    lines = invoice.lines
    return [
        Column(paper.TAX, [rate(invoice, line) for line in lines]),
        *_taxes(invoice, [[line] for line in lines]),
        money(
            paper.TOTAL,
            [line.taxed.total_paise for line in lines],
            invoice.totals.before_round_paise,
        ),
    ]


def _taxes(invoice: Invoice, rows: Sequence[Sequence[InvoiceLine]]) -> list[Column]:
    """The Union's half and the State's, or the Union's whole."""
    totals = invoice.totals
    if invoice.tax_type is TaxType.INTRA:
        cgst = [sum(line.taxed.cgst_paise for line in row) for row in rows]
        sgst = [sum(line.taxed.sgst_paise for line in row) for row in rows]
        return [
            money("CGST", cgst, totals.cgst_paise),
            money(invoice.second_half, sgst, totals.sgst_paise),
        ]
    igst = [sum(line.taxed.igst_paise for line in row) for row in rows]
    return [money("IGST", igst, totals.igst_paise)]


def money(heading: str, amounts: Sequence[int], total: int) -> Column:
    return Column(
        heading, [number(paise) if paise else paper.EMPTY for paise in amounts], number(total)
    )


def _taxable(lines: Sequence[InvoiceLine]) -> int:
    return sum(line.taxed.taxable_paise for line in lines)


def _quantity(line: InvoiceLine) -> str:
    return paper.pieces(line.quantity) if line.kind is ItemKind.GOODS else str(line.quantity)


def rate(invoice: Invoice, line: InvoiceLine) -> str:
    is_exempt = invoice.kind is DocumentKind.INVOICE_CUM_BILL and not line.rate_bps
    return paper.tax_rate(line.rate_bps, is_exempt=is_exempt)


def table(columns: Sequence[Column]) -> Table:
    size, padding, widths = _fitted(columns)
    body = Style(size=size, colour=INK)
    strong = replace(body, is_bold=True)
    heading = replace(strong, colour=ACCENT)

    def row(words: Iterable[str], style: Style) -> list[Text]:
        return [
            Text(word, style if column.is_words else right(style))
            for word, column in zip(words, columns, strict=True)
        ]

    cells = [
        row([column.heading for column in columns], heading),
        *(row(words, body) for words in zip(*(column.cells for column in columns), strict=True)),
        row([column.total for column in columns], strong),
    ]
    return ledger(cells, widths, padding)


def _fitted(columns: Sequence[Column]) -> tuple[float, float, list[float]]:
    """Size, padding and widths: figures are never broken, unless nothing else helps."""
    figures = [column for column in columns if not column.is_words]
    (words,) = (column for column in columns if column.is_words)
    least, enough = _WORDS_NEED
    for size, padding in _FITS:
        taken = sum(column.width(size) + 2 * padding for column in figures)
        room = WIDTH - taken
        if room >= max(least, min(words.width(size) + 2 * padding, enough)):
            break
    room = max(room, least)
    widths = [room if one is words else one.width(size) + 2 * padding for one in columns]
    return size, padding, widths
