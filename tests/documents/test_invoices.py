"""What an invoice must say by law, and what it must not: Rules 46, 46A and 49."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.models.invoices import DocumentKind
from bot.models.upi import CEILING_PAISE
from tests.documents import samples as s
from tests.documents.reading import codes_on, drawn, pages_of, words_of

ON_EVERY_ONE = (
    *("Iron House Gym", "Iron House Fitness LLP", "2nd Floor, Shree Plaza, Baner Road Pune 411045"),
    "State: Maharashtra (27)",
    *("Billed to Asha Kulkarni 12 Lake View, Aundh Pune 411007", "Phone: +91 98220 12345"),
    *("Number: GYM/26-27/000001", "Date of issue: 25 Nov 2026", "Date of supply: 24 Nov 2026"),
    *("Due date: 2 Dec 2026", "Place of supply: Maharashtra (27)"),
    *("Description", "Qty", "Rate", "Monthly membership", "1,500.00"),
    *("Amount in words Rupees", "Round-off 0.00", "Total payable"),
    *("Pay by UPI irongym@okhdfcbank", "Bank details HDFC Bank, Baner A/c 50200012345678"),
    *("Terms Fees once paid", "For Iron House Fitness LLP", "Authorised signatory"),
    *("This is a computer-generated document.", "Page 1 of 1"),
)
OF_A_REGISTERED = (
    *("GSTIN: 27ABCDE1234F1Z0", "HSN/SAC", "999723", "Tax payable on reverse charge: No"),
)
OF_A_TAXED = (*("Tax CGST SGST Total", "5 % 37.50 37.50", "CGST 37.50 SGST 37.50"), "Tax rate")


@pytest.mark.parametrize(
    ("invoice", "said"),
    [
        (s.E01, ("Tax invoice", *OF_A_REGISTERED, *OF_A_TAXED, "Amount: ₹1,575.00")),
        (
            s.E14,
            (
                *("Invoice-cum-bill of supply", *OF_A_REGISTERED, *OF_A_TAXED),
                *("2 Yoga book 4901 1 pcs 200.00 200.00 Exempt – – 200.00",),
                *("Taxable value 1,500.00 Exempt value 200.00", "Total payable ₹1,775.00"),
            ),
        ),
        (s.COMPOSITION_BILL, ("Bill of supply", *OF_A_REGISTERED, "Subtotal 1,500.00")),
        (s.E15, ("Invoice", "Total payable ₹1,500.00")),
    ],
    ids=["tax invoice", "invoice-cum-bill", "bill of supply", "invoice"],
)
def test_every_field_of_every_kind(invoice, said):
    words = words_of(invoice)
    assert [field for field in (*ON_EVERY_ONE, *said) if field not in words] == []


def test_who_is_not_registered_says_nothing_of_tax():
    issued = replace(s.E15, seller=s.SELLER, buyer=s.OF_KARNATAKA)  # the numbers may be known
    words = words_of(issued)
    for tax in ("GSTIN", "HSN", "SAC", "999723", "CGST", "SGST", "IGST", "Tax", "reverse charge"):
        assert tax not in words


@pytest.mark.parametrize("invoice", [s.COMPOSITION_BILL, s.EXEMPT_BILL])
def test_a_bill_of_supply_shows_no_tax(invoice):
    words = words_of(invoice)
    assert not {"CGST", "SGST", "IGST", "Taxable"} & set(words.split())
    assert "Tax invoice" not in words


def test_composition_is_said_before_all_else():
    legend = "Composition taxable person, not eligible to collect tax on supplies"
    assert words_of(s.COMPOSITION_BILL).startswith(legend)
    assert legend not in words_of(s.EXEMPT_BILL) + words_of(s.E01)


def test_between_states():
    words = words_of(s.E04)
    assert "Place of supply: Karnataka (29)" in words
    assert "GSTIN: 29ABCDE1234F1ZW" in words
    assert "9506 1 pcs 3,499.00 3,499.00 18 % 629.82 4,128.82" in words
    assert "IGST 629.82 Round-off 0.18 Total payable ₹4,129.00" in words
    assert "CGST" not in words


def test_a_union_territory():
    words = words_of(s.E16)
    assert "Place of supply: Chandigarh (04)" in words
    assert "CGST 62.50 UTGST 62.50" in words
    assert "SGST" not in words


def test_one_member_two_documents():
    assert "CGST 50.00 SGST 50.00" in words_of(s.E28_MONTH)
    assert "IGST 53.82 Round-off 0.18 Total payable ₹353.00" in words_of(s.E28_BOTTLE)


def test_discounts_of_lines_and_of_the_bill_stand_together():
    issued = s.invoice(
        replace(s.MONTH, rupees=4499, discount=10), s.BOTTLE, bill_discount_paise=100_00
    )
    words = words_of(issued)
    first, second = (one.taxed for one in issued.lines)
    assert first.discount_paise + first.shared_paise == 543_02
    assert f"4,499.00 543.02 {3_955.98:,.2f} 5 %" in words
    assert second.shared_paise == 6_88
    assert "Discount" not in words_of(s.E01)


def test_prices_that_hold_their_tax_say_so():
    said = "Rates and discounts include tax."
    assert said in words_of(s.invoice(replace(s.MONTH, rupees=1999), inclusive=True))
    assert said not in words_of(s.E01)


def test_rounding_is_seen_wherever_it_is_done():
    odd = replace(s.MONTH, rupees=333)
    assert "Round-off 0.34 Total payable ₹350.00" in words_of(s.invoice(odd))
    exact = words_of(s.invoice(odd, rounded=False))
    assert "Round-off" not in exact
    assert "Total payable ₹349.66" in exact
    assert "Three Hundred Forty Nine and Sixty Six Paise Only" in exact


def test_tax_by_code_and_rate():
    at_18 = replace(s.MONTH, name="Locker", rupees=200, percent=18)
    words = words_of(s.invoice(s.MONTH, s.BOTTLE, replace(s.MONTH, rupees=500), at_18))
    table = words[words.index("Tax by HSN/SAC") :]
    assert "7323 299.00 18 % 26.91 26.91 53.82" in table
    assert "999723 2,000.00 5 % 50.00 50.00 100.00" in table
    assert "999723 200.00 18 % 18.00 18.00 36.00" in table
    assert "Total 2,499.00 94.91 94.91 189.82" in table


def test_the_date_of_issue_is_the_clubs():
    midnight = replace(s.E01, issued_at=datetime(2026, 3, 31, 18, 30, tzinfo=UTC))
    before = replace(midnight, issued_at=datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC))
    assert "Date of issue: 1 Apr 2026" in words_of(midnight)
    assert "Date of issue: 31 Mar 2026" in words_of(before)


def test_a_walk_in_customer():
    words = words_of(replace(s.E01, buyer=s.Buyer(name="Walk-in customer")))
    assert "Billed to Walk-in customer" in words
    assert "Phone" not in words


def test_the_code_asks_for_the_exact_total():
    (said,) = codes_on(drawn(s.E04))
    assert said == (
        "upi://pay?pa=irongym@okhdfcbank&pn=Iron%20House%20Gym&tr=GYM2627000001"
        "&tn=Inv%20GYM%2F26-27%2F000001&am=4129.00&cu=INR"
    )


@pytest.mark.parametrize(
    "invoice",
    [
        replace(s.E01, seller=replace(s.SELLER, upi_id=None)),
        s.invoice(replace(s.MONTH, rupees=0)),
    ],
    ids=["no address", "nothing to pay"],
)
def test_without_a_code(invoice):
    pdf = drawn(invoice)
    assert codes_on(pdf) == []
    assert "UPI" not in pages_of(pdf)[0]


def test_beyond_the_ceiling_no_code_that_banks_refuse():
    lakh = replace(s.MONTH, rupees=CEILING_PAISE // 100, percent=0)
    assert len(codes_on(drawn(s.invoice(lakh)))) == 1
    pdf = drawn(s.invoice(replace(lakh, rupees=lakh.rupees + 1)))
    assert codes_on(pdf) == []
    assert "at most ₹1,00,000.00. Please pay in parts or by bank transfer." in pages_of(pdf)[0]


def test_every_kind_has_its_title():
    titles = {words_of(replace(s.E01, kind=kind)).split("Billed to")[0] for kind in DocumentKind}
    assert len(titles) == len(DocumentKind)
