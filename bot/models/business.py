"""The club as a business: what stands at the head of its invoices, and how they are taxed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.models.gstin import UNION_TERRITORIES

PREFIX_CHARACTERS: Final = 3  # so that PREFIX/26-27/000001 has 16 characters, the most by law
FITNESS_SAC: Final = "999723"


class GstScheme(StrEnum):
    """How the business stands to GST; stored."""

    UNREGISTERED = "unregistered"  # no tax, and no document may be called a tax invoice
    REGULAR = "regular"
    COMPOSITION = "composition"  # bills of supply, no tax shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """As it is set now. What was issued keeps a copy of its own: changing this changes nothing."""

    legal_name: str
    trade_name: str
    address: str
    state_code: str  # two digits, as in a GSTIN
    gstin: str | None
    scheme: GstScheme
    is_gst_on: bool  # a registered business may turn it off; then it bills like an unregistered one
    prices_inclusive: bool
    default_rate_bps: int  # of what has no rate of its own
    service_sac: str
    taxes_shipping: bool
    is_rounded: bool  # totals, to the rupee
    upi_id: str | None
    bank_details: str
    logo_file_id: str | None
    invoice_prefix: str
    terms: str
    due_days: int
    credits_overpayment: bool  # else what is paid beyond the bill is refused

    @property
    def charges_gst(self) -> bool:
        return self.scheme is GstScheme.REGULAR and self.is_gst_on

    @property
    def second_half(self) -> str:
        """The name of the State's half of the tax."""
        return "UTGST" if self.state_code in UNION_TERRITORIES else "SGST"
