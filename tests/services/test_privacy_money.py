"""Deletion and money: documents stay, what was said and sent goes, cards are redrawn."""

from uuid import uuid4

import orjson
import pytest

from bot.db.invariants import broken
from bot.errors import PersonGone
from bot.models.claims import ClaimStatus, NewClaim, Proof, RequestStatus
from bot.models.notices import NoticeKind
from bot.models.payments import Account, Receipt
from bot.services.privacy import PrivacyService
from bot.texts import privacy as texts
from bot.texts.privacy_file import as_file
from tests.postgres import connected
from tests.services.booking import busy, cash, upi
from tests.services.test_bans import known
from tests.services.test_privacy import everything
from tests.stories.invoicing import billed, registered

PROOF = Proof(kind="photo", file_id="file-of-a-screenshot", hash="ab" * 32)


@pytest.fixture
def privacy(db, cache) -> PrivacyService:
    return PrivacyService(db, cache)


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


@pytest.fixture
async def club(db, desk, asha, anna):
    """Beside all that is booked: a claim with a screenshot, a request, an invoice refused."""
    made = await busy(db, desk, asha, anna)
    how = {"by": asha, "operation_id": uuid4()}
    asked = await made.at.requests.ask(anna.id, amount_paise=1_00, purpose="Locker XIII", **how)
    new = NewClaim(
        request_id=asked.id,
        lines=(upi(1_00, "499999999999"),),
        purpose="for my locker",
        upi_reference="OURS13",
        proof=PROOF,
    )
    await made.at.claims.submit(new, me=anna, operation_id=uuid4())
    refused = made.invoices[3].id
    made.rejection = await made.at.rejections.reject(refused, reason="I was in Goa", me=anna)
    made.asked = asked
    return made


async def test_the_file_has_all_of_it(privacy, club, anna):
    data = orjson.loads(as_file(await privacy.export(anna)))
    counts = {name: len(data[name]) for name in data if isinstance(data[name], list)}
    assert counts | {"audit": 0, "notices": 0} == {
        "registrations": 0,
        "bans": 0,
        "audit": 0,
        "notices": 0,
        "visits": 0,
        "invoices": 4,
        "payments": 3,
        "refunds": 1,
        "credit_notes": 1,
        "payment_claims": 3,
        "payment_requests": 1,
        "invoice_rejections": 1,
        "subscription_requests": 0,
        "subscriptions": 0,
    }
    assert set(data) - {"taken_at", "meaning", "person", "profile", "bans", "birthday"} <= set(
        data["meaning"]
    )
    split, claim = data["payments"][1], data["payment_claims"][2]
    assert [line["amount_paise"] for line in split["lines"]] == [1_000_00, 600_00]
    assert (split["refunded_paise"], split["settled"][0]["amount_paise"]) == (25_00, 1_575_00)
    assert (claim["proof"]["file_id"], claim["purpose"]) == (PROOF.file_id, "for my locker")
    assert data["invoice_rejections"][0]["reason"] == "I was in Goa"
    assert data["credit_notes"][0]["reason"] == "never came"
    assert "Asha" not in str(data)


async def test_documents_stay_and_what_was_said_goes(privacy, db, club, anna, asha, database_url):
    asked = texts.ask_delete(await privacy.before_leaving(anna))
    assert "<b>4 invoices, 1 credit note, 3 receipts, 1 refund</b> stay" in asked
    assert "said and sent with 3 reported payments" in asked
    async with db.reading() as repos:
        before = await repos.books.figures()
    holdings = await privacy.leave(anna.id, me=anna)
    assert (holdings.receipts, holdings.claims, holdings.rejections) == (3, 3, 1)
    async with connected(database_url) as conn:
        assert await broken(conn) == []
    async with db.reading() as repos:
        assert await repos.books.figures() == before
        claims = await repos.claims.list_of(anna.id, waiting=False)
        request = await repos.payment_requests.find(club.asked.id)
        assert await repos.rejections.find_open(club.invoices[3].id) is None
    withdrawn = ClaimStatus.WITHDRAWN
    assert [claim.status for claim in claims] == [withdrawn, withdrawn, ClaimStatus.APPROVED]
    assert request.status is RequestStatus.CANCELLED
    dump = await everything(database_url)
    for trace in (PROOF.file_id, PROOF.hash, "OURS13", "Locker XIII", "for my locker", "in Goa"):
        assert trace not in dump
    assert "499999999999" not in dump
    assert "412345678901" in dump  # of a receipt


async def test_the_references_are_free_again_and_the_cards_redrawn(privacy, db, club, anna, asha):
    async with db.transaction() as tx:
        for notice in await tx.notices.claim(limit=99):
            await tx.notices.mark_sent(notice, message_id=notice.id)
    await privacy.delete(anna.id, by=asha, operation_id=uuid4())
    async with db.transaction() as tx:
        again = {notice.kind for notice in await tx.notices.claim(limit=99)}
    assert again == {NoticeKind.CLAIM_CARD, NoticeKind.INVOICE_REJECTED}
    mira = await known(db, 8)
    receipt = Receipt(
        account=Account(person_id=mira.id), lines=(upi(1_00, "499999999999"),), invoices=()
    )
    await club.at.payments.record(receipt, by=asha, operation_id=uuid4())


async def test_nothing_is_reported_by_who_is_gone_and_their_bills_can_still_be_paid(
    privacy, db, desk, club, anna, asha, database_url
):
    (bill,) = await billed(desk, asha, anna)
    async with db.reading() as repos:
        claims = await repos.claims.list_of(anna.id, waiting=True)
    (answer,) = [claim for claim in claims if claim.request_id]
    answered = await club.at.claims.approve(answer.id, by=asha)
    await privacy.leave(anna.id, me=anna)
    new = NewClaim(invoice_id=bill.id, lines=(cash(1_00),))
    with pytest.raises(PersonGone):
        await club.at.claims.submit(new, me=anna, operation_id=uuid4())
    with pytest.raises(PersonGone):
        await club.at.rejections.reject(bill.id, reason="why", me=anna)
    account = Account(person_id=anna.id)
    receipt = Receipt(account=account, lines=(cash(1_575_00),), invoices=(bill.id,))
    paid = await club.at.payments.record(receipt, by=asha, operation_id=uuid4())
    assert paid.settled[0].due_paise == 0
    await club.at.payments.reverse(
        answered.card.claim.payment_id, reason="never came", by=asha, operation_id=uuid4()
    )
    async with db.reading() as repos:
        request = await repos.payment_requests.find(club.asked.id)
    assert request.status is RequestStatus.PAID  # nobody is there to be asked again
    async with connected(database_url) as conn:
        assert await broken(conn) == []
