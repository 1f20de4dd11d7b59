"""No number is given twice after a restore: an older backup does not know the last ones."""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.backups.dump import back_up
from bot.backups.restore import restore
from bot.db.database import Database, open_pool
from bot.db.invariants import broken
from bot.doctor import database as doctor
from bot.errors.invoices import SeriesSealed
from bot.models.credit_notes import CREDIT_NOTE_PREFIXES
from bot.models.gstin import financial_year, financial_year_name
from bot.models.payments import RECEIPT_PREFIXES, REFUND_PREFIXES, Account, Receipt
from bot.models.people import Office
from bot.texts.refusals import sentence
from tests.club import founded
from tests.operations.databases import bot
from tests.operations.findings import findings, line
from tests.postgres import connected
from tests.services.booking import busy, cash, tills
from tests.services.test_bans import known
from tests.stories.invoicing import billed, registered, services_at


@pytest.fixture
async def backup(db, database_url, tmp_path):
    """Of a club with money, made before its last receipt and invoice."""
    await founded(db)
    asha = await known(db, 1, Office.ADMIN)
    anna = await known(db, 7)
    await registered(db)
    desk = services_at(db, datetime.now(UTC))
    club = await busy(db, desk, asha, anna)
    file = tmp_path / "club.dump"
    await back_up(database_url, file)
    await billed(desk, asha, anna)
    return SimpleNamespace(file=file, asha=asha, anna=anna, club=club)


def numbers(prefixes) -> str:
    """The first number of the second series."""
    year = financial_year(datetime.now(UTC), ZoneInfo("Asia/Kolkata"))
    return f"{prefixes[1]}/{financial_year_name(year)}/000001"


async def test_after_a_restore_numbers_go_on_in_new_series(backup, fresh, settings):
    copy = await fresh()
    code, said, _ = await bot("restore", backup.file, DATABASE_URL=copy)
    assert (code, "need a new prefix (🧮 GST): GYM/" in said) == (0, True)
    found = await findings(doctor.check(settings, copy))
    assert "Set a new invoice prefix in 🧮 GST" in line(found, "gives no more invoice numbers")
    async with open_pool(copy, size=2) as pool:
        db, asha, anna = Database(pool), backup.asha, backup.anna
        desk, at = services_at(db, datetime.now(UTC)), tills(db)
        with pytest.raises(SeriesSealed) as refused:
            await billed(desk, asha, anna)
        assert "Set a new invoice prefix in 🧮 GST" in sentence(refused.value)
        await registered(db, invoice_prefix="SAH")
        (entry,) = await billed(desk, asha, anna)
        assert (entry.number[:4], entry.number[-7:]) == ("SAH/", "/000001")
        receipt = Receipt(account=Account(person_id=anna.id), lines=(cash(1_00),), invoices=())
        paid = await at.payments.record(receipt, by=asha, operation_id=uuid4())
        assert paid.number == numbers(RECEIPT_PREFIXES)
        how = {"reason": "wrong", "by": asha, "operation_id": uuid4()}
        assert (await at.notes.cancel(entry.id, **how)).number == numbers(CREDIT_NOTE_PREFIXES)
        assert (await at.payments.reverse(paid.id, **how)).number == numbers(REFUND_PREFIXES)
    async with connected(copy) as conn:
        assert await broken(conn) == []
    assert "gives no more" not in " ".join(await findings(doctor.check(settings, copy)))


async def test_a_club_that_only_moves_keeps_its_series(backup, fresh):
    copy = await fresh()
    arguments = ("restore", backup.file, "--numbers-are-current")
    code, said, _ = await bot(*arguments, DATABASE_URL=copy)
    assert (code, "prefix" in said) == (0, False)
    async with open_pool(copy, size=2) as pool:
        desk = services_at(Database(pool), datetime.now(UTC))
        (entry,) = await billed(desk, backup.asha, backup.anna)
    assert entry.number[-7:] == "/000006"


async def test_what_was_first_issued_after_the_backup_is_not_issued_twice(
    db, database_url, fresh, tmp_path
):
    """The backup of a club that has billed nothing yet knows no series that could be sealed."""
    await founded(db)
    await registered(db)
    asha = await known(db, 1, Office.ADMIN)
    await back_up(database_url, tmp_path / "club.dump")
    copy = await fresh()
    await restore(copy, tmp_path / "club.dump")
    async with open_pool(copy, size=2) as pool:
        with pytest.raises(SeriesSealed):
            await billed(services_at(Database(pool), datetime.now(UTC)), asha, "Ravi")
