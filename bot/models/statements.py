"""An account over a period: every document of money once, and what is owed after each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.models.business import Business
from bot.models.gstin import financial_year
from bot.models.payments import Account

_DAYS = 90


class Period(StrEnum):
    """In buttons."""

    YEAR = "year"  # the financial year of today
    DAYS_90 = "90"
    ALL = "all"

    def begins(self, now: datetime, zone: ZoneInfo) -> date | None:
        """Its first day on the club's calendar; ``None``: with the first document."""
        if self is Period.YEAR:
            return date(financial_year(now, zone), 4, 1)
        if self is Period.DAYS_90:
            return now.astimezone(zone).date() - timedelta(days=_DAYS - 1)
        return None


class DocumentType(StrEnum):
    """In the order in which those of one moment stand."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"
    PAYMENT = "payment"
    REWARD = "reward"  # credit for an invitation
    REFUND = "refund"
    REVERSAL = "reversal"  # a payment booked back
    TAKEN_BACK = "taken-back"  # a reward


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A document; what it adds to what is owed, below zero for what lessens it."""

    kind: DocumentType
    number: str
    at: datetime
    amount_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    kind: DocumentType
    number: str
    on: date  # of the club's calendar
    amount_paise: int
    balance_paise: int  # after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Balances above zero are owed to the club, below zero they are credit.

    ``begins``: ``None`` where it tells everything from the first document on.
    """

    account: Account
    name: str  # empty: that person is deleted
    business: Business
    period: Period
    begins: date | None
    ends: date
    opening_paise: int
    lines: tuple[StatementLine, ...]

    @property
    def closing_paise(self) -> int:
        return self.lines[-1].balance_paise if self.lines else self.opening_paise

    @property
    def billed_paise(self) -> int:
        """All that was added: invoices, and money given back."""
        return sum(line.amount_paise for line in self.lines if line.amount_paise > 0)

    @property
    def lessened_paise(self) -> int:
        """All that was taken off: payments and credit notes; above zero."""
        return -sum(line.amount_paise for line in self.lines if line.amount_paise < 0)


def run(
    documents: Sequence[Posted], *, begins: date | None, zone: ZoneInfo
) -> tuple[int, tuple[StatementLine, ...]]:
    """The balance before ``begins``, and the lines from then on; ``documents`` by their moments."""
    opening = balance = 0
    lines = []
    for each in documents:
        on = each.at.astimezone(zone).date()
        balance += each.amount_paise
        if begins is not None and on < begins:
            opening = balance
            continue
        line = StatementLine(
            kind=each.kind,
            number=each.number,
            on=on,
            amount_paise=each.amount_paise,
            balance_paise=balance,
        )
        lines.append(line)
    return opening, tuple(lines)
