"""From when to when: days, months, leap years, freezes; and what that gives access to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.club import Club
from bot.models.plans import Duration, DurationUnit
from bot.models.renewals import Clash, clashes, next_start
from bot.models.subscriptions import (
    Access,
    Change,
    ChangeKind,
    Rules,
    Subscription,
    standing,
)

DAYS, MONTHS = DurationUnit.DAYS, DurationUnit.MONTHS
MARCH = date(2026, 3, 1)


def bought(*changes, first=MARCH, days=30, number=1, visits=None) -> Subscription:
    return Subscription(
        id=number,
        person_id=7,
        plan_id=1,
        plan_name="30 Days",
        price_paise=2_500_00,
        first_day=first,
        last_day=first + timedelta(days=days - 1),
        visits_limit=visits,
        changes=changes,
    )


def on(day, *subscriptions, came=()):
    return standing(subscriptions, came, today=day, rules=Rules())


@pytest.mark.parametrize(
    ("count", "unit", "first", "last"),
    [
        (30, DAYS, date(2026, 3, 1), date(2026, 3, 30)),  # product.md, section 5
        (1, DAYS, date(2026, 2, 28), date(2026, 2, 28)),
        (30, DAYS, date(2028, 2, 1), date(2028, 3, 1)),  # a leap year
        (1, MONTHS, date(2026, 1, 31), date(2026, 2, 28)),
        (1, MONTHS, date(2028, 1, 31), date(2028, 2, 29)),
        (1, MONTHS, date(2026, 1, 29), date(2026, 2, 28)),
        (1, MONTHS, date(2026, 1, 28), date(2026, 2, 27)),
        (1, MONTHS, date(2026, 2, 28), date(2026, 3, 27)),
        (1, MONTHS, date(2026, 12, 15), date(2027, 1, 14)),
        (12, MONTHS, date(2028, 2, 29), date(2029, 2, 28)),
        (12, MONTHS, date(2026, 4, 1), date(2027, 3, 31)),
        (3, MONTHS, date(2026, 11, 30), date(2027, 2, 28)),
    ],
)
def test_how_long_a_plan_lasts(count, unit, first, last):
    assert Duration(count=count, unit=unit).last_day(first) == last


@given(
    st.dates(date(2020, 1, 1), date(2060, 12, 31)),
    st.integers(1, 36),
)
def test_months_come_to_the_same_in_one_or_one_by_one_but_for_short_ones(first, count):
    """Renewals that follow on never overlap, and lose at most the days a short month lacks."""
    whole = Duration(count=count, unit=MONTHS).last_day(first)
    day = first
    for _ in range(count):
        last = Duration(count=1, unit=MONTHS).last_day(day)
        assert day <= last
        day = last + timedelta(days=1)
    assert abs((day - timedelta(days=1) - whole).days) <= 3


def test_from_the_first_day_to_the_last_and_then_grace_and_then_locked():
    month = bought()
    assert on(date(2026, 2, 28), month).access is Access.AHEAD
    first, last = on(MARCH, month), on(date(2026, 3, 30), month)
    assert (first.access, first.days_left) == (Access.ACTIVE, 30)
    assert (last.access, last.days_left) == (Access.ACTIVE, 1)
    assert on(date(2026, 3, 31), month).access is Access.GRACE
    assert on(date(2026, 4, 6), month).access is Access.GRACE
    assert on(date(2026, 4, 7), month).access is Access.LOCKED
    assert on(MARCH).access is Access.NONE


def test_grace_ends_with_its_third_check_in():
    came = [date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)]
    still = on(date(2026, 4, 2), bought(), came=came)
    assert (still.access, still.grace_visits_left) == (Access.GRACE, 1)
    came.append(date(2026, 4, 2))
    assert on(date(2026, 4, 3), bought(), came=came).access is Access.LOCKED


def test_a_renewal_follows_on_and_loses_no_day():
    now, later = bought(), bought(first=date(2026, 3, 31), number=2)
    assert next_start([now], [], today=date(2026, 3, 10)) == date(2026, 3, 31)
    assert next_start([now], [], today=date(2026, 4, 20)) == date(2026, 4, 20)
    both = on(date(2026, 3, 10), now, later)
    assert (both.ends_on, both.days_left) == (date(2026, 4, 29), 51)
    assert on(date(2026, 3, 31), now, later).subscription.id == 2


def test_a_freeze_moves_the_end_by_its_days():
    frozen = bought(Change(id=1, kind=ChangeKind.FREEZE, on=date(2026, 3, 10), days=5))
    assert on(date(2026, 3, 9), frozen).access is Access.ACTIVE
    assert on(date(2026, 3, 10), frozen).access is Access.FROZEN
    assert on(date(2026, 3, 14), frozen).access is Access.FROZEN
    assert on(date(2026, 3, 15), frozen).access is Access.ACTIVE
    assert frozen.term.last_day == date(2026, 4, 4)


@pytest.mark.parametrize(("year", "last"), [(2026, date(2026, 3, 21)), (2028, date(2028, 3, 20))])
def test_a_freeze_across_a_month_s_end_counts_its_leap_day(year, last):
    freeze = Change(id=1, kind=ChangeKind.FREEZE, on=date(year, 2, 27), days=5)
    frozen = bought(freeze, first=date(year, 2, 15))
    every = [date(year, 2, 26) + timedelta(days=number) for number in range(7)]
    access = [on(day, frozen).access for day in every]
    assert access == [Access.ACTIVE, *[Access.FROZEN] * 5, Access.ACTIVE]
    assert frozen.term.last_day == last


def test_months_from_the_last_of_january_follow_on_over_a_leap_day():
    last = Duration(count=1, unit=MONTHS).last_day(date(2028, 1, 31))
    month = bought(first=date(2028, 1, 31), days=(last - date(2028, 1, 31)).days + 1)
    leap_day, march = on(date(2028, 2, 29), month), on(date(2028, 3, 1), month)
    assert (leap_day.access, leap_day.days_left) == (Access.ACTIVE, 1)
    assert march.access is Access.GRACE
    assert next_start([month], [], today=date(2028, 2, 29)) == date(2028, 3, 1)


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_day_is_the_club_s_until_its_own_midnight(zone):
    club = Club(
        name="GYM",
        timezone=zone,
        currency="INR",
        welcome_text="",
        review_registrations=True,
        set_up_at=None,
    )
    begins = datetime(2028, 2, 29, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert club.day(begins - timedelta(microseconds=1)) == date(2028, 2, 28)
    assert club.day(begins) == date(2028, 2, 29)


def test_who_comes_back_early_gets_the_other_days_back():
    freeze = Change(id=1, kind=ChangeKind.FREEZE, on=date(2026, 3, 10), days=10)
    back = Change(id=2, kind=ChangeKind.UNFREEZE, on=date(2026, 3, 13))
    thawed = bought(freeze, back)
    assert on(date(2026, 3, 13), thawed).access is Access.ACTIVE
    assert thawed.term.last_day == date(2026, 4, 2)  # three days were frozen
    same_day = bought(freeze, Change(id=2, kind=ChangeKind.UNFREEZE, on=date(2026, 3, 10)))
    assert same_day.term.last_day == date(2026, 3, 30)
    assert same_day.term.freezes == ()


def test_a_change_is_taken_back_by_another_entry():
    extended = Change(id=1, kind=ChangeKind.EXTEND, days=10)
    assert bought(extended).term.last_day == date(2026, 4, 9)
    undone = bought(extended, Change(id=2, kind=ChangeKind.UNDO, undoes_id=1))
    assert undone.term.last_day == date(2026, 3, 30)


def test_a_cancelled_one_has_no_grace():
    cancelled = bought(Change(id=1, kind=ChangeKind.CANCEL, on=date(2026, 3, 11)))
    assert on(date(2026, 3, 10), cancelled).access is Access.ACTIVE
    assert on(date(2026, 3, 11), cancelled).access is Access.LOCKED
    before_it_began = bought(Change(id=1, kind=ChangeKind.CANCEL, on=MARCH))
    assert on(MARCH, before_it_began).access is Access.NONE
    assert next_start([before_it_began], [], today=MARCH) == MARCH


def test_a_trial_has_no_grace():
    trial = replace(bought(days=7), is_trial=True)
    assert on(date(2026, 3, 7), trial).access is Access.ACTIVE
    over = on(date(2026, 3, 8), trial)
    assert (over.access, over.ends_on, over.grace_until) == (
        Access.LOCKED,
        date(2026, 3, 7),
        date(2026, 3, 7),
    )


def test_visits_are_counted_where_the_plan_limits_them():
    ten = bought(visits=2)
    assert on(date(2026, 3, 3), ten, came=[MARCH]).visits_left == 1
    used = on(date(2026, 3, 3), ten, came=[MARCH, date(2026, 3, 2)])
    assert used.access is Access.LOCKED
    over = on(date(2026, 3, 31), ten, came=[MARCH, date(2026, 3, 2)])
    assert (over.access, over.grace_visits_left) == (Access.GRACE, 3)  # product.md, section 5
    more = bought(number=2)
    assert on(date(2026, 3, 3), ten, more, came=[MARCH, date(2026, 3, 2)]).subscription.id == 2


def test_what_is_used_up_is_over_for_whoever_renews():
    """Else a pass that is bought again lets nobody in until the old one has run out."""
    used, came = bought(visits=2), [date(2026, 3, 5), MARCH]
    assert next_start([used], came, today=date(2026, 3, 5)) == date(2026, 3, 6)  # today is paid
    assert next_start([used], came, today=date(2026, 3, 9)) == date(2026, 3, 9)
    assert next_start([used], came[:1], today=date(2026, 3, 9)) == date(2026, 3, 31)
    later = bought(first=date(2026, 3, 31), number=2)
    assert next_start([used, later], came, today=date(2026, 3, 9)) == date(2026, 4, 30)


def test_the_days_of_what_is_used_up_are_not_counted_to_what_runs():
    used, week = bought(visits=1), bought(first=date(2026, 3, 2), days=7, number=2)
    runs = on(date(2026, 3, 3), used, week, came=[MARCH])
    assert (runs.subscription.id, runs.ends_on, runs.days_left) == (2, date(2026, 3, 8), 6)


def test_what_a_change_of_one_does_to_the_one_that_follows_on():
    """It keeps its own days: an admin is told before days are lost, or nothing runs."""
    april = bought(first=date(2026, 3, 31), number=2)
    other = bought(first=date(2026, 5, 9), number=3)

    def clash(change: Change, *changes: Change) -> list[Clash]:
        before = bought(*changes)
        after = replace(before, changes=(*changes, replace(change, id=9)))
        return clashes(before.term, after.term, [before, april, other])

    def told(**days: int) -> list[Clash]:
        return [Clash(plan_name="30 Days", first_day=date(2026, 3, 31), **days)]

    longer = Change(id=1, kind=ChangeKind.EXTEND, days=5)
    assert clash(longer) == told(shared_days=5)
    assert clash(longer, longer) == told(shared_days=10)
    assert clash(Change(id=1, kind=ChangeKind.EXTEND, days=-5)) == told(missing_days=5)
    assert clash(Change(id=1, kind=ChangeKind.EXTEND, days=-5), longer) == []
    assert clash(Change(id=1, kind=ChangeKind.FREEZE, on=MARCH, days=2)) == told(shared_days=2)
    assert clash(Change(id=1, kind=ChangeKind.CANCEL, on=date(2026, 3, 21))) == told(
        missing_days=10
    )
    before_it_began = Change(id=1, kind=ChangeKind.CANCEL, on=date(2026, 2, 20))
    assert clash(before_it_began) == told(missing_days=30)
    april = replace(april, changes=(replace(before_it_began, id=1),))
    assert clash(longer) == []
