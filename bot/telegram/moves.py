"""Groups that became supergroups, under a new id."""

from collections.abc import Awaitable
from typing import Any, Final, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot import logs

_KEEP_SECONDS: Final = 30 * 86_400

log = logs.get(__name__)


class Moves:
    """Kept in Redis for all workers; what it forgets, Telegram tells again for one more call."""

    def __init__(self, redis: Redis, bot_id: int, *, prefix: str = "clubdesk") -> None:
        self._redis = redis
        self._prefix = f"{prefix}:{{{bot_id}}}:moved"

    async def now_at(self, chat_id: int) -> int:
        """Where to write to instead; a person never moves."""
        if chat_id > 0:
            return chat_id
        found = await self._quietly(self._redis.get(self._key(chat_id)))
        return int(found) if found else chat_id

    async def remember(self, chat_id: int, *, new_id: int) -> None:
        log.info("a group has moved")
        await self._quietly(self._redis.set(self._key(chat_id), new_id, ex=_KEEP_SECONDS))

    def _key(self, chat_id: int) -> str:
        return f"{self._prefix}:{chat_id}"

    async def _quietly(self, command: Any) -> Any:
        try:
            return await cast(Awaitable[Any], command)
        except (RedisError, OSError, TimeoutError) as trouble:
            log.warning("moves away", error=type(trouble).__name__)
            return None
