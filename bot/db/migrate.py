"""Apply ``migrations/NNNN_name.sql`` in order, each in its own transaction with its grants."""

from pathlib import Path
from typing import Final

from bot.db._rows import Connection

FOLDER: Final = Path(__file__).parent / "migrations"
_GRANTS: Final = Path(__file__).parent / "grants.sql"
_LOCK: Final = 7_306_512  # any number, the same for every worker


class DatabaseTooNew(RuntimeError):
    """The schema is ahead of this code: an older build is being started."""


async def missing(conn: Connection, folder: Path = FOLDER) -> list[str]:
    """The files that are still to be applied, found by reading alone.

    Raises:
        DatabaseTooNew: the database knows migrations this code does not.
    """
    done: set[str] = set()
    if await conn.fetchval("SELECT to_regclass('schema_history') IS NOT NULL"):
        done = {row["name"] for row in await conn.fetch("SELECT name FROM schema_history")}
    files = sorted(file.name for file in folder.glob("[0-9]*.sql"))
    if unknown := done.difference(files):
        raise DatabaseTooNew(
            f"the database is newer than this ClubDesk: it has {', '.join(sorted(unknown))}"
        )
    return [name for name in files if name not in done]


async def migrate(conn: Connection, folder: Path = FOLDER) -> list[str]:
    """Bring the schema up to date; many workers may call this at once.

    Returns:
        The names of the files applied now, none when another worker was first.

    Raises:
        DatabaseTooNew: the database knows migrations this code does not.
    """
    if not await missing(conn, folder):
        return []  # a role without the right to change the schema may start, too
    await conn.execute("SET statement_timeout = 0")
    await conn.execute("SET lock_timeout = 0")
    await conn.execute("SELECT pg_advisory_lock($1)", _LOCK, timeout=300)
    try:
        await conn.execute(
            "CREATE TABLE IF NOT EXISTS schema_history ("
            "name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        fresh = await missing(conn, folder)
        for name in fresh:
            await _apply(conn, folder / name)
        return fresh
    finally:
        await conn.execute("SELECT pg_advisory_unlock($1)", _LOCK)


async def grant(conn: Connection) -> None:
    """Say again what the workers' role may do: after a restore, or when the role is new."""
    await conn.execute(_GRANTS.read_text(encoding="utf-8"))


async def _apply(conn: Connection, file: Path) -> None:
    async with conn.transaction():
        await conn.execute(file.read_text(encoding="utf-8"), timeout=600)
        await conn.execute("INSERT INTO schema_history (name) VALUES ($1)", file.name)
        await grant(conn)
