"""The tables of GSTR-1 agree with the documents they are made of, whatever was billed."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.business import BUSINESS
from bot.models.billing import Bill, BillLine, compose
from bot.models.business import GstScheme
from bot.models.credit_notes import CreditNote, left_of_invoice, reduce, totals_of
from bot.models.exports import Billed, Credited
from bot.models.gst_summary import B2CL_ABOVE_PAISE, NO_UNIT, PIECES, summarise
from bot.models.gst_tables import Sums, total
from bot.models.invoices import Buyer, Invoice, Seller
from bot.models.items import ItemKind

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
REGISTERED = Buyer(name="Iron LLP", address="Hosur Road", state_code="29", gstin="29ABCDE1234F1ZW")
NEAR = Buyer(name="Asha", address="12 MG Road", state_code="27")
FAR = Buyer(name="Ravi", address="Hosur Road", state_code="29")
GYM = BillLine(
    name="Month",
    kind=ItemKind.FITNESS,
    code="999723",
    quantity=1,
    price_paise=2_000_00,
    rate_bps=500,
)
BOTTLE = BillLine(
    name="Bottle", kind=ItemKind.GOODS, code="3924", quantity=1, price_paise=299_00, rate_bps=1800
)

ON_TOP = replace(BUSINESS, prices_inclusive=False)


def issued(*bills, seller=ON_TOP) -> list[Invoice]:
    """The documents of these bills, numbered in their order."""
    documents = [(bill, document) for bill in bills for document in compose(bill, seller)]
    return [
        Invoice(
            id=number,
            number=f"GYM/26-27/{number:06}",
            kind=document.kind,
            issued_at=NOW,
            supplied_on=date(2026, 11, 24),
            due_on=date(2026, 12, 1),
            person_id=None,
            seller=seller_of(seller),
            buyer=bill.buyer,
            place_of_supply=document.place_of_supply,
            tax_type=document.tax_type,
            inclusive=seller.prices_inclusive,
            lines=document.lines,
            totals=document.totals,
        )
        for number, (bill, document) in enumerate(documents, 1)
    ]


def seller_of(business) -> Seller:
    names = ("legal_name", "trade_name", "address", "state_code", "gstin", "scheme", "upi_id")
    more = ("bank_details", "logo_file_id", "terms")
    facts = {name: getattr(business, name) for name in (*names, *more)}
    return Seller(**facts, timezone="Asia/Kolkata")


def bill(buyer, *lines, shipping=0) -> Bill:
    return Bill(buyer=buyer, lines=lines, shipping_paise=shipping)


def open_(invoice, credited=0) -> Billed:
    return Billed(invoice=invoice, credited_paise=credited, paid_paise=0)


def note(invoice, lines, *, number=1, closes=()) -> Credited:
    made = CreditNote(
        id=number,
        number=f"CN/26-27/{number:06}",
        invoice=invoice,
        reason="less",
        issued_at=NOW,
        lines=tuple(lines),
        totals=totals_of(lines, round_off_paise=0),
    )
    return Credited(note=made, closes=frozenset(closes))


def cancelled(invoice, *, number=1) -> Credited:
    lines = left_of_invoice(invoice, [])
    return note(invoice, lines, number=number, closes=[line.position for line in lines])


def test_each_document_goes_into_its_table():
    dear = replace(BOTTLE, quantity=300)  # 89,700 + 18 %: above the limit
    invoices = issued(
        bill(REGISTERED, GYM, BOTTLE), bill(FAR, GYM, BOTTLE), bill(FAR, dear), bill(NEAR, BOTTLE)
    )
    made = summarise([open_(each) for each in invoices], [])
    assert [(row.invoice.id, row.rate_bps, row.sums) for row in made.b2b] == [
        (1, 500, Sums(2_000_00, 0, 50_00, 50_00)),
        (2, 1800, Sums(299_00, 53_82, 0, 0)),
    ]
    assert [(row.invoice.id, row.sums) for row in made.b2cl] == [
        (5, Sums(89_700_00, 16_146_00, 0, 0))
    ]
    assert [(row.place, row.rate_bps, row.sums) for row in made.b2cs] == [
        ("27", 500, Sums(2_000_00, 0, 50_00, 50_00)),
        ("27", 1800, Sums(299_00, 0, 26_91, 26_91)),
        ("29", 1800, Sums(299_00, 53_82, 0, 0)),
    ]
    assert (made.cdnr, made.cdnur, made.exempt) == ([], [], [])


def test_large_begins_above_the_limit():
    at = replace(BOTTLE, price_paise=B2CL_ABOVE_PAISE, rate_bps=0)
    just, above = issued(bill(FAR, at), bill(FAR, replace(at, price_paise=B2CL_ABOVE_PAISE + 100)))
    assert [just.totals.total_paise, above.totals.total_paise] == [1_00_000_00, 1_00_001_00]
    five = replace(BOTTLE, quantity=400, price_paise=238_09, rate_bps=500)  # 95,236 + 4,761.80
    six = replace(five, price_paise=239_00)
    made = summarise([open_(each) for each in issued(bill(FAR, five), bill(FAR, six))], [])
    assert [row.invoice.id for row in made.b2cl] == [2]


def test_credit_notes_go_where_their_invoices_went():
    dear = replace(BOTTLE, quantity=300)
    invoices = issued(bill(REGISTERED, GYM), bill(NEAR, BOTTLE), bill(FAR, dear))
    notes = [cancelled(each, number=each.id) for each in invoices]
    made = summarise([], notes)
    assert [row.note.id for row in made.cdnr] == [1]
    assert [(row.rate_bps, row.sums) for row in made.b2cs] == [
        (1800, Sums(-299_00, 0, -26_91, -26_91))
    ]
    assert [row.note.id for row in made.cdnur] == [3]
    assert made.cdnur[0].sums == Sums(89_700_00, 16_146_00, 0, 0)


def test_e14_exempt_lines_stand_apart():
    bread = replace(BOTTLE, name="Bread", code="1905", price_paise=200_00, rate_bps=0)
    month = replace(GYM, price_paise=1_500_00)
    (invoice,) = issued(bill(Buyer(name="Anna"), month, bread))
    made = summarise([open_(invoice)], [])
    assert [(row.is_inter, row.is_registered, row.paise) for row in made.exempt] == [
        (False, False, 200_00)
    ]
    assert [row.sums for row in made.b2cs] == [Sums(1_500_00, 0, 37_50, 37_50)]
    assert {row.code: row.sums.value_paise for row in made.hsn_b2c} == {
        "1905": 200_00,
        "999723": 1_575_00,
    }
    taken = summarise([open_(invoice)], [cancelled(invoice)])
    assert (taken.exempt, total(taken.tables.values())) == ([], Sums())


def test_without_gst_only_the_numbers_are_told():
    for scheme in (GstScheme.UNREGISTERED, GstScheme.COMPOSITION):
        (invoice,) = issued(bill(NEAR, GYM), seller=replace(ON_TOP, scheme=scheme))
        made = summarise([open_(invoice)], [cancelled(invoice)])
        assert (made.left_out, total(made.tables.values())) == (2, Sums())
        assert made.hsn_b2c == made.hsn_b2b == []
        assert [(row.first, row.total) for row in made.series] == [
            ("GYM/26-27/000001", 1),
            ("CN/26-27/000001", 1),
        ]


def test_codes_are_summed_with_their_pieces():
    other = replace(BOTTLE, name="Flask", quantity=2)
    invoices = issued(bill(NEAR, GYM, BOTTLE, shipping=50_00), bill(NEAR, other))
    second = invoices[1]
    half = reduce(left_of_invoice(second, [])[0], 100_00, rate_bps=1800, tax=second.tax_type)
    made = summarise([open_(each) for each in invoices], [note(second, [half])])
    assert [(row.code, row.unit, row.names, row.quantity) for row in made.hsn_b2c] == [
        ("", NO_UNIT, ("Shipping",), 0),
        ("3924", PIECES, ("Bottle", "Flask"), 3),
        ("999723", NO_UNIT, ("Month",), 0),
    ]
    rest = left_of_invoice(second, [half])
    last = note(second, rest, number=2, closes=[1])
    made = summarise([open_(each) for each in invoices], [note(second, [half]), last])
    assert [row.quantity for row in made.hsn_b2c] == [0, 1, 0]


def test_numbers_are_told_by_series_and_cancelled_is_what_was_wholly_credited():
    invoices = issued(bill(NEAR, GYM), bill(NEAR, BOTTLE), bill(NEAR, BOTTLE))
    moved = replace(invoices[2], number="FIT/26-27/000001")
    whole = invoices[0].totals.total_paise
    made = summarise(
        [open_(invoices[0], credited=whole), open_(invoices[1], credited=1), open_(moved)], []
    )
    assert [(row.first, row.last, row.total, row.cancelled) for row in made.series] == [
        ("GYM/26-27/000001", "GYM/26-27/000002", 2, 1),
        ("FIT/26-27/000001", "FIT/26-27/000001", 1, 0),
    ]


lines = st.builds(
    BillLine,
    name=st.sampled_from(["Month", "Bottle", "Bread"]),
    kind=st.sampled_from(ItemKind),
    code=st.sampled_from(["", "999723", "3924", "1905"]),
    quantity=st.integers(1, 400),
    price_paise=st.integers(1, 5_000_00),
    rate_bps=st.sampled_from([0, 25, 500, 1800, 4000]),
    discount_bps=st.sampled_from([0, 1000, 3333, 8000]),
)
bills = st.builds(
    Bill,
    buyer=st.sampled_from([REGISTERED, NEAR, FAR]),
    lines=st.lists(lines, min_size=1, max_size=4).map(tuple),
    shipping_paise=st.integers(0, 500_00),
)
sellers = st.builds(
    replace,
    st.just(BUSINESS),
    scheme=st.sampled_from([GstScheme.REGULAR, GstScheme.REGULAR, GstScheme.COMPOSITION]),
    prices_inclusive=st.booleans(),
    taxes_shipping=st.booleans(),
    is_rounded=st.booleans(),
)


def credit_notes(data, invoices) -> list[Credited]:
    """Some lines of some invoices reduced, and some taken back whole."""
    made = []
    for invoice in invoices:
        taken = []
        for _ in range(data.draw(st.integers(0, 2))):
            left = left_of_invoice(invoice, taken)
            if not left:
                break
            lines, closes = left, [line.position for line in left]
            if data.draw(st.booleans()):
                line = data.draw(st.sampled_from(left))
                paise = data.draw(st.integers(1, line.total_paise))
                rate = invoice.lines[line.position - 1].rate_bps
                try:
                    lines = [reduce(line, paise, rate_bps=rate, tax=invoice.tax_type)]
                except ValueError:
                    continue
                closes = [line.position] if paise == line.total_paise else []
            taken += lines
            made.append(note(invoice, lines, number=len(made) + 1, closes=closes))
    return made


@given(st.data(), st.lists(bills, max_size=5), sellers)
def test_the_tables_come_to_the_documents_less_the_credit_notes(data, bills, seller):
    invoices = issued(*bills, seller=seller)
    notes = credit_notes(data, invoices)
    made = summarise([open_(each) for each in invoices], notes)
    is_in = seller.charges_gst
    expected = {
        name: sum(getattr(each.totals, f"{name}_paise") for each in invoices)
        - sum(getattr(each.note.totals, f"{name}_paise") for each in notes)
        for name in ("taxable", "igst", "cgst", "sgst")
    }
    wanted = Sums(*expected.values()) if is_in else Sums()
    assert total(made.tables.values()) == wanted
    assert made.documents == wanted
    assert total(row.sums for row in made.hsn_b2b + made.hsn_b2c) == wanted
    rows = [*made.b2b, *made.b2cl, *made.b2cs, *made.cdnr, *made.cdnur, *made.hsn_b2b]
    assert all(row.sums.cgst_paise == row.sums.sgst_paise for row in (*rows, *made.hsn_b2c))
    assert all(row.rate_bps for row in rows[: len(rows) - len(made.hsn_b2b)])


@given(st.lists(bills, max_size=5), sellers)
def test_when_everything_is_taken_back_nothing_is_left(bills, seller):
    invoices = [each for each in issued(*bills, seller=seller) if left_of_invoice(each, [])]
    made = summarise([], [])
    assert total(made.tables.values()) == Sums()
    notes = [cancelled(each, number=each.id) for each in invoices]
    made = summarise([open_(each) for each in invoices], notes)
    assert total(made.tables.values()) == Sums()
    hsn = made.hsn_b2b + made.hsn_b2c
    assert {row.sums for row in hsn} <= {Sums()}
    assert made.exempt == []
