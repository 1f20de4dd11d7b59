"""What receipt and refund vouchers must say (CGST Rules 50 and 51)."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.demo.business import BUSINESS
from bot.documents.credit_notes import credit_note_pdf
from bot.documents.receipts import receipt_pdf
from bot.documents.refund_vouchers import refund_voucher_pdf
from bot.models.advances import RefundedAdvance, advance_of
from bot.models.payments import Method, PaymentLine, RefundPaper
from tests.documents import samples as s
from tests.documents.reading import pages_of
from tests.documents.test_credit_notes import PAID, noted

KNOWN = advance_of(70_00, BUSINESS, rate_bps=500)
OPEN = advance_of(70_00, replace(BUSINESS, advances_are_fitness=False), rate_bps=500)
LATE = datetime(2028, 1, 1, tzinfo=UTC)


def words_of(pdf) -> str:
    return " ".join(pages_of(pdf))


def refunded(number, advance, paise, *, purpose="") -> RefundedAdvance:
    return RefundedAdvance(
        number=number,
        received_at=PAID.received_at,
        purpose=purpose,
        advance=advance,
        totals=advance.part(paise, used_paise=0),
    )


VOUCHER = RefundPaper(
    id=1,
    number="RV/26-27/000001",
    refunded_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    payer_name=s.NAMES["Marathi"],
    seller=s.SELLER,
    reason="Moved to another town & left",
    lines=(PaymentLine(method=Method.BANK, amount_paise=100_00, reference="512345678901"),),
    advances=(
        refunded("RC/26-27/000001", KNOWN, 20_00),
        refunded("RC/26-27/000004", OPEN, 70_00, purpose="Locker, all of 2027"),
    ),
    total_paise=100_00,
)


def test_a_receipt_voucher_has_what_rule_50_asks_for():
    words = words_of(receipt_pdf(replace(PAID, advance=KNOWN)))
    for field in (
        *("Receipt voucher", "GSTIN: 27ABCDE1234F1Z0", "Number: RC/26-27/000001"),
        *("Date of receipt: 28 Nov 2026", "Received from", "Place of supply: Maharashtra (27)"),
        *("Tax payable on reverse charge: No", "For Iron House Fitness LLP"),
        "Advance for HSN/SAC Taxable Tax rate CGST SGST Amount",
        "Fitness services at the club 999723 66.66 5 % 1.67 1.67 70.00",
    ):
        assert field in words
    assert "cannot be told" not in words


def test_where_it_is_open_what_for_the_voucher_says_how_it_is_taxed():
    words = words_of(receipt_pdf(replace(PAID, advance=OPEN, purpose="Locker & key")))
    for field in (
        "Advance for HSN/SAC Taxable Tax rate IGST Amount",
        *("Locker & key – 59.32 18 % 10.68 70.00", "taxed at 18 % and as an inter-State supply"),
    ):
        assert field in words


def test_what_was_not_taxed_is_a_plain_receipt():
    words = words_of(receipt_pdf(PAID))
    assert "Receipt" in words
    for tax in ("voucher", "CGST", "IGST", "Place of supply", "reverse charge"):
        assert tax not in words


def test_a_refund_voucher_has_what_rule_51_asks_for():
    words = words_of(refund_voucher_pdf(VOUCHER))
    for field in (
        *("Refund voucher", "GSTIN: 27ABCDE1234F1Z0", "Number: RV/26-27/000001"),
        *("Date of issue: 1 Dec 2026", "Refunded to", "Tax payable on reverse charge: No"),
        "Place of supply: Maharashtra (27)",
        "Advance of receipt voucher HSN/SAC Taxable Tax rate CGST SGST IGST Amount",
        "RC/26-27/000001 of 28 Nov 2026 Fitness services at the club",
        *("999723 19.04 5 % 0.48 0.48 – 20.00", "– 59.32 18 % – – 10.68 70.00"),
        "RC/26-27/000004 of 28 Nov 2026 Locker, all of 2027",
        "And other credit, on which no tax was charged as an advance: ₹10.00",
        *("Bank transfer · 512345678901 100.00", "Total refunded ₹100.00"),
        *("Reason Moved to another town & left", "For Iron House Fitness LLP"),
    ):
        assert field in words


def test_both_are_drawn_the_same_again():
    receipt = replace(PAID, advance=KNOWN)
    assert receipt_pdf(receipt) == receipt_pdf(receipt)
    assert refund_voucher_pdf(VOUCHER) == refund_voucher_pdf(VOUCHER)


def test_a_credit_note_that_is_too_late_for_tax_says_so():
    late = words_of(credit_note_pdf(noted(s.E01, issued_at=LATE)))
    assert "Issued after 30 Nov 2027, the last day on which the tax of this invoice" in late
    assert "Issued after" not in words_of(credit_note_pdf(noted(s.E01)))
