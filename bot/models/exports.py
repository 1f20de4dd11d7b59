"""What owners take out of the books as files, and for which days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors.exports import PeriodTooLong
from bot.models.advances import Advance
from bot.models.credit_notes import CreditNote
from bot.models.invoices import Balance, Invoice
from bot.models.payments import Account, Refund
from bot.models.tax import Totals

MAX_DAYS: Final = 731  # two years, one of them a leap year
MAX_DOCUMENTS: Final = 5_000  # of one file: some seconds on a busy machine; a handler has 15
BUCKETS: Final = (30, 60, 90)  # days since an invoice was issued; the last bucket has no end
_MONTHS: Final = 12
_QUARTER: Final = 3
_APRIL: Final = 4


class ExportKind(StrEnum):
    """Stored in the audit log."""

    INVOICES = "invoices"
    PAYMENTS = "payments"
    RECEIVABLES = "receivables"  # as of now; all others are of a period
    GST = "gst"
    PLANS = "plans"  # what they have brought, by the day of their bills


class PeriodName(StrEnum):
    """Relative to the day on which it is asked for; a quarter is of the calendar."""

    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_QUARTER = "this-quarter"
    LAST_QUARTER = "last-quarter"
    THIS_YEAR = "this-year"  # the financial one, April to March
    LAST_YEAR = "last-year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Both days belong to it, by the club's clock."""

    first: date
    last: date

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """In UTC: the moment it begins, and the one at which it is over."""
        after = self.last + timedelta(days=1)
        return _midnight(self.first, zone), _midnight(after, zone)


def between(one: date, other: date) -> Period:
    """From one to the other, in whichever order they come.

    Raises:
        PeriodTooLong: more than two years.
    """
    first, last = sorted((one, other))
    if (last - first).days >= MAX_DAYS:
        raise PeriodTooLong(limit=MAX_DAYS)
    return Period(first=first, last=last)


def period_named(name: PeriodName, today: date) -> Period:
    month = today.replace(day=1)
    quarter = _later(month, -((month.month - 1) % _QUARTER))
    year = _later(month, -((month.month - _APRIL) % _MONTHS))
    first, months = {
        PeriodName.THIS_MONTH: (month, 1),
        PeriodName.LAST_MONTH: (_later(month, -1), 1),
        PeriodName.THIS_QUARTER: (quarter, _QUARTER),
        PeriodName.LAST_QUARTER: (_later(quarter, -_QUARTER), _QUARTER),
        PeriodName.THIS_YEAR: (year, _MONTHS),
        PeriodName.LAST_YEAR: (_later(year, -_MONTHS), _MONTHS),
    }[name]
    return Period(first=first, last=_later(first, months) - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """An invoice, and what has become of it until now."""

    invoice: Invoice
    credited_paise: int
    paid_paise: int

    @property
    def balance(self) -> Balance:
        return Balance(
            total_paise=self.invoice.totals.total_paise,
            credited_paise=self.credited_paise,
            allocated_paise=self.paid_paise,
            due_on=self.invoice.due_on,
        )

    @property
    def due_paise(self) -> int:
        return self.balance.due_paise

    @property
    def is_cancelled(self) -> bool:
        """All of it was taken back by credit notes."""
        return 0 < self.credited_paise == self.invoice.totals.total_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A credit note; ``closes``: lines of the invoice of which it takes the last."""

    note: CreditNote
    closes: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Money given back, or a payment booked back; ``receipts``: the numbers it is taken from."""

    refund: Refund
    payer_name: str
    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAhead:
    """A receipt voucher; ``is_void``: its payment was booked back."""

    payment_id: int
    number: str
    advance: Advance
    is_void: bool


class AheadUse(StrEnum):
    """What became of money that was paid ahead."""

    ADJUSTED = "adjusted"  # an invoice has it
    REFUNDED = "refunded"  # by a refund voucher
    VOID = "void"  # the payment was booked back


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedAhead:
    """So much of a receipt voucher; ``number`` and ``at`` of what it was used by."""

    id: int
    use: AheadUse
    number: str
    at: datetime
    payment_id: int
    receipt: str
    received_at: datetime
    payer_name: str
    advance: Advance
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An invoice of which something is due; ``name`` is whose account it stands on."""

    account: Account
    name: str
    number: str
    issued_at: datetime
    due_on: date
    total_paise: int
    credited_paise: int
    paid_paise: int
    due_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What an account has paid and not spent."""

    account: Account
    name: str
    paise: int


def bucket(age_days: int) -> int:
    """The place of an age among the ageing buckets, from 0."""
    return sum(age_days > limit for limit in BUCKETS)


class Figure(StrEnum):
    """A sum that is told with a file."""

    BILLED = "billed"
    CREDITED = "credited"
    DUE = "due"
    RECEIVED = "received"
    RETURNED = "returned"
    CREDIT = "credit"
    TAXABLE = "taxable"
    CGST = "cgst"
    SGST = "sgst"
    IGST = "igst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """``period``: none where it is as of now. ``rows`` counts documents, not lines."""

    kind: ExportKind
    period: Period | None
    at: datetime
    rows: int
    paise: dict[Figure, int]
    content: bytes


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _later(month: date, months: int) -> date:
    """The first day of the month so many months later."""
    years, index = divmod(month.month - 1 + months, _MONTHS)
    return date(month.year + years, index + 1, 1)
