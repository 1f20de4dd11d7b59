"""A plain connection for a command that runs once, or a sentence why there is none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from bot.backups.errors import BackupError


@asynccontextmanager
async def connect(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Connect for the length of the block.

    Raises:
        BackupError: PostgreSQL is away or refuses us.
    """
    try:
        conn = await asyncpg.connect(database_url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError) as trouble:
        why = str(trouble) or type(trouble).__name__
        raise BackupError(f"DATABASE_URL: PostgreSQL cannot be reached: {why}.") from trouble
    try:
        yield conn
    finally:
        await conn.close()
