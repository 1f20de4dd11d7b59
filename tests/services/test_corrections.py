"""Several at once on one invoice or one credit, and what comes back into stock."""

import asyncio
from uuid import uuid4

import pytest

from bot.db.invariants import broken
from bot.errors.credit_notes import InvoiceChanged, NothingToCredit
from bot.errors.payments import AlreadyReversed, CreditChanged, PaymentGone
from bot.models.billing import BillLine
from bot.models.drafts import NewLine
from bot.models.items import ItemKind
from bot.models.payments import Account, Receipt
from bot.models.people import Office
from bot.services.credit_notes import CreditNoteService
from bot.services.payments import PaymentService
from tests.postgres import connected
from tests.services.test_bans import known
from tests.services.test_payments import cash, received
from tests.stories.invoicing import billed, registered
from tests.stories.stores import facts


@pytest.fixture
async def anna(db, asha):
    await registered(db, facts("Shaker"), facts("Bench", stock=None))
    return await known(db, 7)


@pytest.fixture
def payments(db):
    return PaymentService(db)


@pytest.fixture
def notes(db):
    return CreditNoteService(db)


@pytest.fixture(autouse=True)
async def books_balance(db, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


def names(made) -> list[str]:
    return sorted(type(each).__name__ for each in made)


async def test_of_three_who_reduce_what_they_saw_one_does(db, desk, asha, anna, notes):
    (bill,) = await billed(desk, asha, anna)
    staff = [asha, await known(db, 2, Office.ADMIN), await known(db, 3, Office.ADMIN)]
    seen = (await notes.plan(bill.id, position=1, paise=100_00)).seen
    made = await asyncio.gather(
        *(
            notes.reduce(
                bill.id,
                position=1,
                paise=100_00,
                reason="less",
                by=each,
                operation_id=uuid4(),
                seen=seen,
            )
            for each in staff
        ),
        return_exceptions=True,
    )
    assert names(made) == ["CreditNote", "InvoiceChanged", "InvoiceChanged"]


async def test_a_payment_changes_what_was_seen(desk, asha, anna, payments, notes):
    (bill,) = await billed(desk, asha, anna)
    plan = await notes.plan(bill.id)
    assert (plan.totals.total_paise, plan.freed_paise) == (1_575_00, 0)
    await payments.record(received(anna, cash(500_00)), by=asha, operation_id=uuid4())
    with pytest.raises(InvoiceChanged):
        await notes.cancel(bill.id, reason="no", by=asha, operation_id=uuid4(), seen=plan.seen)
    plan = await notes.plan(bill.id)
    assert plan.freed_paise == 500_00
    await notes.cancel(bill.id, reason="no", by=asha, operation_id=uuid4(), seen=plan.seen)
    with pytest.raises(NothingToCredit):
        await notes.plan(bill.id)


async def test_of_three_who_give_back_what_they_saw_one_does(db, asha, anna, payments):
    account = Account(person_id=anna.id)
    advance = Receipt(account=account, lines=(cash(900_00),), invoices=())
    await payments.record(advance, by=asha, operation_id=uuid4())
    made = await asyncio.gather(
        *(
            payments.refund(
                account,
                cash(300_00),
                reason="left",
                by=asha,
                operation_id=uuid4(),
                seen_credit_paise=900_00,
            )
            for _ in range(3)
        ),
        return_exceptions=True,
    )
    assert names(made) == ["CreditChanged", "CreditChanged", "Refund"]
    changed = next(each for each in made if isinstance(each, CreditChanged))
    assert changed.details == {"credit_paise": 600_00}


async def test_of_three_who_book_back_one_does(desk, asha, anna, payments):
    await billed(desk, asha, anna)
    paid = await payments.record(received(anna, cash(75_00)), by=asha, operation_id=uuid4())
    made = await asyncio.gather(
        *(
            payments.reverse(paid.id, reason="bounced", by=asha, operation_id=uuid4())
            for _ in range(3)
        ),
        return_exceptions=True,
    )
    assert names(made) == ["AlreadyReversed", "AlreadyReversed", "Refund"]
    assert any(isinstance(each, AlreadyReversed) for each in made)


async def test_the_same_operation_puts_its_pieces_back_once(db, desk, asha, anna, notes):
    bill = await of_the_store(db, desk, asha, anna, (1, 2), (1, 3), (2, 1))
    assert await stocks(db) == [5, None]
    assert await notes.pieces(bill.id) == 5
    operation_id = uuid4()
    for _ in range(2):
        await notes.cancel(
            bill.id, reason="returned", by=asha, operation_id=operation_id, restock=True
        )
    assert await stocks(db) == [10, None]


async def test_what_only_looks_like_an_item_has_no_pieces(db, desk, asha, notes):
    await registered(db, facts("Shaker"))
    bill = await of_the_store(db, desk, asha, "Ravi", (1, 2), by_hand=True)
    assert await notes.pieces(bill.id) == 2


async def test_a_receipt_is_of_its_own_payer(desk, asha, anna, db, payments):
    await billed(desk, asha, anna)
    paid = await payments.record(received(anna, cash(75_00)), by=asha, operation_id=uuid4())
    paper = await payments.receipt(paid.id, me=anna)
    assert [(each.amount_paise, each.due_paise) for each in paper.settled] == [(75_00, 1_500_00)]
    with pytest.raises(PaymentGone):
        await payments.receipt(paid.id, me=await known(db, 8))


async def of_the_store(db, desk, admin, buyer, *sold, by_hand=False):
    """A bill of items by their serials, with their pieces."""
    drafts = desk.drafts
    if isinstance(buyer, str):
        draft_id = await drafts.begin_for_walk_in(buyer, by=admin, operation_id=uuid4())
    else:
        draft_id = await drafts.begin_for(buyer.id, by=admin, operation_id=uuid4())
    async with db.reading() as repos:
        items = {item.serial: item for item in await repos.items.list_all()}
    lines = [
        await drafts.line_of(items[serial], quantity=pieces, discount_bps=0)
        for serial, pieces in sold
    ]
    if by_hand:  # alike, but of no item
        lines.append(BillLine(**{**as_fields(lines[0]), "kind": ItemKind.FITNESS, "item_id": None}))
    for line in lines:
        await drafts.add_line(draft_id, NewLine(operation_id=uuid4(), line=line), by=admin)
    draft = (await drafts.review(draft_id, by=admin)).draft
    return (await desk.invoices.issue(draft_id, revision=draft.revision, by=admin))[0]


def as_fields(line) -> dict:
    return {name: getattr(line, name) for name in BillLine.__slots__}


async def stocks(db) -> list:
    async with db.reading() as repos:
        return [item.stock for item in await repos.items.list_all()]
