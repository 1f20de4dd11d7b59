"""Many decide at once: one decision, one subscription, one invoice, one set of payments."""

import asyncio
from datetime import date
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.activations import FirstDayChanged, LastDayTooFar
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.people import Office
from bot.models.purchases import Decision, NewPurchase, Seen, Starts
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
        upi = PaymentLine(method=Method.UPI, amount_paise=1_500_00, reference=f"4123456789{number}")
        made.append((person, await asked(club, person, upi, cash(1_000_00))))
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
    verdicts = await asyncio.gather(
        *(
            club.activations.approve(purchase.id, by=by, decision=decision)
            for _, purchase in made
            for by, decision in ((asha, first), (bina, second))
        )
    )
    for at, (person, _) in enumerate(made):
        pair = verdicts[2 * at : 2 * at + 2]
        assert sum(each.stands for each in pair) == 1
        assert len(await club.subscriptions.list_of(person.id)) == 1
        assert len(await invoices_of(db, person)) == 1
        assert await payments_of(db, person) == [1_000_00 if pair[0].stands else 500_00]


async def test_pairs_of_which_one_approves_and_one_rejects(db, asha, anna, club):
    bina = await known(db, 2, Office.ADMIN)
    made = await many(club, db)
    verdicts = await asyncio.gather(
        *(
            each
            for _, purchase in made
            for each in (
                club.activations.approve(purchase.id, by=asha),
                club.purchases.reject(purchase.id, reason="no", by=bina),
            )
        )
    )
    for at, (person, _) in enumerate(made):
        approved, rejected = verdicts[2 * at : 2 * at + 2]
        assert approved.stands is not rejected.stands
        assert len(await club.subscriptions.list_of(person.id)) == approved.stands
        assert len(await invoices_of(db, person)) == approved.stands
        lines = [1_000_00, 1_500_00] if approved.stands else []
        assert await payments_of(db, person) == lines


async def test_one_admin_s_two_taps_book_once(db, asha, anna, club):
    purchase = await asked(club, anna)
    verdicts = await asyncio.gather(
        *(club.activations.approve(purchase.id, by=asha) for _ in range(20))
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
