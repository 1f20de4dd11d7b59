"""Servers that are not up yet are waited for; those that will never have us are not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar, cast
from urllib.parse import urlsplit

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from bot import logs
from bot.db.migrate import missing

_PAUSE_SECONDS: Final = 1.0
_SAY_EVERY: Final = 5  # tries
_CONNECT_SECONDS: Final = 5
_NEVER: Final = (
    asyncpg.InvalidPasswordError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
)

T = TypeVar("T")

log = logs.get(__name__)


class WillNotWork(RuntimeError):
    """Waiting would not help: a person has to change something. Says what."""


async def for_postgres(url: str) -> asyncpg.Connection:
    """A connection, as soon as there can be one; close it.

    Raises:
        WillNotWork: PostgreSQL is there and refuses us.
    """

    async def connect() -> asyncpg.Connection:
        try:
            return await asyncpg.connect(url, timeout=_CONNECT_SECONDS)
        except _NEVER as refusal:
            raise WillNotWork(f"DATABASE_URL: PostgreSQL says: {refusal}.") from refusal

    return await _patiently("PostgreSQL", url, connect)


async def for_redis(redis: Redis, url: str) -> None:
    """Return once it answers.

    Raises:
        WillNotWork: Redis is there and refuses us.
    """

    async def ping() -> None:
        try:
            await cast(Awaitable[bool], redis.ping())
        except (AuthenticationError, NoPermissionError) as refusal:
            raise WillNotWork(f"REDIS_URL: Redis says: {refusal}.") from refusal

    await _patiently("Redis", url, ping)


async def for_schema(conn: asyncpg.Connection) -> None:
    """Return once somebody (``python -m bot migrate``) has brought the schema up to date.

    Raises:
        DatabaseTooNew: it is ahead of this code.
    """
    tries = 0
    while files := await missing(conn):
        if tries % _SAY_EVERY == 0:
            log.warning("waiting for `python -m bot migrate`", missing=len(files), first=files[0])
        tries += 1
        await asyncio.sleep(_PAUSE_SECONDS)


async def _patiently(what: str, url: str, ask: Callable[[], Awaitable[T]]) -> T:
    parts = urlsplit(url)
    tries = 0
    while True:
        try:
            return await ask()
        except (RedisError, asyncpg.PostgresError, OSError, TimeoutError) as trouble:
            if tries % _SAY_EVERY == 0:
                where = f"{parts.hostname or parts.path}:{parts.port or ''}".rstrip(":")
                why = str(trouble) or type(trouble).__name__
                log.warning("waiting for a server", server=what, at=where, why=why)
        tries += 1
        await asyncio.sleep(_PAUSE_SECONDS)
