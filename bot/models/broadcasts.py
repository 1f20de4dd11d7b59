"""What the club tells many at once: to whom, what, and how far it has come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from bot.models.templates import Placeholder

PLACEHOLDERS: Final = (Placeholder.NAME, Placeholder.FIRST_NAME, Placeholder.CLUB)
ACTIVE_DAYS: Final = 30  # product.md, section 10
LATE: Final = timedelta(hours=6)  # news that could not go out for longer is asked about anew
# Why a recipient's notice was refused, where it was not Telegram who said so.
BLOCKED: Final = "blocked"
STOPPED: Final = "stopped"


class SegmentKind(StrEnum):
    """Stored, and in buttons: never rename one."""

    EVERYONE = "everyone"
    ACTIVE = "active"
    ABSENT = "absent"
    STAFF = "staff"
    PICKED = "picked"
    SUBSCRIBED = "subscribed"
    EXPIRING = "expiring"  # within a week, and nothing follows on
    EXPIRED = "expired"  # in grace, or locked
    OWING = "owing"  # something is due on an invoice

    @property
    def is_by_subscription(self) -> bool:
        """It may be narrowed to people of one plan."""
        return self in _BY_SUBSCRIPTION


_BY_SUBSCRIPTION: Final = {
    SegmentKind.SUBSCRIBED,
    SegmentKind.EXPIRING,
    SegmentKind.EXPIRED,
    SegmentKind.OWING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Whom a broadcast is for. ``days``: of ``ABSENT`` only; ``people``: of ``PICKED`` only.

    ``plan_id``: only people whose subscription, the running or the last one, is of that plan.
    """

    kind: SegmentKind
    days: int | None = None
    people: tuple[int, ...] = ()
    plan_id: int | None = None
    plan_name: str | None = field(default=None, compare=False)  # that plan's


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """``html``: the text, or the caption of the file, with placeholders."""

    html: str
    file_kind: Literal["photo", "document"] | None = None
    file_id: str | None = None


class BroadcastStatus(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    DISCARDED = "discarded"

    @property
    def is_open(self) -> bool:
        """It may still be changed, sent, scheduled or discarded."""
        return self in {BroadcastStatus.DRAFT, BroadcastStatus.SCHEDULED}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBroadcast:
    operation_id: UUID
    segment: Segment
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """``revision`` goes up with each change: what was looked at is what is sent."""

    id: int
    segment: Segment
    content: Content
    revision: int
    status: BroadcastStatus
    created_at: datetime
    created_by: int
    created_by_name: str | None  # none once they are deleted
    starts_at: datetime | None
    scheduled_by: int | None
    started_at: datetime | None
    started_by: int | None
    started_by_name: str | None
    ended_at: datetime | None
    is_changing: bool
    retracted_at: datetime | None

    @property
    def is_live(self) -> bool:
        """What became of it still moves, so its progress is drawn again and again."""
        return self.started_at is not None and (self.ended_at is None or self.is_changing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Recipients by what became of them; their sum is ``total``."""

    sent: int = 0
    failed: int = 0
    blocked: int = 0  # they cannot be reached
    declined: int = 0  # they wish no news, or were no member any more when it was their turn
    stopped: int = 0
    removed: int = 0  # deleted from their chat again
    waiting: int = 0
    held: int = 0  # of those waiting: until the end of their quiet hours
    outdated: int = 0  # of those sent: an edit or a deletion is on its way
    lately: int = 0  # messages of the last ``LATELY_SECONDS``

    @property
    def total(self) -> int:
        return (
            self.sent
            + self.failed
            + self.blocked
            + self.declined
            + self.stopped
            + self.removed
            + self.waiting
        )

    @property
    def seconds_to_go(self) -> int | None:
        """At the pace of the last seconds. ``None``: nothing moves."""
        left = self.waiting - self.held + self.outdated
        return -(-left * LATELY_SECONDS // self.lately) if self.lately else None


LATELY_SECONDS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastCard:
    """``reach``: how many it would go to now; of a started one ``progress`` says."""

    broadcast: Broadcast
    reach: int = 0
    progress: Progress = field(default_factory=Progress)
    may_retry: int = 0  # recipients for whom another try makes sense


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasts:
    """A page of them, newest first; numbered from 0."""

    number: int
    pages: int
    broadcasts: list[Broadcast]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One recipient's: what it says, and whom it calls by name."""

    content: Content
    name: str
    club: str


class RecipientState(StrEnum):
    """What became of one recipient's message."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    DECLINED = "declined"
    STOPPED = "stopped"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A line of the report."""

    name: str | None
    telegram_id: int
    state: RecipientState
    sent_at: datetime | None
    refusal: str | None
