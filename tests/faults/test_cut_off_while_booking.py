"""The line to PostgreSQL is cut at the n-th await of a booking, for every n; the next finishes it.

To the database that is a worker's death: what was sent may still be done, and nobody learns of it.
"""

import asyncio
import itertools
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.db.database import Database, open_pool
from bot.db.invariants import broken
from bot.errors import Unavailable
from bot.models.people import Office
from tests.club import founded
from tests.faults.bookings import PATHS
from tests.faults.dying import Stepped
from tests.postgres import connected
from tests.services.booking import tills
from tests.services.test_bans import known
from tests.stories.invoicing import registered, services_at


@pytest.fixture
async def money(db) -> SimpleNamespace:
    await founded(db)
    await registered(db)
    asha = await known(db, 1, Office.ADMIN)
    return SimpleNamespace(db=db, asha=asha, desk=services_at(db, datetime.now(UTC)))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.timeout(600)
async def test_what_was_cut_off_is_finished_once_by_the_next(money, database_url, path, many):
    step = many(7, long=1)
    for number in itertools.count(1, step):
        doing = path()
        await doing.prepare(money, number)
        was_cut = await cut_off(database_url, doing, at=number)
        await insist(money.db, doing)
        await insist(money.db, doing)  # and the same once more
        async with money.db.reading() as repos:
            await doing.check(repos)
            await doing.check_log(repos)
        if not was_cut:
            break
    assert number > 20
    async with connected(database_url) as conn:
        assert await broken(conn) == []


async def cut_off(database_url, doing, *, at) -> bool:
    """``False``: it was done before so many awaits."""
    left = at
    async with open_pool(database_url, size=1) as pool:

        def at_await() -> None:
            nonlocal left
            left -= 1
            if not left:
                pool.terminate()

        try:
            await Stepped(doing.act(tills(Database(pool))), at_await)
        except Unavailable:
            assert left <= 0
    return left <= 0


async def insist(db, doing) -> None:
    """As the sweeper does with an update that met trouble."""
    for _ in range(5):
        try:
            return await doing.act(tills(db))
        except Unavailable:
            await asyncio.sleep(0.2)
    raise AssertionError
