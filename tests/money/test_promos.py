"""What a code takes off, whether it is taken, and that a bill comes to what was shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors.promos import (
    NotACode,
    NotAGift,
    NotAPromoLimit,
    PromoDaysReversed,
    PromoNotForPlan,
    PromoNotYet,
    PromoOver,
    PromoUsedByYou,
    PromoUsedUp,
)
from bot.models.promos import Gift, Promo, PromoField, as_discount, check_days
from bot.models.tax import Priced, TaxType, tax_lines
from bot.routers.promos.parse import fact

MARCH = date(2026, 3, 1)
prices = st.integers(1, 9_999_999_99)
gifts = st.builds(Gift, percent=st.integers(1, 99)) | st.builds(
    Gift, amount_paise=st.integers(1, 9_999_999_99)
)


def promo(**facts) -> Promo:
    return Promo(id=1, code="SUMMER10", gives=Gift(percent=10), **facts)


@pytest.mark.parametrize(
    ("gives", "price", "off"),
    [
        (Gift(percent=10), 2_500_00, 250_00),
        (Gift(percent=33), 99_99, 33_00),  # 32.9967
        (Gift(percent=50), 2_01, 1_01),  # a half goes up, and a rupee is left
        (Gift(percent=50), 1_99, 99),  # a rupee is left
        (Gift(percent=99), 2_500_00, 2_475_00),
        (Gift(amount_paise=250_00), 2_500_00, 250_00),
        (Gift(amount_paise=3_000_00), 2_500_00, 2_499_00),
        (Gift(amount_paise=250_00), 1_00, 0),
        (Gift(percent=50), 1, 0),
    ],
)
def test_what_it_takes_off(gives, price, off):
    assert gives.off(price) == off


@given(prices, gifts, st.integers(0, 2_000_00), st.sampled_from([0, 500, 1_800]))
def test_a_bill_comes_to_the_paisa_that_was_shown(price, gives, fee, rate):
    """Whether the line has a discount or holds what is left; the fee is on the same line."""
    off = gives.off(price)
    assert off == 0 or price - off >= 1_00
    shown, whole = price + fee - off, price + fee
    points = as_discount(whole, off)
    line = Priced(
        quantity=1,
        price_paise=shown if points is None else whole,
        rate_bps=rate,
        discount_bps=points or 0,
    )
    (taxed,) = tax_lines([line], TaxType.INTRA, inclusive=True)
    assert taxed.total_paise == shown
    assert points is None or taxed.discount_paise == off


def test_a_percentage_of_the_price_alone_is_a_discount_of_the_line():
    assert as_discount(2_500_00, Gift(percent=10).off(2_500_00)) == 1_000
    assert as_discount(2_499_00, Gift(percent=15).off(2_499_00)) == 1_500
    assert as_discount(2_500_00, 250_00) == 1_000
    assert as_discount(2_999_00, 250_00) is None  # 8.336… %
    assert as_discount(2_500_00, 2_475_00) is None  # more than lines may have off


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({}, None),
        ({"first_day": MARCH, "last_day": MARCH}, None),
        ({"first_day": date(2026, 3, 2)}, PromoNotYet),
        ({"last_day": date(2026, 2, 28)}, PromoOver),
        ({"plan_id": 3}, None),
        ({"plan_id": 4}, PromoNotForPlan),
        ({"uses_limit": 5, "used": 4}, None),
        ({"uses_limit": 5, "used": 5}, PromoUsedUp),
        ({"member_limit": 2}, None),
        ({"member_limit": 1}, PromoUsedByYou),
    ],
)
def test_whether_it_is_taken(facts, refused):
    asked = promo(**{"member_limit": 2, **facts})
    no = asked.objection(3, used_by_me=1, today=MARCH)
    assert (type(no) if no else None) is refused


def test_it_ends_no_earlier_than_it_begins():
    check_days(MARCH, MARCH)
    check_days(None, MARCH)
    with pytest.raises(PromoDaysReversed):
        check_days(MARCH, date(2026, 2, 28))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (PromoField.CODE, " summer10 ", "SUMMER10"),
        (PromoField.CODE, "AB", NotACode),
        (PromoField.CODE, "SUMMER 10", NotACode),
        (PromoField.CODE, "ß10", NotACode),
        (PromoField.CODE, "A" * 21, NotACode),
        (PromoField.GIVES, "10 %", Gift(percent=10)),
        (PromoField.GIVES, "99%", Gift(percent=99)),
        (PromoField.GIVES, "100 %", NotAGift),
        (PromoField.GIVES, "0%", NotAGift),
        (PromoField.GIVES, "₹250.50", Gift(amount_paise=250_50)),
        (PromoField.GIVES, "free", NotAGift),
        (PromoField.LAST_DAY, "1 Mar 2026", MARCH),
        (PromoField.USES, "100", 100),
        (PromoField.USES, "0", NotAPromoLimit),
        (PromoField.OF_MEMBER, "100", NotAPromoLimit),
    ],
)
def test_what_admins_type(field, typed, value):
    if isinstance(value, type):
        with pytest.raises(value):
            fact(field, typed)
    else:
        assert fact(field, typed) == value
