"""What is paid ahead, with the tax within: on receipt vouchers and on refund vouchers."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Table

from bot.documents._lines import Column, money, table
from bot.models.advances import Advance
from bot.models.tax import TaxType, Totals
from bot.texts import paper
from bot.texts.amounts import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``totals``: so much of that advance."""

    description: str
    advance: Advance
    totals: Totals


def advances_table(heading: str, rows: Sequence[Row]) -> Table:
    """Each at the rate at which it was taxed when it came; the amounts hold their tax."""
    of = [row.totals for row in rows]
    return table(
        [
            Column(heading, [row.description for row in rows], paper.TOTAL, is_words=True),
            Column(paper.CODE, [row.advance.code or paper.EMPTY for row in rows]),
            _sum(paper.TAXABLE, [each.taxable_paise for each in of]),
            Column(paper.TAX_RATE, [percent(row.advance.rate_bps) for row in rows]),
            *_heads(rows),
            _sum(paper.AMOUNT, [each.total_paise for each in of]),
        ]
    )


def _heads(rows: Sequence[Row]) -> list[Column]:
    """Both halves, or the whole; on a refund of several advances there may be all three."""
    of, halved = [row.totals for row in rows], _first(rows, TaxType.INTRA)
    columns = []
    if halved:
        columns.append(_sum("CGST", [each.cgst_paise for each in of]))
        columns.append(_sum(halved.advance.second_half, [each.sgst_paise for each in of]))
    if _first(rows, TaxType.INTER):
        columns.append(_sum("IGST", [each.igst_paise for each in of]))
    return columns


def _first(rows: Sequence[Row], tax_type: TaxType) -> Row | None:
    return next((row for row in rows if row.advance.tax_type is tax_type), None)


def _sum(heading: str, amounts: Sequence[int]) -> Column:
    return money(heading, amounts, sum(amounts))
