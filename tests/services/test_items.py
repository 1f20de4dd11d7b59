"""The catalogue's rules and races: serials, twins, repeated updates, authority."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from bot.errors import NotAllowed, Refusal
from bot.errors.items import ItemExists, ItemGone, ItemNotFound, ItemSearchTooShort, UploadGone
from bot.logs import handling
from bot.models.audit import AuditAction
from bot.models.item_uploads import Applied, Preview, Problem, Verdict
from bot.models.items import ItemField
from bot.models.people import Office
from bot.services.item_uploads import ItemUploadService
from bot.services.items import ItemService
from tests.postgres import connected
from tests.services.test_bans import known
from tests.stories.stores import facts
from tests.workbooks import workbook


@pytest.fixture
async def asha(db):
    return await known(db, 1, Office.ADMIN)


@pytest.fixture
def items(db) -> ItemService:
    return ItemService(db)


@pytest.fixture
def uploads(db) -> ItemUploadService:
    return ItemUploadService(db)


async def added(items, by, name="Shaker", **changes):
    return await items.add(facts(name, **changes), by=by, operation_id=uuid4())


async def log(db) -> list[tuple]:
    async with db.reading() as repos:
        entries = await repos.audit.list_latest(limit=50)
    return [(entry.action, entry.before, entry.after) for entry in entries]


async def test_serials_have_neither_gaps_nor_doubles_however_many_add(db, asha, items):
    ravi = await known(db, 2, Office.ADMIN)
    adding = [added(items, (asha, ravi)[n % 2], f"Item {n % 7}") for n in range(14)]
    done = await asyncio.gather(*adding, return_exceptions=True)
    assert sorted(item.serial for item in done if not isinstance(item, Refusal)) == [*range(1, 8)]
    assert sum(isinstance(item, ItemExists) for item in done) == 7


async def test_one_operation_adds_one_item(db, asha, items):
    operation = uuid4()
    both = await asyncio.gather(
        *(items.add(facts(), by=asha, operation_id=operation) for _ in range(2))
    )
    assert both[0] == both[1]
    assert [action for action, *_ in await log(db)] == [AuditAction.ITEM_ADDED]


async def test_twins_are_told_apart_by_their_code_or_by_being_off_sale(asha, items):
    one = await added(items, asha)
    with pytest.raises(ItemExists) as refused:
        await added(items, asha, "  shÁker ")
    assert refused.value.details == {"name": "Shaker", "serial": one.serial}
    two = await added(items, asha, hsn="3926")
    with pytest.raises(ItemExists):
        await items.change(two.id, ItemField.HSN, "3924", by=asha)
    await items.deactivate(one.id, by=asha)
    await items.change(two.id, ItemField.HSN, "3924", by=asha)
    with pytest.raises(ItemExists):
        await items.activate(one.id, by=asha)


async def test_a_change_is_written_down_once_and_none_is_not(db, asha, items):
    item = await added(items, asha, stock=10)
    await items.change(item.id, ItemField.STOCK, 10, by=asha)
    with handling(7):
        await items.change(item.id, ItemField.STOCK, 8, by=asha)
        await items.change(item.id, ItemField.STOCK, 8, by=asha)
    assert (await log(db))[:-1] == [
        (
            AuditAction.ITEM_CHANGED,
            {"serial": 1, "item": "Shaker", "stock": 10},
            {"serial": 1, "item": "Shaker", "stock": 8},
        )
    ]


async def test_an_update_that_comes_again_does_not_undo_what_came_between(asha, items):
    item = await added(items, asha, stock=10)
    with handling(7):
        await items.change(item.id, ItemField.STOCK, 8, by=asha)
    await items.change(item.id, ItemField.STOCK, 9, by=asha)
    with handling(7):
        assert (await items.change(item.id, ItemField.STOCK, 8, by=asha)).stock == 9


async def test_two_admins_change_two_facts_and_both_hold(db, asha, items):
    ravi, item = await known(db, 2, Office.ADMIN), await added(items, asha)
    await asyncio.gather(
        items.change(item.id, ItemField.MRP, 100, by=asha),
        items.change(item.id, ItemField.NAME, "Cup", by=ravi),
    )
    now = await items.get(item.id)
    assert (now.name, now.mrp_paise) == ("Cup", 100)


async def test_who_is_no_admin_any_more_changes_nothing(db, asha, items, uploads):
    item = await added(items, asha)
    shown = await uploads.preview(workbook(("", "Belt", "", 1, 18)), by=asha)
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, Office.STAFF)
    for attempt in (
        added(items, asha, "Belt"),
        items.change(item.id, ItemField.MRP, 1, by=asha),
        items.deactivate(item.id, by=asha),
        uploads.preview(workbook(("", "Belt", "", 1, 18)), by=asha),
        uploads.apply(shown.operation_id, by=asha),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert len(await log(db)) == 1


async def test_a_search_finds_what_is_on_sale_unless_told_otherwise(asha, items):
    shaker, cup = await added(items, asha, "Shaker 500 ml"), await added(items, asha, "Cup 2 l")
    await items.deactivate(cup.id, by=asha)
    assert (await items.search("2", limit=5, only_active=False)).items == [await items.get(cup.id)]
    assert await items.find_by_serial(2) is None
    assert (await items.search("500", limit=5)).items == [shaker]
    assert (await items.search("1", limit=5)).items == [shaker]
    for part in ("cup", "2", "%", "99999999999999999999999", "shaker_"):
        with pytest.raises((ItemNotFound, ItemSearchTooShort)):
            await items.search(part, limit=5)
    with pytest.raises(ItemGone):
        await items.get(99)


async def test_a_search_says_that_there_are_more(asha, items):
    for number in range(3):
        await added(items, asha, f"Cup {number}")
    assert (await items.search("cup", limit=2)).more
    assert not (await items.search("cup", limit=3)).more


@pytest.mark.parametrize(
    "columns",
    [
        "serial = 0",
        "serial = serial + 1",
        "mrp_paise = 0",
        "mrp_paise = 1000000000",
        "rate_bps = -1",
        "rate_bps = 10001",
        "stock = -1",
        "kind = 'gift'",
        "hsn = '12345'",
        "name = ''",
    ],
)
async def test_the_database_itself_refuses(asha, items, database_url, columns):
    await added(items, asha)
    async with connected(database_url) as conn:
        with pytest.raises(asyncpg.PostgresError):
            await conn.execute(f"UPDATE items SET {columns}")  # noqa: S608 -- of this test


async def test_two_items_may_swap_their_names_in_one_file(asha, items, uploads):
    await added(items, asha, "Cup")
    await added(items, asha, "Mug")
    shown = await uploads.preview(
        workbook((1, "Mug", 3924, 299, 18), (2, "Cup", 3924, 299, 18), ("", "Belt", "", 1, 18)),
        by=asha,
    )
    assert await uploads.apply(shown.operation_id, by=asha) == Applied(added=1, changed=2)
    assert (await items.find_by_serial(1)).name == "Mug"
    assert (await items.find_by_serial(3)).name == "Belt"


async def judged(uploads, by, *rows) -> list[tuple]:
    shown = await uploads.preview(workbook(*rows), by=by)
    assert not shown.can_be_applied
    return [(row.verdict, *(fault.problem for fault in row.faults)) for row in shown.rows]


async def test_rows_that_cannot_stand_together_are_refused(asha, items, uploads):
    for name in ("Cup", "Mug"):
        await added(items, asha, name)
    refuse, change, add = Verdict.REFUSE, Verdict.CHANGE, Verdict.ADD
    assert await judged(uploads, asha, (1, "Mug", 3924, 1, 18)) == [(refuse, Problem.TAKEN)]
    assert await judged(uploads, asha, (1, "A1", "", 1, 18), ("", "CUP", 3924, 1, 18)) == [
        (change,),
        (refuse, Problem.TWICE),
    ]
    assert await judged(uploads, asha, ("", "Belt", "", 1, 18), ("", "belt ", "", 2, 18)) == [
        (add,),
        (refuse, Problem.TWICE),
    ]
    assert await judged(uploads, asha, (1, "Belt", "", 1, 18), ("", "Belt", "", 2, 18)) == [
        (change,),
        (refuse, Problem.TWICE),
    ]


async def test_an_upload_is_all_or_nothing_and_is_refused_once_an_item_has_changed(
    db, asha, items, uploads
):
    await added(items, asha, "Cup")
    ravi = await known(db, 2, Office.ADMIN)
    file = workbook((1, "Cup", 3924, 1, 18), ("", "Belt", "", 1, 18))
    one, two = await uploads.preview(file, by=asha), await uploads.preview(file, by=ravi)
    done = await asyncio.gather(
        uploads.apply(one.operation_id, by=asha), uploads.apply(two.operation_id, by=ravi)
    )
    assert sorted(type(each).__name__ for each in done) == ["Applied", "Preview"]
    anew = next(each for each in done if isinstance(each, Preview))
    assert [row.verdict for row in anew.rows] == [Verdict.LEAVE, Verdict.LEAVE]
    uploaded = [entry for entry in await log(db) if entry[0] is AuditAction.ITEMS_UPLOADED]
    assert uploaded == [(AuditAction.ITEMS_UPLOADED, {}, {"added": 1, "changed": 1, "rows": 2})]
    with pytest.raises(UploadGone):
        await uploads.apply(anew.operation_id, by=asha if done[1] is anew else ravi)


async def test_applied_again_it_says_the_same_and_does_nothing(db, asha, uploads):
    shown = await uploads.preview(workbook(("", "Belt", "", 1, 18)), by=asha)
    done = await asyncio.gather(*(uploads.apply(shown.operation_id, by=asha) for _ in range(3)))
    assert done == [Applied(added=1, changed=0)] * 3
    assert len(await log(db)) == 1


async def test_what_a_file_leaves_blank_stays(asha, items, uploads):
    item = await added(items, asha, "Cup", stock=5)
    await items.deactivate(item.id, by=asha)
    shown = await uploads.preview(workbook((1, "Cup", 3924, 2, 18)), by=asha)
    await uploads.apply(shown.operation_id, by=asha)
    now = await items.get(item.id)
    assert (now.stock, now.kind, now.is_active, now.mrp_paise) == (5, item.kind, False, 200)
