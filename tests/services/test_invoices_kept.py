"""What was issued stays as it was: against statements, settings, and the deletion of its buyer."""

from uuid import uuid4

import asyncpg
import pytest

from bot.db.invariants import broken
from bot.errors import NotAllowed, Unreachable
from bot.errors.invoices import InvoiceGone
from bot.models.drafts import NewLine
from bot.models.invoices import DocumentKind
from bot.models.items import ItemField, ItemKind
from bot.models.people import Office
from bot.services.items import ItemService
from bot.services.privacy import PrivacyService
from bot.texts import privacy as privacy_texts
from bot.texts.privacy_file import as_file
from tests.club import applicant
from tests.documents.reading import drawn, words_of
from tests.postgres import connected
from tests.services.test_bans import known
from tests.services.test_invoices import stocked
from tests.services.test_privacy import everything
from tests.stories.invoicing import billed, drafted, registered

TABLES = ("invoices", "invoice_lines")
# A copy of the one invoice, as the next of its series, with something wrong.
WRONG = """
    INSERT INTO invoices OVERRIDING USER VALUE
    SELECT (jsonb_populate_record(
        i, jsonb_build_object('number', 'X', 'serial', 2, 'part', 2) || $1)).*
      FROM invoices i
"""
WRONG_LINE = """
    INSERT INTO invoice_lines
    SELECT (jsonb_populate_record(l, jsonb_build_object('position', 2) || $1)).*
      FROM invoice_lines l
"""


async def found(db, invoice_id):
    async with db.reading() as repos:
        return await repos.invoices.find(invoice_id)


@pytest.mark.parametrize("table", TABLES)
async def test_no_statement_changes_what_was_issued(db, asha, desk, database_url, table):
    await billed(desk, asha, "Anna")
    first = "number" if table == "invoices" else "name"
    async with connected(database_url) as conn:
        for wrong in (
            f"UPDATE {table} SET {first} = 'X'",  # noqa: S608
            f"DELETE FROM {table}",  # noqa: S608
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(asyncpg.RaiseError, match="never changes"):
                await conn.execute(wrong)


@pytest.mark.parametrize(
    ("sql", "wrong"),
    [
        (WRONG, '{"total_paise": 1}'),
        (WRONG, '{"taxable_paise": -1, "total_paise": -1}'),
        (WRONG, '{"cgst_paise": 1, "total_paise": 150001}'),
        (WRONG, '{"cgst_paise": 1, "sgst_paise": 1, "igst_paise": 1, "total_paise": 150003}'),
        (WRONG, '{"round_off_paise": 51, "total_paise": 150051}'),
        (WRONG, '{"number": "GYM/26-27/0000001"}'),
        (WRONG_LINE, '{"base_paise": 1}'),
        (WRONG_LINE, '{"quantity": 0, "base_paise": 0}'),
        (WRONG_LINE, '{"cgst_paise": 1}'),
    ],
)
async def test_the_database_takes_no_wrong_sums(db, asha, desk, database_url, sql, wrong):
    await billed(desk, asha, "Anna")
    async with connected(database_url) as conn:
        with pytest.raises(asyncpg.CheckViolationError):
            await conn.execute(sql, wrong)
        right = conn.transaction()
        await right.start()
        await conn.execute(sql, "{}")
        await right.rollback()


async def test_e30_what_is_changed_later_changes_no_issued_document(db, asha, desk):
    await registered(db)
    draft, [item] = await stocked(db, desk, asha, (5, 2))
    (entry,) = await desk.invoices.issue(draft, revision=2, by=asha)
    invoice = await found(db, entry.id)
    before = drawn(invoice)
    await registered(
        db, legal_name="Other LLP", address="Elsewhere", terms="None", is_gst_on=False, upi_id=None
    )
    items = ItemService(db)
    for field, value in (
        (ItemField.NAME, "Cup"),
        (ItemField.MRP, 1),
        (ItemField.RATE, 4_000),
        (ItemField.HSN, "7323"),
    ):
        await items.change(item, field, value, by=asha)
    async with db.transaction() as tx:
        await tx.business._conn.execute("UPDATE tax_rates SET rate_bps = 4000")
    assert await found(db, entry.id) == invoice
    assert drawn(await found(db, entry.id)) == before
    line = await desk.drafts.line_of(await items.get(item), quantity=1, discount_bps=0)
    assert (line.name, line.rate_bps) == ("Cup", 4_000)


async def test_e31_one_made_anew_leaves_the_first_and_its_number(db, asha, desk):
    (first,) = await billed(desk, asha, "Anna")
    invoice = await found(db, first.id)
    (second,) = await billed(desk, asha, "Anna", rupees=1_400)
    assert [first.number[-6:], second.number[-6:]] == ["000001", "000002"]
    assert await found(db, first.id) == invoice


async def test_e32_what_stands_on_a_document_follows_from_who_issued_it(db, asha, desk):
    (entry,) = await billed(desk, asha, "Anna")
    unregistered = await found(db, entry.id)
    assert unregistered.kind is DocumentKind.INVOICE
    said = words_of(unregistered)
    assert not [word for word in ("GSTIN", "HSN", "CGST", "Tax invoice") if word in said]
    await registered(db)
    draft = await drafted(desk, asha, "Anna")
    book = await desk.drafts.line_by_hand(
        "Book", ItemKind.GOODS, 20_000, quantity=1, discount_bps=0
    )
    exempt = type(book)(**{**{n: getattr(book, n) for n in book.__slots__}, "rate_bps": 0})
    await desk.drafts.add_line(draft, NewLine(operation_id=uuid4(), line=exempt), by=asha)
    (entry,) = await desk.invoices.issue(draft, revision=3, by=asha)
    both = await found(db, entry.id)
    assert both.kind is DocumentKind.INVOICE_CUM_BILL
    assert words_of(both).count("Invoice-cum-bill of supply") == 1


async def test_who_is_deleted_leaves_their_invoices_and_no_draft(
    db, cache, asha, desk, database_url
):
    privacy, anna = PrivacyService(db, cache), await known(db, 2)
    async with db.transaction() as tx:
        await tx.registrations.add_profile(anna.id, applicant("Anna"))
    await registered(db)
    (entry,) = await billed(desk, asha, anna)
    invoice = await found(db, entry.id)
    await drafted(desk, asha, anna)
    await desk.drafts.drop(await drafted(desk, asha, anna), by=asha)
    data = await privacy.export(anna)
    assert [one.number for one in data.invoices] == [entry.number]
    assert entry.number.encode() in as_file(data)
    holdings = await privacy.before_leaving(anna)
    assert "<b>1 invoice</b> stay" in privacy_texts.ask_delete(holdings)
    await privacy.leave(anna.id, me=anna)
    assert await found(db, entry.id) == invoice
    assert invoice.buyer.name == "Anna Rao"
    assert (await everything(database_url)).count("Anna Rao") == 1
    async with connected(database_url) as conn:
        assert await conn.fetchval("SELECT count(*) FROM invoice_drafts") == 1
        assert await broken(conn) == []
    assert not (await desk.invoices.card(entry.id)).is_reachable
    with pytest.raises(Unreachable):
        await desk.invoices.send_again(entry.id, by=asha, operation_id=uuid4())


async def test_who_may_send_again_and_see(db, asha, desk):
    anna, staff = await known(db, 2), await known(db, 3, Office.STAFF)
    (theirs,) = await billed(desk, asha, anna)
    (walk_in,) = await billed(desk, asha, "Ravi")
    for invoice_id, by, refusal in (
        (theirs.id, staff, NotAllowed),
        (walk_in.id, asha, Unreachable),
        (987_654, asha, InvoiceGone),
    ):
        with pytest.raises(refusal):
            await desk.invoices.send_again(invoice_id, by=by, operation_id=uuid4())
    assert (await desk.invoices.find(theirs.id, me=anna)).number == theirs.number
    for me in (staff, await known(db, 4)):
        with pytest.raises(InvoiceGone):
            await desk.invoices.find(theirs.id, me=me)
