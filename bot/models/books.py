"""The books: every document of money once, as postings that come to nothing.

Debit is above zero. Outstanding less credit of an account is the sum of its postings on
``receivable`` and ``credit``.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.models.payments import Account, Method
from bot.models.tax import Totals


class EntryKind(StrEnum):
    """Stored."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"
    PAYMENT = "payment"
    ALLOCATION = "allocation"
    REFUND = "refund"


class LedgerAccount(StrEnum):
    """Stored."""

    RECEIVABLE = "receivable"
    CREDIT = "credit"  # what members have paid and not spent: owed to them
    SALES = "sales"
    GST = "gst"
    CASH = "cash"
    UPI = "upi"
    CARD = "card"
    BANK = "bank"
    REWARD = "reward"  # credit that the club gave without money


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``postings`` without those of nothing."""

    kind: EntryKind
    document_id: int
    account: Account
    booked_at: datetime
    postings: dict[LedgerAccount, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodFigures:
    """What came in and went out by one method."""

    method: Method
    received_paise: int
    refunded_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the club's documents come to, all of them."""

    invoiced_paise: int
    credited_paise: int
    received_paise: int
    refunded_paise: int
    rewarded_paise: int  # without what was taken back; no money, so not received
    outstanding_paise: int
    credit_paise: int
    methods: tuple[MethodFigures, ...]


def of_invoice(totals: Totals) -> dict[LedgerAccount, int]:
    tax = totals.cgst_paise + totals.sgst_paise + totals.igst_paise
    return {
        LedgerAccount.RECEIVABLE: totals.total_paise,
        LedgerAccount.SALES: tax - totals.total_paise,
        LedgerAccount.GST: -tax,
    }


def of_credit_note(totals: Totals) -> dict[LedgerAccount, int]:
    return {account: -paise for account, paise in of_invoice(totals).items()}


def of_payment(by_method: dict[Method, int]) -> dict[LedgerAccount, int]:
    money = {LedgerAccount(method): paise for method, paise in by_method.items()}
    return {**money, LedgerAccount.CREDIT: -sum(by_method.values())}


def of_reward(paise: int) -> dict[LedgerAccount, int]:
    """Below zero: taken back."""
    return {LedgerAccount.REWARD: paise, LedgerAccount.CREDIT: -paise}


def of_allocation(paise: int) -> dict[LedgerAccount, int]:
    return {LedgerAccount.CREDIT: paise, LedgerAccount.RECEIVABLE: -paise}


def of_refund(by_method: dict[Method, int]) -> dict[LedgerAccount, int]:
    return {account: -paise for account, paise in of_payment(by_method).items()}
