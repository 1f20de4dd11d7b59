"""Periods: named ones by the club's calendar, and those that people write."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import TextExpected, TextTooLong
from bot.errors.exports import NotAPeriod, PeriodTooLong
from bot.models.exports import Period, PeriodName, bucket, period_named
from bot.routers._dates import period

QUARTER = Period(first=date(2026, 4, 1), last=date(2026, 6, 30))


@pytest.mark.parametrize(
    "typed",
    [
        "1.4.2026 - 30.6.2026",
        "01.04.2026-30.06.2026",
        "2026-04-01 to 2026-06-30",
        "2026-04-01 - 2026-06-30",
        "2026-04-01-2026-06-30",
        "30.6.2026 - 1.4.2026",
        "1/4/2026 – 30/6/2026",
        "1-4-2026 - 30-6-2026",
        "1 Apr 2026 to 30 June 2026",
        "1st April, 2026 until 30th jun. 2026",
        "1.4.2026..30.6.2026",
        "\u00a01.4.2026\u00a0-\u00a030.6.2026 ",
    ],
)
def test_every_way_to_write_a_period(typed):
    assert period(typed) == QUARTER


def test_one_day_is_a_period():
    assert period("24 Nov 2026") == Period(first=date(2026, 11, 24), last=date(2026, 11, 24))


@pytest.mark.parametrize(
    "typed",
    [
        "last month",
        "April",
        "1.4. - 30.6.",
        "1.4.2026 -",
        "- 30.6.2026",
        "30.2.2026 - 1.4.2026",
        "1.13.2026 - 1.4.2026",
        "1.4.0001 - 1.4.9999",
        "1.4.1999 - 1.5.1999",
        "1.4.2026 30.6.2026 1.7.2026",
        "1.4.2026 - 30.6.2026 - 1.7.2026",
        "1 Ju 2026 - 1 Aug 2026",
        "2026-04-01T00:00 to 2026-06-30T00:00",
        "१.४.२०२६ - ३०.६.२०२६",
        "=1+1",
    ],
)
def test_anything_else_is_no_period(typed):
    with pytest.raises(NotAPeriod):
        period(typed)


def test_nothing_and_too_much_are_told_apart():
    with pytest.raises(TextExpected):
        period(None)
    with pytest.raises(TextTooLong):
        period("1.4.2026 - 30.6.2026" * 5)


def test_two_years_are_enough():
    assert period("1.4.2027 - 31.3.2029").first == date(2027, 4, 1)  # 731 days: one is leap
    with pytest.raises(PeriodTooLong):
        period("1.4.2027 - 1.4.2029")


@pytest.mark.parametrize(
    ("today", "name", "first", "last"),
    [
        ("2026-11-24", PeriodName.THIS_MONTH, "2026-11-01", "2026-11-30"),
        ("2026-11-24", PeriodName.LAST_MONTH, "2026-10-01", "2026-10-31"),
        ("2026-11-24", PeriodName.THIS_QUARTER, "2026-10-01", "2026-12-31"),
        ("2026-11-24", PeriodName.LAST_QUARTER, "2026-07-01", "2026-09-30"),
        ("2026-11-24", PeriodName.THIS_YEAR, "2026-04-01", "2027-03-31"),
        ("2026-11-24", PeriodName.LAST_YEAR, "2025-04-01", "2026-03-31"),
        ("2027-01-31", PeriodName.LAST_MONTH, "2026-12-01", "2026-12-31"),
        ("2027-01-31", PeriodName.THIS_QUARTER, "2027-01-01", "2027-03-31"),
        ("2027-01-31", PeriodName.LAST_QUARTER, "2026-10-01", "2026-12-31"),
        ("2027-03-31", PeriodName.THIS_YEAR, "2026-04-01", "2027-03-31"),
        ("2027-04-01", PeriodName.THIS_YEAR, "2027-04-01", "2028-03-31"),
        ("2027-04-01", PeriodName.LAST_YEAR, "2026-04-01", "2027-03-31"),
        ("2028-03-31", PeriodName.LAST_MONTH, "2028-02-01", "2028-02-29"),
        ("2026-12-31", PeriodName.THIS_MONTH, "2026-12-01", "2026-12-31"),
    ],
)
def test_named_periods(today, name, first, last):
    expected = Period(first=date.fromisoformat(first), last=date.fromisoformat(last))
    assert period_named(name, date.fromisoformat(today)) == expected


def test_a_period_ends_where_the_next_begins_on_the_club_s_clock():
    since, until = QUARTER.bounds(ZoneInfo("Asia/Kolkata"))
    assert since == datetime(2026, 3, 31, 18, 30, tzinfo=UTC)
    assert until == datetime(2026, 6, 30, 18, 30, tzinfo=UTC)


def test_ageing():
    ages = (-1, 0, 30, 31, 60, 61, 90, 91, 1000)
    assert [bucket(age) for age in ages] == [0, 0, 0, 1, 1, 2, 2, 3, 3]
