"""What is said on which day around a subscription's end; and who was locked last night."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.expiry import Books, at_hand, due, was_locked_last_night
from bot.models.follow_ups import Occasion
from bot.models.subscriptions import Access, Change, ChangeKind, Rules, standing
from tests.money.test_terms import bought

LAST = date(2026, 3, 30)  # of ``bought()``: 30 days from 1 March
SOON, TODAY = Occasion.ENDS_SOON, Occasion.ENDS_TODAY
GRACE, LOCKED = Occasion.IN_GRACE, Occasion.LOCKED


def said(day, *subscriptions, came=(), rules=None):
    books = Books(subscriptions=subscriptions, visits=came)
    found = due(books, today=day, rules=rules or Rules())
    return found and (found.occasion, found.step, found.days)


def locked(day, *subscriptions, came=(), rules=None) -> bool:
    books = Books(subscriptions=subscriptions, visits=came)
    return was_locked_last_night(books, today=day, rules=rules or Rules())


def every_day(
    *subscriptions,
    first=LAST - timedelta(days=29),
    days=90,
    came=(),
    rules=Rules(),  # noqa: B008
):
    """Each thing said, with its day from the end, as a job of every day says it: once."""
    done, told = set(), {}
    for number in range(days):
        day = first + timedelta(days=number)
        books = Books(subscriptions=subscriptions, visits=came)
        found = due(books, today=day, rules=rules)
        if found and (found.ends_on, found.step) not in done:
            done.add((found.ends_on, found.step))
            told[(day - found.ends_on).days] = found.occasion
    return told


def test_each_day_of_the_product_page_and_no_other():
    assert every_day(bought()) == {
        -7: SOON,
        -3: SOON,
        -1: SOON,
        0: TODAY,
        **dict.fromkeys(range(1, 8), GRACE),
        **dict.fromkeys(range(10, 38, 3), LOCKED),
    }


def test_the_days_are_the_club_s_rules():
    rules = Rules(remind_before=(20, 2), follow_up_every=5, follow_up_days=11, grace_days=1)
    assert every_day(bought(), rules=rules) == {
        -20: SOON,
        -2: SOON,
        0: TODAY,
        1: GRACE,
        **dict.fromkeys((6, 11), LOCKED),
    }


def test_by_hand_anybody_who_may_come_in_is_reminded_on_any_day():
    def by_hand(day, *subscriptions):
        books = Books(subscriptions=subscriptions, visits=())
        found = at_hand(books, today=day, rules=Rules(remind_before=(1,)))
        return found and (found.occasion, found.step, found.days)

    assert by_hand(LAST - timedelta(days=5), bought()) == (SOON, -5, 5)
    assert by_hand(LAST - timedelta(days=1), bought()) == (SOON, -1, 1)
    assert by_hand(LAST, bought()) == (TODAY, 0, 0)
    assert by_hand(LAST + timedelta(days=2), bought()) == (GRACE, 2, 6)
    assert by_hand(LAST + timedelta(days=20), bought()) is None


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (date(2026, 2, 28), 30),
        (date(2028, 2, 29), 30),  # a leap year
        (date(2028, 3, 1), 31),
        (date(2026, 12, 31), 365),
        (date(2100, 2, 28), 30),  # none
    ],
)
def test_the_days_run_across_months_leap_days_and_years(last, days):
    one = bought(first=last - timedelta(days=days - 1), days=days)
    assert said(last - timedelta(days=7), one) == (SOON, -7, 7)
    assert said(last, one) == (TODAY, 0, 0)
    assert said(last + timedelta(days=1), one) == (GRACE, 1, 7)
    assert said(last + timedelta(days=7), one) == (GRACE, 7, 1)
    assert said(last + timedelta(days=8), one) is None
    assert said(last + timedelta(days=10), one) == (LOCKED, 10, 10)


def test_after_an_outage_only_the_latest_is_caught_up():
    assert said(LAST - timedelta(days=2), bought()) == (SOON, -3, 2)
    assert said(LAST - timedelta(days=5), bought()) == (SOON, -7, 5)
    assert said(LAST + timedelta(days=15), bought()) == (LOCKED, 13, 15)
    assert said(LAST + timedelta(days=38), bought()) is None


def test_a_short_pass_is_no_news_as_it_begins():
    week = bought(first=LAST - timedelta(days=6), days=7)
    assert every_day(week, first=LAST - timedelta(days=6), days=7) == {-3: SOON, -1: SOON, 0: TODAY}
    assert said(LAST, bought(first=LAST, days=1)) is None


def test_who_has_renewed_hears_of_the_later_end_only():
    later = bought(first=LAST + timedelta(days=1), number=2)
    assert said(LAST, bought(), later) is None
    assert said(LAST + timedelta(days=23), bought(), later) == (SOON, -7, 7)


def test_a_gap_is_told_before_it_and_not_within():
    later = bought(first=LAST + timedelta(days=5), number=2)
    assert said(LAST, bought(), later) == (TODAY, 0, 0)
    assert said(LAST + timedelta(days=2), bought(), later) is None
    after_grace = bought(first=LAST + timedelta(days=20), number=2)
    assert said(LAST + timedelta(days=10), bought(), after_grace) is None


def test_frozen_and_cancelled_hear_nothing():
    frozen = bought(Change(id=1, kind=ChangeKind.FREEZE, on=LAST, days=5))
    assert said(LAST, frozen) is None
    assert said(LAST + timedelta(days=5), frozen) == (TODAY, 0, 0)
    cancelled = bought(Change(id=1, kind=ChangeKind.CANCEL, on=LAST))
    assert not [n for n in range(41) if said(LAST + timedelta(days=n), cancelled)]


def test_who_has_used_up_grace_is_locked_and_hears_no_more_of_it():
    came = [LAST + timedelta(days=n) for n in (1, 2, 3)]
    assert said(LAST + timedelta(days=3), bought(), came=came[:2]) == (GRACE, 3, 5)
    assert said(LAST + timedelta(days=3), bought(), came=came) is None
    assert said(LAST + timedelta(days=10), bought(), came=came) == (LOCKED, 10, 10)


def test_without_grace_follow_ups_count_from_the_end():
    rules = Rules(grace_days=0)
    assert said(LAST + timedelta(days=1), bought(), rules=rules) is None
    assert said(LAST + timedelta(days=3), bought(), rules=rules) == (LOCKED, 3, 3)
    assert locked(LAST + timedelta(days=1), bought(), rules=rules)


def test_nobody_hears_of_what_they_never_had():
    assert said(LAST) is None
    assert said(LAST - timedelta(days=60), bought()) is None


def test_locked_on_one_night_only():
    nights = [n for n in range(-30, 60) if locked(LAST + timedelta(days=n), bought())]
    assert nights == [8]


def test_locked_by_the_last_check_in_of_yesterday():
    came = [LAST + timedelta(days=n) for n in (1, 2, 4)]
    nights = [n for n in range(20) if locked(LAST + timedelta(days=n), bought(), came=came)]
    assert nights == [5]
    of_three = bought(visits=3)
    came = [LAST - timedelta(days=n) for n in (20, 19, 15)]
    nights = [n for n in range(-30, 1) if locked(LAST + timedelta(days=n), of_three, came=came)]
    assert nights == [-14]


def test_who_was_cancelled_or_has_renewed_is_no_news():
    cancelled = bought(Change(id=1, kind=ChangeKind.CANCEL, on=LAST))
    assert not any(locked(LAST + timedelta(days=n), cancelled) for n in range(-3, 12))
    later = bought(first=LAST + timedelta(days=1), number=2)
    assert not locked(LAST + timedelta(days=8), bought(), later)


@given(
    st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 60)), min_size=1, max_size=4),
    st.lists(st.integers(-60, 60), max_size=8, unique=True),
    st.integers(-60, 120),
)
def test_what_is_said_fits_how_they_stand(terms, came, day):
    """Whatever was bought: it speaks of an end, to who is in the state that it speaks of."""
    bought_all = [
        bought(first=LAST + timedelta(days=first), days=days, number=number)
        for number, (first, days) in enumerate(terms, 1)
    ]
    visits, today = [LAST + timedelta(days=n) for n in came], LAST + timedelta(days=day)
    now = standing(bought_all, visits, today=today, rules=Rules())
    access = {SOON: Access.ACTIVE, TODAY: Access.ACTIVE, GRACE: Access.GRACE, LOCKED: Access.LOCKED}
    found = due(Books(subscriptions=bought_all, visits=visits), today=today, rules=Rules())
    if found:
        assert now.access is access[found.occasion]
        assert found.ends_on == now.ends_on
        assert found.step <= (today - found.ends_on).days
