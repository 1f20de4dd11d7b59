"""A start that comes before its servers waits and says for whom; one that cannot work ends."""

import asyncio
from contextlib import asynccontextmanager, suppress

import asyncpg
import pytest
from redis.asyncio import Redis

from bot import embedded, waiting
from bot.db.migrate import migrate
from tests.postgres import named


@pytest.fixture
def port() -> int:
    """Nobody listens there yet."""
    return embedded.free_ports(1)[0]


@asynccontextmanager
async def opened_later(port: int, to: str):
    """What passes everything on to a real server, from half a second on; closed at the end."""
    host, _, real = to.rpartition("@")[2].partition("/")[0].partition(":")
    lines = []

    async def pump(source, sink):
        with suppress(OSError):
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        sink.close()

    async def pass_on(reader, writer):
        there, back = await asyncio.open_connection(host, int(real))
        lines.extend((writer, back))
        await asyncio.gather(pump(reader, back), pump(there, writer))

    async def open_it():
        await asyncio.sleep(0.5)
        return await asyncio.start_server(pass_on, "127.0.0.1", port)

    opening = asyncio.ensure_future(open_it())
    try:
        yield
    finally:
        (await opening).close()
        for line in lines:
            line.close()
        await asyncio.gather(*(line.wait_closed() for line in lines), return_exceptions=True)


def moved(url: str, port: int) -> str:
    return url.replace(url.rpartition(":")[2].partition("/")[0], str(port))


async def test_postgres_may_come_later(database_url, port, capsys):
    async with opened_later(port, database_url):
        conn = await asyncio.wait_for(waiting.for_postgres(moved(database_url, port)), 10)
        assert await conn.fetchval("SELECT 1") == 1
        assert f"127.0.0.1:{port}" in capsys.readouterr().out
        await conn.close()


async def test_redis_may_come_later(redis_url, port):
    url = moved(redis_url, port)
    async with opened_later(port, redis_url.removesuffix("/0")), Redis.from_url(url) as redis:
        await asyncio.wait_for(waiting.for_redis(redis, url), 10)


async def test_a_database_that_is_not_there_is_not_waited_for(servers):
    url = named(servers.database_url, "nowhere")
    with pytest.raises(waiting.WillNotWork, match="nowhere"):
        await asyncio.wait_for(waiting.for_postgres(url), 10)


async def test_a_worker_waits_for_the_schema_that_another_brings(servers):
    admin = await asyncpg.connect(servers.database_url)
    await admin.execute("CREATE DATABASE clubdesk_later")
    url = named(servers.database_url, "clubdesk_later")
    worker, migrator = await asyncpg.connect(url), await asyncpg.connect(url)
    waits = asyncio.ensure_future(waiting.for_schema(worker))
    await asyncio.sleep(0.3)
    assert not waits.done()
    await migrate(migrator)
    await asyncio.wait_for(waits, 5)
    await worker.close()
    await migrator.close()
    await admin.execute("DROP DATABASE clubdesk_later")
    await admin.close()
