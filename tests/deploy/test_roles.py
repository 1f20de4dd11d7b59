"""T85: what each role of the database may do, asked of a real PostgreSQL."""

import asyncpg
import pytest

from bot.app import prepare_database
from bot.backups.dump import back_up
from bot.backups.errors import BackupError
from bot.backups.restore import restore
from bot.doctor import database
from bot.doctor.findings import Mark
from tests.postgres import connected

APPEND_ONLY = """
    SELECT relname AS table, attname AS column
      FROM pg_trigger
      JOIN pg_class ON pg_class.oid = tgrelid
      JOIN pg_attribute ON attrelid = tgrelid AND attnum = 1
     WHERE tgname = relname || '_append_only'
"""
WRITES = [
    "UPDATE {table} SET {column} = DEFAULT",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
]
DDL = [
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION hstore",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE people ADD mine int",
    "ALTER TABLE audit_log DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_log_append_only ON audit_log",
    "DROP TABLE audit_log",
    "CREATE INDEX mine ON people (id)",
    "CREATE ROLE mine",
]


async def refused(url, statement) -> bool:
    """Whether PostgreSQL says "permission denied"; a success is undone."""
    async with connected(url) as conn:
        attempt = conn.transaction()
        await attempt.start()
        try:
            await conn.execute(statement)
        except asyncpg.InsufficientPrivilegeError:
            return True
        finally:
            await attempt.rollback()
        return False


@pytest.mark.parametrize("statement", WRITES)
async def test_the_workers_cannot_rewrite_what_is_append_only(roles, statement):
    async with connected(roles.owner) as conn:
        protected = await conn.fetch(APPEND_ONLY)
    assert {"audit_log", "invoices", "invoice_lines"} <= {row["table"] for row in protected}
    for row in protected:
        assert await refused(roles.app, statement.format(**row)), row


async def test_the_workers_do_write_the_audit_log(roles):
    entry = "INSERT INTO audit_log (action, actor_role) VALUES ('test', 'owner')"
    assert not await refused(roles.app, entry)


@pytest.mark.parametrize("statement", DDL)
async def test_the_workers_cannot_change_the_schema(roles, statement):
    assert await refused(roles.app, statement)


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET name = name"])
async def test_the_workers_cannot_rewrite_the_history_of_migrations(roles, statement):
    assert await refused(roles.app, statement.format("schema_history"))


async def test_the_workers_may_do_all_else_with_every_table(roles):
    ordinary = """
        SELECT relname FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
           AND relname <> 'schema_history'
           AND NOT EXISTS (SELECT FROM pg_trigger
                            WHERE tgrelid = pg_class.oid AND tgname = relname || '_append_only')
           AND NOT (has_table_privilege('clubdesk_app', oid, 'SELECT')
                    AND has_table_privilege('clubdesk_app', oid, 'INSERT')
                    AND has_table_privilege('clubdesk_app', oid, 'UPDATE')
                    AND has_table_privilege('clubdesk_app', oid, 'DELETE'))
    """
    async with connected(roles.owner) as conn:
        assert await conn.fetch(ordinary) == []


async def test_the_workers_start_on_a_current_schema_without_touching_it(roles):
    await prepare_database(
        roles.app, migrating=True
    )  # raises when it needs a right that the role lacks


async def test_the_grants_can_be_said_again_by_the_migrator(roles):
    async with connected(roles.owner) as conn:
        await conn.execute("REVOKE ALL ON people FROM clubdesk_app")
        await conn.execute("GRANT DELETE ON audit_log TO clubdesk_app")
    await prepare_database(roles.migrator, migrating=True, granting=True)
    assert not await refused(roles.app, "SELECT FROM people")
    assert await refused(roles.app, "DELETE FROM audit_log")


async def test_the_backup_reads_everything_and_writes_nothing(roles):
    async with connected(roles.owner) as conn:
        rows = await conn.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = {row["tablename"] for row in rows}
    async with connected(roles.backup) as conn:
        for table in tables:
            await conn.fetch("TABLE " + table)
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await conn.execute("DELETE FROM people")
    forced = "SET TRANSACTION READ WRITE; DELETE FROM people"
    assert await refused(roles.backup, forced)


async def test_the_backup_is_restored_by_the_migrator_and_the_workers_go_on(
    roles, settings, tmp_path
):
    file = tmp_path / "club.dump"
    await back_up(roles.backup, file)
    async with connected(roles.app) as worker:
        await worker.execute("SET application_name = 'clubdesk'")
        with pytest.raises(BackupError, match="Stop it first"):
            await restore(roles.migrator, file, replace=True)
    assert not (await restore(roles.migrator, file, replace=True)).without_grants
    assert not await refused(roles.app, "SELECT FROM people")
    for write in WRITES:
        assert await refused(roles.app, write.format(table="audit_log", column="id"))
    marks = {finding.mark async for finding in database.check(settings, roles.app)}
    assert Mark.BAD not in marks


async def test_the_migrator_is_no_superuser(roles):
    assert await refused(roles.migrator, "CREATE ROLE mine")
    assert await refused(roles.migrator, "COPY people TO PROGRAM 'cat'")
