"""Unused days and what they are worth, without a database."""

from datetime import date

import pytest

from bot.models.invoices import Balance
from bot.models.prorata import Share, Worth, share
from bot.models.subscriptions import Frozen, Term

MARCH = Term(first_day=date(2026, 3, 1), last_day=date(2026, 3, 30), freezes=(), is_cancelled=False)


def term(first, last, *freezes) -> Term:
    frozen = tuple(Frozen(first_day=each[0], last_day=each[1]) for each in freezes)
    return Term(first_day=first, last_day=last, freezes=frozen, is_cancelled=False)


@pytest.mark.parametrize(
    ("today", "unused"),
    [
        (date(2026, 2, 27), 30),  # it has not begun
        (date(2026, 3, 1), 30),  # the first day is given back, too
        (date(2026, 3, 14), 17),
        (date(2026, 3, 30), 1),
        (date(2026, 3, 31), 0),
    ],
)
def test_today_is_not_used_yet(today, unused):
    assert share(MARCH, today) == Share(unused_days=unused, all_days=30)


def test_months_have_the_days_that_they_have():
    leap = term(date(2028, 1, 31), date(2028, 2, 29))
    assert share(leap, date(2028, 2, 28)) == Share(unused_days=2, all_days=30)
    year = term(date(2027, 12, 1), date(2028, 11, 30))
    assert share(year, date(2028, 3, 1)) == Share(unused_days=275, all_days=366)


def test_a_frozen_day_is_neither_used_nor_one_of_the_whole():
    frozen = term(date(2026, 3, 1), date(2026, 4, 4), (date(2026, 3, 10), date(2026, 3, 14)))
    for today, unused in (
        (date(2026, 3, 9), 22),
        (date(2026, 3, 10), 21),  # frozen from here on
        (date(2026, 3, 14), 21),
        (date(2026, 3, 15), 21),
        (date(2026, 3, 16), 20),
    ):
        assert share(frozen, today) == Share(unused_days=unused, all_days=30)


def test_what_was_cancelled_before_it_began_has_no_days():
    gone = term(date(2026, 3, 1), date(2026, 2, 20))
    assert share(gone, date(2026, 2, 21)) == Share(unused_days=0, all_days=0)
    assert share(gone, date(2026, 2, 21)).of(2_500_00) == 0


@pytest.mark.parametrize(
    ("visits", "worth"), [(0, 0), (1, 200_00), (6, 1_200_00), (7, 1_360_00), (12, 1_360_00)]
)
def test_of_counted_visits_no_more_is_given_back_than_is_left(visits, worth):
    left = Share(unused_days=17, all_days=30, unused_visits=visits, all_visits=12)
    assert left.of(2_400_00) == worth


@pytest.mark.parametrize(
    ("unused", "days", "paise", "worth"),
    [(17, 30, 2_500_00, 1_416_67), (1, 30, 100, 3), (1, 2, 1, 1), (30, 30, 1, 1), (0, 30, 99, 0)],
)
def test_half_a_paisa_goes_up(unused, days, paise, worth):
    assert Share(unused_days=unused, all_days=days).of(paise) == worth


def worth(*, credited=0, allocated=2_500_00, fee=0) -> Worth:
    return Worth(
        today=date(2026, 3, 16),
        invoice_id=1,
        number="GYM/25-26/000001",
        share=share(MARCH, date(2026, 3, 16)),
        balance=Balance(
            total_paise=2_500_00,
            credited_paise=credited,
            allocated_paise=allocated,
            due_on=date(2026, 3, 8),
        ),
        joining_fee_paise=fee,
    )


def test_what_is_left_of_the_bill_is_shared_without_the_joining_fee():
    assert worth().unused_paise == 1_250_00
    assert worth(fee=500_00).unused_paise == 1_000_00
    assert worth(credited=500_00, allocated=2_000_00, fee=500_00).unused_paise == 750_00
    assert worth(credited=2_400_00, allocated=100_00, fee=500_00).unused_paise == 0


def test_only_what_was_paid_is_freed():
    assert worth().freed_paise(1_250_00) == 1_250_00
    assert worth(allocated=2_000_00).freed_paise(1_250_00) == 750_00
    assert worth(allocated=0).freed_paise(1_250_00) == 0
