"""Who somebody is, remembered in Redis for a moment and forgotten when it changes.

A reader that misses leaves a ticket and stores what it read only if the ticket is still there, so
a change between reading and storing can never be covered up by the older answer.
"""

from collections.abc import Awaitable
from typing import Any, Final, cast
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot import logs

KEEP_SECONDS: Final = 30
_TICKET_SECONDS: Final = 10

_FETCH: Final = """
local found = redis.call('GET', KEYS[1])
if found and string.sub(found, 1, 1) ~= '?' then return found end
redis.call('SET', KEYS[1], '?' .. ARGV[1], 'EX', ARGV[2])
return false
"""
_STORE: Final = """
if redis.call('GET', KEYS[1]) ~= '?' .. ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""

log = logs.get(__name__)


class RedisCache:
    """Small values by number. Redis being away only makes it useless, never wrong."""

    def __init__(self, redis: Redis, *, prefix: str = "clubdesk:person") -> None:
        self._redis = redis
        self._prefix = prefix
        self._fetch = redis.register_script(_FETCH)
        self._store = redis.register_script(_STORE)

    async def fetch(self, number: int) -> tuple[bytes | None, str]:
        """The value, or ``None`` and the ticket to store one with."""
        ticket = uuid4().hex
        found = await self._quietly(
            self._fetch(keys=[self._key(number)], args=[ticket, _TICKET_SECONDS])
        )
        return (bytes(found) if found else None), ticket

    async def store(self, number: int, value: bytes, ticket: str) -> None:
        arguments: list[str | bytes | int] = [ticket, value, KEEP_SECONDS]
        await self._quietly(self._store(keys=[self._key(number)], args=arguments))

    async def forget(self, *numbers: int) -> None:
        if numbers:
            await self._quietly(self._redis.delete(*map(self._key, numbers)))

    def _key(self, number: int) -> str:
        return f"{self._prefix}:{number}"

    async def _quietly(self, command: Any) -> Any:
        try:
            return await cast(Awaitable[Any], command)
        except (RedisError, OSError, TimeoutError) as trouble:
            log.warning("cache away", error=type(trouble).__name__)
            return None
