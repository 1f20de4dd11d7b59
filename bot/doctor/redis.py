"""Redis or Valkey: reachable, new enough, and not one that forgets."""

from collections.abc import AsyncIterator
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from bot.doctor import sentences
from bot.doctor.findings import Finding

OLDEST: Final = (7, 2)
_SECONDS: Final = 3


async def check(redis_url: str) -> AsyncIterator[Finding]:
    async with Redis.from_url(
        redis_url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
    ) as redis:
        try:
            info = await redis.info()
        except (AuthenticationError, NoPermissionError):
            yield sentences.REDIS_REFUSES
            return
        except (RedisError, OSError, TimeoutError) as trouble:
            yield sentences.redis_away(type(trouble).__name__)
            return
    for finding in judge(info):
        yield finding


def judge(info: dict[str, Any]) -> list[Finding]:
    """What ``INFO`` says; a Valkey tells the Redis it is compatible with as well."""
    version = str(info["redis_version"])
    name = f"Valkey {info['valkey_version']}" if "valkey_version" in info else f"Redis {version}"
    too_old = tuple(map(int, version.split(".")[:2])) < OLDEST
    policy = info["maxmemory_policy"]
    return [
        sentences.redis_version(name, too_old=too_old),
        sentences.EVICTION_GOOD if policy == "noeviction" else sentences.evicts(policy),
        sentences.PERSISTENCE_GOOD if info["aof_enabled"] else sentences.NOT_PERSISTENT,
    ]
