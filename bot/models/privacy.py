"""What the club holds of one person: counted before a deletion, handed out on request."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.models.audit import AuditAction
from bot.models.birthdays import Birthday
from bot.models.claims import Claim, PaymentRequest, Rejection
from bot.models.credit_notes import CreditNote
from bot.models.invoices import Invoice
from bot.models.members import MemberCard
from bot.models.notices import NoticeKind
from bot.models.notifications import Preferences
from bot.models.payments import Payment, Refund
from bot.models.purchases import Purchase
from bot.models.referrals import OwnReferrals
from bot.models.registrations import Registration
from bot.models.subscription_cards import RecordedChange
from bot.models.subscriptions import Subscription
from bot.models.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How many rows of each kind belong to a person: what a deletion removes and what it keeps."""

    profiles: int
    photos: int
    registrations: int
    notices: int
    audit_entries: int  # kept, with the reasons in them: they no longer name the person
    preferences: int = 0  # what an older deletion in the audit log did not count
    visits: int = 0
    birthdays: int = 0
    invoices: int = 0  # kept, with the name: tax law
    receipts: int = 0  # kept, and so are:
    refunds: int = 0
    credit_notes: int = 0
    subscriptions: int = 0  # with what changed them and why
    claims: int = 0  # kept for their payments; what was written and sent with them goes, also of:
    requests: int = 0
    purchases: int = 0
    rejections: int = 0
    referrals: int = 0  # kept: who invited whom, of which nobody is named any more


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyCounts:
    """As in ``Holdings``."""

    invoices: int
    receipts: int
    refunds: int
    credit_notes: int
    claims: int
    requests: int
    rejections: int
    purchases: int
    subscriptions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription with all that changed it, in order."""

    subscription: Subscription
    changes: list[RecordedChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyData:
    """Everything but the invoices, the oldest first."""

    payments: list[Payment]
    refunds: list[Refund]
    credit_notes: list[CreditNote]
    claims: list[Claim]
    requests: list[PaymentRequest]
    rejections: list[Rejection]
    purchases: list[Purchase]
    subscriptions: list[Subscribed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What is shown before a deletion.

    ``subscribed_until``: the last day that is paid, if it is not over yet.
    """

    holdings: Holdings
    subscribed_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBan:
    banned_at: datetime
    lifted_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An audit entry as its person may see it: nobody else's name, nothing about others."""

    at: datetime
    action: AuditAction
    by_you: bool
    about_you: bool
    actor_role: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message the club owed the person, and what became of it."""

    kind: NoticeKind
    payload: dict[str, Any]
    created_at: datetime
    sent_at: datetime | None
    refused_at: datetime | None
    withheld: bool
    read_at: datetime | None
    hidden_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Everything, as of ``taken_at``."""

    taken_at: datetime
    card: MemberCard
    registrations: list[Registration]
    bans: list[PastBan]
    traces: list[Trace]
    notices: list[Told]
    preferences: Preferences | None  # none: never chosen
    visits: list[Visit]
    birthday: Birthday | None  # none: never told
    invoices: list[Invoice]
    money: MoneyData
    referrals: OwnReferrals
