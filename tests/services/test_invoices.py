"""Issuing: numbers, races, repeats, stock."""

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import asyncpg
import pytest

from bot.db.invariants import broken
from bot.errors import NotAllowed, Refusal
from bot.errors.invoices import (
    AddressNeeded,
    DraftChanged,
    DraftGone,
    DraftIssued,
    NothingToBill,
    SeriesFull,
    StockShort,
)
from bot.logs import handling
from bot.models.audit import AuditAction
from bot.models.drafts import DraftStatus, NewLine
from bot.models.invoices import Buyer
from bot.models.people import Office
from bot.services.items import ItemService
from tests.club import founded
from tests.postgres import connected
from tests.services.test_bans import known
from tests.stories.invoicing import billed, drafted, registered, services_at
from tests.stories.stores import facts

BEFORE = datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)  # a second before midnight in Kolkata
AFTER = datetime(2026, 3, 31, 18, 30, tzinfo=UTC)
POWER_CUT = """
    CREATE FUNCTION power_cut() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'cut'; END $$;
    CREATE TRIGGER power_cut BEFORE INSERT ON invoice_lines
        FOR EACH ROW WHEN (NEW.name = 'Cut') EXECUTE FUNCTION power_cut();
"""


async def numbers(desk, admin, buyer="Anna", **line) -> list[str]:
    return [entry.number for entry in await billed(desk, admin, buyer, **line)]


async def rows(db) -> dict:
    """Whatever issuing could have changed."""
    async with db.reading() as repos:
        return {
            "invoices": await repos.invoices.count(),
            "items": await repos.items.list_all(),
            "audit": [entry.action for entry in await repos.audit.list_latest(limit=50)],
            "notices": await repos.notices._conn.fetchval("SELECT count(*) FROM notices"),
            "series": await repos.notices._conn.fetch("TABLE document_series"),
        }


async def test_a_series_begins_anew_with_the_financial_year_of_the_club_s_zone(db, asha):
    assert await numbers(services_at(db, BEFORE), asha) == ["GYM/25-26/000001"]
    assert await numbers(services_at(db, AFTER), asha) == ["GYM/26-27/000001"]
    assert await numbers(services_at(db, BEFORE), asha) == ["GYM/25-26/000002"]
    async with db.reading() as repos:
        days = [(await repos.invoices.find(n)).supplied_on for n in (1, 2)]
    assert days == [date(2026, 3, 31), date(2026, 4, 1)]


async def test_another_zone_has_another_midnight(db):
    admin = await known(db, 1, Office.ADMIN)
    await founded(db, timezone="Europe/London")  # summer time began two days before
    assert await numbers(services_at(db, AFTER), admin) == ["GYM/25-26/000001"]
    london = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    assert await numbers(services_at(db, london), admin) == ["GYM/26-27/000001"]


async def test_each_prefix_has_a_series_of_its_own_and_16_characters(db, asha, desk):
    found = await numbers(desk, asha)
    await registered(db, invoice_prefix="FIT")
    found += await numbers(desk, asha)
    await registered(db, invoice_prefix="GYM")
    found += await numbers(desk, asha)
    assert found == ["GYM/26-27/000001", "FIT/26-27/000001", "GYM/26-27/000002"]
    assert {len(number) for number in found} == {16}


async def test_numbers_have_neither_gaps_nor_doubles_whatever_fails(db, asha, desk, database_url):
    """The lights go out for every fourth, when it has a number already."""
    drafts = [
        await drafted(desk, asha, f"Buyer {n}", name="Month" if n % 4 else "Cut") for n in range(20)
    ]
    async with connected(database_url) as conn:
        await conn.execute(POWER_CUT)
        issuing = [desk.invoices.issue(draft, revision=2, by=asha) for draft in drafts]
        done = await asyncio.gather(*issuing, return_exceptions=True)
        assert sum(isinstance(each, asyncpg.RaiseError) for each in done) == 5
        issued = [entry.number for each in done if isinstance(each, list) for entry in each]
        assert sorted(issued) == [f"GYM/26-27/{serial:06}" for serial in range(1, 16)]
        assert await broken(conn) == []


async def test_the_last_number_of_a_year_is_given_and_then_none(db, asha, desk):
    async with db.transaction() as tx:
        sql = "INSERT INTO document_series VALUES ('GYM', 2026, 999998)"
        await tx.invoices._conn.execute(sql)
    assert await numbers(desk, asha) == ["GYM/26-27/999999"]
    draft, before = await drafted(desk, asha, "Anna"), await rows(db)
    with pytest.raises(SeriesFull) as refused:
        await desk.invoices.issue(draft, revision=2, by=asha)
    assert refused.value.details == {"series": "GYM/26-27"}
    assert await rows(db) == before


async def test_two_admins_at_once_issue_one_draft_once(db, asha, desk):
    ravi, anna = await known(db, 2, Office.ADMIN), await known(db, 3)
    draft = await drafted(desk, asha, anna)
    issuing = [desk.invoices.issue(draft, revision=2, by=admin) for admin in (asha, ravi)]
    done = await asyncio.gather(*issuing, return_exceptions=True)
    (first,) = [each for each in done if isinstance(each, list)]
    (second,) = [each for each in done if isinstance(each, DraftIssued)]
    assert second.details == {"numbers": first[0].number}
    after = await rows(db)
    assert (after["invoices"], after["notices"]) == (1, 1)
    assert after["audit"] == [AuditAction.INVOICE_ISSUED]


async def test_nothing_is_issued_to_who_is_being_deleted(db, asha, desk):
    anna = await known(db, 7)
    draft_id = await drafted(desk, asha, anna)
    async with db.transaction() as tx:
        await tx.people.hold(anna.id)
        issuing = asyncio.ensure_future(desk.invoices.issue(draft_id, revision=2, by=asha))
        await asyncio.sleep(0.2)
        await tx.privacy.delete_drafts(anna.id)
    with pytest.raises(DraftGone):
        await issuing


async def test_a_repeated_update_gets_the_same_answer(db, asha, desk):
    draft = await drafted(desk, asha, await known(db, 3))
    with handling(8):
        first = await desk.invoices.issue(draft, revision=2, by=asha)
        after = await rows(db)
        assert await desk.invoices.issue(draft, revision=2, by=asha) == first
    with handling(9), pytest.raises(DraftIssued):
        await desk.invoices.issue(draft, revision=2, by=asha)
    assert await rows(db) == after


async def test_what_was_changed_since_it_was_looked_at_is_not_issued(db, asha, desk):
    draft, before = await drafted(desk, asha, "Anna"), await rows(db)
    await desk.drafts.set_shipping(draft, 100, by=asha)
    with pytest.raises(DraftChanged):
        await desk.invoices.issue(draft, revision=2, by=asha)
    assert await rows(db) == before
    await desk.invoices.issue(draft, revision=3, by=asha)


async def test_who_may_not_and_what_is_not_there(db, asha, desk):
    empty = await desk.drafts.begin_for_walk_in("Anna", by=asha, operation_id=uuid4())
    dropped = await drafted(desk, asha, "Anna")
    await desk.drafts.drop(dropped, by=asha)
    before = await rows(db)
    for draft, revision, by, refusal in (
        (empty, 1, asha, NothingToBill),
        (dropped, 2, asha, DraftGone),
        (987_654, 1, asha, DraftGone),
        (empty, 1, await known(db, 4, Office.STAFF), NotAllowed),
    ):
        with pytest.raises(refusal):
            await desk.invoices.issue(draft, revision=revision, by=by)
    assert await rows(db) == before


async def test_e32_from_fifty_thousand_on_the_buyer_is_named_with_address_and_state(db, asha, desk):
    await registered(db)
    await numbers(desk, asha, rupees=49_999.99)
    draft = await drafted(desk, asha, "Anna", rupees=50_000)
    with pytest.raises(AddressNeeded):
        await desk.invoices.issue(draft, revision=2, by=asha)
    named = Buyer(name="Anna", address="12 Lake View", state_code="27")
    await desk.drafts.set_buyer(draft, named, by=asha)
    (entry,) = await desk.invoices.issue(draft, revision=3, by=asha)
    assert entry.total_paise == 5_250_000


async def stocked(db, desk, admin, *sold, name="Shaker") -> tuple[int, list[int]]:
    """A draft of items: pieces in stock and pieces billed of each."""
    draft = await desk.drafts.begin_for_walk_in("Anna", by=admin, operation_id=uuid4())
    items = []
    for number, (stock, quantity) in enumerate(sold):
        wanted = facts(f"{name} {number}", stock=stock)
        items.append(await ItemService(db).add(wanted, by=admin, operation_id=uuid4()))
        line = await desk.drafts.line_of(items[-1], quantity=quantity, discount_bps=0)
        await desk.drafts.add_line(draft, NewLine(operation_id=uuid4(), line=line), by=admin)
    return draft, [item.id for item in items]


async def stock_of(db, *items) -> list[int | None]:
    async with db.reading() as repos:
        return [(await repos.items.find(item)).stock for item in items]


async def test_what_is_billed_leaves_the_stock_where_that_is_counted(db, asha, desk):
    draft, items = await stocked(db, desk, asha, (5, 2), (None, 7))
    await desk.invoices.issue(draft, revision=3, by=asha)
    assert await stock_of(db, *items) == [3, None]


async def test_one_item_short_leaves_everything_as_it_was(db, asha, desk):
    draft, items = await stocked(db, desk, asha, (5, 2), (1, 2))
    before = await rows(db)
    with pytest.raises(StockShort) as refused:
        await desk.invoices.issue(draft, revision=3, by=asha)
    assert refused.value.details == {"name": "Shaker 1", "left": 1}
    assert await rows(db) == before
    assert await stock_of(db, *items) == [5, 1]
    async with db.reading() as repos:
        assert (await repos.drafts.find(draft)).status is DraftStatus.OPEN


async def test_of_two_who_bill_the_last_piece_one_gets_it(db, asha, desk):
    ravi = await known(db, 2, Office.ADMIN)
    one, [item] = await stocked(db, desk, asha, (1, 1))
    other = await desk.drafts.begin_for_walk_in("Mira", by=ravi, operation_id=uuid4())
    line = await desk.drafts.line_of(await ItemService(db).get(item), quantity=1, discount_bps=0)
    await desk.drafts.add_line(other, NewLine(operation_id=uuid4(), line=line), by=ravi)
    issuing = [
        desk.invoices.issue(draft, revision=2, by=by) for draft, by in ((one, asha), (other, ravi))
    ]
    done = await asyncio.gather(*issuing, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["StockShort", "list"]
    (refused,) = [each for each in done if isinstance(each, Refusal)]
    assert refused.details["left"] == 0
    assert await stock_of(db, item) == [0]
