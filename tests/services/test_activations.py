"""Many decide at once: one decision, one subscription, one invoice, one set of payments."""

import asyncio
import itertools
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.activations import FirstDayChanged, LastDayTooFar
from bot.errors.invoices import AddressNeeded
from bot.errors.subscriptions import PurchaseDecided, PurchaseWaiting
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.people import Office
from bot.models.purchases import (
    Decision,
    NewPurchase,
    PurchaseStatus,
    PurchaseVerdict,
    Seen,
    Starts,
)
from bot.services.drafts import DraftService
from tests.postgres import connected
from tests.services.test_bans import known
from tests.services.test_subscriptions import Desk, cash, invoices_of, member, wanted
from tests.stories.invoicing import registered

PAIRS = 20


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


def upi(paise, reference="412345678901") -> PaymentLine:
    return PaymentLine(method=Method.UPI, amount_paise=paise, reference=reference)


def partly(cash_paise) -> Decision:
    return Decision(price_paise=2_000_00, last_day=date(2026, 4, 10), cash_paise=cash_paise)


async def asked(club, person, *lines):
    return await club.purchases.submit(
        wanted(*lines or (cash(2_500_00),)), me=person, operation_id=uuid4()
    )


async def many(club, db) -> list:
    """Twenty members who ask, two lines each."""
    made = []
    for number in range(PAIRS):
        person = await member(db, 100 + number)
        line = upi(1_500_00, f"4123456789{number}")
        made.append((person, await asked(club, person, line, cash(1_000_00))))
    return made


async def payments_of(db, person) -> list[int]:
    async with db.reading() as repos:
        sql = "SELECT amount_paise FROM payment_lines JOIN payments p ON p.id = payment_id"
        rows = await repos.claims._conn.fetch(f"{sql} WHERE p.person_id = $1", person.id)
        return sorted(row["amount_paise"] for row in rows)


async def test_pairs_that_approve_at_once(db, asha, anna, club):
    bina = await known(db, 2, Office.ADMIN)
    made = await many(club, db)
    first, second = partly(1_000_00), partly(500_00)
    for person, purchase in made:
        pair = await asyncio.gather(
            club.activations.approve(purchase.id, by=asha, decision=first),
            club.activations.approve(purchase.id, by=bina, decision=second),
        )
        assert sum(each.stands for each in pair) == 1
        assert len(await club.subscriptions.list_of(person.id)) == 1
        assert len(await invoices_of(db, person)) == 1
        assert await payments_of(db, person) == [1_000_00 if pair[0].stands else 500_00]


async def test_pairs_of_which_one_approves_and_one_rejects(db, asha, anna, club):
    bina = await known(db, 2, Office.ADMIN)
    made = await many(club, db)
    for person, purchase in made:
        approved, rejected = await asyncio.gather(
            club.activations.approve(purchase.id, by=asha),
            club.purchases.reject(purchase.id, reason="no", by=bina),
        )
        assert approved.stands is not rejected.stands
        assert len(await club.subscriptions.list_of(person.id)) == approved.stands
        assert len(await invoices_of(db, person)) == approved.stands
        lines = [1_000_00, 1_500_00] if approved.stands else []
        assert await payments_of(db, person) == lines


async def deciders(club, db, person, purchase) -> list[list]:
    """Eight who approve, four of whom reject, too, and the member who takes it back, twice."""
    admins = [await known(db, 10 + number, Office.ADMIN) for number in range(8)]
    return [
        [club.activations.approve(purchase.id, by=each) for each in admins],
        [club.purchases.reject(purchase.id, reason="no", by=each) for each in admins[:4]],
        [club.purchases.withdraw(purchase.id, me=person) for _ in range(2)],
    ]


@pytest.mark.parametrize("first", range(3))
async def test_a_crowd_that_decides_at_once_decides_once(db, asha, anna, club, first):
    purchase = await asked(club, anna, upi(2_500_00))
    crowd = await deciders(club, db, anna, purchase)
    lined_up = itertools.chain.from_iterable([*crowd[first:], *crowd[:first]])
    made = await asyncio.gather(*lined_up, return_exceptions=True)
    assert {type(each) for each in made} <= {PurchaseVerdict, PurchaseDecided, type(None)}
    async with db.reading() as repos:
        status = (await repos.purchases.find(purchase.id)).status
        log = [entry.action for entry in await repos.audit.list_about(anna.id)]
        told = [notice.kind for notice in await repos.privacy.list_told(anna.id)]
        claim = await repos.claims.find(purchase.claim_id)
    assert claim.status.value == status.value
    approved = status is PurchaseStatus.APPROVED
    assert sum(isinstance(each, PurchaseVerdict) and each.stands for each in made) == (
        status is not PurchaseStatus.WITHDRAWN
    )
    assert len(await club.subscriptions.list_of(anna.id)) == approved
    assert len(await invoices_of(db, anna)) == approved
    assert await payments_of(db, anna) == [2_500_00] * approved
    expected = {
        PurchaseStatus.APPROVED: ["invoice", "payment-booked", "subscription-begun"],
        PurchaseStatus.REJECTED: ["purchase-rejected"],
        PurchaseStatus.WITHDRAWN: [],
    }
    assert sorted(told) == expected[status]
    assert sum(each.startswith("subscription") for each in log) == len(told) - 2 * approved
    if not approved:  # the bank's reference is free again
        await asked(club, anna, upi(2_500_00))


async def test_of_many_taps_on_submit_one_waits(db, asha, anna, club):
    """Each with a form of its own, and all with the same reference of the bank."""
    made = await asyncio.gather(
        *(asked(club, anna, upi(2_500_00)) for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(each, PurchaseWaiting) for each in made) == 7
    waiting = await club.purchases.find_waiting(me=anna)
    assert waiting in made
    async with db.reading() as repos:
        assert [c.id for c in await repos.claims.list_of(anna.id, waiting=False)] == [
            waiting.claim_id
        ]
        cards = [notice.kind for notice in await repos.privacy.list_told(asha.id)]
    assert cards == ["purchase-card"]


async def test_one_admin_s_two_taps_book_once(db, asha, anna, club):
    purchase = await asked(club, anna)
    verdicts = await asyncio.gather(
        *(club.activations.approve(purchase.id, by=asha) for _ in range(8))
    )
    assert all(each.stands for each in verdicts)
    assert await payments_of(db, anna) == [2_500_00]


async def test_only_what_was_shown_is_approved(db, asha, anna, club):
    purchase = await asked(club, anna)
    decision = Decision(price_paise=2_500_00, last_day=date(2026, 3, 30))
    seen = Seen(decision=decision, first_day=date(2026, 2, 28))
    made = await club.activations.settle(purchase.id, seen, by=asha)
    assert isinstance(made.obstacle, FirstDayChanged)
    assert not made.stands
    assert made.card.first_day == date(2026, 3, 1)
    far = Decision(price_paise=2_500_00, last_day=date(2036, 3, 30))
    seen = Seen(decision=far, first_day=date(2026, 3, 1))
    made = await club.activations.settle(purchase.id, seen, by=asha)
    assert isinstance(made.obstacle, LastDayTooFar)
    assert await club.purchases.find_waiting(me=anna) == purchase


async def test_a_card_tells_what_became_of_it(db, asha, anna, club):
    new = NewPurchase(
        plan_id=1,
        starts=Starts.AFTER,
        total_paise=2_500_00,
        payment=NewClaim(lines=(cash(2_500_00),)),
    )
    await club.activations.approve((await asked(club, anna)).id, by=asha)
    purchase = await club.purchases.submit(new, me=anna, operation_id=uuid4())
    made = await club.activations.approve(
        purchase.id,
        by=asha,
        decision=Decision(price_paise=2_500_00, last_day=date(2026, 4, 20), cash_paise=1_000_00),
    )
    deal = made.card.deal
    assert made.card.first_day == deal.subscription.first_day == date(2026, 3, 31)
    assert (deal.due_paise, [line.amount_paise for line in deal.lines]) == (1_500_00, [1_000_00])
    assert await club.activations.deal(deal.subscription.id) == deal


async def test_a_dear_plan_waits_for_the_address_that_a_draft_may_bring(db, asha, anna, club):
    """From ₹50,000 on Rule 46 wants it; no step of an approval asks for it."""
    purchase = await asked(club, anna)
    decision = Decision(price_paise=60_000_00, last_day=date(2026, 4, 10), cash_paise=60_000_00)
    seen = Seen(decision=decision, first_day=date(2026, 3, 1))
    made = await club.activations.settle(purchase.id, seen, by=asha)
    assert not made.stands
    assert isinstance(made.obstacle, AddressNeeded)
    drafts = DraftService(db)
    number = await drafts.begin_for(anna.id, by=asha, operation_id=uuid4())
    at = (await drafts.find_open(number, by=asha)).buyer
    at = replace(at, address="2 Lake View, Mysuru", state_code="29")
    await drafts.set_buyer(number, at, by=asha)
    await drafts.drop(number, by=asha)
    made = await club.activations.settle(purchase.id, seen, by=asha)
    assert made.stands
    (invoice,) = await invoices_of(db, anna)
    assert (invoice.buyer.address, invoice.place_of_supply) == ("2 Lake View, Mysuru", "27")
