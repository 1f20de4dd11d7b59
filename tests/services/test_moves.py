"""A subscription that ends early: its money goes back, or somebody else has its rest."""

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.db.subscriptions import NewSubscription
from bot.errors.credit_notes import InvoiceChanged
from bot.errors.payments import TooMuchToRefund
from bot.errors.subscriptions import (
    FrozenNow,
    GivenBack,
    MoneyWentBack,
    MoreThanBilled,
    NotAReceiver,
    NothingLeft,
    ReceiverChanged,
    SubscriptionChanged,
    TheirsAlready,
)
from bot.models.payments import Account, Receipt
from bot.models.people import Office
from bot.models.prorata import Settlement, Share
from bot.models.purchases import Decision
from bot.models.subscriptions import Access, ChangeKind
from tests.postgres import connected
from tests.services.moving import LATER, UNUSED, Moves, credit, due
from tests.services.test_bans import known
from tests.services.test_subscriptions import Desk, buys, cash, invoices_of, member
from tests.stories.invoicing import registered


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await member(db, 7)


@pytest.fixture
async def bought(db, asha, anna):
    return await buys(Desk(db), anna, asha)


@pytest.fixture
def later(db) -> Moves:
    return Moves(db)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


async def settled(later, bought, paise=UNUSED, refund=None) -> Settlement:
    worth = await later.cancellations.worth(bought.id)
    return Settlement(credit_paise=paise, refund=refund, on=worth.today, seen=worth.seen)


async def cancels(later, bought, settlement, by, operation_id=None):
    made = operation_id or uuid4()
    known = {"reason": "moved", "by": by, "operation_id": made}
    return await later.cancellations.cancel(bought.id, settlement, **known)


async def test_what_was_paid_of_the_unused_days_becomes_credit(db, asha, anna, bought, later):
    worth = await later.cancellations.worth(bought.id)
    assert (worth.share, worth.unused_paise) == (Share(unused_days=17, all_days=30), UNUSED)
    settlement, operation_id = await settled(later, bought), uuid4()
    bina = await known(db, 2, Office.ADMIN)
    made = await asyncio.gather(
        cancels(later, bought, settlement, asha, operation_id),
        cancels(later, bought, settlement, asha, operation_id),
        cancels(later, bought, settlement, bina),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Exception) for each in made) in {1, 2}  # whoever was second
    assert (await later.subscriptions.standing(anna.id)).access is Access.LOCKED
    assert await credit(later, anna) == UNUSED
    (invoice,) = await invoices_of(db, anna)
    async with db.reading() as repos:
        (note,) = await repos.credit_notes.list_of_invoice(invoice.id)
    assert (note.number[:2], note.totals.total_paise) == ("CN", UNUSED)
    change = (await later.subscriptions.find(bought.id)).changes[-1]
    with pytest.raises(MoneyWentBack):
        await later.subscriptions.undo(bought.id, change.id, by=asha, operation_id=uuid4())


async def test_it_is_paid_out_in_the_same_go(db, asha, anna, bought, later):
    with pytest.raises(TooMuchToRefund):
        await cancels(later, bought, await settled(later, bought, 500_00, cash(500_01)), asha)
    with pytest.raises(MoreThanBilled):
        await cancels(later, bought, await settled(later, bought, 2_500_01), asha)
    assert (await later.subscriptions.find(bought.id)).changes == ()
    operation_id = uuid4()
    settlement = await settled(later, bought, UNUSED, cash(1_000_00))
    for _ in range(2):
        await cancels(later, bought, settlement, asha, operation_id)
    assert await credit(later, anna) == 416_67
    async with db.reading() as repos:
        refund = await repos.payments.find_refund(await repos.payments.find_refund_id(operation_id))
    assert (refund.total_paise, refund.account.person_id) == (1_000_00, anna.id)


async def test_what_is_not_paid_is_owed_no_more(db, asha, anna, later):
    part = Decision(price_paise=2_500_00, last_day=date(2026, 3, 30), cash_paise=1_500_00)
    bought = await buys(Desk(db), anna, asha, decision=part)
    settlement = await settled(later, bought)
    (invoice,) = await invoices_of(db, anna)
    await later.payments.record(_receipt(anna, invoice), by=asha, operation_id=uuid4())
    with pytest.raises(InvoiceChanged):
        await cancels(later, bought, settlement, asha)
    await cancels(later, bought, await settled(later, bought), asha)
    assert await due(db, anna) == []
    assert await credit(later, anna) == UNUSED - 900_00


def _receipt(person, invoice):
    return Receipt(
        account=Account(person_id=person.id), lines=(cash(100_00),), invoices=(invoice.id,)
    )


async def test_the_rest_goes_to_another_and_is_taken_back_from_both(db, asha, anna, bought, later):
    bina = await known(db, 2, Office.ADMIN)
    ravi = await member(db, 8)
    plan = await later.transfers.preview(bought.id, ravi.id)
    assert (plan.first_day, plan.last_day) == (date(2026, 3, 14), date(2026, 3, 30))
    operation_id = uuid4()
    made = await asyncio.gather(
        *(
            later.transfers.transfer(bought.id, ravi.id, by=by, operation_id=each, seen=plan.seen)
            for by, each in ((asha, operation_id), (asha, operation_id), (bina, uuid4()))
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(each, NothingLeft) for each in made) in {1, 2}
    (given,) = await later.subscriptions.list_of(ravi.id)
    assert (given.first_day, given.last_day, given.price_paise) == (
        date(2026, 3, 14),
        date(2026, 3, 30),
        0,
    )
    assert (await later.subscriptions.standing(anna.id)).access is Access.LOCKED
    change = (await later.subscriptions.find(bought.id)).changes[-1]
    undo_id = uuid4()
    for _ in range(2):
        await later.subscriptions.undo(bought.id, change.id, by=asha, operation_id=undo_id)
    assert (await later.subscriptions.standing(anna.id)).ends_on == date(2026, 3, 30)
    assert (await later.subscriptions.standing(ravi.id)).access is not Access.ACTIVE
    lost = (await later.subscriptions.find(given.id)).changes[-1]
    assert lost.kind is ChangeKind.CANCEL
    with pytest.raises(GivenBack):
        await later.subscriptions.undo(given.id, lost.id, by=asha, operation_id=uuid4())
    assert await invoices_of(db, ravi) == []


async def test_it_follows_on_with_the_visits_that_are_left(db, asha, anna, later):
    ravi = await member(db, 8)
    await buys(Desk(db), ravi, asha)
    number = await _with_visits(db, anna, asha, limit=3)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, date(2026, 3, 10))
    await later.transfers.transfer(number, ravi.id, by=asha, operation_id=uuid4())
    given = (await later.subscriptions.list_of(ravi.id))[-1]
    assert (given.first_day, given.last_day) == (date(2026, 3, 31), date(2026, 4, 16))
    assert given.visits_limit == 2
    change = (await later.subscriptions.find(number)).changes[-1]
    longer = {"days": 1, "reason": "x", "by": asha, "operation_id": uuid4()}
    await later.subscriptions.extend(given.id, **longer)
    with pytest.raises(ReceiverChanged):
        await later.subscriptions.undo(number, change.id, by=asha, operation_id=uuid4())


async def test_what_cannot_be_given_over_says_why(db, asha, anna, bought, later):
    stranger, ravi = await known(db, 9), await member(db, 8)
    for receiver, refused in ((anna, TheirsAlready), (stranger, NotAReceiver)):
        with pytest.raises(refused):
            await later.transfers.preview(bought.id, receiver.id)
    plan = await later.transfers.preview(bought.id, ravi.id)
    freeze = {"on": date(2026, 3, 14), "days": 2, "reason": "x", "by": asha}
    await later.subscriptions.freeze(bought.id, operation_id=uuid4(), **freeze)
    with pytest.raises(FrozenNow):
        await later.transfers.rest(bought.id)
    thawed = Moves(db, datetime(2026, 3, 16, 6, tzinfo=UTC))
    with pytest.raises(SubscriptionChanged):
        await thawed.transfers.transfer(
            bought.id, ravi.id, by=asha, operation_id=uuid4(), seen=plan.seen
        )
    await thawed.subscriptions.cancel(bought.id, reason="x", by=asha, operation_id=uuid4())
    with pytest.raises(NothingLeft):
        await thawed.transfers.rest(bought.id)
    assert await later.subscriptions.list_of(ravi.id) == []


async def _with_visits(db, person, by, *, limit) -> int:
    async with db.transaction() as tx:
        return await tx.subscriptions.add(
            NewSubscription(
                request_id=None,
                person_id=person.id,
                plan_id=1,
                plan_name="30 Days",
                price_paise=2_500_00,
                first_day=date(2026, 3, 1),
                last_day=date(2026, 3, 30),
                visits_limit=limit,
                invoice_id=None,
                bought_at=LATER,
                recorded_by=by.id,
            )
        )
