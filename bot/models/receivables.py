"""Who owes the club what, since when, and whose credit it holds. Amounts are whole paise."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from bot.models.payments import Account, Due, PaymentLine, Receipt, Unused, settle, total

PAGE: Final = 6
PAYMENTS_SHOWN: Final = 5
MOST_LINES: Final = 10  # of one receipt

# An account inside a button: a person's, or the walk-in customer's of an invoice. The digits are
# few enough for a row's number.
REF: Final = r"^[pw][1-9][0-9]{0,17}$"


def ref_of(account: Account) -> str:
    """As ``p12`` or ``w12``."""
    if account.person_id is not None:
        return f"p{account.person_id}"
    return f"w{account.walk_in_id}"


def account_at(ref: str) -> Account:
    """The reverse of ``ref_of``.

    Raises:
        ValueError: it names no account.
    """
    if not re.fullmatch(REF, ref):
        raise ValueError(ref)
    number = int(ref[1:])
    return Account(person_id=number) if ref[0] == "p" else Account(walk_in_id=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is due to the club on a day of its own.

    The four ages share out ``outstanding_paise`` by the days since an invoice's issue, on the
    club's calendar. Overdue is what was to be paid before today.
    """

    outstanding_paise: int
    up_to_30_paise: int
    up_to_60_paise: int
    up_to_90_paise: int
    over_90_paise: int
    debtors: int
    overdue_paise: int
    overdue: int  # invoices
    credit_paise: int
    creditors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A line of who owes, or of who has credit; ``since``: the oldest due day, or payment."""

    account: Account
    name: str  # empty: that person is deleted
    paise: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvoice:
    """An invoice of which something is due; ``days``: since its due day, below zero before."""

    invoice_id: int
    number: str
    account: Account
    name: str  # empty: that person is deleted
    due_on: date
    days: int
    due_paise: int


EntryT = TypeVar("EntryT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[EntryT]):
    """A page; numbered from 0. The sum is that of all pages."""

    number: int
    pages: int
    count: int
    total_paise: int
    entries: list[EntryT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose account it is; ``is_reachable``: they have a chat that we may write to."""

    name: str  # empty: that person is deleted
    is_reachable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEntry:
    """A line of what came in."""

    payment_id: int
    number: str
    received_at: datetime
    total_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCard:
    """An account as admins see it; ``reminded_at``: when its person was last reminded."""

    account: Account
    holder: Holder
    credit_paise: int
    invoices: list[OpenInvoice]
    payments: list[PaymentEntry]
    reminded_at: datetime | None

    @property
    def due_paise(self) -> int:
        return sum(each.due_paise for each in self.invoices)

    @property
    def spendable_paise(self) -> int:
        """What credit may settle."""
        return min(self.credit_paise, self.due_paise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bills:
    """What an account's next receipt may settle, the oldest first.

    ``may_keep``: what is paid beyond the bills may become credit; an advance always may.
    ``asks_what_for``: an advance is taxed, and the club does not say of all of them what for.
    """

    account: Account
    name: str
    dues: list[Due]
    may_keep: bool
    asks_what_for: bool = False

    def chosen(self, wanted: list[int] | None) -> list[Due]:
        """Those of ``wanted`` that something is due on; ``None``: all."""
        return [due for due in self.dues if wanted is None or due.invoice_id in wanted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a receipt would do to one bill; ``left_paise`` stays due on it."""

    number: str
    paise: int
    left_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A receipt before it is booked: its lines, and what they would settle by what is due now.

    ``is_refused``: more than is due, where no credit is kept.
    """

    bills: Bills
    wanted: list[int] | None  # as ``Receipt.invoices``
    lines: tuple[PaymentLine, ...]
    for_fitness: bool = False  # as ``Receipt``'s

    @property
    def dues(self) -> list[Due]:
        return self.bills.chosen(self.wanted)

    @property
    def due_paise(self) -> int:
        return sum(due.due_paise for due in self.dues)

    @property
    def total_paise(self) -> int:
        return total(self.lines)

    @property
    def rest_paise(self) -> int:
        """What is due still after these lines; never below zero."""
        return max(self.due_paise - self.total_paise, 0)

    @property
    def credit_paise(self) -> int:
        """What would be kept."""
        return max(self.total_paise - self.due_paise, 0)

    @property
    def is_advance(self) -> bool:
        return self.wanted == []

    @property
    def may_exceed(self) -> bool:
        return self.bills.may_keep or (self.is_advance and self.bills.account.person_id is not None)

    @property
    def is_refused(self) -> bool:
        return self.credit_paise > 0 and not self.may_exceed

    def with_line(self, line: PaymentLine) -> "Plan":
        return replace(self, lines=(*self.lines, line))

    def without_line(self, at: int) -> "Plan":
        return replace(self, lines=self.lines[:at] + self.lines[at + 1 :])

    def receipt(self, *, seen_paise: int) -> Receipt:
        return Receipt(
            account=self.bills.account,
            lines=self.lines,
            invoices=None if self.wanted is None else tuple(self.wanted),
            seen_due_paise=seen_paise,
            for_fitness=self.for_fitness,
        )

    @property
    def shares(self) -> list[Share]:
        """By bill, of what gets something."""
        source = Unused(payment_id=0, unused_paise=self.total_paise)
        taken = {each.invoice_id: each.amount_paise for each in settle(self.dues, [source])}
        return [
            Share(
                number=due.number,
                paise=taken.get(due.invoice_id, 0),
                left_paise=due.due_paise - taken.get(due.invoice_id, 0),
            )
            for due in self.dues
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """``is_new``: by this very press; else it was done today already, at ``at``."""

    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What a person is reminded of, the oldest first, as of the club's ``day``."""

    day: date
    invoices: list[OpenInvoice]

    @property
    def due_paise(self) -> int:
        return sum(each.due_paise for each in self.invoices)
