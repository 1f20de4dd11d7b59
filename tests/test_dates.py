"""Days as people write them, and which of them can be birthdays."""

from datetime import date

import pytest

from bot.errors.birthdays import NotABirthday
from bot.models.birthdays import Birthday, days_celebrated
from bot.routers._dates import birthday
from bot.texts.birthdays import written

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("24 Nov", None),
        ("\u00a024  november ", None),
        ("24th Nov.", None),
        ("24. Nov", None),
        ("24nov", None),
        ("24.11.", None),
        ("24.11", None),
        ("24/11", None),
        ("24-11", None),
        ("24 November 1990", 1990),
        ("24 nov, 1990", 1990),
        ("24.11.1990", 1990),
        ("24/11/1990", 1990),
        ("24 - 11 - 1990", 1990),
        ("1990-11-24", 1990),
    ],
)
def test_every_way_to_write_a_day(typed, year):
    assert birthday(typed) == Birthday(day=24, month=11, year=year)


@pytest.mark.parametrize("typed", ["4 May", "4 may 1990", "04/05", "4.5."])
def test_the_day_stands_before_the_month(typed):
    assert (birthday(typed).day, birthday(typed).month) == (4, 5)


@pytest.mark.parametrize(
    "typed",
    ["soon", "Nov", "24", "24 Ju", "24 Novembre", "24/11/90", "24/0/1990", "٢٤/١١", "1/2/3/4"],
)
def test_anything_else_is_no_day(typed):
    with pytest.raises(NotABirthday):
        birthday(typed)


@pytest.mark.parametrize(
    ("typed", "possible"),
    [
        ("30 Feb", False),
        ("31.4.", False),
        ("29 Feb", True),
        ("29 Feb 1990", False),
        ("29 Feb 1992", True),
        ("0 Jan", False),
        ("24/13/1990", False),
        ("31 Dec 1899", False),
        ("1 Jan 1900", True),
        ("24 Nov 2026", True),
        ("25 Nov 2026", False),
        ("24 Nov 0000", False),
    ],
)
def test_a_birthday_is_a_day_that_has_been(typed, possible):
    assert birthday(typed).could_be(TODAY) is possible


def test_in_years_without_it_29_february_is_celebrated_on_the_28th():
    assert days_celebrated(date(2027, 2, 28)) == [28, 29]
    assert days_celebrated(date(2028, 2, 28)) == [28]
    assert days_celebrated(date(2028, 2, 29)) == [29]
    assert days_celebrated(date(2027, 3, 28)) == [28]


def test_it_is_written_as_it_was_told():
    assert written(Birthday(day=4, month=5, year=None)) == "4 May"
    assert written(Birthday(day=29, month=2, year=1992)) == "29 Feb 1992"
