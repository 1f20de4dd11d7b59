"""Deletion and subscriptions: what waits is taken back, what was bought stays, nameless."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import orjson
import pytest

from bot.db.invariants import broken
from bot.errors import PersonGone
from bot.models.claims import Proof
from bot.models.notices import NoticeKind
from bot.models.payments import Method, PaymentLine
from bot.models.people import Office
from bot.models.purchases import PurchaseStatus
from bot.services.privacy import PrivacyService
from bot.texts import members as member_texts
from bot.texts import privacy as texts
from bot.texts.privacy_file import as_file
from tests.postgres import connected
from tests.services.test_bans import known
from tests.services.test_privacy import everything
from tests.services.test_subscriptions import NOW, Desk, buys, member, wanted
from tests.stories.invoicing import registered

PROOF = Proof(kind="photo", file_id="file-of-a-screenshot", hash="ab" * 32)
UPI = PaymentLine(method=Method.UPI, amount_paise=2_500_00, reference="499999999999")


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await member(db, 7)


@pytest.fixture
def privacy(db, cache) -> PrivacyService:
    return PrivacyService(db, cache, lambda: NOW)


@pytest.fixture
async def club(db, asha, anna) -> Desk:
    """She was refused once, has bought 30 days that were frozen, and asks for more."""
    desk = Desk(db)
    how = {"by": asha, "operation_id": uuid4()}
    refused = await desk.purchases.submit(wanted(UPI), me=anna, operation_id=uuid4())
    await desk.purchases.reject(refused.id, reason="no such transfer", by=asha)
    desk.bought = await buys(desk, anna, asha)
    frozen = await desk.subscriptions.freeze(
        desk.bought.id, on=date(2026, 3, 5), days=9, reason="broken leg", **how
    )
    change = frozen.changes[-1]
    await desk.subscriptions.undo(desk.bought.id, change.id, by=asha, operation_id=uuid4())
    new = wanted(UPI)
    new = replace(new, payment=replace(new.payment, proof=PROOF))
    desk.waiting = await desk.purchases.submit(new, me=anna, operation_id=uuid4())
    return desk


async def test_the_file_tells_of_plans_terms_changes_and_requests(privacy, club, anna):
    data = orjson.loads(as_file(await privacy.export(anna)))
    requests = data["subscription_requests"]
    assert [each["status"] for each in requests] == ["rejected", "approved", "waiting"]
    assert (requests[0]["reason"], requests[0]["plan_name"]) == ("no such transfer", "30 Days")
    (bought,) = data["subscriptions"]
    assert (bought["first_day"], bought["runs_until"]) == ("2026-03-01", "2026-03-30")
    freeze, undo = bought["changes"]
    assert (freeze["kind"], freeze["on"], freeze["days"]) == ("freeze", "2026-03-05", 9)
    assert (freeze["reason"], undo["takes_back"]) == ("broken leg", 1)
    ours = {"id", "person_id", "plan_id", "claim_id", "decided_by"}
    assert not ours & (bought.keys() | requests[0].keys())
    assert data["payment_claims"][2]["proof"]["file_id"] == PROOF.file_id
    assert {"subscription_requests", "subscriptions"} < data["meaning"].keys()


async def test_what_waits_is_taken_back_and_what_was_bought_stays(
    privacy, db, club, anna, asha, database_url
):
    card, loss = await privacy.before_deleting(anna.id, by=asha)
    for asked in (member_texts.ask_delete(card, loss), texts.ask_delete(loss)):
        assert "said and sent with 3 requests for a subscription" in asked
        assert "1 subscription, with what changed and why" in asked
        assert "subscription until <b>30 Mar 2026</b> ends with it" in asked
    async with db.transaction() as tx:
        for notice in await tx.notices.claim(limit=99):
            await tx.notices.mark_sent(notice, message_id=notice.id)
    await privacy.delete(anna.id, by=asha, operation_id=uuid4())
    async with db.transaction() as tx:
        again = [notice.kind for notice in await tx.notices.claim(limit=99)]
    assert again == [NoticeKind.PURCHASE_CARD] * 3
    made = await club.activations.approve(club.waiting.id, by=asha)
    assert (made.stands, made.card.purchase.status) == (False, PurchaseStatus.WITHDRAWN)
    assert len(await club.subscriptions.list_of(anna.id)) == 1
    with pytest.raises(PersonGone):
        await club.subscriptions.extend(
            club.bought.id, days=1, reason="late", by=asha, operation_id=uuid4()
        )
    dump = await everything(database_url)
    for trace in (PROOF.file_id, PROOF.hash, UPI.reference):
        assert trace not in dump
    async with connected(database_url) as conn:
        assert await broken(conn) == []
        sql = "SELECT count(*) FROM notices WHERE recipient_id = $1"
        assert await conn.fetchval(sql, anna.id) == 0
    mira = await member(db, 8)
    await club.purchases.submit(wanted(UPI), me=mira, operation_id=uuid4())


async def test_a_subscription_that_is_over_is_no_loss(db, cache, club, anna, asha):
    later = PrivacyService(db, cache, lambda: datetime(2026, 3, 30, 18, 30, tzinfo=UTC))
    loss = await later.before_leaving(anna)
    assert loss.subscribed_until is None  # it is 31 March at the club
    assert "ends with it" not in texts.ask_delete(loss)


async def test_who_is_deleted_while_admins_approve_keeps_nothing_open(
    privacy, db, club, anna, asha, database_url
):
    admins = [await known(db, 10 + number, Office.ADMIN) for number in range(4)]
    work = [club.activations.approve(club.waiting.id, by=each) for each in admins]
    await asyncio.gather(*work[:2], privacy.leave(anna.id, me=anna), *work[2:])
    async with connected(database_url) as conn:
        assert await broken(conn) == []
        sql = "SELECT count(*) FROM notices WHERE recipient_id = $1"
        assert await conn.fetchval(sql, anna.id) == 0
    async with db.reading() as repos:
        approved = (await repos.purchases.find(club.waiting.id)).status is PurchaseStatus.APPROVED
        assert len(await repos.invoices.list_of(anna.id)) == 1 + approved
    assert len(await club.subscriptions.list_of(anna.id)) == 1 + approved
