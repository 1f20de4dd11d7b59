"""What a credit note and a receipt must say, and what they must not (Rules 50 and 53)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.documents.credit_notes import credit_note_pdf
from bot.documents.receipts import receipt_pdf
from bot.models.credit_notes import CreditNote, left_of_invoice, reduce, totals_of
from bot.models.payments import Method, PaymentLine, ReceiptPaper, Settled
from tests.documents import samples as s
from tests.documents.reading import pages_of

LATE = datetime(2027, 3, 31, 18, 30, tzinfo=UTC)  # the first of April by the club's clock
PAID = ReceiptPaper(
    id=1,
    number="RC/26-27/000001",
    received_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    payer_name=s.NAMES["Marathi"],
    seller=s.SELLER,
    purpose="",
    lines=(
        PaymentLine(method=Method.UPI, amount_paise=3_000_00, reference="412345678901"),
        PaymentLine(method=Method.CASH, amount_paise=2_000_00),
    ),
    settled=(
        Settled(invoice_id=1, number="GYM/26-27/000001", amount_paise=4_430_00, due_paise=0),
        Settled(invoice_id=2, number="GYM/26-27/000002", amount_paise=500_00, due_paise=12_300),
    ),
    total_paise=5_000_00,
)


def noted(invoice, lines=None, **changes) -> CreditNote:
    lines = tuple(lines or left_of_invoice(invoice, []))
    round_off = 0 if changes else invoice.totals.round_off_paise
    fields = {
        "id": 1,
        "number": "CN/26-27/000001",
        "invoice": invoice,
        "reason": "The member moved away & left",
        "issued_at": datetime(2026, 11, 28, 9, tzinfo=UTC),
        "lines": lines,
        "totals": totals_of(lines, round_off_paise=round_off),
    }
    return CreditNote(**{**fields, **changes})


def words_of(pdf) -> str:
    return " ".join(pages_of(pdf))


@pytest.mark.parametrize(
    ("invoice", "said"),
    [
        (s.E01, "1 Monthly membership 999723 1,500.00 5 % 37.50 37.50 1,575.00"),
        (s.E04, "1 Adjustable bench 9506 3,499.00 18 % 629.82 4,128.82"),
        (s.E16, "CGST 62.50 UTGST 62.50 Total credited ₹2,625.00"),
        (s.E14, "2 Yoga book 4901 200.00 Exempt – – 200.00"),
        (s.COMPOSITION_BILL, "1 Monthly membership 999723 1,500.00"),
        (s.E15, "1 Monthly membership 1,500.00"),
    ],
)
def test_every_kind_of_invoice_is_credited_as_it_was_billed(invoice, said):
    words = words_of(credit_note_pdf(noted(invoice)))
    for field in (
        *(said, "Credit note", "Number: CN/26-27/000001", "Date of issue: 28 Nov 2026"),
        *("Original invoice: GYM/26-27/000001", "Its date of issue: 25 Nov 2026"),
        *("Billed to", "Reason The member moved away & left", "For Iron House Fitness LLP"),
    ):
        assert field in words


def test_who_is_not_registered_says_nothing_of_tax():
    words = words_of(credit_note_pdf(noted(replace(s.E15, seller=s.SELLER))))
    for tax in ("GSTIN", "HSN", "SAC", "CGST", "SGST", "IGST", "Tax"):
        assert tax not in words


def test_the_round_off_of_the_invoice_goes_back_with_the_last_of_it():
    words = words_of(credit_note_pdf(noted(s.E04)))
    assert "IGST 629.82 Round-off 0.18 Total credited ₹4,129.00" in words


def test_a_part_of_a_line():
    (left,) = left_of_invoice(s.E01, [])
    part = reduce(left, 525_00, rate_bps=500, tax=s.E01.tax_type)
    words = words_of(credit_note_pdf(noted(s.E01, [part], issued_at=LATE)))
    assert "Taxable value 500.00 CGST 12.50 SGST 12.50 Total credited ₹525.00" in words
    assert "Date of issue: 1 Apr 2027" in words
    assert "Round-off" not in words


def test_a_receipt_says_from_whom_how_and_for_what():
    words = words_of(receipt_pdf(PAID))
    for field in (
        *("Receipt", "Number: RC/26-27/000001", "Date of receipt: 28 Nov 2026", "Received from"),
        *("UPI · 412345678901 3,000.00", "Cash 2,000.00", "Total received ₹5,000.00"),
        *("Rupees Five Thousand Only", "GYM/26-27/000001 4,430.00 –"),
        *("GYM/26-27/000002 500.00 123.00", "GSTIN: 27ABCDE1234F1Z0"),
        "Advance, to be adjusted against a future invoice: ₹70.00",
    ):
        assert field in words


def test_a_receipt_for_all_that_was_due_speaks_of_no_advance():
    exact = replace(PAID, total_paise=4_930_00, seller=s.UNREGISTERED)
    words = words_of(receipt_pdf(exact))
    assert "Advance" not in words
    assert "GSTIN" not in words


@pytest.mark.parametrize("draw", [lambda: receipt_pdf(PAID), lambda: credit_note_pdf(noted(s.E01))])
def test_the_same_paper_is_the_same_file(draw):
    assert draw() == draw()


def test_a_long_one_has_as_many_pages_as_it_takes():
    pages = pages_of(credit_note_pdf(noted(s.many(120))))
    assert f"CN/26-27/000001 · Page {len(pages)} of {len(pages)}" in pages[-1]
    assert len(pages) > 2
