"""From a bill to its documents: places of supply, kinds, what must be named."""

from dataclasses import replace

import pytest

from bot.errors.invoices import AddressNeeded, NothingToBill
from bot.models.billing import Bill, BillLine, compose
from bot.models.business import Business, GstScheme
from bot.models.invoices import Buyer, DocumentKind
from bot.models.items import ItemKind
from bot.models.tax import TaxType

CLUB = Business(
    legal_name="Iron House Fitness LLP",
    trade_name="Iron House",
    address="1 Hill Road, Mumbai",
    state_code="27",
    gstin="27ABCDE1234F1Z0",
    scheme=GstScheme.REGULAR,
    is_gst_on=True,
    prices_inclusive=False,
    default_rate_bps=500,
    service_sac="999723",
    taxes_shipping=False,
    is_rounded=True,
    upi_id="irongym@okhdfcbank",
    bank_details="",
    logo_file_id=None,
    invoice_prefix="GYM",
    terms="",
    due_days=7,
    credits_overpayment=True,
)
ANNA = Buyer(name="Anna Rao")
IN_KARNATAKA = Buyer(name="Ravi", address="2 Lake View, Mysuru", state_code="29")
FIRM = replace(IN_KARNATAKA, gstin="29ABCDE1234F1ZW")
MONTH = BillLine(
    name="Month",
    kind=ItemKind.FITNESS,
    code="999723",
    quantity=1,
    price_paise=200_000,
    rate_bps=500,
)
BOTTLE = BillLine(
    name="Bottle", kind=ItemKind.GOODS, code="3924", quantity=1, price_paise=29_900, rate_bps=1800
)
BOOK = BillLine(
    name="Book", kind=ItemKind.GOODS, code="4901", quantity=1, price_paise=20_000, rate_bps=0
)


def told(bill: Bill, seller: Business = CLUB) -> list[tuple]:
    return [
        (
            document.kind,
            document.place_of_supply,
            document.tax_type,
            [line.name for line in document.lines],
            document.totals.total_paise,
        )
        for document in compose(bill, seller)
    ]


def test_e28_two_places_of_supply_are_two_documents():
    month, bottle = compose(Bill(buyer=IN_KARNATAKA, lines=(BOTTLE, MONTH)), CLUB)
    assert (month.place_of_supply, month.tax_type) == ("27", TaxType.INTRA)
    assert (month.totals.cgst_paise, month.totals.sgst_paise) == (5_000, 5_000)
    assert month.totals.total_paise == 210_000
    assert (bottle.place_of_supply, bottle.tax_type) == ("29", TaxType.INTER)
    assert (bottle.totals.igst_paise, bottle.totals.round_off_paise) == (5_382, 18)
    assert bottle.totals.total_paise == 35_300


def test_e28_without_an_address_all_is_supplied_at_the_club():
    (only,) = compose(Bill(buyer=ANNA, lines=(MONTH, BOTTLE)), CLUB)
    assert only.tax_type is TaxType.INTRA
    bottle = only.lines[1].taxed
    assert (bottle.cgst_paise, bottle.sgst_paise, bottle.total_paise) == (2_691, 2_691, 35_282)


def test_fitness_is_supplied_at_the_club_even_to_a_firm_of_another_state():
    assert told(Bill(buyer=FIRM, lines=(MONTH,)))[0][1:3] == ("27", TaxType.INTRA)


def test_e14_taxed_and_exempt_share_a_document_unless_the_buyer_is_registered():
    lines = (MONTH, BOOK)
    assert [row[0] for row in told(Bill(buyer=ANNA, lines=lines))] == [
        DocumentKind.INVOICE_CUM_BILL
    ]
    here = replace(FIRM, gstin="27ABCDE1234F1Z0", state_code="27")
    assert {row[0] for row in told(Bill(buyer=here, lines=lines))} == {
        DocumentKind.TAX_INVOICE,
        DocumentKind.BILL_OF_SUPPLY,
    }


def test_exempt_alone_is_a_bill_of_supply():
    assert told(Bill(buyer=ANNA, lines=(BOOK,)))[0][0] is DocumentKind.BILL_OF_SUPPLY


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"scheme": GstScheme.UNREGISTERED, "gstin": None}, DocumentKind.INVOICE),
        ({"is_gst_on": False}, DocumentKind.INVOICE),
        ({"scheme": GstScheme.COMPOSITION}, DocumentKind.BILL_OF_SUPPLY),
    ],
)
def test_who_charges_no_gst_bills_without_any(changes, kind):
    (only,) = compose(Bill(buyer=ANNA, lines=(MONTH,)), replace(CLUB, **changes))
    assert (only.kind, only.tax_type, only.totals.total_paise) == (kind, TaxType.NONE, 200_000)


@pytest.mark.parametrize("scheme", [GstScheme.UNREGISTERED, GstScheme.COMPOSITION])
def test_without_gst_no_place_of_supply_makes_two_documents_of_one_bill(scheme):
    club = replace(CLUB, scheme=scheme)
    (only,) = told(Bill(buyer=IN_KARNATAKA, lines=(MONTH, BOTTLE)), club)
    assert only[1:] == ("27", TaxType.NONE, ["Month", "Bottle"], 229_900)


def test_e32_from_fifty_thousand_a_buyer_must_be_named_with_an_address():
    just_below = replace(MONTH, price_paise=49_999_99)
    at_it = replace(MONTH, price_paise=50_000_00)
    assert compose(Bill(buyer=ANNA, lines=(just_below,)), CLUB)
    with pytest.raises(AddressNeeded):
        compose(Bill(buyer=ANNA, lines=(at_it,)), CLUB)
    assert compose(Bill(buyer=IN_KARNATAKA, lines=(at_it,)), CLUB)
    unregistered = replace(CLUB, scheme=GstScheme.UNREGISTERED, gstin=None)
    assert compose(Bill(buyer=ANNA, lines=(at_it,)), unregistered)


def test_shipping_goes_with_the_dearest_line_and_is_taxed_if_the_club_wants_it():
    example = replace(BOTTLE, quantity=2, price_paise=49_900, discount_bps=1_000)
    bill = Bill(buyer=ANNA, lines=(example,), shipping_paise=5_000)
    (untaxed,) = compose(bill, CLUB)
    assert untaxed.totals.before_round_paise == 110_988
    assert (untaxed.totals.total_paise, untaxed.totals.round_off_paise) == (111_000, 12)
    (taxed,) = compose(bill, replace(CLUB, taxes_shipping=True, is_rounded=False))
    assert taxed.lines[-1].taxed.tax_paise == 900
    assert taxed.totals.total_paise == 110_988 + 900


def test_shipping_that_is_untaxed_makes_no_other_kind_of_document():
    bill = Bill(buyer=ANNA, lines=(BOTTLE,), shipping_paise=5_000)
    assert told(bill)[0][0] is DocumentKind.TAX_INVOICE


def test_nothing_cannot_be_billed():
    with pytest.raises(NothingToBill):
        compose(Bill(buyer=ANNA, lines=()), CLUB)
