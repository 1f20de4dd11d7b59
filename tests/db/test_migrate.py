"""The schema: applied once by many starters, refused when newer than the code."""

import asyncio
import shutil

import asyncpg
import pytest

from bot.db.migrate import FOLDER, DatabaseTooNew, migrate


@pytest.fixture
async def empty(servers):
    """A database nobody migrated."""
    admin = await asyncpg.connect(servers.database_url)
    await admin.execute("DROP DATABASE IF EXISTS clubdesk_empty WITH (FORCE)")
    await admin.execute("CREATE DATABASE clubdesk_empty")
    yield f"{servers.database_url.rsplit('/', 1)[0]}/clubdesk_empty"
    await admin.execute("DROP DATABASE clubdesk_empty WITH (FORCE)")
    await admin.close()


async def start(url, folder=FOLDER) -> list[str]:
    conn = await asyncpg.connect(url)
    try:
        return await migrate(conn, folder)
    finally:
        await conn.close()


async def test_many_workers_start_at_once_and_one_migrates(empty):
    applied = await asyncio.gather(*(start(empty) for _ in range(6)))
    files = sorted(path.name for path in FOLDER.glob("*.sql"))
    assert sorted(applied) == [[]] * 5 + [files]


async def test_a_second_start_has_nothing_to_do(empty):
    await start(empty)
    assert await start(empty) == []


async def test_a_database_newer_than_the_code_is_refused(empty):
    await start(empty)
    conn = await asyncpg.connect(empty)
    await conn.execute("INSERT INTO schema_history (name) VALUES ('9999_tomorrow.sql')")
    await conn.close()
    with pytest.raises(DatabaseTooNew, match="9999_tomorrow"):
        await start(empty)


async def test_a_broken_migration_leaves_nothing_behind(empty, tmp_path):
    (tmp_path / "0001_good.sql").write_text("CREATE TABLE good (id int)")
    (tmp_path / "0002_broken.sql").write_text("CREATE TABLE half (id int); SELECT nonsense")
    with pytest.raises(asyncpg.UndefinedColumnError):
        await start(empty, tmp_path)
    conn = await asyncpg.connect(empty)
    tables = {row["tablename"] for row in await conn.fetch("SELECT tablename FROM pg_tables")}
    await conn.close()
    assert "good" in tables
    assert "half" not in tables


async def test_what_was_told_before_there_was_a_list_counts_as_read(empty, tmp_path):
    for file in FOLDER.glob("000[1-7]_*.sql"):
        shutil.copy(file, tmp_path)
    await start(empty, tmp_path)
    conn = await asyncpg.connect(empty)
    await conn.execute("INSERT INTO people (telegram_id) VALUES (1)")
    await conn.execute(
        "INSERT INTO notices (kind, recipient_id, sent_at)"
        " SELECT 'unbanned', id, sent_at FROM people, (VALUES (now()), (NULL)) was (sent_at)"
    )
    await start(empty)
    rows = await conn.fetch("SELECT read_at IS NOT NULL AS is_read FROM notices ORDER BY id")
    await conn.close()
    assert [row["is_read"] for row in rows] == [True, False]


def test_numbers_are_unique_and_without_gap():
    numbers = sorted(int(path.name[:4]) for path in FOLDER.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))
