"""What follows on: when the next one begins, and what a change of one does to those after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.models.subscriptions import Subscription, Term

_DAY: Final = timedelta(days=1)


def next_start(
    subscriptions: Sequence[Subscription], visits: Iterable[date], *, today: date
) -> date:
    """When one begins that is to follow on: the day after the last, and not before today.

    What is used up lets nobody in any more: it was over with its last visit.
    """
    came = sorted(visits)
    ends = [_lets_in_until(each, came) for each in subscriptions]
    return max([today, *(end + _DAY for end in ends)])


def _lets_in_until(subscription: Subscription, came: Sequence[date]) -> date:
    """``came`` in its order."""
    term, limit = subscription.term, subscription.visits_limit
    used = [day for day in came if term.holds(day)]
    is_used_up = limit is not None and len(used) >= limit
    return used[(limit or 0) - 1] if is_used_up else term.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One that follows on keeps its own days, whatever becomes of the one before it.

    ``shared_days``: those on which both would run; 0: it is ``missing_days`` that nothing runs.
    """

    plan_name: str
    first_day: date
    shared_days: int = 0
    missing_days: int = 0


def clashes(before: Term, after: Term, others: Iterable[Subscription]) -> list[Clash]:
    """What a change of one does to those of the same person that begin later."""
    found = []
    for other in others:
        term = other.term
        if not before.first_day < term.first_day <= term.last_day:
            continue
        clash = Clash(plan_name=other.plan_name, first_day=term.first_day)
        shared = _shared(after, term)
        ends = max(after.last_day, before.first_day - _DAY)
        missing = (term.first_day - ends).days - 1
        if shared > _shared(before, term):
            found.append(replace(clash, shared_days=shared))
        elif missing > 0 and before.last_day + _DAY >= term.first_day:
            found.append(replace(clash, missing_days=missing))
    return found


def _shared(one: Term, later: Term) -> int:
    return max(0, (min(one.last_day, later.last_day) - later.first_day).days + 1)
