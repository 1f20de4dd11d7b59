"""Money that came in or went out, what it settles, and whose it is. Amounts are whole paise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from bot.models.advances import Advance, RefundedAdvance, Voucher
from bot.models.invoices import Seller

RECEIPT_PREFIXES: Final = ("RC", "RCA", "RCB", "RCC")  # the next where one is sealed
REFUND_PREFIXES: Final = ("RF", "RFA", "RFB", "RFC")
VOUCHER_PREFIXES: Final = ("RV", "RVA", "RVB", "RVC")  # of refunds that have a voucher


class Method(StrEnum):
    """How money moved; stored."""

    CASH = "cash"
    UPI = "upi"
    CARD = "card"
    BANK = "bank"

    @property
    def has_unique_reference(self) -> bool:
        """A bank's number names one transfer; a card slip's code may come again."""
        return self in {Method.UPI, Method.BANK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose money: a person's, or the walk-in customer's of one invoice; exactly one is set."""

    person_id: int | None = None
    walk_in_id: int | None = None

    @classmethod
    def billed(cls, invoice_id: int, person_id: int | None) -> Self:
        """Whose an invoice is."""
        return cls(person_id=person_id, walk_in_id=invoice_id if person_id is None else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """``reference``: the bank's number (UTR), or what stands on a slip."""

    method: Method
    amount_paise: int
    reference: str | None = None


def total(lines: Sequence[PaymentLine]) -> int:
    return sum(line.amount_paise for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Money to be booked.

    ``invoices``: which to settle, in this order; ``None``: the oldest first; ``()``: none, all of
    it becomes credit. ``seen_due_paise``: what was due on these invoices when whoever books it
    looked; ``None`` where nobody did. ``for_fitness``: what becomes credit is for services at the
    club, as an admin says; else the settings decide.
    """

    account: Account
    lines: tuple[PaymentLine, ...]
    invoices: tuple[int, ...] | None = None
    seen_due_paise: int | None = None
    purpose: str = ""
    for_fitness: bool = False

    @property
    def total_paise(self) -> int:
        return total(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """What an invoice takes of a payment."""

    payment_id: int
    invoice_id: int
    amount_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """``number`` is the receipt's. ``allocations`` are net of what was given back.

    ``is_reward``: credit that the club gave for an invitation; it has no lines and no receipt.
    ``advance``: what was taxed when it came. Where many are listed, it and ``vouchers`` are not.
    """

    id: int
    number: str
    account: Account
    purpose: str
    received_at: datetime
    recorded_by: str | None  # none: that admin is deleted
    payer_name: str
    lines: tuple[PaymentLine, ...]
    settled: tuple["Settled", ...]
    total_paise: int
    refunded_paise: int
    unused_paise: int  # credit
    is_reward: bool = False
    advance: Advance | None = None
    vouchers: tuple[Voucher, ...] = ()

    @property
    def spent(self) -> list[list[int]]:
        """The id of each invoice that it settles and how much of it, as forms keep them."""
        return [[each.invoice_id, each.amount_paise] for each in self.settled]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How much of a payment one invoice has; ``due_paise``: what it asks still."""

    invoice_id: int
    number: str
    amount_paise: int
    due_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """A receipt as it was given; nothing that came later is in it.

    ``advance``: it is a receipt voucher.
    """

    id: int
    number: str
    received_at: datetime
    payer_name: str
    seller: Seller
    purpose: str
    lines: tuple[PaymentLine, ...]
    settled: tuple[Settled, ...]
    total_paise: int
    advance: Advance | None = None

    @property
    def unused_paise(self) -> int:
        """What was not for any invoice yet."""
        return self.total_paise - sum(each.amount_paise for each in self.settled)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPaper:
    """A refund voucher as it was given; ``advances``: of which receipt vouchers, the oldest first.

    ``total_paise`` is the whole refund's.
    """

    id: int
    number: str
    refunded_at: datetime
    payer_name: str
    seller: Seller
    reason: str
    lines: tuple[PaymentLine, ...]
    advances: tuple[RefundedAdvance, ...]
    total_paise: int

    @property
    def other_paise(self) -> int:
        """What of it was not taxed as it came: a credit note freed it, or it is older than that."""
        return self.total_paise - sum(each.totals.total_paise for each in self.advances)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An invoice as far as it is not settled."""

    invoice_id: int
    number: str
    due_on: date
    due_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """What is left of a payment: credit."""

    payment_id: int
    unused_paise: int


class RefundKind(StrEnum):
    """Stored."""

    REFUND = "refund"
    REVERSAL = "reversal"  # the payment never came, or was booked wrongly
    TAKEN_BACK = "taken-back"  # a reward; no money moved, so it has no lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    id: int
    number: str
    kind: RefundKind
    account: Account
    reason: str
    refunded_at: datetime
    recorded_by: str | None  # none: that admin is deleted
    lines: tuple[PaymentLine, ...]
    total_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The next number of a series, and where it stands in it."""

    number: str
    prefix: str
    year: int  # in which the financial year began
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    numbered: Numbered
    operation_id: UUID
    receipt: Receipt
    received_at: datetime
    recorded_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRefund:
    numbered: Numbered
    operation_id: UUID
    kind: RefundKind
    account: Account
    reason: str
    lines: tuple[PaymentLine, ...]
    sources: tuple[Unused, ...]  # which payments it is taken from
    refunded_at: datetime
    recorded_by: int

    @property
    def total_paise(self) -> int:
        return sum(each.unused_paise for each in self.sources)


def take_from(sources: Sequence[Unused], paise: int) -> list[Unused]:
    """What to take of each, in their order, to come to ``paise``; less where there is less."""
    taken = []
    for source in sources:
        part = min(source.unused_paise, paise)
        if part > 0:
            taken.append(Unused(payment_id=source.payment_id, unused_paise=part))
            paise -= part
    return taken


def settle(dues: Sequence[Due], sources: Sequence[Unused]) -> list[Allocation]:
    """Spend the sources on the dues, both in their order."""
    left = {source.payment_id: source.unused_paise for source in sources}
    made = []
    for due in dues:
        open_paise = due.due_paise
        for payment_id, unused in left.items():
            part = min(unused, open_paise)
            if part > 0:
                made.append(
                    Allocation(payment_id=payment_id, invoice_id=due.invoice_id, amount_paise=part)
                )
                left[payment_id] -= part
                open_paise -= part
    return made
