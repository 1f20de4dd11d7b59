"""Money that is paid ahead, by nobody's invoice: its tax when it came, and when it goes.

CGST Rule 50: whoever is registered taxes an advance when it is received, and gives a receipt
voucher. What it is for may be open: then the rate is 18 %, and it counts as inter-State. Rule 51:
what goes back although nothing was supplied, goes back by a refund voucher.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.models.business import Business
from bot.models.gstin import second_half
from bot.models.items import ItemKind
from bot.models.tax import Priced, TaxType, Totals, tax_lines, totals

OPEN_RATE_BPS: Final = 1_800  # the rate, where it cannot be told yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What of a payment no invoice got when it was booked; its tax is within.

    ``kind`` and ``code``: ``None`` and empty as long as it is open what it is for.
    """

    kind: ItemKind | None
    code: str
    place_of_supply: str  # a State's code
    tax_type: TaxType
    rate_bps: int
    totals: Totals

    @property
    def second_half(self) -> str:
        """The name of the State's half of the tax."""
        return second_half(self.place_of_supply)

    def part(self, paise: int, *, used_paise: int) -> Totals:
        """The tax of so much more of it, once ``used_paise`` are gone; all parts make the whole.

        Of a single paisa the taxable value may be below zero: the halves are equal first.
        """
        before, after = (
            _within(each, self.tax_type, self.rate_bps) for each in (used_paise, used_paise + paise)
        )
        return Totals(
            taxable_paise=after.taxable_paise - before.taxable_paise,
            cgst_paise=after.cgst_paise - before.cgst_paise,
            sgst_paise=after.sgst_paise - before.sgst_paise,
            igst_paise=after.igst_paise - before.igst_paise,
            round_off_paise=0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAdvance:
    """An advance as it stands; ``unused_paise``: what is left of its whole payment."""

    advance: Advance
    used_paise: int
    unused_paise: int

    @property
    def left_paise(self) -> int:
        return self.advance.totals.total_paise - self.used_paise

    def adjusted(self, paise: int) -> int:
        """What an invoice that takes so much of the payment takes of the advance: that first."""
        return min(self.left_paise, paise)

    def refunded(self, paise: int) -> int:
        """What goes back of it with so much of the payment: what a credit note freed goes first.

        For that the credit note is the document.
        """
        return max(0, paise - (self.unused_paise - self.left_paise))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceUse:
    """So much of an advance that an invoice got, or that went back; exactly one is set."""

    payment_id: int
    totals: Totals
    allocation_id: int | None = None
    refund_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundedAdvance:
    """What a refund voucher says of one receipt voucher; ``totals`` of what goes back."""

    number: str
    received_at: datetime
    purpose: str
    advance: Advance
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A refund voucher as a payment's card names it."""

    refund_id: int
    number: str


def advance_of(
    paise: int, seller: Business, *, rate_bps: int, for_fitness: bool = False
) -> Advance | None:
    """``None``: it is not taxed.

    ``rate_bps``: of the club's own services on that day. ``for_fitness``: it is for them, even if
    the club does not say so of all advances.
    """
    if not seller.charges_gst or paise <= 0:
        return None
    is_known = for_fitness or seller.advances_are_fitness
    rate_bps = rate_bps if is_known else OPEN_RATE_BPS
    tax_type = TaxType.INTRA if is_known else TaxType.INTER
    return Advance(
        kind=ItemKind.FITNESS if is_known else None,
        code=seller.service_sac if is_known else "",
        place_of_supply=seller.state_code,
        tax_type=tax_type,
        rate_bps=rate_bps,
        totals=_within(paise, tax_type, rate_bps),
    )


def _within(paise: int, tax_type: TaxType, rate_bps: int) -> Totals:
    priced = Priced(quantity=1, price_paise=paise, rate_bps=rate_bps)
    return totals(tax_lines([priced], tax_type, inclusive=True), rounded=False)
