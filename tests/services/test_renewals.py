"""A plan bought once more: when it begins, and what credit is good for."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.subscriptions import NoPayLater
from bot.models.payments import Account, Receipt
from bot.models.plans import PlanField
from bot.models.purchases import Starts
from bot.models.subscriptions import Access
from tests.postgres import connected
from tests.services.test_subscriptions import Desk, buys, cash, invoices_of, member, wanted
from tests.stories.invoicing import registered


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await member(db, 7)


@pytest.fixture
def club(db) -> Desk:
    return Desk(db)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


async def test_a_used_up_pass_that_is_bought_again_lets_in(db, asha, anna, club):
    await club.plans.change(1, PlanField.VISITS, 1, by=asha)
    await buys(club, anna, asha)
    assert (await club.purchases.offer(1, me=anna)).after == date(2026, 3, 31)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, date(2026, 3, 5))
    later = Desk(db, datetime(2026, 3, 9, 6, tzinfo=UTC))
    assert (await later.subscriptions.standing(anna.id)).access is Access.LOCKED
    purchase = await later.purchases.submit(
        wanted(cash(2_500_00), starts=Starts.AFTER), me=anna, operation_id=uuid4()
    )
    card = await later.purchases.card(purchase.id)
    assert (card.standing.visits_left, card.first_day) == (0, date(2026, 3, 9))
    await later.activations.approve(purchase.id, by=asha)
    standing = await later.subscriptions.standing(anna.id)
    assert (standing.access, standing.visits_left) == (Access.ACTIVE, 1)


async def test_credit_that_covers_a_plan_needs_no_other_payment(db, asha, anna, club):
    async def pays(paise) -> None:
        advance = Receipt(account=Account(person_id=anna.id), lines=(cash(paise),), invoices=())
        await club.payments.record(advance, by=asha, operation_id=uuid4())

    await pays(2_499_00)
    with pytest.raises(NoPayLater):
        await club.purchases.submit(wanted(), me=anna, operation_id=uuid4())
    await pays(1_00)
    purchase = await club.purchases.submit(wanted(), me=anna, operation_id=uuid4())
    assert (await club.purchases.card(purchase.id)).own_credit_paise == 2_500_00
    await club.activations.approve(purchase.id, by=asha)
    (invoice,) = await invoices_of(db, anna)
    await club.payments.use_credit(invoice.id, by=anna)
    async with db.reading() as repos:
        assert await repos.invoices.due(invoice.id) == 0
