"""Each fault of PostgreSQL and Redis, provoked on real ones: the doctor names it."""

import time

import asyncpg
import pytest
from redis.asyncio import Redis

from bot.doctor import database, redis
from tests.jobs.tasks import Mark, enqueue
from tests.operations.databases import execute
from tests.operations.findings import findings, line
from tests.operations.test_health import frozen_server
from tests.postgres import connected


@pytest.fixture
def ask_database(settings, database_url):
    async def ask(url=database_url, clock=time.time, **changes):
        return await findings(database.check(settings.model_copy(update=changes), url, clock))

    return ask


async def test_postgresql_away_refusing_and_without_the_database(ask_database, database_url):
    assert "✗ Database: PostgreSQL does not answer (ConnectionRefusedError)" in line(
        await ask_database("postgresql://x:hunter2@127.0.0.1:1/x"), "Database"
    )
    user, _, place = database_url.rpartition("@")
    wrong = f"{user.rpartition(':')[0]}:hunter2@{place}"
    assert "refuses the user or password" in line(await ask_database(wrong), "Database")
    nowhere = f"{database_url.rpartition('/')[0]}/nowhere"
    assert "does not exist" in line(await ask_database(nowhere), "Database")


async def test_a_frozen_postgresql(ask_database, monkeypatch):
    monkeypatch.setattr(database, "_SECONDS", 0.3)
    async with frozen_server() as port:
        (said,) = await ask_database(f"postgresql://x:hunter2@127.0.0.1:{port}/x")
    assert "✗ Database: PostgreSQL does not answer (TimeoutError)" in said


def test_an_old_postgresql():
    old = asyncpg.ServerVersion(major=16, minor=0, micro=4, releaselevel="final", serial=0)
    assert "✗ Database: PostgreSQL 16.4 is too old" in str(database.version(old))


async def test_a_database_that_cannot_hold_names(fresh, servers, ask_database):
    url = await fresh("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
    assert "✗" in line(await ask_database(url), "encoding is SQL_ASCII")


async def test_a_clock_that_differs_from_postgresqls(ask_database):
    assert "✗" in line(await ask_database(clock=lambda: time.time() - 100), "behind PostgreSQL")


async def test_migrations_behind_and_ahead(database_url, fresh, ask_database):
    url = await fresh()
    said = line(await ask_database(url), "to be applied")
    assert said.startswith("! ")  # run does it itself
    said = line(await ask_database(url, webhook_url="https://bot.example.org"), "to be applied")
    assert said.startswith("✗ ")
    await execute(database_url, "INSERT INTO schema_history (name) VALUES ('9999_moon.sql')")
    assert "✗" in line(await ask_database(), "newer than this ClubDesk: it has 9999_moon.sql")


async def test_an_audit_log_without_its_guard(database_url, ask_database):
    assert "! " in line(await ask_database(), "owns the audit log")
    await execute(database_url, "ALTER TABLE audit_log DISABLE TRIGGER ALL")
    assert "✗" in line(await ask_database(), "can be changed")


async def test_a_role_of_the_bots_own(database_url, servers, ask_database):
    async with connected(servers.database_url) as admin:
        await admin.execute("CREATE ROLE clubdesk_app_test LOGIN PASSWORD 'hunter2'")
        url = f"postgresql://clubdesk_app_test:hunter2@{database_url.rpartition('@')[2]}"
        try:
            await execute(database_url, "GRANT SELECT ON schema_history TO clubdesk_app_test")
            assert "✗" in line(await ask_database(url), "lacks SELECT on people")
            await execute(
                database_url,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
                " TO clubdesk_app_test",
                "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO clubdesk_app_test",
                "REVOKE UPDATE, DELETE ON audit_log FROM clubdesk_app_test",
            )
            assert "✓" in line(await ask_database(url), "cannot change the audit log")
        finally:
            await execute(database_url, "DROP OWNED BY clubdesk_app_test")
            await admin.execute("DROP ROLE clubdesk_app_test")


async def test_rows_that_break_a_promise_nobody_in_charge_and_quarantine(
    app, database_url, ask_database
):
    assert "! " in line(await ask_database(), "nobody is an owner")
    assert not [one for one in await ask_database(owner_ids=(7,)) if "nobody" in one]
    await app.services.quarantine.failed(
        7, bot_id=42, user_id=None, payload={}, error="x", hopeless=True
    )
    assert "! Updates: 1 in quarantine" in line(await ask_database(), "quarantine")
    await execute(database_url, "INSERT INTO people (id, telegram_id) OVERRIDING SYSTEM VALUE"
                  " VALUES (999, 999)")  # fmt: skip
    assert "✗" in line(await ask_database(), "new rows get numbers")


# --- Redis ------------------------------------------------------------------------------------


async def test_jobs_that_are_late_and_jobs_that_are_dead(app, database_url, ask_database):
    assert "✓" in line(await ask_database(), "Jobs: ")
    for name in ("late", "dead"):
        await enqueue(app.services.jobs._db, Mark(name=name))
    await execute(
        database_url, "UPDATE pgqueuer SET execute_after = execute_after - interval '25 min'"
    )
    await execute(database_url, "UPDATE jobs SET dead_at = now() WHERE payload ->> 'name' = 'dead'")
    said = await ask_database()
    assert line(said, "late").startswith("✗ Jobs: 1 open, and the oldest is 25 minutes late.")
    assert line(said, "failed for good").startswith("! Jobs: 1 failed for good.")


async def test_redis_away_frozen_and_refusing(redis_url, monkeypatch):
    (said,) = await findings(redis.check("redis://:hunter2@127.0.0.1:1"))
    assert "✗ Redis: it does not answer (ConnectionError)" in said
    wrong = f"redis://:hunter2@{redis_url.rpartition('@')[2]}"
    (said,) = await findings(redis.check(wrong))
    assert "✗ Redis: it refuses the password" in said
    monkeypatch.setattr(redis, "_SECONDS", 0.3)
    async with frozen_server() as port:
        (said,) = await findings(redis.check(f"redis://127.0.0.1:{port}"))
    assert "✗ Redis: it does not answer (TimeoutError)" in said


async def test_a_redis_that_forgets(redis_url):
    async with Redis.from_url(redis_url) as client:
        await client.config_set("maxmemory-policy", "allkeys-lru")
        try:
            found = await findings(redis.check(redis_url))
        finally:
            await client.config_set("maxmemory-policy", "noeviction")
    assert "✗ Redis: maxmemory-policy is allkeys-lru" in line(found, "maxmemory")
    assert "! Redis: keeps nothing on disk" in line(found, "on disk")  # the tests' is such a one


def test_an_old_redis():
    old = {"redis_version": "6.2.14", "maxmemory_policy": "noeviction", "aof_enabled": 1}
    assert "✗ Redis: Redis 6.2.14 is too old" in str(redis.judge(old)[0])
    assert str(redis.judge(old)[2]) == "✓ Redis: keeps half-filled forms over a restart."
