"""Subscriptions as admins look at them, and the club's rules one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.models.people import Person
from bot.models.renewals import Clash
from bot.models.subscriptions import (
    Change,
    Rules,
    Standing,
    Subscription,
    SubscriptionList,
)

REASON_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange:
    """A change, and who made it when and why; ``by`` is nobody once that admin is deleted.

    ``moved_to``: who has got the rest of it by that.
    """

    change: Change
    at: datetime
    by: str | None
    reason: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionCard:
    """A person, how they stand, all that they bought, and what was changed of one of it.

    ``chosen``: the one that decides, or that was asked for; none where nothing was bought.
    """

    person: Person
    today: date
    standing: Standing
    bought: list[Subscription]
    chosen: Subscription | None
    history: list[RecordedChange]

    @property
    def last_change(self) -> RecordedChange | None:
        """What may be taken back: the newest that stands."""
        standing = self.chosen.standing_changes if self.chosen else []
        by_id = {each.change.id: each for each in self.history}
        return by_id[standing[-1].id] if standing else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A change before it is made. ``seen``: the newest change of ``before``, 0 where none is.

    ``moved_to``: who loses what they have got by the change that is taken back. ``clashes``: with
    what follows on.
    """

    person: Person
    before: Subscription
    after: Subscription
    moved_to: Person | None = None
    clashes: tuple[Clash, ...] = ()

    @property
    def seen(self) -> int:
        return newest(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How many stand how today; ``waiting``: requests that nobody has decided on."""

    counts: Mapping[SubscriptionList, int]
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionEntry:
    """A line of such a list; ``last_day``: paid without a gap, or when it ended.

    ``first_day``: of one that is to begin; the last is its own then.
    """

    person_id: int
    name: str
    plan_name: str
    last_day: date
    phone: str | None = None
    first_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPage:
    """Numbered from 0."""

    which: SubscriptionList
    number: int
    pages: int
    count: int
    entries: list[SubscriptionEntry]


class Rule(StrEnum):
    """What the club decides; the value is the field of ``Rules``."""

    GRACE_DAYS = "grace_days"
    GRACE_VISITS = "grace_visits"
    FREEZE_DAYS = "freeze_days"
    PAY_LATER = "pay_later"
    PAY_LATER_LIMIT = "pay_later_limit_paise"
    REMIND_BEFORE = "remind_before"
    FOLLOW_UP_EVERY = "follow_up_every"
    FOLLOW_UP_DAYS = "follow_up_days"
    TRIAL_DAYS = "trial_days"
    REFERRAL_REWARD = "referral_reward_paise"

    def of(self, rules: Rules) -> int | tuple[int, ...]:
        value: int | tuple[int, ...] = getattr(rules, self.value)
        return value


MOST_REMINDERS: Final = 5  # before the end
EARLIEST_REMINDER: Final = 60  # days before it


MOST: Final[Mapping[Rule, int]] = {
    Rule.GRACE_DAYS: 60,
    Rule.GRACE_VISITS: 60,
    Rule.FREEZE_DAYS: 366,
    Rule.FOLLOW_UP_EVERY: 90,
    Rule.FOLLOW_UP_DAYS: 366,
    Rule.TRIAL_DAYS: 60,
}
LEAST: Final[Mapping[Rule, int]] = {Rule.FOLLOW_UP_EVERY: 1}  # of all others 0


def newest(subscription: Subscription) -> int:
    """The id of the last change; 0: never changed."""
    return subscription.changes[-1].id if subscription.changes else 0
