"""Backups that are really restored: the copy is booted, talked to and counted."""

import os
from contextlib import asynccontextmanager

import asyncpg
import pytest

from bot import embedded
from bot.app import open_app
from bot.backups import files, tools
from bot.backups.dump import back_up
from bot.backups.errors import BackupError
from bot.backups.restore import restore
from bot.db import invariants
from bot.db.migrate import migrate
from tests.chat import Chat
from tests.conftest import polling
from tests.operations.databases import bot, counts, execute
from tests.postgres import connected
from tests.stories.registering import register


@asynccontextmanager
async def club_on(url, settings, redis_url, sim, club):
    """The bot on a database, to talk with."""
    async with open_app(settings, url, redis_url) as app, polling(app):
        yield Chat(sim.engine, app, club)


async def fill(chat, club) -> None:
    """A club with somebody in office, a member, and somebody who waits."""
    await club.owner("Vera")
    await club.member("Anna")
    club.visitor("Ravi")
    await register(chat, "Ravi")


async def test_a_destroyed_club_comes_back_and_goes_on(
    settings, database_url, redis_url, sim, club, fresh, tmp_path
):
    async with club_on(database_url, settings, redis_url, sim, club) as chat:
        await fill(chat, club)
    before = await counts(database_url)
    code, said, _ = await bot("backup", tmp_path, DATABASE_URL=database_url)
    assert (code, "read back whole" in said) == (0, True)
    (file,) = tmp_path.glob("*.dump")
    await execute(database_url, "DROP SCHEMA public CASCADE")

    copy = await fresh()
    code, said, _ = await bot("restore", file, DATABASE_URL=copy)
    assert (code, "every check holds" in said) == (0, True)
    sealed = {"document_series": 7}  # of every document that has a number
    assert await counts(copy) == before | sealed

    async with connected(copy) as conn:
        last = await conn.fetchval("SELECT max(id) FROM registrations")
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await conn.execute("DELETE FROM audit_log")
    async with club_on(copy, settings, redis_url, sim, club) as chat:
        await chat.says("Vera", "[✅ Approve]")  # on the card of before
        assert "member" in "\n".join(await chat.says("Ravi", "/whoami"))
        club.visitor("Mira")
        await register(chat, "Mira")
    async with connected(copy) as conn:
        assert await conn.fetchval("SELECT max(id) FROM registrations") > last + 1_000
        assert await invariants.broken(conn) == []


async def test_a_button_from_after_the_backup_never_means_somebody_new(
    settings, database_url, redis_url, sim, club, fresh, tmp_path
):
    async with club_on(database_url, settings, redis_url, sim, club) as chat:
        await fill(chat, club)
        await back_up(database_url, tmp_path / "club.dump")
        club.visitor("Mira")
        await register(chat, "Mira")
        approve_mira = chat.buttons("Vera")["✅ Approve"]
    copy = await fresh()
    await restore(copy, tmp_path / "club.dump")
    async with club_on(copy, settings, redis_url, sim, club) as chat:
        club.visitor("Kiran")
        await register(chat, "Kiran")
        vera = club.people["Vera"]
        await sim.engine.handled(sim.engine.press(vera, vera.id, *approve_mira))
        assert "waiting for approval" in "\n".join(await chat.says("Kiran", "/whoami"))


async def test_what_was_on_its_way_is_not_sent_a_second_time(
    settings, database_url, redis_url, sim, club, fresh, tmp_path
):
    async with club_on(database_url, settings, redis_url, sim, club) as chat:
        await fill(chat, club)
    await execute(
        database_url,
        "UPDATE notices SET sent_at = NULL",
        "INSERT INTO notices (kind, recipient_id, due_at)"
        " SELECT 'later', id, now() + interval '1 day' FROM people LIMIT 1",
    )
    await back_up(database_url, tmp_path / "club.dump")
    copy = await fresh()
    restored = await restore(copy, tmp_path / "club.dump")
    assert restored.notices_held > 0
    async with club_on(copy, settings, redis_url, sim, club) as chat:
        assert await chat.app.outbox.send_due() == 0
    async with connected(copy) as conn:
        waiting = "SELECT count(*) FROM notices WHERE sent_at IS NULL AND refused_at IS NULL"
        assert await conn.fetchval(waiting) == 1  # tomorrow's


async def test_a_backup_is_for_our_eyes_and_older_ones_go(database_url, tmp_path):
    for day in ("20261101T000000Z", "20261102T000000Z"):
        (tmp_path / f"clubdesk-{day}.dump").touch()
        (tmp_path / f"clubdesk-{day}.dump.sha256").touch()
    (tmp_path / "notes.txt").touch()
    left = tmp_path / ".clubdesk-killed.part"
    left.touch()
    os.utime(left, (0, 0))
    code, said, _ = await bot("backup", tmp_path, "--keep", 2, DATABASE_URL=database_url)
    assert (code, "Removed 1 older" in said) == (0, True)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "clubdesk-20261102T000000Z.dump"
    assert len(names) == 5  # two backups, their checksums, and the notes
    newest = tmp_path / names[2]
    assert newest.stat().st_mode & 0o777 == 0o600
    assert files.newest_at(tmp_path) > 1_790_000_000


async def test_a_failed_backup_leaves_the_older_one_as_it_was(tmp_path):
    file = tmp_path / "club.dump"
    file.write_text("yesterday's")
    code, _, err = await bot("backup", file, DATABASE_URL="postgresql://x:hunter2@127.0.0.1:1/x")
    assert (code, "cannot be reached" in err, "hunter2" in err) == (1, True, False)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["yesterday's"]


async def test_a_role_that_may_only_read_can_back_up(database_url, servers, tmp_path):
    async with connected(servers.database_url) as admin:
        await admin.execute("CREATE ROLE clubdesk_reader LOGIN PASSWORD 'p@ss/word'")
        await admin.execute("GRANT pg_read_all_data TO clubdesk_reader")
        try:
            place = database_url.rpartition("@")[2]
            url = f"postgresql://clubdesk_reader:p%40ss%2Fword@{place}"
            assert await back_up(url, tmp_path / "club.dump")
        finally:
            await admin.execute("DROP ROLE clubdesk_reader")


async def test_a_drill_needs_no_database_and_a_bad_backup_fails_it(database_url, tmp_path):
    file = tmp_path / "club.dump"
    await back_up(database_url, file)
    code, said, err = await bot("drill", file, DATABASE_URL="")
    assert (code, "The drill succeeded" in said, err) == (0, True, "")
    file.write_bytes(file.read_bytes()[:-1])
    code, _, err = await bot("drill", file, DATABASE_URL="")
    assert (code, "has changed" in err) == (1, True)


async def test_the_embedded_database_is_backed_up_at_rest_and_while_it_runs(tmp_path):
    data, kept = tmp_path / "data", tmp_path / "kept"
    data.mkdir()
    kept.mkdir()
    assert embedded.running_database(data) is None
    at_rest = {"DATABASE_URL": "", "REDIS_URL": "", "DATA_DIR": str(data)}
    code, _, err = await bot("backup", kept / "none.dump", **at_rest)
    assert (code, "not a backup of ClubDesk" in err) == (1, True)  # there is no club in it yet
    with embedded.servers(data, redis_url="redis://unused") as urls:
        async with connected(urls.database_url) as conn:
            await migrate(conn)
        assert embedded.running_database(data) == urls.database_url
        code, said, err = await bot("backup", kept / "running.dump", **at_rest)
        assert (code, err) == (0, "")
        code, said, _ = await bot("doctor", **at_rest, BOT_TOKEN="")
        assert "schema is up to date" in said
    code, said, err = await bot("backup", kept / "resting.dump", **at_rest)
    assert (code, err) == (0, "")


async def test_without_programs_that_fit_the_server_it_says_which_to_install():
    with pytest.raises(BackupError, match="Install the package postgresql-client-99"):
        await tools.find(99)


def test_a_password_is_on_no_process_list():
    url = "postgresql://club:p%40ss@db.example.org:5433/club?sslmode=require&password=other"
    address, password = tools.without_password(url)
    assert address == "postgresql://club@db.example.org:5433/club?sslmode=require"
    assert password == "p@ss"
    assert tools.without_password("postgresql:///club?host=/run&password=x") == (
        "postgresql:///club?host=%2Frun",
        "x",
    )
