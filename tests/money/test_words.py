"""Amounts in figures and words, GST numbers, financial years."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.gstin import check_character, financial_year, financial_year_name, is_gstin
from bot.texts.amounts import in_words, number, percent, rupees

INDIA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("paise", "words"),
    [
        (554_300, "Rupees Five Thousand Five Hundred Forty Three Only"),
        (
            12_345_678,
            (
                "Rupees One Lakh Twenty Three Thousand Four Hundred Fifty Six and Seventy Eight "
                "Paise Only"
            ),
        ),
        (1_000_000_000, "Rupees One Crore Only"),
        (50, "Rupees Zero and Fifty Paise Only"),
        (0, "Rupees Zero Only"),
        (1_100, "Rupees Eleven Only"),
        (2_000_100, "Rupees Twenty Thousand One Only"),
        (123_450_000_000, "Rupees One Hundred Twenty Three Crore Forty Five Lakh Only"),
    ],
)
def test_an_amount_in_words(paise, words):
    assert in_words(paise) == words


@pytest.mark.parametrize(
    ("paise", "written"),
    [
        (12_345_678, "1,23,456.78"),
        (1_000_000_000, "1,00,00,000.00"),
        (5, "0.05"),
        (99_999, "999.99"),
        (100_000, "1,000.00"),
        (-46, "−0.46"),
    ],
)
def test_an_amount_in_figures(paise, written):
    assert number(paise) == written


def test_rupees_and_percents():
    assert rupees(11_000_000) == "₹1,10,000.00"
    assert rupees(-46) == "−₹0.46"
    assert [percent(bps) for bps in (500, 1800, 25, 0, 1250)] == [
        *("5 %", "18 %", "0.25 %", "0 %", "12.5 %")
    ]


@given(st.integers(0, 10**13))
def test_figures_are_the_amount_again(paise):
    assert int(number(paise).replace(",", "").replace(".", "")) == paise


@pytest.mark.parametrize(
    "known", ["27AAPFU0939F1ZV", "29AAGCB7383J1Z4", "27ABCDE1234F1Z0", "04ABCDE1234F1Z8"]
)
def test_a_gst_number_that_is_one(known):
    assert is_gstin(known)
    assert check_character(known[:14]) == known[14]


@pytest.mark.parametrize(
    "wrong",
    [
        "27ABCDE1234F1Z1",  # the check character
        "27aapfu0939f1zv",
        "25AAPFU0939F1ZV",  # no such State
        "27AAPFU0939F1Z",
        "",
        "२७AAPFU0939F1ZV",
    ],
)
def test_a_gst_number_that_is_none(wrong):
    assert not is_gstin(wrong)


def test_the_financial_year_begins_on_the_club_s_clock():
    last = datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)
    first = datetime(2026, 3, 31, 18, 30, 0, tzinfo=UTC)
    assert financial_year_name(financial_year(last, INDIA)) == "25-26"
    assert financial_year_name(financial_year(first, INDIA)) == "26-27"
    assert financial_year_name(2099) == "99-00"
