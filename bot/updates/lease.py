"""Who polls: one process at a time; the others stand by and take over when it is gone."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from time import monotonic
from typing import Any, Final, cast
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot import logs

LEASE_SECONDS: Final = 3.0  # a killed holder is followed after this long
RENEW_SECONDS: Final = 1.0
ASK_SECONDS: Final = 0.5

# ARGV: our name, time to live in ms. Ours already, or free: ours for that long.
_HOLD: Final = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_RELEASE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""

log = logs.get(__name__)


class PollLease:
    """Two pollers at once would only fight with 409, so this need not be perfect, only prompt.

    While Redis is away nobody can take the lease, and no update can be handled: the holder stays.
    """

    def __init__(self, redis: Redis, bot_id: int, *, prefix: str = "clubdesk") -> None:
        self._key = f"{prefix}:{{{bot_id}}}:poller"
        self._name = uuid4().hex
        self._hold = redis.register_script(_HOLD)
        self._release = redis.register_script(_RELEASE)
        self._held = False
        self._asked_at = 0.0

    @property
    def is_held(self) -> bool:
        """``False`` also after a pause of this process long enough for another to take over."""
        return self._held and monotonic() - self._asked_at < LEASE_SECONDS

    async def wait(self) -> bool:
        """Return ``True`` once it is ours; says once that somebody else has it."""
        said = False
        while not await self._ask():
            if not said:
                log.info("standing by: another process polls with this token")
                said = True
            await asyncio.sleep(ASK_SECONDS)
        return True

    async def lost(self) -> None:
        """Keep it for as long as we can; return when it is somebody else's."""
        while self.is_held:
            await asyncio.sleep(RENEW_SECONDS)
            await self._ask()
        log.warning("another process polls now")

    async def release(self) -> None:
        """Let a standby take over at once."""
        self._held = False
        with suppress(RedisError, OSError, TimeoutError):
            await self._run(self._release, [self._name])

    async def _ask(self) -> bool:
        asked_at = monotonic()
        try:
            self._held = bool(await self._run(self._hold, [self._name, int(LEASE_SECONDS * 1000)]))
        except (RedisError, OSError, TimeoutError) as trouble:
            log.warning("lease not renewed", error=type(trouble).__name__)
        self._asked_at = asked_at
        return self._held

    async def _run(self, script: Any, arguments: list[Any]) -> Any:
        return await cast(Awaitable[Any], script(keys=[self._key], args=arguments))
