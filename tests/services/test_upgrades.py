"""A plan that begins in place of the one that runs: what is taken off, billed, paid, due."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.activations import UpgradeChanged
from bot.errors.subscriptions import MoneyWentBack, OfferChanged
from bot.models.claims import NewClaim
from bot.models.people import Office
from bot.models.plans import PlanField
from bot.models.purchases import Decision, NewPurchase, Starts
from bot.services.credit_notes import CreditNoteService
from bot.texts.purchases import shelf
from tests.postgres import connected
from tests.services.moving import UNUSED, Moves, credit, due
from tests.services.test_bans import known
from tests.services.test_subscriptions import Desk, buys, cash, invoices_of, member, wanted
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


def to_90_days(paise) -> NewPurchase:
    payment = NewClaim(lines=(cash(paise),))
    return NewPurchase(plan_id=2, starts=Starts.UPGRADE, total_paise=paise, payment=payment)


async def asks(later, anna, paise=7_000_00 - UNUSED):
    return await later.purchases.submit(to_90_days(paise), me=anna, operation_id=uuid4())


async def test_an_upgrade_is_billed_in_full_and_its_unused_days_pay_for_it(
    db, asha, anna, bought, later
):
    with pytest.raises(OfferChanged):
        await asks(later, anna, 7_000_00)
    purchase = await asks(later, anna)
    assert (purchase.upgrades_id, purchase.credit_paise) == (bought.id, UNUSED)
    bina = await known(db, 2, Office.ADMIN)
    next_day = Moves(db, datetime(2026, 3, 15, 6, tzinfo=UTC))  # worth less; it was shown before
    made = await asyncio.gather(
        *(next_day.activations.approve(purchase.id, by=by) for by in (asha, asha, bina))
    )
    assert sum(each.stands for each in made) in {1, 2}
    old, new = await next_day.subscriptions.list_of(anna.id)
    assert (old.term.last_day, old.term.is_cancelled) == (date(2026, 3, 14), True)
    assert (new.first_day, new.last_day) == (date(2026, 3, 15), date(2026, 6, 12))
    assert new.price_paise == 7_000_00
    assert (await due(db, anna), await credit(next_day, anna)) == ([], 0)
    with pytest.raises(MoneyWentBack):
        await later.subscriptions.undo(old.id, old.changes[-1].id, by=asha, operation_id=uuid4())


async def test_what_was_not_paid_stays_due_on_the_new_bill(db, asha, anna, later):
    part = Decision(price_paise=2_500_00, last_day=date(2026, 3, 30), cash_paise=1_500_00)
    await buys(Desk(db), anna, asha, decision=part)
    shelf = await later.purchases.upgrades(me=anna)
    assert [each.plan.id for each in shelf.offers] == [1, 2, 3]
    assert shelf.upgrade.stays_due_paise == 1_000_00
    await later.activations.approve((await asks(later, anna)).id, by=asha)
    assert (await due(db, anna), await credit(later, anna)) == ([1_000_00], 0)
    assert (await later.purchases.upgrades(me=anna)).upgrade.plan_name == "90 Days"


async def test_visits_that_were_used_are_not_taken_off(db, asha, anna, later):
    await later.plans.change(1, PlanField.VISITS, 5, by=asha)
    await buys(Desk(db), anna, asha)
    async with db.transaction() as tx:
        for number in range(2, 6):
            await tx.visits.add(anna.id, date(2026, 3, number))
    shown = await later.purchases.upgrades(me=anna)
    assert shown.upgrade.credit_paise == 500_00  # 1 of 5 visits, though 17 of 30 days
    assert "1 of 5 visits unused, −₹500.00" in shelf(shown)


async def test_what_cannot_be_taken_off_any_more_is_for_an_admin_to_decide(
    db, asha, anna, bought, later
):
    purchase = await asks(later, anna)
    (invoice,) = await invoices_of(db, anna)
    notes, much = CreditNoteService(db), {"position": 1, "paise": 2_000_00, "reason": "x"}
    await notes.reduce(invoice.id, by=asha, operation_id=uuid4(), **much)
    with pytest.raises(UpgradeChanged):
        await later.activations.approve(purchase.id, by=asha)
    card = await later.purchases.card(purchase.id)
    assert (card.replaced.short_paise, card.usual.credit_paise) == (UNUSED - 500_00, 500_00)
    decision = replace(card.usual, price_paise=7_000_00 - card.replaced.short_paise)
    await later.activations.approve(purchase.id, by=asha, decision=decision)
    assert (await due(db, anna), await credit(later, anna)) == ([], 2_000_00)


async def test_a_joining_fee_stays_and_what_follows_on_is_not_lost(db, asha, anna, later):
    async with db.transaction() as tx:
        await tx.plans._conn.execute("UPDATE plans SET joining_fee_paise = 50000 WHERE id = 1")
    first = Desk(db)
    new = wanted(cash(3_000_00), total=3_000_00)
    purchase = await first.purchases.submit(new, me=anna, operation_id=uuid4())
    await first.activations.approve(purchase.id, by=asha)
    (bought,) = await later.subscriptions.list_of(anna.id)
    worth = await later.cancellations.worth(bought.id)
    assert (worth.joining_fee_paise, worth.unused_paise) == (500_00, UNUSED)
    assert (await later.purchases.upgrades(me=anna)).upgrade.credit_paise == UNUSED
    await buys(first, anna, asha, starts=Starts.AFTER)
    assert (await later.purchases.upgrades(me=anna)).upgrade is None
