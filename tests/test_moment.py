"""When something is to happen, as people type it: every way, every day, clocks that are put."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors.broadcasts import MomentPassed, NotAMoment
from bot.routers._moment import moment

INDIA, BERLIN = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=INDIA)
YEAR = timedelta(days=366)


def read(typed: str | None, now: datetime = NOW, zone: ZoneInfo = INDIA) -> str:
    at = moment(typed, now, zone, within=YEAR)
    assert at.tzinfo is UTC
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:30", "2026-11-24 18:30"),
        (" 18.30\n", "2026-11-24 18:30"),
        ("today 18:30", "2026-11-24 18:30"),
        ("Tomorrow 9:00", "2026-11-25 09:00"),
        ("tomorrow at 9:00", "2026-11-25 09:00"),
        ("25 Nov 18:30", "2026-11-25 18:30"),
        ("25 november, 18:30", "2026-11-25 18:30"),
        ("1st Dec. 2026, 18:30", "2026-12-01 18:30"),
        ("23 Nov 18:30", "2027-11-23 18:30"),
        ("24 Nov 11:00", "2027-11-24 11:00"),
        ("25.11. 18:30", "2026-11-25 18:30"),
        ("25.11 18:30", "2026-11-25 18:30"),
        ("25/11 18:30", "2026-11-25 18:30"),
        ("24/11/2027 18:30", "2027-11-24 18:30"),
        ("25.11.2026 18.30", "2026-11-25 18:30"),
        ("2026-11-25 18:30", "2026-11-25 18:30"),
        ("2026-11-25T18:30", "2026-11-25 18:30"),
    ],
)
def test_a_moment_is_read_however_it_is_written(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        None,
        "",
        "soon",
        "25:00",
        "18:60",
        "18",
        "tomorrow",
        "25 Nov",
        "31 Nov 18:30",
        "25 Ju 18:30",
        "25 Foo 18:30",
        "0.1. 18:30",
        "25.13. 18:30",
        "29.02.2027 18:30",
        "25.11.26 18:30",
        "25/11-2026 18:30",
        "١٨:٣٠",
        "18:30 18:30",
        "9" * 4000,
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(NotAMoment):
        read(typed)


@pytest.mark.parametrize(
    "typed",
    ["11:59", "12:00", "today 9:00", "24.11.2026 11:00", "1 Jan 2026 9:00", "2099-1-1 9:00"],
)
def test_what_has_passed_or_is_too_far_away_is_refused(typed):
    with pytest.raises(MomentPassed):
        read(typed)


def test_a_leap_day_is_the_next_there_is_or_no_day():
    with pytest.raises(NotAMoment):
        read("29 Feb 9:00")
    assert read("29 Feb 9:00", datetime(2027, 12, 1, tzinfo=INDIA)) == "2028-02-29 09:00"


def test_an_hour_that_clocks_skip_is_told_by_the_old_clock():
    before = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    assert read("29 Mar 2:30", before, BERLIN) == "2026-03-29 03:30"


def test_of_an_hour_that_comes_twice_the_first_that_is_ahead_counts():
    before = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)  # 02:15, summer time
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45, summer time
    first, second = (moment("2:30", now, BERLIN, within=YEAR) for now in (before, between))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == first + timedelta(hours=1)
