"""When a subscription ends: what its member is told on which day, and whom admins hear of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.models.follow_ups import Occasion
from bot.models.subscriptions import Access, Rules, Standing, Subscription, standing

NAMED: Final = 20  # people that a list for admins names

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """``step``: the day that it is of, counted from ``ends_on``: the same day says it once.

    ``days``: until the end; of grace, today included; or since the end.
    """

    occasion: Occasion
    step: int
    plan_name: str
    ends_on: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One person's rows that access follows from."""

    subscriptions: Sequence[Subscription]
    visits: Iterable[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """Somebody with a subscription that ends or has ended.

    ``may_hear``: they can be reached, and nothing that they have asked for waits.
    """

    person_id: int
    may_hear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedList:
    """Who was locked in the night before ``day``; ``more``: those that are not named."""

    day: date
    names: list[str]
    more: int


def due(books: Books, *, today: date, rules: Rules) -> Reminder | None:
    """What somebody is to be told today: the latest step that is reached, missed ones are gone.

    Nothing to whoever has renewed without a gap, bought something that begins later, is frozen, or
    whose last subscription was cancelled.
    """
    now = standing(books.subscriptions, books.visits, today=today, rules=rules)
    if now.subscription is None or now.ends_on is None:
        return None
    last = ending(now, books.subscriptions) or now.subscription
    found = _step(now, last, books.subscriptions, today=today, rules=rules)
    if found is None:
        return None
    occasion, step, days = found
    return Reminder(
        occasion=occasion, step=step, plan_name=last.plan_name, ends_on=now.ends_on, days=days
    )


def at_hand(books: Books, *, today: date, rules: Rules) -> Reminder | None:
    """What an admin may have somebody told today, whatever day it is of those that are rules.

    Nothing unless they may come in today, and never what ``due`` would keep from them.
    """
    now = standing(books.subscriptions, books.visits, today=today, rules=rules)
    if not now.is_open or now.ends_on is None:
        return None
    found = due(books, today=today, rules=rules)
    if found or now.access is Access.GRACE:
        return found
    last, left = ending(now, books.subscriptions), (now.ends_on - today).days
    if last is None:
        return None
    occasion = Occasion.ENDS_SOON if left else Occasion.ENDS_TODAY
    return Reminder(
        occasion=occasion, step=-left, plan_name=last.plan_name, ends_on=now.ends_on, days=left
    )


def ending(now: Standing, subscriptions: Sequence[Subscription]) -> Subscription | None:
    """Which one it is that ends on ``now.ends_on``, renewals that follow on included."""
    return next((each for each in subscriptions if each.term.last_day == now.ends_on), None)


def was_locked_last_night(books: Books, *, today: date, rules: Rules) -> bool:
    """They could come in yesterday, and cannot today; what an admin cancelled is no news."""
    yesterday = today - _DAY
    came = list(books.visits)
    before = standing(
        books.subscriptions, [d for d in came if d < yesterday], today=yesterday, rules=rules
    )
    now = standing(books.subscriptions, [d for d in came if d < today], today=today, rules=rules)
    if now.access is not Access.LOCKED or now.subscription is None:
        return False
    return before.is_open and not now.subscription.term.is_cancelled


def _step(
    now: Standing,
    last: Subscription,
    subscriptions: Sequence[Subscription],
    *,
    today: date,
    rules: Rules,
) -> tuple[Occasion, int, int] | None:
    ends_on, grace_until = now.ends_on or today, now.grace_until or today
    if now.access is Access.ACTIVE:
        return _before_the_end(last, (ends_on - today).days, (*rules.remind_before, 0))
    if last.term.is_cancelled or any(_is_ahead(each, today) for each in subscriptions):
        return None
    over = (today - ends_on).days
    if now.access is Access.GRACE:
        return Occasion.IN_GRACE, over, (grace_until - today).days + 1
    locked = (today - grace_until).days
    if now.access is Access.LOCKED and rules.follow_up_every <= locked <= rules.follow_up_days:
        return Occasion.LOCKED, over - locked % rules.follow_up_every, over
    return None


def _before_the_end(
    last: Subscription, left: int, steps: Sequence[int]
) -> tuple[Occasion, int, int] | None:
    """A step counts only if its day lies within: a week's pass is no news on its first day."""
    term = last.term
    reached = [
        before
        for before in steps
        if before >= left and term.last_day - before * _DAY > term.first_day
    ]
    if not reached:
        return None
    return Occasion.ENDS_SOON if left else Occasion.ENDS_TODAY, -min(reached), left


def _is_ahead(subscription: Subscription, today: date) -> bool:
    term = subscription.term
    return today < term.first_day <= term.last_day
