"""What is paid ahead is taxed as it comes, adjusted as it is spent, vouched for as it goes back."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.demo.business import BUSINESS
from bot.documents.receipts import receipt_pdf
from bot.documents.refund_vouchers import refund_voucher_pdf
from bot.errors.payments import PaymentGone
from bot.models.business import BusinessSetting
from bot.models.exports import ExportKind
from bot.models.tax import TaxType
from bot.services.credit_notes import CreditNoteService
from bot.services.exports import ExportService
from bot.services.payments import PaymentService
from bot.texts.credit_notes import review
from tests.postgres import connected
from tests.services.exporting import NOVEMBER, NOW, column, sheets
from tests.services.test_bans import known
from tests.services.test_payments import cash, received
from tests.stories.invoicing import billed, registered


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


@pytest.fixture
def payments(db):
    return PaymentService(db, now=lambda: NOW)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


async def paid(payments, asha, anna, paise):
    receipt = received(anna, cash(paise), on=())
    return await payments.record(receipt, by=asha, operation_id=uuid4())


async def give(payments, asha, payment, paise):
    return await payments.refund(
        payment.account, cash(paise), reason="left", by=asha, operation_id=uuid4()
    )


async def gst(db, vera):
    made = await ExportService(db, now=lambda: NOW).of_period(ExportKind.GST, NOVEMBER, by=vera)
    return sheets(made.content)


async def test_settings_changed_later_change_no_voucher(db, asha, anna, payments):
    made = await paid(payments, asha, anna, 1_000_00)
    paper = await payments.receipt(made.id, me=anna)
    assert paper.advance is not None
    assert (paper.advance.tax_type, paper.advance.totals.cgst_paise) == (TaxType.INTRA, 23_81)
    await registered(db, advances_are_fitness=False)
    open_ = await payments.receipt((await paid(payments, asha, anna, 1_000_00)).id, me=anna)
    assert open_.advance is not None
    assert (open_.advance.tax_type, open_.advance.totals.igst_paise) == (TaxType.INTER, 152_54)
    async with db.transaction() as tx:
        unregistered = replace(BUSINESS, is_gst_on=False, trade_name="Another name")
        await tx.business.save(unregistered, list(BusinessSetting))
    plain = await payments.receipt((await paid(payments, asha, anna, 1_000_00)).id, me=anna)
    assert plain.advance is None
    back = await payments.voucher((await give(payments, asha, made, 100_00)).id, me=anna)
    assert (back.seller.gstin, back.advances[0].totals.cgst_paise) == (BUSINESS.gstin, 2_38)
    again = await payments.receipt(made.id, me=anna)
    assert receipt_pdf(again) == receipt_pdf(paper)


async def test_spent_it_is_adjusted_and_given_back_it_has_a_voucher(
    db, desk, asha, vera, anna, payments
):
    """₹1,000 ahead; ₹525 pay a bill that is credited again; all of it goes back in two parts."""
    payment = await paid(payments, asha, anna, 1_000_00)
    (bill,) = await billed(desk, asha, anna, rupees=500)
    assert await payments.use_credit(bill.id, by=anna) == 525_00
    notes = CreditNoteService(db, now=lambda: NOW)
    await notes.cancel(bill.id, reason="never came", by=asha, operation_id=uuid4())
    freed = await give(payments, asha, payment, 500_00)
    assert freed.number.startswith("RF/")  # the credit note is its document
    with pytest.raises(PaymentGone):
        await payments.voucher(freed.id, me=asha)
    first, second = [await give(payments, asha, payment, paise) for paise in (100_00, 400_00)]
    assert (first.number, second.number) == ("RV/26-27/000001", "RV/26-27/000002")
    paper = await payments.voucher(first.id, me=anna)
    assert (paper.other_paise, paper.advances[0].number) == (25_00, payment.number)
    assert paper.advances[0].totals.total_paise == 75_00
    rest = (await payments.voucher(second.id, me=asha)).advances[0].totals
    assert (rest.total_paise, rest.cgst_paise) == (400_00, 9_52)
    assert [each.number for each in (await payments.find(payment.id, me=asha)).vouchers] == [
        first.number,
        second.number,
    ]
    await registered(db, trade_name="Another name")
    assert refund_voucher_pdf(await payments.voucher(first.id, me=anna)) == refund_voucher_pdf(
        paper
    )
    found = await gst(db, vera)
    assert column(found["Advances (11A)"], "Supply") == ["Total"]  # all of it came and went
    assert column(found["Refund vouchers"], "Gross amount") == [75, 400, 475]
    assert column(found["Documents"], "Nature of document")[-2:] == [
        "Receipt vouchers",
        "Refund vouchers",
    ]


async def test_what_never_came_is_void_and_what_stays_is_reported(db, asha, vera, anna, payments):
    void = await paid(payments, asha, anna, 300_00)
    refund = await payments.reverse(void.id, reason="bounced", by=asha, operation_id=uuid4())
    assert refund.number.startswith("RF/")
    with pytest.raises(PaymentGone):
        await payments.voucher(refund.id, me=asha)
    await paid(payments, asha, anna, 210_00)
    found = await gst(db, vera)
    assert list(found["Advances (11A)"][0].values()) == [
        *("Intra-State", "27-Maharashtra", 5, 210, 200, 0, 5, 5)
    ]
    assert column(found["Refund vouchers"], "What") == ["Payment booked back", ""]
    assert found["Summary"][-1]["Together"] == found["Summary"][-2]["Together"] == 210
    assert found["Documents"][-1]["Cancelled"] == 1


async def test_the_last_look_at_a_credit_note_tells_that_it_is_too_late_for_tax(
    db, desk, asha, anna
):
    (bill,) = await billed(desk, asha, anna)
    in_time = await CreditNoteService(db).plan(bill.id)
    late = datetime(2200, 1, 1, tzinfo=UTC)
    too_late = await CreditNoteService(db, now=lambda: late).plan(bill.id)
    assert in_time.late_since is None
    assert too_late.late_since is not None
    assert (too_late.late_since.month, too_late.late_since.day) == (11, 30)
    assert too_late == replace(in_time, late_since=too_late.late_since)
    told = [review(plan, "less", restock=0) for plan in (in_time, too_late)]
    assert ["The time for taking its tax back ended on 30 Nov" in each for each in told] == [
        False,
        True,
    ]
