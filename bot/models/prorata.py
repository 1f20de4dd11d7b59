"""What is left of a subscription: the days that are not used yet, and what they are worth."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.models.credit_notes import Seen
from bot.models.invoices import Balance
from bot.models.money import half_up
from bot.models.payments import PaymentLine
from bot.models.subscriptions import Term

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``all_visits``: 0 where nobody counts them."""

    unused_days: int
    all_days: int
    unused_visits: int = 0
    all_visits: int = 0

    @property
    def is_of_visits(self) -> bool:
        """Less of the visits is left than of the days: then these are what was paid for."""
        return self.unused_visits * self.all_days < self.unused_days * self.all_visits

    def of(self, paise: int) -> int:
        """Pro rata, rounded half up to the paisa."""
        if self.is_of_visits:
            return half_up(paise * self.unused_visits, self.all_visits)
        return half_up(paise * self.unused_days, self.all_days) if self.all_days else 0


def share(term: Term, today: date) -> Share:
    """How much of it is unused when it ends with yesterday: today is given back, too.

    A frozen day is neither used nor one of the whole: the end has moved with it.
    """
    return Share(
        unused_days=_running_days(term, max(term.first_day, today)),
        all_days=_running_days(term, term.first_day),
    )


def _running_days(term: Term, since: date) -> int:
    """Those from ``since`` to the end that are not frozen."""
    frozen = sum(_days(max(each.first_day, since), each.last_day, term) for each in term.freezes)
    return _days(since, term.last_day, term) - frozen


def _days(first: date, last: date, term: Term) -> int:
    return max(0, (min(last, term.last_day) - first + _DAY).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A subscription's unused days and its bill, as of ``today``. Amounts are whole paise.

    ``balance`` is the bill's. ``joining_fee_paise``: within the bill, and not given back.
    ``late_since``: see ``models.credit_notes``; of a credit note on it today.
    """

    today: date
    invoice_id: int
    number: str
    share: Share
    balance: Balance
    joining_fee_paise: int = 0
    late_since: date | None = None

    @property
    def creditable_paise(self) -> int:
        """The bill less its credit notes: more does not go back."""
        return self.balance.total_paise - self.balance.credited_paise

    @property
    def unused_paise(self) -> int:
        """What the unused days have cost."""
        return self.share.of(max(0, self.creditable_paise - self.joining_fee_paise))

    @property
    def seen(self) -> Seen:
        return Seen(
            credited_paise=self.balance.credited_paise,
            allocated_paise=self.balance.allocated_paise,
        )

    def freed_paise(self, credit_paise: int) -> int:
        """What of a credit note was paid and becomes credit; the rest is owed no more."""
        return max(0, credit_paise - max(0, self.balance.due_paise))


class Back(StrEnum):
    """What becomes of the unused days' money; in buttons and forms."""

    NOTHING = "nothing"
    CREDIT = "credit"
    REFUND = "refund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Money that goes with a cancellation: a credit note of so much, and what is paid out.

    ``on`` and ``seen``: the day and the bill when this was decided.
    """

    credit_paise: int
    refund: PaymentLine | None
    on: date
    seen: Seen
