"""Whatever is changed of a subscription, day after day: no day is lost, and there is a way back."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.models.subscriptions import Change, ChangeKind, Rules, Subscription
from bot.services._subscription_changes import after, check
from tests.money.test_terms import bought

FIRST = date(2028, 2, 15)  # of a leap year, and across the end of two months
RULES = Rules()
DAY = timedelta(days=1)


class Wish(NamedTuple):
    """``passes``: days since the one before; ``ahead``: of a freeze, days from then."""

    kind: ChangeKind
    days: int
    ahead: int
    passes: int


WISHES = st.lists(
    st.builds(
        Wish,
        st.sampled_from(ChangeKind),
        st.integers(-25, 25),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    max_size=12,
)


def granted(wishes) -> Subscription:
    """After all of them that the club's rules allow, as they come."""
    subscription, today = bought(first=FIRST), FIRST
    for number, wish in enumerate(wishes, 1):
        today += wish.passes * DAY
        change = _change(wish, number, subscription, today)
        try:
            check(subscription, after(subscription, change), change, today=today, rules=RULES)
        except Refusal:
            continue
        subscription = replace(subscription, changes=(*subscription.changes, change))
    return subscription


def standing_changes(subscription) -> list[Change]:
    undone = {each.undoes_id for each in subscription.changes}
    return [
        each
        for each in subscription.changes
        if each.kind is not ChangeKind.UNDO and each.id not in undone
    ]


def _change(wish, number, subscription, today) -> Change:
    match wish.kind:
        case ChangeKind.UNDO:
            newest = [each.id for each in standing_changes(subscription)][-1:]
            return Change(id=number, kind=wish.kind, undoes_id=newest[0] if newest else 0)
        case ChangeKind.EXTEND:
            return Change(id=number, kind=wish.kind, days=wish.days)
        case ChangeKind.FREEZE:
            on = today + wish.ahead * DAY
            return Change(id=number, kind=wish.kind, on=on, days=wish.days)
        case _:
            return Change(id=number, kind=wish.kind, on=today)


@given(WISHES)
def test_taking_everything_back_gives_what_was_bought(wishes):
    subscription = granted(wishes)
    for number in range(100, 200):
        if not (left := standing_changes(subscription)):
            break
        undo = Change(id=number, kind=ChangeKind.UNDO, undoes_id=left[-1].id)
        check(subscription, after(subscription, undo), undo, today=FIRST, rules=RULES)
        subscription = replace(subscription, changes=(*subscription.changes, undo))
    assert subscription.term == bought(first=FIRST).term


@given(WISHES)
def test_no_day_is_lost_to_a_freeze(wishes):
    """Nor given, but where the end was moved to before one that had been planned."""
    subscription = granted(wishes)
    term = subscription.term
    if term.is_cancelled:
        return
    days = [term.first_day + n * DAY for n in range((term.last_day - term.first_day).days + 1)]
    usable = sum(not term.is_frozen(day) for day in days)
    extended = sum(
        each.days for each in standing_changes(subscription) if each.kind is ChangeKind.EXTEND
    )
    assert usable >= 30 + extended
    if all(frozen.last_day <= term.last_day for frozen in term.freezes):
        assert usable == 30 + extended


@given(WISHES)
def test_freezes_are_apart_and_within_what_the_club_allows(wishes):
    freezes = sorted(granted(wishes).term.freezes, key=lambda each: each.first_day)
    assert sum(each.days for each in freezes) <= RULES.freeze_days
    assert all(each.first_day <= each.last_day for each in freezes)
    pairs = itertools.pairwise(freezes)
    assert all(one.last_day < other.first_day for one, other in pairs)
