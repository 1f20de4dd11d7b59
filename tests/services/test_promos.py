"""A code is used as often as it may be, and billed as it was shown; a trial begins once."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.promos import PromoExists, PromoUsedMore
from bot.errors.subscriptions import OfferChanged
from bot.errors.trials import TrialChanged, TrialUsed
from bot.models.audit import AuditAction
from bot.models.promos import Gift, PromoFacts, PromoField
from bot.models.purchases import Decision, Purchase, Starts
from bot.models.subscription_cards import Rule
from bot.models.subscriptions import Access
from bot.models.trials import Trial
from bot.services.dues import DueService
from bot.services.promos import PromoService
from bot.services.trials import TrialService
from tests.postgres import connected
from tests.services.test_subscriptions import NOW, Desk, cash, invoices_of, member, wanted
from tests.stories.invoicing import registered


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await member(db, 7)


@pytest.fixture
def club(db) -> Desk:
    desk = Desk(db)
    desk.promos = PromoService(db, lambda: NOW)
    desk.trials = TrialService(db, lambda: NOW)
    desk.dues = DueService(db, lambda: NOW)
    return desk


@pytest.fixture(autouse=True)
async def all_is_well(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


async def coded(club, asha, gives=Gift(percent=10), **facts):  # noqa: B008 -- frozen
    made = PromoFacts(code="SUMMER10", gives=gives, **facts)
    return (await club.promos.add(made, by=asha, operation_id=uuid4())).promo


def with_code(paise):
    return replace(wanted(cash(paise), total=paise), code="SUMMER10")


async def buys(club, person, paise=2_250_00) -> Purchase:
    return await club.purchases.submit(with_code(paise), me=person, operation_id=uuid4())


async def used(club, promo) -> int:
    return (await club.promos.card(promo.id)).promo.used


async def test_of_many_who_want_the_last_use_one_has_it(db, asha, anna, club):
    promo = await coded(club, asha, uses_limit=1)
    people = [anna, *[await member(db, 100 + number) for number in range(5)]]
    made = await asyncio.gather(*(buys(club, each) for each in people), return_exceptions=True)
    bought = [each for each in made if isinstance(each, Purchase)]
    assert len(bought) == 1
    assert sum(isinstance(each, OfferChanged) for each in made) == len(people) - 1
    assert await used(club, promo) == 1
    late = next(person for person, each in zip(people, made, strict=True) if each not in bought)
    with pytest.raises(OfferChanged):
        await buys(club, late, 2_500_00)  # not even at the full price: that is not what was shown


async def test_what_came_to_nothing_is_given_back(db, asha, anna, club):
    promo = await coded(club, asha, uses_limit=2, member_limit=2)
    first = await buys(club, anna)
    assert (first.promo_code, first.discount_paise) == ("SUMMER10", 250_00)
    await club.purchases.withdraw(first.id, me=anna)
    assert await used(club, promo) == 0
    second = await buys(club, anna)
    await club.activations.approve(second.id, by=asha)
    third = await buys(club, anna)
    await club.purchases.reject(third.id, reason="no", by=asha)
    assert await used(club, promo) == 1
    await buys(club, anna)
    card = await club.promos.card(promo.id)
    assert (card.promo.used, card.waiting, card.given_paise) == (2, 1, 250_00)
    assert [use.is_waiting for use in card.uses] == [True, False]
    with pytest.raises(OfferChanged):
        await buys(club, await member(db, 8))
    with pytest.raises(PromoUsedMore):
        await club.promos.change(promo.id, PromoField.USES, 1, by=asha)


async def test_the_bill_has_the_discount_that_was_shown(db, asha, anna, club):
    """On the line, where that is exact; with a joining fee the line holds what is left."""
    await coded(club, asha, member_limit=5)
    await club.activations.approve((await buys(club, anna)).id, by=asha)
    (invoice,) = await invoices_of(db, anna)
    (line,) = invoice.lines
    assert (line.name, line.price_paise) == ("30 Days, code SUMMER10", 2_500_00)
    assert (line.discount_bps, line.taxed.discount_paise) == (1_000, 250_00)
    assert invoice.totals.total_paise == 2_250_00
    async with db.transaction() as tx:
        plan = await tx.plans.find(1)
        await tx.plans.save(1, replace(plan, price_paise=2_499_00, joining_fee_paise=333_00))
    bina = await member(db, 8)
    payable = await club.dues.plan(1, Starts.TODAY, me=bina, code="SUMMER10")
    assert payable.due_paise == 2_582_10
    await club.activations.approve((await buys(club, bina, 2_582_10)).id, by=asha)
    (invoice,) = await invoices_of(db, bina)
    assert (invoice.lines[0].price_paise, invoice.lines[0].discount_bps) == (2_582_10, 0)
    assert invoice.totals.total_paise == 2_582_10
    tax = invoice.totals.cgst_paise + invoice.totals.sgst_paise
    assert tax == payable.choice.offer.tax_paise


async def test_another_amount_at_approval_leaves_the_code_used(db, asha, anna, club):
    promo = await coded(club, asha)
    decision = Decision(price_paise=2_000_00, last_day=date(2026, 3, 30), cash_paise=2_000_00)
    await club.activations.approve((await buys(club, anna)).id, by=asha, decision=decision)
    (invoice,) = await invoices_of(db, anna)
    assert (invoice.lines[0].name, invoice.lines[0].price_paise) == ("30 Days", 2_000_00)
    assert await used(club, promo) == 1
    assert (await club.promos.card(promo.id)).given_paise == 0


async def test_a_code_is_added_once_and_stays_the_only_one(asha, club):
    facts = PromoFacts(code="SUMMER10", gives=Gift(percent=10))
    operation_id = uuid4()
    made = await asyncio.gather(
        *(club.promos.add(facts, by=asha, operation_id=operation_id) for _ in range(3))
    )
    assert len({each.promo.id for each in made}) == 1
    await club.promos.change(made[0].promo.id, PromoField.IS_ON, False, by=asha)  # noqa: FBT003
    with pytest.raises(PromoExists):
        await coded(club, asha)


async def test_a_trial_begins_once_and_the_joining_fee_is_still_due(db, asha, anna, club):
    await club.rules.change(Rule.TRIAL_DAYS, 7, by=asha)
    assert (await club.purchases.shelf(me=anna)).trial_days == 7
    seen = await club.trials.offer(me=anna)
    with pytest.raises(TrialChanged):
        await club.trials.begin(replace(seen, days=8), me=anna)
    made = await asyncio.gather(*(club.trials.begin(seen, me=anna) for _ in range(4)))
    assert len({each.id for each in made}) == 1
    standing = await club.subscriptions.standing(anna.id)
    assert (standing.access, standing.ends_on) == (Access.ACTIVE, date(2026, 3, 7))
    async with db.reading() as repos:
        log = [each.action for each in await repos.audit.list_latest(limit=9)]
    assert log.count(AuditAction.TRIAL_BEGUN) == 1
    with pytest.raises(TrialUsed):
        await club.trials.begin(Trial(first_day=date(2026, 3, 2), days=7), me=anna)
    assert (await club.purchases.shelf(me=anna)).trial_days == 0
    async with db.transaction() as tx:
        await tx.plans.save(1, replace(await tx.plans.find(1), joining_fee_paise=500_00))
    offer = await club.purchases.offer(1, me=anna)
    assert (offer.joining_fee_paise, offer.after) == (500_00, date(2026, 3, 8))
