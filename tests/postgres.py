"""Databases as tests make them and look at them, apart from the bot's own way to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg


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
