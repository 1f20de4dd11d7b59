"""Rewards for friends: given once, with money that stays; taken back with it; never money."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from bot.db.invariants import broken
from bot.errors.payments import NotMoney, TooMuchToRefund
from bot.models.audit import AuditAction
from bot.models.exports import ExportKind
from bot.models.notices import NoticeKind
from bot.models.payments import Account, Receipt, RefundKind
from bot.models.referrals import Arrival
from bot.models.statements import DocumentType, Period
from bot.models.subscriptions import Rules
from bot.services._refunds import give_back
from bot.services.payments import PaymentService
from bot.services.privacy import PrivacyService
from bot.services.receivables import ReceivableService
from bot.services.referrals import ReferralService
from bot.texts import privacy as privacy_texts
from bot.texts.privacy_file import as_file
from tests.club import applicant
from tests.postgres import connected
from tests.services.booking import cash
from tests.services.exporting import NOVEMBER, NOW, sheets
from tests.services.test_bans import known
from tests.stories.invoicing import billed, registered


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


@pytest.fixture
def payments(db):
    return PaymentService(db, now=lambda: NOW)


@pytest.fixture
def referrals(db):
    return ReferralService(db, now=lambda: NOW)


@pytest.fixture
async def anna(db, asha):
    """A member of a club that gives ₹200."""
    await registered(db)
    await rewarding(db, 200_00)
    anna = await known(db, 7)
    async with db.transaction() as tx:
        await tx.registrations.add_profile(anna.id, applicant("Anna"))
    return anna


@pytest.fixture
async def ravi(db, anna, referrals):
    """Her friend."""
    ravi = await known(db, 8)
    assert await referrals.arrive(anna.id, me=ravi) is Arrival.COUNTED
    return ravi


async def rewarding(db, paise) -> None:
    async with db.transaction() as tx:
        await tx.subscription_rules.save(Rules(referral_reward_paise=paise))


def paying(payments, person, asha, paise=1_000_00, on=()):
    receipt = Receipt(account=Account(person_id=person.id), lines=(cash(paise),), invoices=on)
    return payments.record(receipt, by=asha, operation_id=uuid4())


async def credit(payments, person) -> int:
    return await payments.credit(Account(person_id=person.id))


async def told(db, person) -> list[NoticeKind]:
    async with db.reading() as repos:
        return [each.kind for each in await repos.privacy.list_told(person.id)]


async def done(db, action) -> list[dict]:
    async with db.reading() as repos:
        entries = await repos.audit.list_latest(limit=50)
    return [each.after for each in entries if each.action is action]


async def test_two_at_once_bring_one_reward_and_it_is_no_money(
    db, asha, vera, anna, ravi, payments, referrals, exports
):
    await asyncio.gather(*(paying(payments, ravi, asha) for _ in range(2)))
    await paying(payments, ravi, asha)
    assert await credit(payments, anna) == 200_00
    shown = await referrals.invitations(me=anna)
    assert (shown.came, shown.rewarded, shown.earned_paise) == (1, 1, 200_00)
    assert await told(db, anna) == [NoticeKind.REWARD_GIVEN]
    async with db.reading() as repos:
        figures = await repos.books.figures()
        assert await repos.documents.count(anna.id) == 0
    assert (figures.received_paise, figures.rewarded_paise) == (3_000_00, 200_00)
    assert [each.received_paise for each in figures.methods] == [3_000_00]
    receivables = ReceivableService(db, now=lambda: NOW)
    account = Account(person_id=anna.id)
    (line,) = (await receivables.statement(account, Period.ALL, me=anna)).lines
    assert (line.kind, line.balance_paise) == (DocumentType.REWARD, -200_00)
    assert line.number.startswith("RW/")
    made = await exports.of_period(ExportKind.PAYMENTS, NOVEMBER, by=vera)
    *rows, totals = sheets(made.content)["Payments"]
    assert (len(rows), totals["Amount"]) == (3, 3_000)


async def test_it_goes_back_with_the_money_and_comes_again_with_the_right_one(
    db, asha, anna, ravi, payments
):
    first = await paying(payments, ravi, asha, 9_000_00)
    how = {"reason": "a digit too many", "by": asha}
    operation_id = uuid4()
    for _ in range(2):
        await payments.reverse(first.id, **how, operation_id=operation_id)
    assert await credit(payments, anna) == 0
    assert await told(db, anna) == [NoticeKind.REWARD_GIVEN, NoticeKind.REWARD_TAKEN_BACK]
    assert await credit(payments, ravi) == 0
    await paying(payments, ravi, asha, 900_00)
    await paying(payments, ravi, asha, 900_00)
    assert await credit(payments, anna) == 200_00
    assert len(await done(db, AuditAction.REWARD_GIVEN)) == 2


async def test_what_is_spent_stays_and_the_audit_log_says_so(db, desk, asha, anna, ravi, payments):
    first = await paying(payments, ravi, asha)
    (bill,) = await billed(desk, asha, anna, rupees=50)
    spent = await payments.use_credit(bill.id, by=anna)
    await payments.refund(
        Account(person_id=ravi.id), cash(999_00), reason="left", by=asha, operation_id=uuid4()
    )
    assert await credit(payments, anna) == 200_00 - spent  # some of it is here still
    await payments.refund(
        Account(person_id=ravi.id), cash(1_00), reason="left", by=asha, operation_id=uuid4()
    )
    assert first.total_paise == 1_000_00
    assert await credit(payments, anna) == 0
    (back,) = await done(db, AuditAction.REWARD_TAKEN_BACK)
    (kept,) = await done(db, AuditAction.REWARD_SPENT)
    assert (back["total_paise"], kept["total_paise"]) == (200_00 - spent, spent)
    await paying(payments, ravi, asha)
    assert await credit(payments, anna) == 0  # it was not taken back whole


async def test_a_reward_is_never_paid_out_nor_booked_back_by_hand(asha, anna, ravi, payments, db):
    await paying(payments, ravi, asha)
    await paying(payments, anna, asha, 50_00)
    account = Account(person_id=anna.id)
    assert await payments.refundable(account) == 50_00
    how = {"reason": "left", "by": asha}
    with pytest.raises(TooMuchToRefund):
        await payments.refund(account, cash(50_01), **how, operation_id=uuid4())
    await payments.refund(account, cash(50_00), **how, operation_id=uuid4())
    assert await credit(payments, anna) == 200_00
    async with db.reading() as repos:
        (reward,) = await repos.payments.unused(account)
    with pytest.raises(NotMoney):
        await payments.reverse(reward.payment_id, **how, operation_id=uuid4())
    with pytest.raises(asyncpg.RaiseError, match="no money to give back"):
        async with db.transaction() as tx:  # as by a caller who asks for no leave
            how |= {"now": NOW, "operation_id": uuid4()}
            await give_back(tx, RefundKind.REFUND, account, (cash(1),), (reward,), **how)


async def test_who_is_not_counted(db, asha, anna, ravi, payments, referrals):
    tara, meera = await known(db, 9), await known(db, 10)
    assert await referrals.arrive(anna.id, me=anna) is Arrival.OWN
    assert await referrals.arrive(anna.id, me=asha) is Arrival.NOT_COUNTED  # an admin
    assert await referrals.arrive(asha.id, me=ravi) is Arrival.NOT_COUNTED  # Anna was first
    assert await referrals.arrive(anna.id, me=ravi) is Arrival.COUNTED  # once more, the same
    assert await referrals.arrive(tara.id, me=meera) is Arrival.NOT_COUNTED  # no member
    assert await referrals.arrive(987_654, me=meera) is Arrival.NOT_COUNTED
    await paying(payments, tara, asha)
    assert await referrals.arrive(anna.id, me=tara) is Arrival.NOT_COUNTED  # has paid before
    await rewarding(db, 0)
    assert await referrals.arrive(anna.id, me=meera) is Arrival.NOT_COUNTED
    await paying(payments, ravi, asha)
    await rewarding(db, 200_00)
    await paying(payments, ravi, asha)
    assert await credit(payments, anna) == 0  # there was none when the first money came
    assert (await referrals.invitations(me=anna)).came == 1


async def test_the_file_tells_it_and_a_deletion_leaves_ids(db, cache, asha, anna, ravi, payments):
    await paying(payments, ravi, asha)
    privacy = PrivacyService(db, cache)
    assert b'"invited": 1' in as_file(await privacy.export(anna))
    file = as_file(await privacy.export(ravi))
    assert b'"came_at": "2026-11-24T09:00:00Z"' in file
    assert "1 invitation of or by a friend" in privacy_texts.ask_delete(
        await privacy.before_leaving(ravi)
    )
    await privacy.leave(anna.id, me=anna)
    tara = await known(db, 9)
    async with db.transaction() as tx:
        await tx.referrals.add(tara.id, referrer_id=anna.id, at=NOW)
    await paying(payments, tara, asha)
    assert await credit(payments, anna) == 200_00  # nothing more for nobody
