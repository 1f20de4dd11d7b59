"""PostgreSQL and Redis come and go while a crowd registers: everybody gets through, once."""

import asyncio
from contextlib import AsyncExitStack

import asyncpg
import pytest

from tests.faults import life
from tests.faults.servers import FAST, IMMEDIATE
from tests.postgres import connected

PEOPLE = 16
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def survived(stage, fleet):
    """``await survived(disaster)``: let it strike amid a crowd, then see that all is well."""
    count, road = fleet

    async def run(disaster) -> None:
        await stage.club.admin("Asha")
        await stage.start(count, road)
        names = await life.crowd(stage, PEOPLE)
        everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
        while len(stage.waits) < 3 * PEOPLE:
            await asyncio.sleep(0.01)
        await disaster()
        await everybody
        stage.club.visitor("Late")
        assert await stage.says("Late", "/start", 5) < 5  # as quick as if nothing had been
        async with stage.db.reading() as repos:
            assert await repos.registrations.count_pending() == PEOPLE
        await stage.all_is_well()
        print(f"  longest wait {max(stage.waits):.1f} s")

    return run


async def test_redis_is_restarted_and_has_forgotten_everything(stage, survived):
    await survived(stage.valkey.restart)


@pytest.mark.usefixtures("long_only")
async def test_redis_is_away_for_some_seconds(stage, survived):
    await survived(lambda: stage.valkey.restart(away=60))


async def test_redis_freezes(stage, survived, many):
    await survived(lambda: freeze(stage.valkey, many(3, long=10)))


@pytest.mark.usefixtures("long_only")
async def test_redis_is_flushed(stage, survived):
    await survived(stage.redis.flushall)


@pytest.mark.usefixtures("long_only")
async def test_postgres_is_restarted(stage, survived):
    await survived(lambda: stage.postgres.restart(FAST, away=0.5))


async def test_postgres_crashes(stage, survived):
    await survived(lambda: stage.postgres.restart(IMMEDIATE))


@pytest.mark.usefixtures("long_only")
async def test_postgres_is_away_for_some_seconds(stage, survived):
    await survived(lambda: stage.postgres.restart(FAST, away=60))


async def test_postgres_freezes(stage, survived, many):
    await survived(lambda: freeze(stage.postgres, many(7, long=20)))


async def test_every_connection_to_postgres_is_terminated(stage, survived):
    await survived(lambda: terminate(stage))


@pytest.mark.usefixtures("long_only")
async def test_postgres_has_no_connection_left(stage, survived):
    await survived(lambda: exhaust(stage, seconds=3))


async def freeze(machine, seconds) -> None:
    async with machine.frozen():
        await asyncio.sleep(seconds)


async def terminate(stage) -> None:
    """All of the workers', ten times over, so that some die amid a transaction."""
    async with connected(stage.database_url) as conn:
        for _ in range(10):
            await conn.execute("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
            await asyncio.sleep(0.05)


async def exhaust(stage, *, seconds) -> None:
    """Somebody else takes every connection there is."""
    url = stage.postgres.url
    async with AsyncExitStack() as taken:
        await terminate(stage)
        full = False
        while not full:
            tries = [asyncpg.connect(url) for _ in range(20)]
            for one in await asyncio.gather(*tries, return_exceptions=True):
                if isinstance(one, asyncpg.TooManyConnectionsError):
                    full = True
                else:
                    taken.callback(one.terminate)
        await asyncio.sleep(seconds)
