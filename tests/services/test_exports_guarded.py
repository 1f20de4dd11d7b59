"""Exports: whose days, who may, how much, and words that are not to be trusted."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest

from bot.errors import NotAllowed
from bot.errors.exports import NothingOwed, NothingToExport, TooMuchToExport
from bot.models.audit import AuditAction
from bot.models.exports import ExportKind, PeriodName
from bot.models.people import Office
from bot.services._gst_sheets import gst
from bot.services.exports import ExportService
from bot.services.payments import PaymentService
from tests.club import applicant
from tests.services.exporting import (
    LLP,
    NOVEMBER,
    NOW,
    cancel,
    column,
    issue,
    line,
    month,
    pay,
    sheets,
)
from tests.services.test_bans import known
from tests.stories.invoicing import services_at


async def test_days_are_those_of_the_club(db, asha, vera):
    before, after = (
        datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC),
        datetime(2026, 3, 31, 18, 30, tzinfo=UTC),
    )
    for moment in (before, after):
        await issue(services_at(db, moment), asha, "Ravi", month())
    service = ExportService(db, now=lambda: after)
    found = {
        name: (await service.of_period(ExportKind.INVOICES, name, by=vera)) for name in PeriodName
    }
    assert {made.rows for made in found.values()} == {1}
    this, last = (
        sheets(found[name].content)["Invoices"][0]
        for name in (PeriodName.THIS_MONTH, PeriodName.LAST_MONTH)
    )
    assert (this["Date"], this["Number"]) == (date(2026, 4, 1), "GYM/26-27/000001")
    assert (last["Date"], last["Number"]) == (date(2026, 3, 31), "GYM/25-26/000001")
    async with db.transaction() as tx:
        await tx.club.save(replace(await tx.club.hold(), timezone="UTC"))
    both = await service.of_period(ExportKind.INVOICES, PeriodName.THIS_MONTH, by=vera)
    assert (both.rows, both.period.last) == (2, date(2026, 3, 31))


async def test_nothing_is_no_file_and_no_entry(db, vera, exports):
    for kind in (ExportKind.INVOICES, ExportKind.PAYMENTS, ExportKind.GST):
        with pytest.raises(NothingToExport):
            await exports.of_period(kind, NOVEMBER, by=vera)
    with pytest.raises(NothingOwed):
        await exports.receivables(by=vera)
    assert await entries(db) == []


async def entries(db) -> list[dict]:
    async with db.reading() as repos:
        latest = await repos.audit.list_latest(limit=50)
    return [each.after for each in latest if each.action is AuditAction.MONEY_EXPORTED]


async def test_each_export_leaves_an_entry(db, desk, asha, vera, exports):
    await issue(desk, asha, "Ravi", month())
    await exports.of_period(ExportKind.GST, NOVEMBER, by=vera)
    await exports.receivables(by=vera)
    assert await entries(db) == [
        {"export": "receivables", "rows": 1},
        {"export": "gst", "from": "2026-11-01", "to": "2026-11-30", "rows": 1},
    ]


async def test_only_owners_may_whatever_they_were_when_they_asked(db, desk, asha, vera, exports):
    await issue(desk, asha, "Ravi", month())
    async with db.transaction() as tx:
        await tx.people.set_office(vera.id, Office.ADMIN)
    for who in (asha, vera):
        with pytest.raises(NotAllowed):
            await exports.of_period(ExportKind.INVOICES, NOVEMBER, by=who)
        with pytest.raises(NotAllowed):
            await exports.receivables(by=who)
    assert await entries(db) == []


async def test_too_many_documents_are_refused(db, desk, asha, vera):
    for _ in range(3):
        await issue(desk, asha, "Ravi", month())
    service = ExportService(db, now=lambda: NOW, limit=2)
    with pytest.raises(TooMuchToExport):
        await service.of_period(ExportKind.GST, NOVEMBER, by=vera)
    with pytest.raises(TooMuchToExport):
        await service.receivables(by=vera)
    enough = ExportService(db, now=lambda: NOW, limit=3)
    assert (await enough.of_period(ExportKind.GST, NOVEMBER, by=vera)).rows == 3


async def test_pages_follow_one_another(db, desk, asha, vera, exports, monkeypatch):
    monkeypatch.setattr("bot.services.exports._PAGE", 2)
    anna = await known(db, 7)
    for _ in range(5):
        await issue(desk, asha, anna, month(100))
        await pay(db, asha, anna, ("cash", 105, None), at=NOW)
    made = await exports.of_period(ExportKind.INVOICES, NOVEMBER, by=vera)
    assert len(set(column(sheets(made.content)["Invoices"], "Number"))) == 6
    made = await exports.of_period(ExportKind.PAYMENTS, NOVEMBER, by=vera)
    assert len(set(column(sheets(made.content)["Payments"], "Receipt"))) == 6


async def test_a_snapshot_does_not_see_what_comes_later(db, desk, asha, vera):
    await issue(desk, asha, "Ravi", month())
    async with db.snapshot() as repos:
        before = await repos.invoices.count()
        await issue(desk, asha, "Ravi", month())
        assert await repos.invoices.count() == before == 1
    async with db.reading() as repos:
        assert await repos.invoices.count() == 2


HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "@x",
    "\t=1+1",
    "-1+1|cmd",
    "a\x01\x1fb",
    '<r><t>q</t></r></is></c><c r="B2"><f>1+1</f></c><c r="C2" t="inlineStr"><is><r><t/></r>',
)


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_are_inert_in_every_sheet(db, desk, asha, vera, exports, notes, words):
    member = await known(db, 7)
    profile = replace(applicant("Anna"), full_name=words[:64])
    async with db.transaction() as tx:
        await tx.registrations.add_profile(member.id, profile)
        await tx.registrations.add_profile(asha.id, replace(profile, phone="+919876543211"))
    buyer = replace(LLP, name=words)
    (bill,) = await issue(desk, asha, buyer, line(words, 1_000))
    (own,) = await issue(desk, asha, member, line(words, 1_000, 0))
    paid = await pay(db, asha, member, ("cash", 1_500, words[:40]), at=NOW, purpose=words[:100])
    await pay(db, asha, bill.id, ("card", 1, None), at=NOW)
    back = PaymentService(db, now=lambda: NOW)
    await back.reverse(paid.id, reason=words, by=asha, operation_id=uuid4())
    await cancel(notes, bill, asha, reason=words)
    assert own.buyer_name
    made = [
        await exports.of_period(kind, NOVEMBER, by=vera)
        for kind in (ExportKind.INVOICES, ExportKind.PAYMENTS, ExportKind.GST)
    ]
    made.append(await exports.receivables(by=vera))
    cells = [
        cell
        for each in made
        for rows in sheets(each.content).values()
        for row in rows
        for cell in row.values()
    ]
    assert [str(cell).rstrip(" ") for cell in cells].count(words) >= 6
    assert not any(b"<f>" in part for each in made for part in parts(each.content))


def parts(content: bytes) -> list[bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


async def test_a_file_is_written_off_the_loop_and_outside_of_transactions(
    db, desk, asha, vera, exports, monkeypatch
):
    await issue(desk, asha, "Ravi", month())
    seen = []

    def write(*found) -> bytes:
        pool = db._pool
        seen.append((threading.current_thread(), pool.get_size() - pool.get_idle_size()))
        return gst(*found)

    monkeypatch.setattr("bot.services.exports.gst", write)
    await exports.of_period(ExportKind.GST, NOVEMBER, by=vera)
    [(thread, busy_connections)] = seen
    assert thread is not threading.main_thread()
    assert busy_connections == 0
