"""What is due, what may be reported, and credit that is spent once."""

import asyncio
from uuid import uuid4

import pytest

from bot import logs
from bot.db.invariants import broken
from bot.errors import NotAllowed
from bot.errors.claims import MoreThanDue
from bot.errors.payments import CreditChanged, NothingDue
from bot.models.claims import NewClaim
from bot.models.dues import PayableKind
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.models.upi import attempt_of
from bot.services.attempts import AttemptService
from bot.services.claims import ClaimService
from bot.services.dues import DueService
from bot.services.payment_requests import PaymentRequestService
from bot.services.payments import PaymentService
from tests.postgres import connected
from tests.services.test_bans import known
from tests.stories.invoicing import billed, registered


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


def cash(paise) -> PaymentLine:
    return PaymentLine(method=Method.CASH, amount_paise=paise)


async def advanced(db, asha, anna, paise) -> None:
    receipt = Receipt(account=Account(person_id=anna.id), lines=(cash(paise),), invoices=())
    await PaymentService(db).record(receipt, by=asha, operation_id=uuid4())


async def test_a_repeat_of_the_update_that_used_credit_gets_the_same_answer(db, desk, asha, anna):
    (bill,) = await billed(desk, asha, anna)
    await advanced(db, asha, anna, 2_000_00)
    payments = PaymentService(db)
    with logs.handling(4711):
        for _ in range(2):
            assert await payments.use_credit(bill.id, by=anna, seen_paise=1_575_00) == 1_575_00
    with logs.handling(4712), pytest.raises(NothingDue):
        await payments.use_credit(bill.id, by=anna, seen_paise=1_575_00)


async def test_credit_is_used_as_it_was_shown_or_not_at_all(db, desk, asha, anna):
    (bill,) = await billed(desk, asha, anna)
    await advanced(db, asha, anna, 500_00)
    payments, dues = PaymentService(db), DueService(db)
    shown = await dues.payable(PayableKind.INVOICE, bill.id, me=anna)
    assert (shown.due_paise, shown.usable_credit_paise) == (1_575_00, 500_00)
    for seen in (499_99, 500_01):
        with pytest.raises(CreditChanged) as refused:
            await payments.use_credit(bill.id, by=anna, seen_paise=seen)
        assert refused.value.details == {"credit_paise": 500_00}
    using = (payments.use_credit(bill.id, by=anna, seen_paise=500_00) for _ in range(3))
    done = await asyncio.gather(*using, return_exceptions=True)
    assert [each for each in done if each == 500_00] == [500_00]
    assert (await dues.payable(PayableKind.INVOICE, bill.id, me=anna)).due_paise == 1_075_00


async def test_a_request_is_not_reported_for_more_than_it_asks(db, asha, anna):
    asking = PaymentRequestService(db)
    request = await asking.ask(
        anna.id, amount_paise=500_00, purpose="Locker", by=asha, operation_id=uuid4()
    )
    new = NewClaim(request_id=request.id, lines=(cash(500_01),), purpose="Locker")
    with pytest.raises(MoreThanDue):
        await ClaimService(db).submit(new, me=anna, operation_id=uuid4())


async def test_who_is_no_member_and_was_never_billed_reports_nothing(db, desk, asha, anna):
    new = NewClaim(lines=(cash(100_00),), purpose="Locker")
    claims, dues = ClaimService(db), DueService(db)
    assert not (await dues.owed(anna)).may_report
    with pytest.raises(NotAllowed):
        await claims.submit(new, me=anna, operation_id=uuid4())
    await billed(desk, asha, anna)
    operation_id = uuid4()
    made = [await claims.submit(new, me=anna, operation_id=operation_id) for _ in range(2)]
    assert made[0] == made[1]
    attempts = AttemptService(db)
    assert (await attempts.find(operation_id, me=anna)).amount_paise == 100_00
    assert await attempts.find(operation_id, me=asha) is None


def test_every_attempt_has_a_reference_of_its_own_that_apps_take():
    made = {attempt_of("GYM/26-27/000001") for _ in range(50)} | {attempt_of("PAY")}
    assert len(made) == 51
    assert all(each.isalnum() and len(each) <= 35 for each in made)
