"""The worked cases, and what must hold for every price."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.money import half_up, round_off, share
from bot.models.tax import Priced, TaxType, tax_lines, totals

CASES = json.loads((Path(__file__).parent / "cases" / "gst.json").read_text())
RATES = st.sampled_from([0, 25, 300, 500, 1200, 1800, 2800, 4000])
LINES = st.lists(
    st.builds(
        Priced,
        quantity=st.integers(1, 999),
        price_paise=st.integers(1, 10_000_000),
        rate_bps=RATES,
        discount_bps=st.integers(0, 8000),
    ),
    min_size=1,
    max_size=12,
)


def paise(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    whole, _, rest = text.lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int(f"{rest:0<2}"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case(case):
    lines = [
        Priced(
            quantity=line["qty"],
            price_paise=paise(line["price"]),
            rate_bps=line["rate"] * 100,
            discount_bps=line.get("disc_pct", 0) * 100,
        )
        for line in case["lines"]
    ]
    taxed = tax_lines(
        lines,
        TaxType(case["tax_type"]),
        inclusive=case["price_includes_tax"],
        bill_discount_paise=paise(case["invoice_discount"]),
    )
    found = totals(taxed, rounded=True)
    expected = {name: paise(amount) for name, amount in case["expect"].items()}
    assert {
        "taxable": found.taxable_paise,
        "cgst": found.cgst_paise,
        "sgst": found.sgst_paise,
        "igst": found.igst_paise,
        "before_round": found.before_round_paise,
        "round_off": found.round_off_paise,
        "total": found.total_paise,
    } == expected
    for line, wanted in zip(taxed, case["expect_lines"], strict=True):
        assert {
            "discount_alloc": line.shared_paise,
            "taxable": line.taxable_paise,
            "cgst": line.cgst_paise,
            "sgst": line.sgst_paise,
            "igst": line.igst_paise,
        } == {name: paise(amount) for name, amount in wanted.items()}


def test_the_example_of_the_product():
    (line,) = tax_lines(
        [Priced(quantity=2, price_paise=49_900, rate_bps=1800, discount_bps=1000)],
        TaxType.INTRA,
        inclusive=False,
    )
    assert (line.base_paise, line.discount_paise, line.taxable_paise) == (99_800, 9_980, 89_820)
    assert (line.cgst_paise, line.sgst_paise, line.total_paise) == (8_084, 8_084, 105_988)
    assert round_off(line.total_paise + 5_000) == 12


@given(LINES, st.sampled_from(TaxType), st.data())
def test_inclusive_prices_add_up_to_what_is_printed(lines, tax, data):
    nets = [line.base_paise - line.discount_paise for line in lines]
    off = data.draw(st.integers(0, sum(nets)))
    taxed = tax_lines(lines, tax, inclusive=True, bill_discount_paise=off)
    assert sum(line.total_paise for line in taxed) == sum(nets) - off
    assert all(line.cgst_paise == line.sgst_paise for line in taxed)
    assert all(line.taxable_paise >= 0 for line in taxed)


@given(LINES, st.sampled_from(TaxType))
def test_exclusive_tax_is_the_rate_of_the_net_to_the_nearest_paisa(lines, tax):
    for priced, line in zip(lines, tax_lines(lines, tax, inclusive=False), strict=True):
        rate = 0 if tax is TaxType.NONE else priced.rate_bps
        assert abs(line.tax_paise * 10_000 - line.taxable_paise * rate) <= 10_000
        assert line.taxable_paise == priced.base_paise - priced.discount_paise
        assert (line.igst_paise > 0) <= (tax is TaxType.INTER)
        assert (line.cgst_paise > 0) <= (tax is TaxType.INTRA)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_a_share_is_exact_and_fair(total, weights):
    if not sum(weights):
        weights[0] = 1
    parts = share(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_nothing_can_be_shared_over_nothing():
    assert share(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="share"):
        share(1, [0, 0])


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"), [(5, 10, 1), (4, 10, 0), (15, 10, 2), (25, 10, 3)]
)
def test_a_half_goes_up(numerator, denominator, rounded):
    assert half_up(numerator, denominator) == rounded


@given(st.integers(0, 10**12))
def test_a_rounded_total_is_whole_rupees(paise):
    off = round_off(paise)
    assert -49 <= off <= 50
    assert (paise + off) % 100 == 0


def test_a_discount_larger_than_the_bill_is_a_bug():
    with pytest.raises(ValueError, match="discount"):
        tax_lines(
            [Priced(quantity=1, price_paise=100, rate_bps=0)],
            TaxType.NONE,
            inclusive=False,
            bill_discount_paise=101,
        )
