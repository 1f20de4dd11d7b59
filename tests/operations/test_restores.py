"""What a restore refuses, and that it leaves everything as it was then."""

import pytest

from bot.backups import archive
from bot.backups.dump import back_up
from bot.backups.errors import BackupError
from bot.backups.restore import restore
from tests.operations.databases import bot, counts, execute
from tests.postgres import connected


async def test_a_database_with_something_in_it_is_not_touched_unless_told(
    database_url, fresh, tmp_path
):
    await back_up(database_url, tmp_path / "club.dump")
    other = await fresh()
    await execute(other, "CREATE TABLE members (id int)", "INSERT INTO members VALUES (1)")
    code, _, err = await bot("restore", tmp_path / "club.dump", DATABASE_URL=other)
    assert (code, "not empty" in err, await counts(other)) == (1, True, {"members": 1})
    code, _, err = await bot("restore", tmp_path / "club.dump", "--replace", DATABASE_URL=other)
    assert (code, err) == (0, "")
    assert await counts(other) == await counts(database_url)


async def test_a_club_in_use_is_not_replaced(app, database_url, tmp_path):
    await back_up(database_url, tmp_path / "club.dump")
    with pytest.raises(BackupError, match="Stop it first"):
        await restore(database_url, tmp_path / "club.dump", replace=True)


async def test_a_restore_that_fails_half_way_leaves_everything_as_it_was(
    database_url, fresh, tmp_path
):
    """The archive is whole: it fails only once what was there has been erased."""
    await execute(database_url, "CREATE DOMAIN adult AS int CHECK (VALUE > 17)")
    await back_up(database_url, tmp_path / "club.dump")
    other = await fresh()
    await execute(other, "CREATE DOMAIN adult AS int")  # in the way: only tables are erased
    await execute(other, "CREATE TABLE members (id int)", "INSERT INTO members VALUES (1)")
    with pytest.raises(BackupError, match=r"psql failed: .*already exists"):
        await restore(other, tmp_path / "club.dump", replace=True)
    assert await counts(other) == {"members": 1}


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: data[: len(data) // 2], "not a whole backup"),
        (lambda data: data[:-2000] + b"\0" * 1000 + data[-1000:], "not a whole backup"),
        (lambda data: b"", "not a whole backup"),
        (lambda data: b"PK\x03\x04 a letter", "not a whole backup"),
    ],
)
async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    database_url, fresh, tmp_path, spoil, why
):
    file = tmp_path / "club.dump"
    await execute(
        database_url,
        "INSERT INTO people (telegram_id, display_name)"
        " SELECT i, md5(i::text) FROM generate_series(1, 2000) i",
    )
    await back_up(database_url, file)
    file.write_bytes(spoil(file.read_bytes()))
    other = await fresh()
    with pytest.raises(BackupError, match="has changed since it was made"):
        await restore(other, file)
    archive.checksum_file(file).unlink()  # somebody moved the file alone
    with pytest.raises(BackupError, match=why):
        await restore(other, file)
    assert await counts(other) == {}


async def test_what_is_no_backup_of_a_club_is_refused(fresh, tmp_path):
    other = await fresh()
    await execute(other, "CREATE TABLE shop (id int)")
    with pytest.raises(BackupError, match="not a backup of ClubDesk"):
        await back_up(other, tmp_path / "shop.dump")
    assert list(tmp_path.iterdir()) == []


async def test_an_older_backup_is_migrated_forward_and_a_newer_one_refused(
    database_url, fresh, tmp_path
):
    await execute(
        database_url,
        "DROP TABLE failed_updates",
        "DELETE FROM schema_history WHERE name = '0006_quarantine.sql'",
    )
    await back_up(database_url, tmp_path / "old.dump")
    assert (await restore(await fresh(), tmp_path / "old.dump")).migrated == ["0006_quarantine.sql"]

    await execute(database_url, "INSERT INTO schema_history (name) VALUES ('9999_moon.sql')")
    await back_up(database_url, tmp_path / "new.dump")
    other = await fresh()
    with pytest.raises(BackupError, match="newer ClubDesk: it has 9999_moon"):
        await restore(other, tmp_path / "new.dump")
    assert await counts(other) == {}


async def test_a_restored_club_that_breaks_a_promise_is_not_called_good(
    database_url, fresh, tmp_path
):
    await execute(database_url, "DROP TRIGGER audit_log_append_only ON audit_log")
    await back_up(database_url, tmp_path / "club.dump")
    with pytest.raises(BackupError, match="the audit log refuses changes: not so in 1"):
        await restore(await fresh(), tmp_path / "club.dump")


async def test_what_was_scheduled_and_is_overdue_asks_anew_and_the_rest_still_goes(
    database_url, fresh, tmp_path
):
    await execute(database_url, "INSERT INTO people (telegram_id) VALUES (1)")
    await execute(
        database_url,
        """
        INSERT INTO broadcasts (operation_id, created_by, segment, html, status, scheduled_by,
                                starts_at)
        SELECT gen_random_uuid(), id, 'everyone', '', 'scheduled', id, now() + hours
          FROM people, unnest('{-1 hour,1 hour}'::interval[]) AS hours
        """,
    )
    await back_up(database_url, tmp_path / "club.dump")
    copy = await fresh()
    await restore(copy, tmp_path / "club.dump")
    async with connected(copy) as conn:
        states = await conn.fetch("SELECT status FROM broadcasts ORDER BY starts_at")
    assert [row["status"] for row in states] == ["draft", "scheduled"]


async def test_grants_come_back_and_missing_roles_do_not_stop_a_restore(
    database_url, fresh, tmp_path, servers
):
    async with connected(servers.database_url) as admin:
        await admin.execute("CREATE ROLE clubdesk_guest")
        try:
            await execute(database_url, "GRANT SELECT ON people TO clubdesk_guest")
            await back_up(database_url, tmp_path / "club.dump")
            copy = await fresh()
            assert not (await restore(copy, tmp_path / "club.dump")).without_grants
            async with connected(copy) as conn:
                may = "SELECT has_table_privilege('clubdesk_guest', 'people', 'SELECT')"
                assert await conn.fetchval(may)
                await conn.execute("DROP OWNED BY clubdesk_guest")
            await execute(database_url, "DROP OWNED BY clubdesk_guest")
        finally:
            await admin.execute("DROP ROLE clubdesk_guest")
    assert (await restore(await fresh(), tmp_path / "club.dump")).without_grants
