"""What a worker says of itself, over HTTP, with its servers really away, frozen and busy."""

import asyncio
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest
from redis.asyncio import Redis

from bot import health
from bot.db.lookout import Lookout
from bot.health import Probes, listening
from bot.metrics import Metrics
from bot.serving import PortTaken
from tests.jobs.tasks import Mark, enqueue
from tests.operations.test_metrics import figures


@asynccontextmanager
async def asked(probes):
    """A function that asks one page: its status and what it says."""
    async with listening(probes, "127.0.0.1", 0) as url, aiohttp.ClientSession(url) as session:

        async def ask(page):
            async with session.get(page) as answer:
                as_json = answer.content_type == "application/json"
                return answer.status, await (answer.json() if as_json else answer.text())

        yield ask


@pytest.fixture
async def page(app):
    async with asked(app.probes) as ask:
        yield ask


@asynccontextmanager
async def frozen_server():
    """Takes connections and never says a word."""
    done, lines = asyncio.Event(), []

    async def say_nothing(_reader, writer):
        await done.wait()
        writer.close()

    def answer(reader, writer):
        lines.append(asyncio.ensure_future(say_nothing(reader, writer)))

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            done.set()
            await asyncio.gather(*lines)


@asynccontextmanager
async def probes_of(database_url, redis_url):
    redis = Redis.from_url(redis_url, socket_timeout=2, socket_connect_timeout=2)
    async with Lookout(database_url) as lookout, redis:
        yield Probes(metrics=Metrics(), lookout=lookout, redis=redis)


async def test_a_sound_worker_is_alive_and_ready(page):
    assert await page("/healthz") == (200, {"alive": True, "event_loop_lag_seconds": 0.0})
    all_well = {"ready": True, "draining": False, "database": "ok", "redis": "ok"}
    assert await page("/readyz") == (200, all_well)


async def test_a_draining_worker_is_alive_but_not_ready(app, page):
    app.probes.drain()
    status, said = await page("/readyz")
    assert (status, said["draining"], said["database"]) == (503, True, "ok")
    assert (await page("/healthz"))[0] == 200


async def test_without_postgresql_it_is_not_ready_and_names_no_address(redis_url):
    database_url = "postgresql://clubdesk:hunter2@127.0.0.1:1/clubdesk"
    async with probes_of(database_url, redis_url) as probes, asked(probes) as page:
        status, said = await page("/readyz")
        assert status == 503
        assert said["database"] in {"ConnectionRefusedError", "TimeoutError"}  # as quick as it was
        assert "hunter2" not in str(said)
        assert (await page("/healthz"))[0] == 200


async def test_a_frozen_postgresql_is_noticed_in_seconds(redis_url):
    async with (
        frozen_server() as port,
        probes_of(f"postgresql://x:x@127.0.0.1:{port}/x", redis_url) as probes,
        asked(probes) as page,
    ):
        started = time.monotonic()
        assert (await page("/readyz"))[0] == 503
        assert time.monotonic() - started < 5


async def test_without_redis_it_stays_ready_and_says_so(database_url):
    async with probes_of(database_url, "redis://127.0.0.1:1") as probes, asked(probes) as page:
        status, said = await page("/readyz")
        assert (status, said["redis"]) == (200, "ConnectionError")
        await page("/metrics")
        assert figures(probes.metrics)["clubdesk_redis_up"] == 0


async def test_a_pool_in_use_to_the_last_connection_is_busy_not_away(app, page):
    pool = app.services.people._db._pool
    taken = [await pool.acquire() for _ in range(pool.get_max_size())]
    try:
        assert (await page("/readyz"))[0] == 200
    finally:
        for conn in taken:
            await pool.release(conn)


async def test_it_recovers_when_postgresql_closed_its_connection(app, page, db):
    await page("/readyz")
    async with db.reading() as repos:
        await repos.people._conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'clubdesk-lookout' AND datname = current_database()"
        )
    async with asyncio.timeout(5):
        while (await page("/readyz"))[0] != 200:
            await asyncio.sleep(0.1)


async def test_many_questions_ask_the_database_once_a_second(app, page):
    await asyncio.gather(*(page("/readyz") for _ in range(20)))
    looked_at = app.probes._looked_at
    await asyncio.gather(*(page("/readyz") for _ in range(20)))
    assert app.probes._looked_at == looked_at


async def test_a_blocked_event_loop_is_not_alive_and_then_is_again(app, page, monkeypatch):
    monkeypatch.setattr(health, "LAG_SECONDS", 0.4)
    beating = asyncio.ensure_future(app.probes.run(asyncio.Event()))
    try:
        await asyncio.sleep(0)
        time.sleep(1.2)  # noqa: ASYNC251 -- what is tested
        assert (await page("/healthz"))[0] == 503
        async with asyncio.timeout(5):
            while (await page("/healthz"))[0] != 200:
                await asyncio.sleep(0.1)
    finally:
        beating.cancel()


async def test_metrics_tell_the_backlog(page, app, chat, club, sim):
    sim.engine.faults.add(method="sendMessage", status=500, times=None)
    await club.admin("Vera")
    async with app.services.people._db.transaction() as tx:
        person = await tx.people._conn.fetchval("SELECT id FROM people")
        await tx.people._conn.execute(
            "INSERT INTO notices (kind, recipient_id, due_at, attempts)"
            " VALUES ('x', $1, now() - interval '1 minute', 2), ('x', $1, now() + '1 h', 0)",
            person,
        )
    await app.services.quarantine.failed(
        7, bot_id=app.bot.id, user_id=None, payload={}, error="x", hopeless=True
    )
    status, text = await page("/metrics")
    assert "clubdesk_quarantined_updates 1.0\n" in text
    assert status == 200
    assert "clubdesk_outbox_due 1.0\n" in text
    assert "clubdesk_outbox_retried 1.0\n" in text
    assert 60 <= figures(app.metrics)["clubdesk_outbox_oldest_seconds"] < 90


async def test_metrics_tell_of_jobs(page, app):
    db = app.services.jobs._db
    failing, *_, later = [
        await enqueue(db, Mark(name=str(delay)), delay_seconds=delay) for delay in (0, 0, 0, 3600)
    ]
    async with db.transaction() as tx:
        await tx.jobs._conn.execute(
            "UPDATE pgqueuer SET execute_after = execute_after - interval '20 min'"
            " WHERE id <> (SELECT queue_id FROM jobs WHERE id = $1)",
            later,
        )
        await tx.jobs._conn.execute("UPDATE jobs SET dead_at = now() WHERE id = $1", failing)
    await page("/metrics")
    told = figures(app.metrics)
    assert (told["clubdesk_jobs_open"], told["clubdesk_jobs_dead"]) == (3, 1)
    assert 1200 <= told["clubdesk_jobs_oldest_seconds"] < 1230


async def test_a_job_that_fell_out_of_the_queue_is_late_and_one_for_later_is_not(page, app):
    db = app.services.jobs._db
    await enqueue(db, Mark(name="later"), delay_seconds=3600)
    await page("/metrics")
    assert figures(app.metrics)["clubdesk_jobs_oldest_seconds"] == 0
    async with db.transaction() as tx:
        await tx.jobs._conn.execute("DELETE FROM pgqueuer")
        await tx.jobs._conn.execute("UPDATE jobs SET created_at = now() - interval '15 min'")
    await page("/metrics")
    assert 900 <= figures(app.metrics)["clubdesk_jobs_oldest_seconds"] < 930


async def test_what_cannot_be_counted_is_no_number(redis_url):
    database_url = "postgresql://x:x@127.0.0.1:1/x"
    async with probes_of(database_url, redis_url) as probes, asked(probes) as page:
        _, text = await page("/metrics")
    assert "clubdesk_outbox_due NaN\n" in text
    assert "clubdesk_jobs_dead NaN\n" in text
    assert "clubdesk_database_up 0.0\n" in text


async def test_a_taken_port_is_named_with_what_to_do(app, page):
    async with listening(app.probes, "127.0.0.1", 0) as url:
        port = int(url.rsplit(":", 1)[1])
        with pytest.raises(PortTaken, match=f"Port {port} of .* HTTP_PORT={port + 1}"):
            async with listening(app.probes, "127.0.0.1", port):
                pass
