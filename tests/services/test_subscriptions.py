"""Buying, approving and changing a subscription: one of each, whoever is first."""

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors import NotAllowed
from bot.errors.subscriptions import (
    LastDayPast,
    NoPayLater,
    NotFrozen,
    NothingToUndo,
    NotOfBill,
    OfferChanged,
    PurchaseDecided,
    PurchaseWaiting,
    SubscriptionOver,
    TooLongFrozen,
)
from bot.models.claims import NewClaim
from bot.models.payments import Account, Method, PaymentLine
from bot.models.people import Office
from bot.models.purchases import Decision, NewPurchase, PurchaseStatus, Starts
from bot.models.subscription_cards import Rule
from bot.models.subscriptions import Access, SubscriptionList
from bot.services.activations import ActivationService
from bot.services.payments import PaymentService
from bot.services.plans import PlanService
from bot.services.purchases import PurchaseService
from bot.services.subscription_rules import SubscriptionRuleService
from bot.services.subscriptions import SubscriptionService
from tests.club import applicant
from tests.postgres import connected
from tests.services.test_bans import known
from tests.stories.invoicing import registered

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)


class Desk:
    """The services of one day."""

    def __init__(self, db, now=NOW) -> None:
        self.plans = PlanService(db)
        self.purchases = PurchaseService(db, lambda: now)
        self.activations = ActivationService(db, lambda: now)
        self.subscriptions = SubscriptionService(db, lambda: now)
        self.rules = SubscriptionRuleService(db)
        self.payments = PaymentService(db, lambda: now)


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


async def member(db, number):
    person = await known(db, number)
    async with db.transaction() as tx:
        await tx.registrations.add_profile(person.id, applicant(f"Member {number}"))
        return await tx.people.find(person.id)


def cash(paise) -> PaymentLine:
    return PaymentLine(method=Method.CASH, amount_paise=paise)


def wanted(*lines, starts=Starts.TODAY, total=2_500_00) -> NewPurchase:
    payment = NewClaim(lines=lines) if lines else None
    return NewPurchase(plan_id=1, starts=starts, total_paise=total, payment=payment)


async def buys(club, person, admin, *, decision=None, starts=Starts.TODAY):
    """All the way: asked for and approved."""
    new = wanted(cash(2_500_00), starts=starts)
    purchase = await club.purchases.submit(new, me=person, operation_id=uuid4())
    await club.activations.approve(purchase.id, by=admin, decision=decision)
    return (await club.subscriptions.list_of(person.id))[-1]


async def invoices_of(db, person) -> list:
    async with db.reading() as repos:
        return await repos.invoices.list_of(person.id)


async def test_a_plan_is_bought_paid_and_billed_in_one_go(db, asha, anna, club):
    bought = await buys(club, anna, asha)
    assert (bought.first_day, bought.last_day) == (date(2026, 3, 1), date(2026, 3, 30))
    (invoice,) = await invoices_of(db, anna)
    assert (invoice.totals.taxable_paise, invoice.totals.cgst_paise) == (2_380_96, 59_52)
    assert invoice.totals.total_paise == 2_500_00
    async with db.reading() as repos:
        assert await repos.invoices.due(invoice.id) == 0
    assert (await club.subscriptions.standing(anna.id)).access is Access.ACTIVE


async def test_two_admins_at_once_make_one_subscription(db, asha, anna, club):
    bina = await known(db, 2, Office.ADMIN)
    new = wanted(cash(2_500_00))
    purchase = await club.purchases.submit(new, me=anna, operation_id=uuid4())
    verdicts = await asyncio.gather(
        club.activations.approve(purchase.id, by=asha),
        club.activations.approve(purchase.id, by=bina),
        club.purchases.reject(purchase.id, reason="no", by=bina),
    )
    assert sum(each.stands for each in verdicts) == 1
    approved = verdicts[0].card.purchase.status is PurchaseStatus.APPROVED
    assert len(await club.subscriptions.list_of(anna.id)) == approved
    assert len(await invoices_of(db, anna)) == approved


async def test_what_was_received_is_booked_and_the_rest_stays_due(db, asha, anna, club):
    decision = Decision(price_paise=2_400_00, last_day=date(2026, 4, 5), cash_paise=1_000_00)
    bought = await buys(club, anna, asha, decision=decision)
    assert (bought.price_paise, bought.last_day) == (2_400_00, date(2026, 4, 5))
    (invoice,) = await invoices_of(db, anna)
    async with db.reading() as repos:
        assert await repos.invoices.due(invoice.id) == 1_400_00


@pytest.mark.parametrize(
    ("decision", "refused"),
    [
        (Decision(price_paise=100, last_day=date(2026, 3, 30), upi_paise=101), NotOfBill),
        (Decision(price_paise=100, last_day=date(2026, 2, 28)), LastDayPast),
    ],
)
async def test_what_cannot_be_approved_leaves_it_waiting(asha, anna, club, decision, refused):
    new = wanted(cash(2_500_00))
    purchase = await club.purchases.submit(new, me=anna, operation_id=uuid4())
    with pytest.raises(refused):
        await club.activations.approve(purchase.id, by=asha, decision=decision)
    assert await club.purchases.find_waiting(me=anna) == purchase


async def test_a_renewal_follows_on_and_a_bank_s_reference_counts_once(db, asha, anna, club):
    await buys(club, anna, asha)
    upi = PaymentLine(method=Method.UPI, amount_paise=2_500_00, reference="412345678901")
    new = wanted(upi, starts=Starts.AFTER)
    purchase = await club.purchases.submit(new, me=anna, operation_id=uuid4())
    await club.activations.approve(purchase.id, by=asha)
    later = (await club.subscriptions.list_of(anna.id))[-1]
    assert (later.first_day, later.last_day) == (date(2026, 3, 31), date(2026, 4, 29))
    standing = await club.subscriptions.standing(anna.id)
    assert standing.ends_on == date(2026, 4, 29)


async def test_one_request_at_a_time_that_can_be_withdrawn(db, asha, anna, club):
    new = wanted(cash(2_500_00))
    purchase = await club.purchases.submit(new, me=anna, operation_id=uuid4())
    with pytest.raises(PurchaseWaiting):
        await club.purchases.submit(new, me=anna, operation_id=uuid4())
    for _ in range(2):
        await club.purchases.withdraw(purchase.id, me=anna)
    await buys(club, anna, asha)
    (bought,) = await club.subscriptions.list_of(anna.id)
    again = await club.purchases.submit(new, me=anna, operation_id=uuid4())
    await club.activations.approve(again.id, by=asha)
    with pytest.raises(PurchaseDecided):
        await club.purchases.withdraw(again.id, me=anna)
    assert bought.person_id == anna.id


async def test_what_was_shown_is_what_is_charged(asha, anna, club):
    with pytest.raises(OfferChanged):
        short = wanted(cash(1_00))
        await club.purchases.submit(short, me=anna, operation_id=uuid4())
    with pytest.raises(OfferChanged):
        old = wanted(cash(2_000_00), total=2_000_00)
        await club.purchases.submit(old, me=anna, operation_id=uuid4())


async def test_paying_later_is_a_matter_of_the_club(db, asha, anna, club):
    with pytest.raises(NoPayLater):
        await club.purchases.submit(wanted(), me=anna, operation_id=uuid4())
    await club.rules.change(Rule.PAY_LATER, True, by=asha)  # noqa: FBT003 -- its value
    purchase = await club.purchases.submit(wanted(), me=anna, operation_id=uuid4())
    await club.activations.approve(purchase.id, by=asha)
    assert (await club.subscriptions.standing(anna.id)).access is Access.ACTIVE
    second = await club.purchases.submit(wanted(), me=anna, operation_id=uuid4())
    await club.activations.approve(second.id, by=asha)
    with pytest.raises(NoPayLater):  # ₹5,000 are owed by now
        await club.purchases.submit(wanted(), me=anna, operation_id=uuid4())


async def test_a_claim_of_which_nothing_came_frees_its_reference(db, asha, anna, club):
    upi = PaymentLine(method=Method.UPI, amount_paise=2_500_00, reference="412345678901")
    purchase = await club.purchases.submit(wanted(upi), me=anna, operation_id=uuid4())
    decision = Decision(price_paise=2_500_00, last_day=date(2026, 3, 30), cash_paise=500_00)
    await club.activations.approve(purchase.id, by=asha, decision=decision)
    again = await club.purchases.submit(wanted(upi), me=anna, operation_id=uuid4())
    await club.activations.approve(again.id, by=asha)
    assert await club.payments.credit(Account(person_id=anna.id)) == 0


async def test_freezing_extending_and_taking_back(db, asha, anna, club):
    bought = await buys(club, anna, asha)
    subscriptions = club.subscriptions
    frozen = await subscriptions.freeze(
        bought.id, on=date(2026, 3, 1), days=10, reason="holiday", by=asha, operation_id=uuid4()
    )
    assert frozen.term.last_day == date(2026, 4, 9)
    assert (await subscriptions.standing(anna.id)).access is Access.FROZEN
    page = await subscriptions.page(SubscriptionList.FROZEN, 0)
    assert [entry.person_id for entry in page.entries] == [anna.id]
    with pytest.raises(TooLongFrozen):
        await subscriptions.freeze(
            bought.id, on=date(2026, 3, 20), days=21, reason="", by=asha, operation_id=uuid4()
        )
    later = Desk(db, datetime(2026, 3, 4, 6, tzinfo=UTC)).subscriptions
    thawed = await later.unfreeze(bought.id, by=asha, operation_id=uuid4())
    assert thawed.term.last_day == date(2026, 4, 2)
    with pytest.raises(NotFrozen):
        await later.unfreeze(bought.id, by=asha, operation_id=uuid4())
    operation_id = uuid4()
    for _ in range(2):
        longer = await later.extend(
            bought.id, days=5, reason="sorry", by=asha, operation_id=operation_id
        )
    assert longer.term.last_day == date(2026, 4, 7)
    change = longer.changes[-1]
    back = await later.undo(bought.id, change.id, by=asha, operation_id=uuid4())
    assert back.term.last_day == date(2026, 4, 2)
    with pytest.raises(NothingToUndo):
        await later.undo(bought.id, change.id, by=asha, operation_id=uuid4())
    async with db.reading() as repos:
        sql = "SELECT last_day FROM subscription_terms WHERE subscription_id = $1"
        assert await repos.subscriptions._conn.fetchval(sql, bought.id) == date(2026, 4, 2)


async def test_a_cancelled_one_is_over_at_once(db, asha, anna, club):
    bought = await buys(club, anna, asha)
    later = Desk(db, datetime(2026, 3, 10, 6, tzinfo=UTC)).subscriptions
    await later.cancel(bought.id, reason="moved", by=asha, operation_id=uuid4())
    assert (await later.standing(anna.id)).access is Access.LOCKED
    with pytest.raises(SubscriptionOver):
        await later.cancel(bought.id, reason="moved", by=asha, operation_id=uuid4())
    assert (await later.page(SubscriptionList.EXPIRED, 0)).count == 1


async def test_lists_by_how_people_stand(db, asha, anna, club):
    await buys(club, anna, asha)
    days = {
        SubscriptionList.ACTIVE: datetime(2026, 3, 10, 6, tzinfo=UTC),
        SubscriptionList.EXPIRING: datetime(2026, 3, 24, 6, tzinfo=UTC),
        SubscriptionList.GRACE: datetime(2026, 3, 31, 6, tzinfo=UTC),
        SubscriptionList.EXPIRED: datetime(2026, 4, 7, 6, tzinfo=UTC),
    }
    for which, now in days.items():
        page = await Desk(db, now).subscriptions.page(which, 0)
        assert [entry.person_id for entry in page.entries] == [anna.id], which
    assert (await club.subscriptions.page(SubscriptionList.EXPIRED, 0)).count == 0


async def test_only_members_subscribe(db, asha, anna, club):
    stranger = await known(db, 9)
    with pytest.raises(NotAllowed):
        await club.purchases.submit(wanted(cash(2_500_00)), me=stranger, operation_id=uuid4())
