"""Subscriptions: from when to when, what changes that, and what it gives access to.

Nothing here is a stored state: everything follows from rows that are added and never changed. Days
are the club's; the last day is a subscription's own, until midnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

EXPIRING_DAYS: Final = 7  # what «expiring» looks ahead
_DAY: Final = timedelta(days=1)


class ChangeKind(StrEnum):
    """Stored."""

    EXTEND = "extend"  # by ``days``, or (below zero) shorten
    FREEZE = "freeze"  # from ``on``, for at most ``days``: the end moves with them
    UNFREEZE = "unfreeze"  # from ``on`` it runs again
    CANCEL = "cancel"  # ``on`` is the first day without it; a transfer and an upgrade are one, too
    UNDO = "undo"  # takes back the change ``undoes_id``


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A counter-entry; in the order of their ids they say what a subscription is now."""

    id: int
    kind: ChangeKind
    days: int = 0
    on: date | None = None
    undoes_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """As it was bought; ``changes`` are in their order.

    A trial is free, and without grace. ``moved_by``: the change that gave it over.
    """

    id: int
    person_id: int
    plan_id: int | None
    plan_name: str
    price_paise: int
    first_day: date
    last_day: date
    visits_limit: int | None
    is_trial: bool = False
    changes: tuple[Change, ...] = ()
    moved_by: int | None = None

    @property
    def standing_changes(self) -> list[Change]:
        """Those that nobody has taken back."""
        undos = [each for each in self.changes if each.kind is ChangeKind.UNDO]
        gone = {number for each in undos for number in (each.id, each.undoes_id)}
        return [each for each in self.changes if each.id not in gone]

    @property
    def term(self) -> "Term":
        """What it comes to with all that was changed since."""
        return _term(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A freeze: both days are its own."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The days that it runs, the last one its own.

    ``last_day`` is before ``first_day`` where it was cancelled before it began.
    """

    first_day: date
    last_day: date
    freezes: tuple[Frozen, ...]
    is_cancelled: bool

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def is_frozen(self, day: date) -> bool:
        return self.holds(day) and any(f.first_day <= day <= f.last_day for f in self.freezes)


class Access(StrEnum):
    ACTIVE = "active"
    GRACE = "grace"  # everything, with a notice, until the days or the check-ins are used up
    FROZEN = "frozen"
    LOCKED = "locked"
    NONE = "none"  # never had one
    AHEAD = "ahead"  # bought, and not begun yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The club's: product.md, section 5. ``freeze_days``: of one subscription in all.

    ``remind_before``: days before the end, the most first, the last day not counted; after grace
    every ``follow_up_every`` days, for ``follow_up_days``.
    """

    grace_days: int = 7
    grace_visits: int = 3
    freeze_days: int = 30
    pay_later: bool = False
    pay_later_limit_paise: int = 5_000_00
    remind_before: tuple[int, ...] = (7, 3, 1)
    follow_up_every: int = 3
    follow_up_days: int = 30
    trial_days: int = 0  # there is none
    referral_reward_paise: int = 0  # 0: there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a person may use today, and why.

    ``subscription``: the one that decides; ``ends_on``: the last day that is paid without a gap,
    renewals that follow on included; ``grace_until``: the last day of grace. ``visits_left``: none
    where nobody counts, or it is over; 0: used up before that.
    """

    access: Access
    subscription: Subscription | None = None
    ends_on: date | None = None
    days_left: int = 0
    visits_left: int | None = None
    grace_until: date | None = None
    grace_visits_left: int = 0

    @property
    def is_open(self) -> bool:
        """Everything may be used."""
        return self.access in {Access.ACTIVE, Access.GRACE}

    @property
    def is_used_up(self) -> bool:
        """It is not over, but its visits are."""
        return self.access is Access.LOCKED and self.visits_left == 0


def standing(
    subscriptions: Sequence[Subscription], visits: Iterable[date], *, today: date, rules: Rules
) -> Standing:
    """The one access rule: from the rows, never from a stored flag.

    ``visits``: the days on which the person came in, in any order.
    """
    terms = [(each, each.term) for each in subscriptions]
    came = list(visits)
    good = [(each, term) for each, term in terms if visits_left(each, term, came) != 0]
    running = [(each, term) for each, term in good if term.holds(today)]
    if running:
        each, term = min(running, key=lambda pair: (pair[1].is_frozen(today), pair[0].id))
        paid = [term for _, term in good]
        return _running(each, term, paid, visits_left(each, term, came), today=today)
    begun = [(each, term) for each, term in terms if term.first_day <= min(today, term.last_day)]
    if not begun:
        ahead = min(
            (pair for pair in terms if today < pair[1].first_day <= pair[1].last_day),
            key=lambda pair: pair[1].first_day,
            default=None,
        )
        return (
            Standing(access=Access.AHEAD, subscription=ahead[0])
            if ahead
            else Standing(access=Access.NONE)
        )
    last, term = max(begun, key=lambda pair: pair[1].last_day)
    return _over(last, term, came, today=today, rules=rules)


def _running(
    subscription: Subscription,
    term: Term,
    paid: Sequence[Term],
    visits_left: int | None,
    *,
    today: date,
) -> Standing:
    """``paid``: the terms that let in, or will: those whose visits are used up do not."""
    ends_on = _without_a_gap(term.last_day, paid)
    access = Access.FROZEN if term.is_frozen(today) else Access.ACTIVE
    return Standing(
        access=access,
        subscription=subscription,
        ends_on=ends_on,
        days_left=(ends_on - today).days + 1,
        visits_left=visits_left,
    )


def _over(
    subscription: Subscription, term: Term, came: Sequence[date], *, today: date, rules: Rules
) -> Standing:
    """After the last one: grace from its last day on, unless it was cancelled or is a trial.

    Used-up visits end it no sooner: it is locked until that day, then there is grace as ever.
    """
    ended = min(term.last_day, today)
    grace_days = 0 if subscription.is_trial else rules.grace_days
    grace_until = term.last_day + grace_days * _DAY
    used = sum(ended < day <= today for day in came)
    left = max(0, rules.grace_visits - used)
    has_grace = not term.is_cancelled and term.last_day < today <= grace_until
    return Standing(
        access=Access.GRACE if has_grace and left else Access.LOCKED,
        subscription=subscription,
        ends_on=term.last_day,
        visits_left=0 if today <= term.last_day else None,
        grace_until=grace_until,
        grace_visits_left=left if has_grace else 0,
    )


def visits_left(subscription: Subscription, term: Term, came: Iterable[date]) -> int | None:
    if subscription.visits_limit is None:
        return None
    return max(0, subscription.visits_limit - sum(term.holds(day) for day in came))


def _without_a_gap(last_day: date, terms: Iterable[Term]) -> date:
    for term in sorted(terms, key=lambda each: each.first_day):
        if term.first_day <= last_day + _DAY and term.last_day > last_day:
            last_day = term.last_day
    return last_day


def _term(subscription: Subscription) -> Term:
    term = Term(
        first_day=subscription.first_day,
        last_day=subscription.last_day,
        freezes=(),
        is_cancelled=False,
    )
    for change in subscription.standing_changes:
        term = _changed(term, change)
    return term


def _changed(term: Term, change: Change) -> Term:
    day = change.on or term.first_day
    match change.kind:
        case ChangeKind.EXTEND:
            return replace(term, last_day=term.last_day + change.days * _DAY)
        case ChangeKind.FREEZE:
            frozen = Frozen(first_day=day, last_day=day + (change.days - 1) * _DAY)
            return replace(
                term,
                freezes=(*term.freezes, frozen),
                last_day=term.last_day + frozen.days * _DAY,
            )
        case ChangeKind.UNFREEZE:
            return _thawed(term, day)
        case ChangeKind.CANCEL:
            return replace(term, last_day=min(term.last_day, day - _DAY), is_cancelled=True)
        case ChangeKind.UNDO:
            return term


def _thawed(term: Term, day: date) -> Term:
    """The freeze of that day ends on the one before, and the days that were left are given back."""
    freezes, last_day = [], term.last_day
    for frozen in term.freezes:
        if frozen.first_day <= day <= frozen.last_day:
            last_day -= ((frozen.last_day - day).days + 1) * _DAY
            if frozen.first_day < day:
                freezes.append(replace(frozen, last_day=day - _DAY))
        else:
            freezes.append(frozen)
    return replace(term, freezes=tuple(freezes), last_day=last_day)


class SubscriptionList(StrEnum):
    """Whom admins look at."""

    ACTIVE = "active"
    EXPIRING = "expiring"  # active, and over within a week, nothing that follows on at once
    GRACE = "grace"
    LOCKED_TOMORROW = "locked_tomorrow"  # active or in grace, and neither tomorrow
    EXPIRED = "expired"  # locked, whatever for
    FROZEN = "frozen"
    UPCOMING = "upcoming"  # one is to begin, whatever runs until then
    BANNED = "banned"  # kept out, whatever they have bought; on no other list
