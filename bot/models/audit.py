"""The append-only record of who did what to whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

NOBODY: Final = "someone deleted"


class AuditAction(StrEnum):
    REGISTRATION_APPROVED = "registration approved"
    REGISTRATION_REJECTED = "registration rejected"
    MEMBER_BANNED = "member banned"
    MEMBER_UNBANNED = "member unbanned"
    MEMBER_MESSAGED = "member messaged"
    VISIT_MARKED = "visit marked"
    VISIT_UNMARKED = "visit unmarked"
    MEMBER_DELETED = "member deleted"
    MEMBER_LEFT = "member deleted themselves"
    CLUB_SET_UP = "club set up"
    OFFICE_GIVEN = "office given"
    OFFICE_TAKEN = "office taken"
    SETTING_CHANGED = "setting changed"
    SCHEDULE_CHANGED = "schedule changed"
    FOLLOW_UP_CHANGED = "follow-up changed"
    BUSINESS_CHANGED = "business changed"
    TAX_RATE_SET = "tax rate set"
    JOB_RETRIED = "job retried"
    JOB_FORGOTTEN = "job forgotten"
    BROADCAST_SENT = "broadcast sent"
    BROADCAST_SCHEDULED = "broadcast scheduled"
    BROADCAST_UNSCHEDULED = "broadcast unscheduled"
    BROADCAST_PAUSED = "broadcast paused"
    BROADCAST_RESUMED = "broadcast resumed"
    BROADCAST_STOPPED = "broadcast stopped"
    BROADCAST_RETRIED = "broadcast tried again"
    BROADCAST_EDITED = "broadcast edited"
    BROADCAST_RETRACTED = "broadcast deleted from chats"
    INVOICE_ISSUED = "invoice issued"
    INVOICE_SENT_AGAIN = "invoice sent again"
    PAYMENT_RECORDED = "payment recorded"
    PAYMENT_REVERSED = "payment booked back"
    REFUND_RECORDED = "refund recorded"
    CREDIT_USED = "credit used"
    CREDIT_NOTE_ISSUED = "credit note issued"
    REWARD_GIVEN = "reward given"
    REWARD_TAKEN_BACK = "reward taken back"
    REWARD_SPENT = "reward spent"
    CLAIM_APPROVED = "payment claim approved"
    CLAIM_REJECTED = "payment claim rejected"
    CLAIM_TOO_LATE = "payment claim decided too late"
    PAYMENT_REQUESTED = "payment asked for"
    REQUEST_CANCELLED = "payment request cancelled"
    REJECTION_SETTLED = "invoice let stand"
    PLAN_ADDED = "plan added"
    PLAN_CHANGED = "plan changed"
    PROMO_ADDED = "promo code added"
    PROMO_CHANGED = "promo code changed"
    SUBSCRIPTION_APPROVED = "subscription approved"
    SUBSCRIPTION_REJECTED = "subscription rejected"
    SUBSCRIPTION_CHANGED = "subscription changed"
    SUBSCRIBERS_REMINDED = "subscribers reminded"
    SUBSCRIBERS_EXPORTED = "subscribers exported"
    SUBSCRIPTION_RECEIVED = "subscription received"
    SUBSCRIPTION_RULES_CHANGED = "subscription rules changed"
    TRIAL_BEGUN = "free trial begun"
    DUES_REMINDED = "dues reminded"
    ITEM_ADDED = "item added"
    ITEM_CHANGED = "item changed"
    ITEMS_UPLOADED = "items uploaded"
    AUDIT_EXPORTED = "audit log exported"
    MONEY_EXPORTED = "money exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Names are those of today; a deleted person has none left."""

    id: int
    at: datetime
    action: AuditAction
    actor_id: int | None
    actor_name: str | None
    actor_role: str
    subject_id: int | None
    subject_name: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    update_id: int | None

    @property
    def actor(self) -> str:
        return self.actor_name or NOBODY

    @property
    def subject(self) -> str:
        """Whom it was about; empty where it was about no person."""
        return "" if self.subject_id is None else self.subject_name or NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """A page of the log, newest first; numbered from 0."""

    number: int
    pages: int
    entries: list[AuditEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExport:
    """``entries`` of the ``of`` that the log holds, as an Excel file."""

    content: bytes
    entries: int
    of: int
    at: datetime
