"""The tax of what is paid ahead (CGST Rules 50, 51), and until when any is taken back (s. 34)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.business import BUSINESS
from bot.models.advances import OpenAdvance, advance_of
from bot.models.business import GstScheme
from bot.models.exports import AheadUse, TakenAhead, UsedAhead
from bot.models.gst_summary import summarise
from bot.models.gst_tables import Nature, Sums, total
from bot.models.items import ItemKind
from bot.models.tax import TaxType
from bot.services._gst_sheets import gst
from tests.documents.samples import KOLKATA
from tests.money.test_gst_summary import GYM, NEAR, bill, cancelled, issued, open_
from tests.services.exporting import sheets

OPEN = replace(BUSINESS, advances_are_fitness=False)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def ahead(paise, seller=BUSINESS, bps=500):
    made = advance_of(paise, seller, rate_bps=bps)
    assert made is not None
    return made


def test_for_the_club_s_own_services_it_is_taxed_like_them():
    made = ahead(1_000_00)
    assert (made.kind, made.code, made.rate_bps) == (ItemKind.FITNESS, "999723", 500)
    assert (made.tax_type, made.place_of_supply) == (TaxType.INTRA, "27")
    sums = made.totals  # half: 1,00,000 × 500 ÷ 21,000 = 2,380.95…
    assert (sums.taxable_paise, sums.cgst_paise, sums.sgst_paise) == (952_38, 23_81, 23_81)


def test_where_nobody_knows_for_what_it_is_18_per_cent_and_inter_state():
    made = ahead(1_000_00, OPEN)
    assert (made.kind, made.code, made.rate_bps) == (None, "", 1_800)
    assert (made.tax_type, made.place_of_supply) == (TaxType.INTER, "27")
    sums = made.totals  # 1,00,000 × 1,800 ÷ 11,800 = 15,254.23…
    assert (sums.taxable_paise, sums.igst_paise, sums.cgst_paise) == (847_46, 152_54, 0)


@pytest.mark.parametrize(
    "seller",
    [
        replace(BUSINESS, is_gst_on=False),
        replace(BUSINESS, scheme=GstScheme.COMPOSITION),
        replace(BUSINESS, scheme=GstScheme.UNREGISTERED, gstin=None),
    ],
)
def test_who_charges_no_gst_taxes_nothing(seller):
    assert advance_of(1_000_00, seller, rate_bps=500) is None


@given(
    st.lists(st.integers(1, 5_000), min_size=1, max_size=12),
    st.sampled_from([BUSINESS, OPEN]),
    st.sampled_from([0, 25, 500, 1_800, 4_000]),
)
def test_the_parts_make_the_whole_to_the_paisa(parts, seller, bps):
    whole, used, sums = ahead(sum(parts), seller, bps), 0, []
    for part in parts:
        tax = whole.part(part, used_paise=used)
        assert (tax.total_paise, tax.cgst_paise) == (part, tax.sgst_paise)
        assert min(tax.cgst_paise, tax.igst_paise) >= 0
        sums.append(tax)
        used += part
    for head in ("taxable_paise", "cgst_paise", "igst_paise"):
        assert sum(getattr(tax, head) for tax in sums) == getattr(whole.totals, head)


def test_an_invoice_takes_the_advance_first_and_a_refund_what_was_freed():
    half_used = OpenAdvance(advance=ahead(400_00), used_paise=100_00, unused_paise=500_00)
    assert half_used.left_paise == 300_00  # of ₹500.00, of which a credit note freed ₹200.00
    assert [half_used.adjusted(paise) for paise in (250_00, 450_00)] == [250_00, 300_00]
    assert [half_used.refunded(paise) for paise in (200_00, 250_00, 500_00)] == [0, 50_00, 300_00]


def used(payment_id, use, paise, *, of, number="GYM/26-27/000009", before=0):
    return UsedAhead(
        id=payment_id,
        use=use,
        number=number,
        at=NOW,
        payment_id=payment_id,
        receipt=f"RC/26-27/{payment_id:06}",
        received_at=NOW,
        payer_name="Anna",
        advance=of,
        totals=of.part(paise, used_paise=before),
    )


def test_what_comes_and_goes_within_a_period_is_in_no_table_and_earlier_ones_are_adjusted():
    known, unknown = ahead(1_050_00), ahead(1_180_00, OPEN)
    taken = [
        TakenAhead(payment_id=5, number="RC/26-27/000005", advance=known, is_void=False),
        TakenAhead(payment_id=7, number="RC/26-27/000007", advance=unknown, is_void=True),
    ]
    gone = [
        used(5, AheadUse.ADJUSTED, 525_00, of=known),
        used(7, AheadUse.VOID, 1_180_00, of=unknown, number="RF/26-27/000001"),
        used(1, AheadUse.ADJUSTED, 210_00, of=known),
        used(2, AheadUse.REFUNDED, 118_00, of=unknown, number="RV/26-27/000001"),
    ]
    made = summarise([], [], taken, gone)
    tables = made.advances
    rows = [tables.received, tables.adjusted, tables.back]
    assert [[(r.is_inter, r.place, r.rate_bps, r.sums) for r in each] for each in rows] == [
        [(False, "27", 500, Sums(500_00, 0, 12_50, 12_50))],
        [(False, "27", 500, Sums(200_00, 0, 5_00, 5_00))],
        [(True, "27", 1_800, Sums(100_00, 18_00, 0, 0))],
    ]
    assert tables.together == tables.documents == Sums(200_00, -18_00, 7_50, 7_50)
    assert [each.number for each in tables.returned] == ["RF/26-27/000001", "RV/26-27/000001"]
    assert [(row.nature, row.first, row.total, row.cancelled) for row in made.series] == [
        (Nature.RECEIPT_VOUCHERS, "RC/26-27/000005", 2, 1),
        (Nature.REFUND_VOUCHERS, "RV/26-27/000001", 1, 0),
    ]
    assert total(made.tables.values()) == Sums()  # no supply yet


@pytest.mark.parametrize(
    ("supplied", "at", "since"),
    [
        (date(2026, 3, 31), datetime(2026, 11, 30, 18, 29, 59, tzinfo=UTC), None),
        (date(2026, 3, 31), datetime(2026, 11, 30, 18, 30, tzinfo=UTC), date(2026, 11, 30)),
        (date(2026, 4, 1), datetime(2027, 11, 30, 18, 29, 59, tzinfo=UTC), None),
        (date(2026, 4, 1), datetime(2027, 11, 30, 18, 30, tzinfo=UTC), date(2027, 11, 30)),
    ],
)
def test_tax_is_taken_back_until_30_november_after_the_year_by_the_club_s_clock(
    supplied, at, since
):
    (invoice,) = issued(bill(NEAR, GYM))
    dated = replace(cancelled(replace(invoice, supplied_on=supplied)).note, issued_at=at)
    assert dated.late_since == since
    untaxed = replace(dated.totals, cgst_paise=0, sgst_paise=0)
    assert replace(dated, totals=untaxed).late_since is None


def test_a_late_credit_note_is_deducted_from_nothing_and_listed_apart():
    (invoice,) = issued(bill(NEAR, GYM))
    of_old = cancelled(replace(invoice, supplied_on=date(2024, 3, 31)))
    made = summarise([open_(invoice)], [of_old])
    assert [row.sums for row in made.b2cs] == [Sums(2_000_00, 0, 50_00, 50_00)]
    assert [(row.last, row.sums) for row in made.late] == [
        (date(2024, 11, 30), Sums(2_000_00, 0, 50_00, 50_00))
    ]
    assert total(made.tables.values()) == made.documents
    assert [row.nature for row in made.series] == [Nature.INVOICES, Nature.CREDIT_NOTES]
    found = sheets(gst(made, KOLKATA))
    assert list(found["Late notes"][0].values()) == [
        *("CN/26-27/000001", date(2026, 11, 24), "Asha", "GYM/26-27/000001", date(2024, 3, 31)),
        *(date(2024, 11, 30), 2_000, 0, 50, 50, 2_100),
    ]
    assert found["Summary"][-1]["Together"] == 2_100
    assert found["Summary"][-2]["Taxable"] == found["Summary"][-3]["Taxable"] == 2_000
