"""Databases as tests make them and look at them, apart from the bot's own way to them."""

import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from io import BytesIO
from typing import NamedTuple

import asyncpg
from asyncpg import Pool

from bot.db.database import open_pool

TABLES = """
    SELECT format('%I.%I', nspname, relname) AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind = 'r' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
"""
# Where anything of a schema is added, changed or dropped, one of these is another.
SHAPE = """
    SELECT (SELECT (count(*), max(xmin::text::bigint)) FROM pg_class)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_attribute)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_constraint)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_trigger)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_namespace)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_default_acl)::text
        || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_db_role_setting)::text
        || (SELECT xmin FROM pg_database WHERE datname = current_database())::text
"""
SIZE = "SELECT sum(pg_relation_size(name::regclass))::bigint FROM unnest($1::text[]) AS name"
BUSY = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
COUNTERS = """
    SELECT format('%I.%I', schemaname, sequencename) AS name, coalesce(last_value, start_value),
           last_value IS NOT NULL AS is_used
      FROM pg_sequences
"""
COUNT_AGAIN = """
    SELECT setval(name::regclass, value, is_used)
      FROM unnest($1::text[], $2::bigint[], $3::boolean[]) AS was (name, value, is_used)
"""
MOST = 8 * 1024 * 1024  # rows that were deleted take their place still


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    conn = await asyncpg.connect(url)
    try:
        yield conn
    finally:
        await conn.close()


def named(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return f"{url.rsplit('/', 1)[0]}/{database}"


class Fresh(NamedTuple):
    """A database as the template made it: what has to be there again after each test."""

    name: str
    shape: str
    tables: list[str]
    rows: dict[str, bytes]  # of the tables that are not empty
    counters: list[tuple[str, int, bool]]
    size: int


class Databases:
    """A database for each test, as the template is: the last one emptied, where that will do.

    To copy the template takes a tenth of a second, a third of what a usual test takes in all; and
    on a new connection PostgreSQL reads about every table anew, which takes as long again.
    """

    def __init__(self, server_url: str, template: str) -> None:
        self._server_url = server_url
        self._template = template
        self._last: Fresh | None = None
        self._pool: Pool | None = None
        self._conn: asyncpg.Connection | None = None
        self._of_last = AsyncExitStack()

    async def fresh(self) -> str:
        """Its address; the one before is gone."""
        if self._last is None or not await self._empty(self._last):
            await self.drop()
            self._last = await self._copy()
        return named(self._server_url, self._last.name)

    @asynccontextmanager
    async def open_pool(self, url: str, *, size: int = 10) -> AsyncIterator[Pool]:
        """As the bot's own, but for the test's database there is one, which stays open."""
        if self._last is None or url != named(self._server_url, self._last.name):
            async with open_pool(url, size=size) as pool:
                yield pool
        else:
            if self._pool is None:
                self._pool = await self._of_last.enter_async_context(open_pool(url))
            yield self._pool

    async def drop(self) -> None:
        await self._of_last.aclose()
        self._pool = self._conn = None
        if self._last:
            async with connected(self._server_url) as conn:
                await conn.execute(f"DROP DATABASE IF EXISTS {self._last.name} WITH (FORCE)")
            self._last = None

    async def _copy(self) -> Fresh:
        name = f"clubdesk_{uuid.uuid4().hex[:8]}"
        async with connected(self._server_url) as conn:
            copy = f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY file_copy"
            await conn.execute(copy)
        async with connected(named(self._server_url, name)) as conn:
            tables = [row["name"] for row in await conn.fetch(TABLES)]
            rows = {}
            for table in tables:
                copied = BytesIO()
                await conn.copy_from_query(f"TABLE {table}", output=copied)
                if copied.tell():
                    rows[table] = copied.getvalue()
            return Fresh(
                name=name,
                shape=await conn.fetchval(SHAPE),
                tables=tables,
                rows=rows,
                counters=[tuple(row) for row in await conn.fetch(COUNTERS)],
                size=await conn.fetchval(SIZE, tables),
            )

    async def _empty(self, last: Fresh) -> bool:
        """Not where a test has changed more than rows, or very many of them."""
        try:
            conn = await self._connection(last)
            await conn.execute(BUSY)
            if await conn.fetchval(SHAPE) != last.shape:
                return False
            if await conn.fetchval(SIZE, last.tables) - last.size > MOST:
                return False
            await self._restore(conn, last)
        except asyncpg.InvalidCatalogNameError:
            return False
        return True

    async def _connection(self, last: Fresh) -> asyncpg.Connection:
        """One for all tests, unless the last of them has cut it."""
        if self._conn is None or self._conn.is_closed():
            url = named(self._server_url, last.name)
            self._conn = await self._of_last.enter_async_context(connected(url))
        return self._conn

    async def _restore(self, conn: asyncpg.Connection, last: Fresh) -> None:
        async with conn.transaction():
            # No trigger asks: what is append-only for the bot is emptied, in any order.
            await conn.execute("SET LOCAL session_replication_role = replica")
            await conn.execute("; DELETE FROM ".join(["SELECT", *last.tables]))
            for table, rows in last.rows.items():
                schema, name = table.split(".")
                await conn.copy_to_table(name, schema_name=schema, source=BytesIO(rows))
            await conn.execute(COUNT_AGAIN, *zip(*last.counters, strict=True))
