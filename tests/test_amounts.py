"""Amounts and percentages as typed: exact, or refused with help."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors.items import NotAnAmount, NotAnHsn, NotAnItemName, NotAPercent, NotAStock
from bot.models.money import MAX_PAISE
from bot.services import item_facts
from bot.services.amounts import amount, percent
from bot.texts.amounts import number

paise = st.integers(1, MAX_PAISE)


@pytest.mark.parametrize(
    ("typed", "paise"),
    [
        ("1500", 150_000),
        ("1,500", 150_000),
        ("₹1500.50", 150_050),
        ("₹ 1,500.5", 150_050),
        ("1500/-", 150_000),
        (" 1500 /- \u200b", 150_000),
        ("0.01", 1),
        ("99,99,999.99", 999_999_999),
        ("9,999,999.99", 999_999_999),
        ("1,00,000", 10_000_000),
        ("007", 700),
    ],
)
def test_an_amount_as_people_write_it(typed, paise):
    assert amount(typed) == paise


@pytest.mark.parametrize(
    "typed",
    [
        *("1e3", "-5", "abc", "１５", "", " ", "0", "0.00", "1.234", "1.", ".5", "1,5", "15,00"),
        *("1,,500", "99,99,999.991", "1,00,00,000", "10000000", "1 500", "1500-", "1500/", "₹"),
        *("१५००", "1500.50.1", "+5", "1_500", "inf", "nan", "0x10", "1500 /- /-", "9" * 5000),
    ],
)
def test_anything_else_gets_help(typed):
    with pytest.raises(NotAnAmount):
        amount(typed)


@given(paise)
def test_every_amount_survives_being_written(count):
    plain = f"{count // 100}.{count % 100:02}"
    assert {amount(typed) for typed in (plain, number(count), f"₹{plain}", f"{plain}/-")} == {count}


@given(st.one_of(st.text(max_size=20), st.from_regex(r"\A[₹0-9,./ -]{1,14}\Z")))
def test_what_is_read_is_what_is_written(typed):
    try:
        count = amount(typed)
    except NotAnAmount:
        return
    digits = re.sub(r"[^0-9.]", "", typed.replace("/-", ""))
    assert Decimal(count) == Decimal(digits) * 100
    assert 0 < count <= MAX_PAISE


@pytest.mark.parametrize(
    ("typed", "points"), [("18", 1800), ("18 %", 1800), ("2.5%", 250), ("0", 0), ("100", 10_000)]
)
def test_a_percentage(typed, points):
    assert percent(typed) == points


@pytest.mark.parametrize("typed", ["", "-1", "100.01", "101", "1.234", "१८", "18%%", "x", "1e1"])
def test_no_percentage(typed):
    with pytest.raises(NotAPercent):
        percent(typed)


@given(st.integers(0, 10_000))
def test_every_percentage_survives_being_written(points):
    assert percent(f"{points // 100}.{points % 100:02} %") == points


def test_names_are_one_line_and_keep_their_script():
    assert item_facts.name("  Whey\n protein\t1 kg ") == "Whey protein 1 kg"
    assert item_facts.name("योगा चटाई") == "योगा चटाई"
    assert item_facts.name("=1+1") == "=1+1"
    assert item_facts.name("a\u202eb\x00c") == "a b c"


@pytest.mark.parametrize("typed", ["", "  ", "---", "💪", "\u0301", "x" * 101])
def test_a_name_needs_letters_and_an_end(typed):
    with pytest.raises(NotAnItemName):
        item_facts.name(typed)


@pytest.mark.parametrize("typed", ["1", "12345", "99972", "9997x3", "९९९७२३", "1234567890"])
def test_a_code_has_four_six_or_eight_digits(typed):
    with pytest.raises(NotAnHsn):
        item_facts.hsn(typed)


@pytest.mark.parametrize("typed", ["-1", "1.5", "1000001", "१", "many", "9" * 5000])
def test_a_stock_is_whole_pieces(typed):
    with pytest.raises(NotAStock):
        item_facts.stock(typed)
