"""GST of a document, line by line, in whole paise (design note «Money», section 2).

Rates and discounts are in basis points: 500 is 5 %. Both halves of a tax within one State are
always equal: the half is rounded, the tax is twice the half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.models.money import half_up, round_off, share

WHOLE: Final = 10_000  # basis points in 100 %


class TaxType(StrEnum):
    """Who taxes a supply; stored."""

    INTRA = "intra"  # the State's half and the Union's: CGST with SGST, or UTGST
    INTER = "inter"  # the Union: IGST
    NONE = "none"  # a seller who is not registered, or under composition


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """One line before tax. ``price_paise`` is of one piece."""

    quantity: int
    price_paise: int
    rate_bps: int
    discount_bps: int = 0

    @property
    def base_paise(self) -> int:
        return self.quantity * self.price_paise

    @property
    def discount_paise(self) -> int:
        return half_up(self.base_paise * self.discount_bps, WHOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxed:
    """One line with its tax; ``shared_paise`` is its part of a discount on the whole bill."""

    base_paise: int
    discount_paise: int
    shared_paise: int
    taxable_paise: int
    rate_bps: int
    cgst_paise: int
    sgst_paise: int  # UTGST in a Union territory
    igst_paise: int

    @property
    def tax_paise(self) -> int:
        return self.cgst_paise + self.sgst_paise + self.igst_paise

    @property
    def total_paise(self) -> int:
        return self.taxable_paise + self.tax_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Of a document: sums of its lines, and what makes it whole rupees."""

    taxable_paise: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int
    round_off_paise: int

    @property
    def before_round_paise(self) -> int:
        return self.taxable_paise + self.cgst_paise + self.sgst_paise + self.igst_paise

    @property
    def total_paise(self) -> int:
        return self.before_round_paise + self.round_off_paise


def tax_lines(
    lines: Sequence[Priced], tax: TaxType, *, inclusive: bool, bill_discount_paise: int = 0
) -> list[Taxed]:
    """Tax each line; a discount on the whole bill is shared over the lines by their net value.

    ``inclusive``: the prices hold their tax already. Discounts come off before tax.

    Raises:
        ValueError: the discount is larger than what it comes off.
    """
    nets = [line.base_paise - line.discount_paise for line in lines]
    if not 0 <= bill_discount_paise <= sum(nets):
        raise ValueError("a discount larger than the bill")
    shares = share(bill_discount_paise, nets)
    return [
        _taxed(line, net, shared, tax, inclusive=inclusive)
        for line, net, shared in zip(lines, nets, shares, strict=True)
    ]


def totals(lines: Sequence[Taxed], *, rounded: bool) -> Totals:
    """``rounded``: to the rupee, by a line of its own outside the taxable value."""
    before = sum(line.total_paise for line in lines)
    return Totals(
        taxable_paise=sum(line.taxable_paise for line in lines),
        cgst_paise=sum(line.cgst_paise for line in lines),
        sgst_paise=sum(line.sgst_paise for line in lines),
        igst_paise=sum(line.igst_paise for line in lines),
        round_off_paise=round_off(before) if rounded else 0,
    )


def _taxed(line: Priced, net: int, shared: int, tax: TaxType, *, inclusive: bool) -> Taxed:
    net -= shared
    rate = line.rate_bps if tax is not TaxType.NONE else 0
    divisor = WHOLE + rate if inclusive else WHOLE
    half = half_up(net * rate, 2 * divisor) if tax is TaxType.INTRA else 0
    whole = half_up(net * rate, divisor) if tax is TaxType.INTER else 0
    return Taxed(
        base_paise=line.base_paise,
        discount_paise=line.discount_paise,
        shared_paise=shared,
        taxable_paise=net - 2 * half - whole if inclusive else net,
        rate_bps=rate,
        cgst_paise=half,
        sgst_paise=half,
        igst_paise=whole,
    )
