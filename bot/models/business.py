"""The club as a business: what stands at the head of its invoices, and how they are taxed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.models.gstin import second_half

PREFIX_CHARACTERS: Final = 3  # so that PREFIX/26-27/000001 has 16 characters, the most by law
# Of credit notes, receipts, refunds, refund vouchers, rewards and those taken back; and CNA …
RESERVED_PREFIXES: Final = {"CN", "RC", "RF", "RV", "RW", "RT"}
FITNESS_SAC: Final = "999723"


class GstScheme(StrEnum):
    """How the business stands to GST; stored."""

    UNREGISTERED = "unregistered"  # no tax, and no document may be called a tax invoice
    REGULAR = "regular"
    COMPOSITION = "composition"  # bills of supply, no tax shown


class BusinessSetting(StrEnum):
    """A fact that admins may change; the value is the field of ``Business``, and its column."""

    LEGAL_NAME = "legal_name"
    TRADE_NAME = "trade_name"
    ADDRESS = "address"
    STATE_CODE = "state_code"
    GSTIN = "gstin"
    SCHEME = "scheme"
    IS_GST_ON = "is_gst_on"
    PRICES_INCLUSIVE = "prices_inclusive"
    DEFAULT_RATE_BPS = "default_rate_bps"
    SERVICE_SAC = "service_sac"
    TAXES_SHIPPING = "taxes_shipping"
    IS_ROUNDED = "is_rounded"
    UPI_ID = "upi_id"
    BANK_DETAILS = "bank_details"
    LOGO_FILE_ID = "logo_file_id"
    INVOICE_PREFIX = "invoice_prefix"
    TERMS = "terms"
    DUE_DAYS = "due_days"
    CREDITS_OVERPAYMENT = "credits_overpayment"
    ADVANCES_ARE_FITNESS = "advances_are_fitness"


Value = str | int | bool | None  # of a setting
# What may be left out, and what stands for that.
EMPTY: Final[dict[BusinessSetting, str | None]] = {
    BusinessSetting.ADDRESS: "",
    BusinessSetting.GSTIN: None,
    BusinessSetting.UPI_ID: None,
    BusinessSetting.BANK_DETAILS: "",
    BusinessSetting.LOGO_FILE_ID: None,
    BusinessSetting.TERMS: "",
}


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
    advances_are_fitness: bool = False  # for services at the club; else open: 18 %, inter-State

    @property
    def charges_gst(self) -> bool:
        return self.scheme is GstScheme.REGULAR and self.is_gst_on

    @property
    def asks_what_for(self) -> bool:
        """An advance is taxed by what it is for, and that is not the same for all."""
        return self.charges_gst and not self.advances_are_fitness

    @property
    def second_half(self) -> str:
        """The name of the State's half of the tax."""
        return second_half(self.state_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRate:
    """What supplies of an HSN or SAC are taxed at from a day on, until its next rate."""

    code: str
    valid_from: date
    rate_bps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRatePage:
    """A page of all rates, by code, the newest first; numbered from 0."""

    number: int
    pages: int
    rates: list[TaxRate]
