"""Connections always come back, and a restart of PostgreSQL is only a pause."""

import asyncio

import asyncpg
import pytest

from bot.db.database import Database, open_pool
from bot.errors import Unavailable
from bot.models.people import TelegramUser

SOMEONE = TelegramUser(telegram_id=2**40, username=None, display_name="Anna", language_code=None)


@pytest.fixture
async def pool(database_url):
    async with open_pool(database_url, size=2) as opened:
        yield opened


def idle(pool) -> bool:
    return pool.get_idle_size() == pool.get_size()


async def test_a_handler_that_raises_gives_its_connection_back(pool):
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            async with Database(pool).transaction() as tx:
                await tx.people.remember(SOMEONE)
                _ = 1 / 0
    assert idle(pool)
    async with Database(pool).reading() as repos:
        assert await repos.people.find_by_telegram_id(SOMEONE.telegram_id) is None


async def test_a_cancelled_handler_gives_its_connection_back(pool):
    async def stuck():
        async with Database(pool).transaction():
            await asyncio.sleep(60)

    tasks = [asyncio.ensure_future(stuck()) for _ in range(2)]
    await asyncio.sleep(0.05)
    assert not idle(pool)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert idle(pool)


async def test_a_handler_that_times_out_gives_its_connection_back(pool):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), Database(pool).transaction() as tx:
            await tx.people._conn.execute("SELECT pg_sleep(10)")
    assert idle(pool)


async def test_a_full_pool_is_unavailable_not_a_hang(pool, monkeypatch):
    database = Database(pool)
    async with database.transaction(), database.transaction():
        monkeypatch.setattr("bot.db.database.ACQUIRE_SECONDS", 0.1)
        with pytest.raises(Unavailable):
            async with database.transaction():
                pass
    assert idle(pool)


async def test_connections_that_the_server_ended_are_replaced(pool, servers, database_url):
    database = Database(pool)
    async with database.transaction() as tx:
        await tx.people.remember(SOMEONE)
    admin = await asyncpg.connect(servers.database_url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
        database_url.rsplit("/", 1)[1],
    )
    await admin.close()
    for _ in range(3):  # the first ones may still meet a dead connection
        try:
            async with database.reading() as repos:
                found = await repos.people.find_by_telegram_id(SOMEONE.telegram_id)
        except Unavailable:
            continue
        break
    assert found.telegram_id == SOMEONE.telegram_id
    assert idle(pool)
