"""T05, T06, T36, T37: two decisions on a reported payment at once, and one by a demoted admin."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.db.database import Database, open_pool
from bot.db.invariants import broken
from bot.errors import NotAllowed
from bot.errors.payments import DuesChanged, ReferenceUsed
from bot.errors.verifications import MoreThanClaimed, NothingReceived
from bot.logs import handling
from bot.models.audit import AuditAction
from bot.models.claims import ClaimStatus, NewClaim
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.models.people import Office
from bot.services.claims import ClaimService
from bot.services.payments import PaymentService
from bot.services.team import TeamService
from bot.texts.verifications import too_late
from bot.texts.verifications import verdict as told
from tests.club import applicant
from tests.postgres import connected
from tests.services.test_bans import known
from tests.stories.invoicing import billed, registered

PAIRS = 20


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    person = await known(db, 7)
    async with db.transaction() as tx:
        await tx.registrations.add_profile(person.id, applicant("Anna"))
        return await tx.people.find(person.id)


@pytest.fixture
async def bina(db, asha):
    return await known(db, 2, Office.ADMIN)


@pytest.fixture
async def busy(database_url):
    """As many connections as there are decisions at once."""
    async with open_pool(database_url, size=8) as pool:
        yield Database(pool)


@pytest.fixture
def claims(busy):
    return ClaimService(busy)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


def cash(paise) -> PaymentLine:
    return PaymentLine(method=Method.CASH, amount_paise=paise)


async def claimed(claims, anna, *lines, **about):
    new = NewClaim(lines=lines or (cash(100_00),), **about)
    return await claims.submit(new, me=anna, operation_id=uuid4())


async def rows(db, sql, *values) -> list:
    async with db.reading() as repos:
        return await repos.claims._conn.fetch(sql, *values)


async def count(db, table, **where) -> int:
    (column, value), *_ = where.items()
    sql = f"SELECT count(*) FROM {table} WHERE {column} = $1"  # noqa: S608 -- ours
    return (await rows(db, sql, value))[0][0]


async def zone(db):
    async with db.reading() as repos:
        return (await repos.club.get()).zone


async def test_t05_two_approvals_at_once_are_one_receipt_and_one_entry(
    db, claims, asha, bina, anna
):
    for number in range(1, PAIRS + 1):
        claim = await claimed(claims, anna, purpose=f"Locker {number}")
        verdicts = await asyncio.gather(
            *(claims.approve(claim.id, by=each) for each in (asha, bina))
        )
        assert sorted(each.is_new for each in verdicts) == [False, True]
        card = verdicts[0].card
        late = next(each for each in verdicts if not each.stands)
        assert told(late, await zone(db)).startswith(
            f"Too late: already approved by {card.decided_by.name} at "
        )
        assert await count(db, "payments", purpose=f"Locker {number}") == 1
        assert await count(db, "journal_entries", kind="payment") == number
        assert await count(db, "notices", kind="payment-booked") == number
    assert await count(db, "audit_log", action=AuditAction.CLAIM_APPROVED) == PAIRS
    assert await count(db, "audit_log", action=AuditAction.CLAIM_TOO_LATE) == PAIRS


async def test_t06_an_approval_and_a_rejection_at_once_end_in_one_of_them(
    db, claims, asha, bina, anna
):
    ended = set()
    for number in range(1, PAIRS + 1):
        claim = await claimed(claims, anna, purpose=f"Locker {number}")
        decisions = [
            claims.approve(claim.id, by=asha),
            claims.reject(claim.id, reason="no", by=bina),
        ]
        if number % 2:
            decisions.reverse()
        verdicts = await asyncio.gather(*decisions)
        (winner,), (loser,) = (
            [each for each in verdicts if each.stands is stands] for stands in (True, False)
        )
        status = winner.card.claim.status
        ended.add(status)
        assert status is loser.card.claim.status
        by = (asha if status is ClaimStatus.APPROVED else bina).name
        assert told(loser, await zone(db)).startswith(f"Too late: already {status} by {by} at ")
        assert await count(db, "payments", purpose=f"Locker {number}") == (
            status is ClaimStatus.APPROVED
        )
        told_to_anna = "SELECT count(*) FROM notices WHERE recipient_id = $1"
        assert (await rows(db, told_to_anna, anna.id))[0][0] == number
    assert ended == {ClaimStatus.APPROVED, ClaimStatus.REJECTED}
    assert await count(db, "audit_log", action=AuditAction.CLAIM_TOO_LATE) == PAIRS


async def test_t07_the_same_button_a_day_later_changes_nothing(db, asha, anna):
    day = datetime(2026, 11, 24, 12, 35, tzinfo=UTC)
    claim = await claimed(ClaimService(db), anna, purpose="Locker")
    await ClaimService(db, now=lambda: day).approve(claim.id, by=asha)
    later = ClaimService(db, now=lambda: day + timedelta(days=1))
    made = await later.approve(claim.id, by=asha)
    assert not made.is_new
    assert told(made, await zone(db)) == (
        f"Too late: already approved by {asha.name} at 18:05 on 24 Nov 2026."
    )
    assert too_late(made.card, await zone(db)) == told(made, await zone(db))
    assert await count(db, "payments", purpose="Locker") == 1


async def test_the_same_update_run_again_is_told_that_it_is_done(db, asha, anna, claims):
    claim = await claimed(claims, anna, purpose="Locker")
    with handling(77):
        first, again = [await claims.approve(claim.id, by=asha) for _ in range(2)]
    assert first == again
    assert again.is_new


async def test_t36_an_approval_by_somebody_demoted_meanwhile_is_refused(db, claims, bina, anna):
    claim = await claimed(claims, anna, purpose="Locker")
    async with db.transaction() as tx:
        await tx.people.set_office(bina.id, None)
    for decision in (
        claims.approve(claim.id, by=bina),
        claims.verify(claim.id, by=bina),
        claims.reject(claim.id, reason="no", by=bina),
    ):
        with pytest.raises(NotAllowed):
            await decision
    assert (await claims.card(claim.id)).claim.status is ClaimStatus.WAITING


async def test_t37_no_approval_is_dated_after_the_demotion(busy, db, cache, claims, anna):
    vera, team = await known(db, 3, Office.OWNER), TeamService(busy, cache)
    outcomes = set()
    for number in range(PAIRS):
        bina = await known(db, 2, Office.ADMIN)
        claim = await claimed(claims, anna, purpose=f"Locker {number}")

        async def demote(person=bina):
            change = team.change(person.id, None, was=Office.ADMIN, by=vera, operation_id=uuid4())
            await change
            return datetime.now(UTC)

        both = [claims.approve(claim.id, by=bina), demote()]
        if number % 2:
            both.reverse()
        results = await asyncio.gather(*both, return_exceptions=True)
        demoted_at = next(each for each in results if isinstance(each, datetime))
        found = (await claims.card(claim.id)).claim
        outcomes.add(found.status)
        if found.status is ClaimStatus.APPROVED:
            assert found.decided_at <= demoted_at
            order = "SELECT action FROM audit_log ORDER BY id DESC LIMIT 3"
            newest = [row["action"] for row in await rows(db, order)]
            assert newest[0] == AuditAction.OFFICE_TAKEN, newest
        else:
            assert [type(each) for each in results if isinstance(each, Exception)] == [NotAllowed]
            await claims.withdraw(claim.id, me=anna)
    assert outcomes <= {ClaimStatus.APPROVED, ClaimStatus.WAITING}


async def test_no_more_than_was_claimed_and_not_nothing_is_booked(db, claims, asha, anna):
    claim = await claimed(claims, anna, cash(100_00), cash(50_00), purpose="Locker")
    for received, refused in (
        ([100_01, 0], MoreThanClaimed),
        ([-1, 0], MoreThanClaimed),
        ([0, 0], NothingReceived),
    ):
        with pytest.raises(refused):
            await claims.verify(claim.id, by=asha, received=received)
    made = await claims.verify(claim.id, by=asha, received=[0, 50_00])
    assert (made.stands, made.card.received_paise) == (True, 50_00)


async def test_the_reference_of_what_did_not_come_may_be_reported_again(db, claims, asha, anna):
    came, missing = (
        PaymentLine(method=Method.UPI, amount_paise=100_00, reference=f"41234567890{n}")
        for n in range(2)
    )
    claim = await claimed(claims, anna, came, missing, purpose="Locker")
    await claims.approve(claim.id, by=asha, received=[100_00, 0])
    with pytest.raises(ReferenceUsed):
        await claimed(claims, anna, came, purpose="Locker")
    assert await claimed(claims, anna, missing, purpose="Locker")


async def test_what_was_seen_to_be_due_is_compared(db, desk, claims, asha, anna):
    (bill,) = await billed(desk, asha, anna)
    claim = await claimed(claims, anna, cash(1_575_00), invoice_id=bill.id)
    receipt = Receipt(account=Account(person_id=anna.id), lines=(cash(75_00),), invoices=(bill.id,))
    await PaymentService(db).record(receipt, by=asha, operation_id=uuid4())
    with pytest.raises(DuesChanged):
        await claims.approve(claim.id, by=asha, seen_due_paise=1_575_00)
    made = await claims.verify(claim.id, by=asha, seen_due_paise=1_575_00)
    assert (type(made.obstacle), made.card.due_paise) == (DuesChanged, 1_500_00)
    made = await claims.verify(claim.id, by=asha, received=[1_500_00], seen_due_paise=1_500_00)
    assert made.is_new
