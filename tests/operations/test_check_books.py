"""``python -m bot check-books`` as an operator runs it: figures, faults in words, an exit code."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.models.people import Office
from tests.club import founded
from tests.operations.databases import bot, execute
from tests.services.booking import busy
from tests.services.test_bans import known
from tests.stories.invoicing import registered, services_at


@pytest.fixture
async def club_with_money(db) -> SimpleNamespace:
    await founded(db)
    asha = await known(db, 1, Office.ADMIN)
    await registered(db)
    desk = services_at(db, datetime(2026, 11, 24, 9, tzinfo=UTC))
    return await busy(db, desk, asha, await known(db, 7))


async def check(database_url, tmp_path):
    return await bot("check-books", DATABASE_URL=database_url, DATA_DIR=str(tmp_path))


def figures(said) -> dict[str, str]:
    lines = [line.rsplit(maxsplit=1) for line in said.split("\n\n")[0].splitlines()]
    return {name.strip(): amount for name, amount in lines}


async def test_sound_books_are_added_up(club_with_money, database_url, tmp_path):
    code, said, err = await check(database_url, tmp_path)
    assert (code, err) == (0, "")
    assert figures(said) == {
        "Invoiced": "₹7,875.00",
        "− Credit notes": "₹1,575.00",
        "− Received": "₹3,675.00",
        "+ Given back": "₹400.00",
        "= Outstanding": "₹3,150.00",
        "− Credit of members": "₹125.00",
        "In by Cash": "₹700.00",
        "In by UPI": "₹2,575.00",
    }
    assert "The books are right" in said


async def test_each_fault_is_told_with_where_it_is(club_with_money, database_url, tmp_path):
    await execute(
        database_url,
        "SET session_replication_role = replica; UPDATE refunds SET total_paise = 1",
    )
    code, said, err = await check(database_url, tmp_path)
    assert (code, err) == (1, "")
    assert (
        "✗ Not so: invoices − credit notes − payments + refunds are outstanding − credit.\n"
        "    → person 2, the club\n"
    ) in said
    assert "✗ Not so: every document with a number was written into the audit log once." in said
    assert "cannot be trusted" in said


async def test_an_empty_club_has_books_of_nothing(database_url, tmp_path):
    code, said, _ = await check(database_url, tmp_path)
    assert (code, figures(said)["= Outstanding"]) == (0, "₹0.00")


async def test_why_it_cannot_look_is_a_sentence(fresh, tmp_path):
    for url, why in ((await fresh(), "migrate"), ("postgresql://x@127.0.0.1:1/x", "reached")):
        code, said, err = await check(url, tmp_path)
        assert (code, said, why in err) == (1, "", True)
