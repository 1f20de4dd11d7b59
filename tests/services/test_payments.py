"""E29 and E33: money booked on invoices, credit, refunds, credit notes, claims; once each."""

import asyncio
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.claims import ClaimWaiting, MoreThanDue
from bot.errors.credit_notes import NotCreditable, NothingToCredit
from bot.errors.payments import (
    AlreadyReversed,
    DuesChanged,
    NoCredit,
    NothingDue,
    Overpaid,
    ReferenceUsed,
    TooMuchToRefund,
)
from bot.models.claims import ClaimStatus, NewClaim
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.models.people import Office
from bot.services.claims import ClaimService
from bot.services.credit_notes import CreditNoteService
from bot.services.payments import PaymentService
from tests.postgres import connected
from tests.services.test_bans import known
from tests.stories.invoicing import billed, registered


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


@pytest.fixture
def payments(db):
    return PaymentService(db)


@pytest.fixture
def notes(db):
    return CreditNoteService(db)


@pytest.fixture
def claims(db):
    return ClaimService(db)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


def cash(paise) -> PaymentLine:
    return PaymentLine(method=Method.CASH, amount_paise=paise)


def upi(paise, reference) -> PaymentLine:
    return PaymentLine(method=Method.UPI, amount_paise=paise, reference=reference)


def received(person, *lines, on=None, seen=None) -> Receipt:
    account = Account(person_id=person.id)
    return Receipt(account=account, lines=lines, invoices=on, seen_due_paise=seen)


async def due(db, invoice_id) -> int:
    async with db.reading() as repos:
        return await repos.invoices.due(invoice_id)


async def test_e29_a_split_payment_then_too_much_is_kept_as_credit(db, desk, asha, anna, payments):
    (bill,) = await billed(desk, asha, anna, rupees=5_279)  # 5 % on top: 5,542.95, rounded
    assert bill.total_paise == 5_543_00
    split = received(anna, upi(3_000_00, "412345678901"), cash(2_000_00))
    first = await payments.record(split, by=asha, operation_id=uuid4())
    assert [(each.amount_paise, each.due_paise) for each in first.settled] == [(5_000_00, 543_00)]
    assert await due(db, bill.id) == 543_00
    more = received(anna, cash(600_00))
    second = await payments.record(more, by=asha, operation_id=uuid4())
    assert (second.unused_paise, await due(db, bill.id)) == (57_00, 0)
    assert await payments.credit(Account(person_id=anna.id)) == 57_00


async def test_e29_too_much_is_refused_where_the_club_keeps_no_credit(
    db, desk, asha, anna, payments
):
    (bill,) = await billed(desk, asha, anna)
    await registered(db, credits_overpayment=False)
    with pytest.raises(Overpaid) as refused:
        await payments.record(received(anna, cash(1_575_01)), by=asha, operation_id=uuid4())
    assert refused.value.details == {"due_paise": 1_575_00}
    assert await due(db, bill.id) == 1_575_00


async def test_e29_three_who_book_the_same_at_once_make_one_receipt(db, desk, asha, anna, payments):
    (bill,) = await billed(desk, asha, anna)
    staff = [asha, await known(db, 2, Office.ADMIN), await known(db, 3, Office.ADMIN)]
    looked = received(anna, cash(1_575_00), on=(bill.id,), seen=1_575_00)
    made = await asyncio.gather(
        *(payments.record(looked, by=each, operation_id=uuid4()) for each in staff),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in made) == ["DuesChanged"] * 2 + ["Payment"]
    assert isinstance(next(each for each in made if isinstance(each, DuesChanged)), DuesChanged)
    assert await payments.credit(Account(person_id=anna.id)) == 0


async def test_the_same_operation_books_once(db, desk, asha, anna, payments):
    await billed(desk, asha, anna)
    operation_id = uuid4()
    paid = received(anna, cash(100_00))
    made = await asyncio.gather(
        *(payments.record(paid, by=asha, operation_id=operation_id) for _ in range(5))
    )
    assert len({each.number for each in made}) == 1


async def test_credit_is_spent_the_oldest_first(db, desk, asha, anna, payments):
    for paise in (100_00, 200_00):
        advance = received(anna, cash(paise), on=())
        await payments.record(advance, by=asha, operation_id=uuid4())
    (bill,) = await billed(desk, asha, anna, rupees=200)
    assert await payments.use_credit(bill.id, by=anna) == 210_00
    assert await payments.credit(Account(person_id=anna.id)) == 90_00
    with pytest.raises(NothingDue):
        await payments.use_credit(bill.id, by=anna)
    (next_bill,) = await billed(desk, asha, anna)
    assert await payments.use_credit(next_bill.id, by=asha) == 90_00
    with pytest.raises(NoCredit):
        await payments.use_credit(next_bill.id, by=anna)


async def test_a_bank_s_reference_counts_once(db, desk, asha, anna, payments, claims):
    (bill,) = await billed(desk, asha, anna)
    line = upi(100_00, "UTR 4123-4567-8901")
    await payments.record(received(anna, line), by=asha, operation_id=uuid4())
    again = NewClaim(invoice_id=bill.id, lines=(upi(100_00, "utr412345678901"),))
    with pytest.raises(ReferenceUsed):
        await claims.submit(again, me=anna, operation_id=uuid4())
    bare = NewClaim(invoice_id=bill.id, lines=(upi(100_00, "412345678901"),))
    with pytest.raises(ReferenceUsed):
        await claims.submit(bare, me=anna, operation_id=uuid4())


async def test_a_payment_booked_back_opens_its_invoice_and_frees_its_reference(
    db, desk, asha, anna, payments
):
    (bill,) = await billed(desk, asha, anna)
    paid = received(anna, upi(1_575_00, "412345678901"))
    wrong = await payments.record(paid, by=asha, operation_id=uuid4())
    back = await payments.reverse(wrong.id, reason="bounced", by=asha, operation_id=uuid4())
    assert (back.total_paise, await due(db, bill.id)) == (1_575_00, 1_575_00)
    with pytest.raises(AlreadyReversed):
        await payments.reverse(wrong.id, reason="bounced", by=asha, operation_id=uuid4())
    await payments.record(paid, by=asha, operation_id=uuid4())
    assert await due(db, bill.id) == 0


async def test_e33_cancelling_a_paid_invoice_makes_credit_and_no_more_than_it_is_refunded(
    db, desk, asha, anna, payments, notes
):
    (bill,) = await billed(desk, asha, anna)
    account = Account(person_id=anna.id)
    await payments.record(received(anna, cash(1_575_00)), by=asha, operation_id=uuid4())
    note = await notes.cancel(bill.id, reason="never came", by=asha, operation_id=uuid4())
    assert note.totals.total_paise == 1_575_00
    assert await due(db, bill.id) == 0
    assert await payments.credit(account) == 1_575_00
    for paise, refused in ((1_575_01, True), (1_000_00, False), (575_01, True)):
        giving = payments.refund(account, cash(paise), reason="left", by=asha, operation_id=uuid4())
        if refused:
            with pytest.raises(TooMuchToRefund):
                await giving
        else:
            await giving
    assert await payments.credit(account) == 575_00
    with pytest.raises(NothingToCredit):
        await notes.cancel(bill.id, reason="again", by=asha, operation_id=uuid4())


async def test_e33_credit_notes_never_come_to_more_than_their_invoice(db, desk, asha, anna, notes):
    (bill,) = await billed(desk, asha, anna, rupees=333)  # 349.66, rounded to 350
    for paise, refused in ((100_01, False), (249_66, True), (249_64, False)):
        reducing = notes.reduce(
            bill.id, position=1, paise=paise, reason="less", by=asha, operation_id=uuid4()
        )
        if refused:
            with pytest.raises(NotCreditable):
                await reducing
        else:
            await reducing
    last = await notes.cancel(bill.id, reason="all", by=asha, operation_id=uuid4())
    assert last.totals.round_off_paise == 34
    assert await due(db, bill.id) == 0


async def test_a_claim_is_booked_by_whoever_is_first(db, desk, asha, anna, payments, claims):
    bina = await known(db, 2, Office.ADMIN)
    (bill,) = await billed(desk, asha, anna)
    new = NewClaim(invoice_id=bill.id, lines=(upi(1_000_00, "412345678901"), cash(575_00)))
    claim = await claims.submit(new, me=anna, operation_id=uuid4())
    with pytest.raises(ClaimWaiting):
        await claims.submit(
            NewClaim(invoice_id=bill.id, lines=(cash(1_00),)), me=anna, operation_id=uuid4()
        )
    verdicts = await asyncio.gather(
        claims.approve(claim.id, by=asha),
        claims.approve(claim.id, by=bina),
        claims.reject(claim.id, reason="no", by=bina),
    )
    assert sum(verdict.stands for verdict in verdicts) == 1
    status = verdicts[0].card.claim.status
    assert await due(db, bill.id) == (0 if status is ClaimStatus.APPROVED else 1_575_00)


async def test_a_claim_is_received_in_part(db, desk, asha, anna, payments, claims):
    (bill,) = await billed(desk, asha, anna)
    new = NewClaim(invoice_id=bill.id, lines=(upi(1_000_00, "412345678901"), cash(575_00)))
    claim = await claims.submit(new, me=anna, operation_id=uuid4())
    verdict = await claims.approve(claim.id, by=asha, received=[1_000_00, 0])
    assert (verdict.stands, verdict.card.received_paise) == (True, 1_000_00)
    assert await due(db, bill.id) == 575_00
    with pytest.raises(MoreThanDue):
        await claims.submit(
            NewClaim(invoice_id=bill.id, lines=(cash(575_01),)), me=anna, operation_id=uuid4()
        )
