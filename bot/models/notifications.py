"""Notices as their person sees them: a list to read and tidy, and what they wish to hear, when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.models.notices import Notice, NoticeKind
from bot.models.people import Role


class Delivery(StrEnum):
    """Whether and when a message is sent; the notice stands in the list in any case."""

    AT_ONCE = "now"
    AFTER_QUIET_HOURS = "waits"
    OFF = "off"


class Topic(StrEnum):
    """Kinds of notices that people decide on together."""

    DECISIONS = "decisions"  # what changes a person's standing: they must hear of it
    MESSAGES = "messages"
    DOCUMENTS = "documents"  # invoices, and what becomes of payments
    NEWS = "news"  # broadcasts
    REGISTRATIONS = "registrations"
    PAYMENTS = "payments"  # what members report, do not accept, and wish to buy
    REMINDERS = "reminders"
    GREETINGS = "greetings"  # what the club says by itself
    ALARMS = "alarms"  # what went wrong in the background

    @property
    def is_fixed(self) -> bool:
        return self is Topic.DECISIONS

    @property
    def usual(self) -> Delivery:
        """What holds for whoever has not chosen."""
        waits = self in {Topic.REMINDERS, Topic.GREETINGS}
        return Delivery.AFTER_QUIET_HOURS if waits else Delivery.AT_ONCE

    @property
    def shown_from(self) -> Role:
        """The least role that hears of it."""
        least = {
            Topic.GREETINGS: Role.MEMBER,
            Topic.REGISTRATIONS: Role.ADMIN,
            Topic.PAYMENTS: Role.ADMIN,
            Topic.ALARMS: Role.OWNER,
        }
        return least.get(self, Role.VISITOR)


# ``None``: nothing to wish about: no message, or a screen of what they do themselves.
_TOPICS: Final[dict[NoticeKind, Topic | None]] = {
    NoticeKind.REGISTRATION_CARD: Topic.REGISTRATIONS,
    NoticeKind.REGISTRATION_DECIDED: Topic.DECISIONS,
    NoticeKind.BANNED: Topic.DECISIONS,
    NoticeKind.UNBANNED: Topic.DECISIONS,
    NoticeKind.OFFICE_CHANGED: Topic.DECISIONS,
    NoticeKind.COMMANDS: None,
    NoticeKind.JOB_DEAD: Topic.ALARMS,
    NoticeKind.ROWS_BROKEN: Topic.ALARMS,
    NoticeKind.FROM_THE_CLUB: Topic.MESSAGES,
    NoticeKind.BROADCAST: Topic.NEWS,
    NoticeKind.BROADCAST_PROGRESS: None,
    NoticeKind.INVOICE: Topic.DOCUMENTS,
    NoticeKind.PAYMENT_BOOKED: Topic.DOCUMENTS,
    NoticeKind.REFUNDED: Topic.DOCUMENTS,
    NoticeKind.CREDIT_NOTE: Topic.DOCUMENTS,
    NoticeKind.REWARD_GIVEN: Topic.DOCUMENTS,
    NoticeKind.REWARD_TAKEN_BACK: Topic.DOCUMENTS,
    NoticeKind.CLAIM_CARD: Topic.PAYMENTS,
    NoticeKind.CLAIM_REJECTED: Topic.DOCUMENTS,
    NoticeKind.PAYMENT_REQUESTED: Topic.DOCUMENTS,
    NoticeKind.INVOICE_REJECTED: Topic.PAYMENTS,
    NoticeKind.REJECTION_SETTLED: Topic.DOCUMENTS,
    NoticeKind.PURCHASE_CARD: Topic.PAYMENTS,
    NoticeKind.PURCHASE_REJECTED: Topic.DECISIONS,
    NoticeKind.SUBSCRIPTION_BEGUN: Topic.DECISIONS,
    NoticeKind.SUBSCRIPTION_CHANGED: Topic.DECISIONS,
    NoticeKind.TRIAL_BEGUN: Topic.PAYMENTS,
    NoticeKind.DUES_REMINDER: Topic.REMINDERS,
    NoticeKind.EXPIRY_REMINDER: Topic.REMINDERS,
    NoticeKind.LOCKED_LIST: Topic.REMINDERS,
    NoticeKind.RENEWAL_ASKED: Topic.DECISIONS,
    NoticeKind.FOLLOW_UP: Topic.GREETINGS,
    NoticeKind.BIRTHDAY: Topic.GREETINGS,
}


def topic_of(kind: NoticeKind) -> Topic | None:
    """A kind that is forgotten stops the start."""
    return _TOPICS[kind]


SHOWN: Final = tuple(kind for kind in NoticeKind if topic_of(kind))


def topics_for(role: Role) -> list[Topic]:
    """What a person of this role may hear of today."""
    used = {topic_of(kind) for kind in NoticeKind}
    return [topic for topic in Topic if topic in used and topic.shown_from <= role]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From ``starts`` until just before ``ends`` on the clock of the club, across midnight too."""

    starts: time
    ends: time

    def hold_at(self, clock: time) -> bool:
        if self.starts < self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    def end(self, after: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet that reigns at ``after`` is over, in UTC; ``None``: it is not quiet.

        Where clocks are put back, the first end that comes. An end that is skipped where they are
        put forward is told by the old clock: at most an hour late, once a year.
        """
        local = after.astimezone(zone)
        if not self.hold_at(local.time()):
            return None
        ends = (
            datetime.combine(local.date() + timedelta(days), self.ends, zone)
            .replace(fold=fold)
            .astimezone(UTC)
            for days in range(3)
            for fold in (0, 1)
        )
        return min(
            end for end in ends if end > after and not self.hold_at(end.astimezone(zone).time())
        )


USUAL_QUIET_HOURS: Final = QuietHours(starts=time(20), ends=time(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one person wishes; as it is made here, what holds for whoever never chose."""

    choices: Mapping[Topic, Delivery] = field(default_factory=dict)
    is_quiet: bool = True
    quiet_hours: QuietHours = USUAL_QUIET_HOURS

    def delivery(self, topic: Topic) -> Delivery:
        return topic.usual if topic.is_fixed else self.choices.get(topic, topic.usual)

    def time_to_send(self, notice: Notice, now: datetime, zone: ZoneInfo) -> datetime | None:
        """``now``, or the end of their quiet hours; ``None``: no message at all.

        What only redraws a message makes no sound, and no message asks for no wish.
        """
        topic = topic_of(notice.kind)
        if topic is None or notice.message_id is not None:
            return now
        delivery = self.delivery(topic)
        if delivery is Delivery.OFF:
            return None
        if delivery is Delivery.AFTER_QUIET_HOURS and self.is_quiet:
            return self.quiet_hours.end(now, zone) or now
        return now


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A line of the list; ``words`` are a person's own, where the notice carries some."""

    id: int
    kind: NoticeKind
    words: str | None
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A page of the list, newest first; numbered from 0. ``newest_id`` is the whole list's."""

    number: int
    pages: int
    total: int
    unread: int
    newest_id: int
    entries: list[Notification]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    notice: Notice
    created_at: datetime
