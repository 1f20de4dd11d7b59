"""What admins type about plans and subscriptions, as values."""

from datetime import date

import pytest

from bot.errors.business import NotADay
from bot.errors.plans import NotADuration
from bot.errors.subscriptions import NotARuleNumber, NotExtraDays, NotReminderDays
from bot.models.plans import Duration, DurationUnit
from bot.models.subscription_cards import Rule
from bot.routers.plans import parse as plans
from bot.routers.subscriptions import parse
from bot.texts.plans import duration

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("typed", "count", "unit"),
    [
        ("30 days", 30, DurationUnit.DAYS),
        ("30", 30, DurationUnit.DAYS),
        ("1 day", 1, DurationUnit.DAYS),
        ("3 Months", 3, DurationUnit.MONTHS),
        ("1month", 1, DurationUnit.MONTHS),
        ("3660", 3_660, DurationUnit.DAYS),
        ("120 months", 120, DurationUnit.MONTHS),
    ],
)
def test_a_duration_is_read_and_written_back(typed, count, unit):
    read = plans.duration(typed)
    assert read == Duration(count=count, unit=unit)
    assert plans.duration(duration(read)) == read


@pytest.mark.parametrize(
    "typed", ["0", "-1 days", "1.5 months", "3661 days", "121 months", "a month", "٣٠", "30 d"]
)
def test_what_is_no_duration_is_refused(typed):
    with pytest.raises(NotADuration):
        plans.duration(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("5", 5), ("+5 days", 5), ("-3", -3), ("− 3", -3), ("–1 day", -1), (" 3660 ", 3_660)],
)
def test_days_to_add_or_to_take_away(typed, days):
    assert parse.extra_days(typed) == days


@pytest.mark.parametrize("typed", ["0", "-0", "--1", "1e3", "3661", "x"])
def test_what_is_no_number_of_days_is_refused(typed):
    with pytest.raises(NotExtraDays):
        parse.extra_days(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 3, 11)),
        ("10 Mar", TODAY),
        ("9 March", date(2027, 3, 9)),
        ("05.04.2026", date(2026, 4, 5)),
        ("2026-03-12", date(2026, 3, 12)),
        ("9 Mar 2026", date(2026, 3, 9)),
    ],
)
def test_a_day_to_begin_on(typed, day):
    assert parse.first_day(typed, TODAY) == day


def test_a_leap_day_is_the_next_year_s_where_only_that_has_one():
    assert parse.first_day("29 Feb", date(2027, 12, 1)) == date(2028, 2, 29)
    with pytest.raises(NotADay):
        parse.first_day("29 Feb", TODAY)


@pytest.mark.parametrize("typed", ["31.02.", "soon", "2026-13-01", "5"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(NotADay):
        parse.first_day(typed, TODAY)


@pytest.mark.parametrize(
    ("rule", "typed", "value"),
    [
        (Rule.GRACE_DAYS, "0", 0),
        (Rule.GRACE_DAYS, "60 days", 60),
        (Rule.FREEZE_DAYS, "366", 366),
        (Rule.PAY_LATER_LIMIT, "7,500", 7_500_00),
        (Rule.REMIND_BEFORE, "1, 7 and 3", (7, 3, 1)),
        (Rule.REMIND_BEFORE, "5 5", (5,)),
        (Rule.FOLLOW_UP_DAYS, "0", 0),
    ],
)
def test_a_rule_s_number(rule, typed, value):
    assert parse.rule(rule, typed) == value


@pytest.mark.parametrize("typed", ["61", "-1", "1000", "7.5", "week"])
def test_what_does_not_fit_a_rule_is_refused(typed):
    with pytest.raises(NotARuleNumber):
        parse.rule(Rule.GRACE_DAYS, typed)


@pytest.mark.parametrize("typed", ["0", "61", "7, x", "1 2 3 4 5 6", ",", "٧"])
def test_what_are_no_days_before_the_end_is_refused(typed):
    with pytest.raises(NotReminderDays):
        parse.rule(Rule.REMIND_BEFORE, typed)


def test_every_no_days_is_never_asked_for():
    with pytest.raises(NotARuleNumber):
        parse.rule(Rule.FOLLOW_UP_EVERY, "0")
