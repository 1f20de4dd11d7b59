"""The budget of messages that all workers share: one script in Redis decides on each of them.

What Telegram publishes: about 30 messages a second in all, one a second to a chat (a few at once
are tolerated), 20 a minute to a group, its edits among them. Nothing is published of edits in a
private chat, so they count towards the whole only. All else (answers to buttons, getX, menus) is no
message and counts towards nothing.
"""

from collections.abc import Awaitable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, NamedTuple, Self, cast

from redis.asyncio import Redis

# Every time is in ms of Redis' clock. What is kept: when the next bulk message may go («next»),
# until when Telegram wants silence («hold»), until when a lane is known to be waiting, for a chat
# when its allowance is whole again, and a group's messages of the last minute.
# A place may be given a little ahead, and is then waited for exactly: without that each message
# would be late by one way to Redis, and the next one with it.
# KEYS: pace, chat, group's minute
# ARGV: lane, ahead, ms a message, most debt, recovery, of its chat (waits, no), chat ms,
#       chat burst, group's messages, in ms, slow start
_ASK: Final = """
local lane, ahead, step = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local kept = redis.call('HMGET', KEYS[1], 'next', 'hold', '0', '1', 'begun')
local next, hold = tonumber(kept[1] or 0), tonumber(kept[2] or 0)
local function text(ms) return string.format('%.3f', ms) end
local function keep()
  redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(hold - now, 0) + 60000))
end
local function told(granted, at, shared)
  return {granted, math.ceil(math.max(at - now, 0) * 1000), shared}
end

local at, whole = math.max(now, hold), 0
if ARGV[6] ~= 'no' then whole = tonumber(redis.call('GET', KEYS[2]) or 0) end
if ARGV[6] == 'waits' then
  at = math.max(at, whole - (ARGV[8] - 1) * ARGV[7])
  local oldest = redis.call('LINDEX', KEYS[3], ARGV[9] - 1)
  if oldest then at = math.max(at, oldest + ARGV[10]) end
end
if at - now > ahead then return told(0, at, 0) end

if lane > 0 or now < hold + ARGV[5] then at = math.max(at, next) end
for better = 0, lane - 1 do at = math.max(at, tonumber(kept[3 + better] or 0)) end
if at - now > ahead then
  if lane < 2 then redis.call('HSET', KEYS[1], lane, text(at + step)) end
  keep()
  return told(0, at - ahead / 2, 1)
end

local begun = tonumber(kept[5] or 0)
if next + ARGV[11] < now then
  begun = now
  redis.call('HSET', KEYS[1], 'begun', text(begun))
end
if lane > 0 and at - begun < tonumber(ARGV[11]) then step = step * 2 end
redis.call('HSET', KEYS[1], 'next', text(math.min(math.max(next, at) + step, now + ARGV[4])))
keep()
if ARGV[6] ~= 'no' then
  whole = math.max(whole, at) + ARGV[7]
  redis.call('SET', KEYS[2], text(whole), 'PX', math.ceil(math.max(whole - now, 1)))
  if tonumber(ARGV[9]) > 0 then
    redis.call('LPUSH', KEYS[3], text(at))
    redis.call('LTRIM', KEYS[3], 0, ARGV[9] - 1)
    redis.call('PEXPIRE', KEYS[3], ARGV[10])
  end
end
return told(1, at, 0)
"""
# ARGV: how long in ms
_HOLD: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local until_ms = string.format('%.3f', now + ARGV[1])
if tonumber(redis.call('HGET', KEYS[1], 'hold') or 0) >= tonumber(until_ms) then return 0 end
redis.call('HSET', KEYS[1], 'hold', until_ms, 'next', until_ms)
redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[1] + 60000))
return 1
"""
_DEBT_SECONDS: Final = 1  # Telegram forgets a burst of replies in about that; so do bulk lanes
# After a rest a worker is slow with its first messages, and the others would catch up with them.
_SLOW_START_SECONDS: Final = 1
_RECOVERY_SECONDS: Final = 3  # after a hold even replies go one by one, for so long


class Lane(IntEnum):
    """Who goes first."""

    REPLY = 0
    NOTICE = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A hair below what Telegram publishes: at exactly 30 a second it sees 31 in some second."""

    per_second: float = 29.2
    chat_seconds: float = 1.02
    chat_burst: int = 3
    group_messages: int = 20
    group_seconds: float = 61

    @classmethod
    def none(cls) -> Self:
        """For a Bot API server that has none, as in tests."""
        return cls(per_second=1e5, chat_seconds=0, group_messages=10**6, group_seconds=0.001)


class Answer(NamedTuple):
    """``granted``: the place is ours, in so many ``seconds``; else ask again after these.

    ``shared``: others wait for the same; else it is a matter of this chat, or Telegram's hold.
    """

    granted: bool
    seconds: float
    shared: bool


class Budget:
    """Every method raises what Redis raises: RedisError, OSError, TimeoutError among them."""

    def __init__(
        self, redis: Redis, bot_id: int, limits: Limits, *, prefix: str = "clubdesk"
    ) -> None:
        self._limits = limits
        self._key = f"{prefix}:{{{bot_id}}}:pace"
        self._ask = redis.register_script(_ASK)
        self._hold = redis.register_script(_HOLD)

    async def ask(self, lane: Lane, chat_id: int, *, edit: bool = False) -> Answer:
        """A place for one message, or when to ask again; nobody is owed a place not granted."""
        limits, step = self._limits, 1000 / self._limits.per_second
        is_group = chat_id < 0
        arguments: list[Any] = [
            int(lane),
            step,
            step,
            _DEBT_SECONDS * 1000,
            _RECOVERY_SECONDS * 1000,
            "no" if edit and not is_group else "waits",
            limits.chat_seconds * 1000,
            limits.chat_burst,
            limits.group_messages if is_group else 0,
            int(limits.group_seconds * 1000),
            _SLOW_START_SECONDS * 1000,
        ]
        keys = [self._key, f"{self._key}:{chat_id}", f"{self._key}:{chat_id}:minute"]
        granted, micros, shared = await cast(Awaitable[Any], self._ask(keys=keys, args=arguments))
        return Answer(bool(granted), micros / 1e6, bool(shared))

    async def hold(self, seconds: float) -> bool:
        """Let nobody send for so long. ``False``: somebody has said so already."""
        return bool(await cast(Awaitable[Any], self._hold(keys=[self._key], args=[seconds * 1000])))
