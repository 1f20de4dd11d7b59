"""What members ask to subscribe to, until an admin has decided."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Refusal
from bot.models.claims import Claim, NewClaim, SameProof
from bot.models.payments import PaymentLine
from bot.models.people import Person
from bot.models.plans import Duration, Plan
from bot.models.promos import Discount
from bot.models.subscriptions import Standing, Subscription
from bot.models.upgrades import Replaced, Upgrade


class Starts(StrEnum):
    """When a subscription is to begin; stored."""

    TODAY = "today"
    AFTER = "after"  # when the current one ends
    UPGRADE = "upgrade"  # today, and the current one ends: see ``Upgrade``


class PurchaseStatus(StrEnum):
    """Stored."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A plan for one person, as it would be bought now; what is shown is what is charged.

    ``joining_fee_paise``: nothing for whoever has had a subscription, a trial aside.
    ``may_pay_later``: their credit covers it, or the club allows it and so much more is within its
    limit. ``tax_paise``: the GST within the total. ``discount``: by the code they gave;
    ``obstacle``: why that is not taken. ``credit_paise``: what they have to their credit.
    """

    plan: Plan
    joining_fee_paise: int
    tax_paise: int
    today: date
    after: date | None  # when it may follow on; none where nothing runs
    may_pay_later: bool
    discount: Discount | None = None
    obstacle: Refusal | None = None
    upgrade: Upgrade | None = None  # none where nothing can be taken off
    credit_paise: int = 0

    @property
    def lasts(self) -> str:
        """Its days and visits, as a form keeps them: others are seen to be others."""
        plan = self.plan
        return f"{plan.duration.count} {plan.duration.unit}, {plan.visits_limit}"

    @property
    def total_paise(self) -> int:
        off = self.discount.paise if self.discount else 0
        return self.plan.price_paise + self.joining_fee_paise - off

    def to_pay_paise(self, starts: Starts) -> int:
        taken_off = self.upgrade.credit_paise if self.upgrade else 0
        return self.total_paise - (taken_off if starts is Starts.UPGRADE else 0)

    def possible(self, starts: Starts) -> Starts:
        """That one, or what it comes to where there is nothing to follow on or to upgrade."""
        if starts is Starts.UPGRADE and self.upgrade:
            return starts
        return Starts.TODAY if starts is Starts.TODAY or self.after is None else Starts.AFTER

    def days(self, starts: Starts) -> tuple[date, date]:
        """The first and the last."""
        first = self.after if starts is Starts.AFTER and self.after else self.today
        return first, self.plan.duration.last_day(first)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPurchase:
    """``total_paise`` is what was shown; ``payment``: what they say they pay, none to pay later.

    ``code``: of a discount that is in that total. ``lasts``: as in ``Offer``; none: not looked at.
    """

    plan_id: int
    starts: Starts
    total_paise: int
    payment: NewClaim | None
    code: str | None = None
    lasts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """``price_paise`` is what it costs, as it was shown: ``discount_paise`` are off it.

    ``credit_paise``: taken off, for the unused days of ``upgrades_id``, which ends with it.
    """

    id: int
    person_id: int
    plan_id: int
    plan_name: str
    price_paise: int
    duration: Duration
    visits_limit: int | None
    starts: Starts
    claim_id: int | None
    requested_at: datetime
    status: PurchaseStatus
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None
    promo_code: str | None = None
    discount_paise: int = 0
    upgrades_id: int | None = None
    credit_paise: int = 0

    @property
    def to_pay_paise(self) -> int:
        return self.price_paise - self.credit_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How it is approved: the bill, the last day, and what has come in by each method, in paise.

    ``credit_paise``: taken off the bill, of what ends with it.
    """

    price_paise: int
    last_day: date
    upi_paise: int = 0
    cash_paise: int = 0
    credit_paise: int = 0

    @property
    def to_pay_paise(self) -> int:
        return max(0, self.price_paise - self.credit_paise)

    @property
    def received_paise(self) -> int:
        return self.upi_paise + self.cash_paise


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A decision, and the first day that was shown with it."""

    decision: Decision
    first_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What an approval made. ``lines``: received with it; ``due_paise``: of its bill, by now.

    ``credit_paise``: taken off, for the unused days of what ended with it.
    """

    subscription: Subscription
    invoice_id: int | None
    lines: tuple[PaymentLine, ...]
    due_paise: int
    credit_paise: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What one person may buy now; nothing while a request of theirs waits.

    ``trial_days``: of the free trial they may begin, 0 where they may not.
    ``upgrade``: all of it is to begin in place of what runs.
    """

    waiting: Purchase | None
    offers: list[Offer]
    trial_days: int = 0
    upgrade: Upgrade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseCard:
    """One as admins see it.

    ``usual``: how it is approved as it was asked for. ``plan``: as it is sold now. ``same_proof``:
    earlier claims with the very same screenshot. ``deal``: what became of it, once approved.
    ``own_credit_paise``: what they have to their credit.
    """

    purchase: Purchase
    person: Person
    claim: Claim | None
    standing: Standing
    first_day: date
    usual: Decision
    decided_by: Person | None
    photo_file_id: str | None
    plan: Plan | None
    same_proof: tuple[SameProof, ...]
    deal: Deal | None
    replaced: Replaced | None = None
    own_credit_paise: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDraft:
    """What an admin has decided so far, in paise; ``None``: as it was asked for."""

    price_paise: int | None = None
    last_day: date | None = None
    upi_paise: int | None = None
    cash_paise: int | None = None

    def bill_of(self, card: PurchaseCard) -> int:
        return card.usual.price_paise if self.price_paise is None else self.price_paise

    def to_pay_of(self, card: PurchaseCard) -> int:
        return max(0, self.bill_of(card) - card.usual.credit_paise)

    def decision(self, card: PurchaseCard) -> Decision:
        """What was not asked about yet is nothing received."""
        return Decision(
            price_paise=self.bill_of(card),
            last_day=self.last_day or card.usual.last_day,
            upi_paise=self.upi_paise or 0,
            cash_paise=self.cash_paise or 0,
            credit_paise=card.usual.credit_paise,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseEntry:
    """A line of the queue."""

    id: int
    name: str
    plan_name: str
    price_paise: int
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseQueue:
    """A page of those that wait, the oldest first; numbered from 0."""

    number: int
    pages: int
    count: int
    entries: list[PurchaseEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseVerdict:
    """``stands``: the decision that was asked for is the one that holds.

    ``obstacle``: why nothing could be decided; it waits still.
    """

    card: PurchaseCard
    stands: bool
    obstacle: Refusal | None = None
