"""Subscriptions as admins look at them, and the club's rules one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.models.people import Person
from bot.models.subscriptions import (
    Change,
    ChangeKind,
    Rules,
    Standing,
    Subscription,
    SubscriptionList,
)

REASON_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange:
    """A change, and who made it when and why; ``by`` is nobody once that admin is deleted."""

    change: Change
    at: datetime
    by: str | None
    reason: str


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
        undone = {each.change.undoes_id for each in self.history}
        standing = (
            each
            for each in reversed(self.history)
            if each.change.kind is not ChangeKind.UNDO and each.change.id not in undone
        )
        return next(standing, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A change before it is made. ``seen``: the newest change of ``before``, 0 where none is."""

    person: Person
    before: Subscription
    after: Subscription

    @property
    def seen(self) -> int:
        return newest(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How many stand how today; ``waiting``: requests that nobody has decided on."""

    counts: Mapping[SubscriptionList, int]
    waiting: int


class Rule(StrEnum):
    """What the club decides; the value is the field of ``Rules``."""

    GRACE_DAYS = "grace_days"
    GRACE_VISITS = "grace_visits"
    FREEZE_DAYS = "freeze_days"
    PAY_LATER = "pay_later"
    PAY_LATER_LIMIT = "pay_later_limit_paise"
    REFERRAL_REWARD = "referral_reward_paise"

    def of(self, rules: Rules) -> int:
        value: int = getattr(rules, self.value)
        return value


MOST: Final[Mapping[Rule, int]] = {
    Rule.GRACE_DAYS: 60,
    Rule.GRACE_VISITS: 60,
    Rule.FREEZE_DAYS: 366,
}


def newest(subscription: Subscription) -> int:
    """The id of the last change; 0: never changed."""
    return subscription.changes[-1].id if subscription.changes else 0
