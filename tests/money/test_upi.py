"""Links that every UPI app reads alike."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.upi import CEILING_PAISE, UpiRequest, reference_of

PAYEE = "irongym@okhdfcbank"


def test_the_example_of_the_design_note():
    number = "GYM/26-27/000001"
    request = UpiRequest(
        payee=PAYEE,
        name="Iron House Gym",
        reference=reference_of(number),
        note=f"Inv {number}",
        amount_paise=554300,
    )
    assert request.link == (
        "upi://pay?pa=irongym@okhdfcbank&pn=Iron%20House%20Gym&tr=GYM2627000001"
        "&tn=Inv%20GYM%2F26-27%2F000001&am=5543.00&cu=INR"
    )


def test_what_says_nothing_is_left_out():
    assert UpiRequest(payee=PAYEE, name="Gym").link == f"upi://pay?pa={PAYEE}&pn=Gym&cu=INR"


@pytest.mark.parametrize(
    ("paise", "amount"), [(1, "0.01"), (50, "0.50"), (100, "1.00"), (1_23_456_78, "123456.78")]
)
def test_an_amount_has_two_decimals_and_no_grouping(paise, amount):
    assert f"&am={amount}&" in UpiRequest(payee=PAYEE, name="Gym", amount_paise=paise).link


@pytest.mark.parametrize("paise", [0, -1])
def test_nothing_is_never_asked_for(paise):
    with pytest.raises(ValueError, match="any amount"):
        UpiRequest(payee=PAYEE, name="Gym", amount_paise=paise)


@pytest.mark.parametrize("reference", ["GYM/26-27/1", "a b", "ä", "x" * 36, "1\n"])
def test_a_reference_that_apps_refuse(reference):
    with pytest.raises(ValueError, match="35"):
        UpiRequest(payee=PAYEE, name="Gym", reference=reference)


def test_the_usual_ceiling():
    def asks(paise):
        return UpiRequest(payee=PAYEE, name="Gym", amount_paise=paise).is_over_ceiling

    assert not asks(CEILING_PAISE)
    assert asks(CEILING_PAISE + 1)
    assert not UpiRequest(payee=PAYEE, name="Gym").is_over_ceiling


@given(name=st.text(min_size=1).filter(str.strip), note=st.text())
def test_whatever_people_write_arrives_and_breaks_nothing(name, note):
    link = UpiRequest(payee=PAYEE, name=name, note=note).link
    assert link.isascii()
    assert not set(link) & set(' +"<>\n')
    found = parse_qs(urlsplit(link).query)
    assert found["pn"] == [" ".join(name.split())[:50].rstrip()]
    assert found["pa"] == [PAYEE]
    shown = unquote(found.get("tn", [""])[0])
    assert len(shown) <= 50
