"""The records in Redis: read, compare-and-set, and the deadlines of open forms."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any, Final, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.errors import Unavailable
from bot.once.record import Key, Record

REPEAT_SECONDS: Final = 86_400  # as long as Telegram repeats a message
CLAIM_SECONDS: Final = 30  # a worker that dies while telling of an expired form blocks it this long

# KEYS: record, deadlines, open forms, when Redis lost everything. A record that ran out leaves its
# line among the open forms until somebody has told the person, so a late answer still knows what
# it was late for. Where even that is gone, a missing fourth key tells that all was lost just now.
# ARGV: key, how long a form lives in ms
_LOAD: Final = """
local found = redis.call('HMGET', KEYS[1], 'version', 'body', 'screen', 'sent')
if found[1] then return found end
local late = redis.call('HGET', KEYS[3], ARGV[1])
if late then return {false, late, false, false} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lost = redis.call('GET', KEYS[4])
if not lost then
  redis.call('SET', KEYS[4], now)
  lost = now
end
if now - lost < tonumber(ARGV[2]) then return {false, '?', false, false} end
return {false, false, false, false}
"""
# ARGV: key, version read, new body, TTL in ms, open form's name or '', message id or '', keys up,
# whether an expired form is still to be told of
_SAVE: Final = """
local now = redis.call('HGET', KEYS[1], 'version') or '0'
if now ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2] + 1, 'body', ARGV[3], 'screen', ARGV[6], 'sent', '')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if ARGV[5] == '' then
  if ARGV[8] == '0' then
    redis.call('ZREM', KEYS[2], ARGV[1])
    redis.call('HDEL', KEYS[3], ARGV[1])
  end
else
  local time = redis.call('TIME')
  local due = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[4]
  redis.call('ZADD', KEYS[2], due, ARGV[1])
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[5] .. '|' .. ARGV[6] .. '|' .. ARGV[7])
end
return 1
"""
# A repeat need not be answered again; and the message with the buttons is known only once sent.
# ARGV: key, version, message id or '', form, keys
_MARK_SENT: Final = """
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'sent', '1')
if ARGV[3] == '' then return 1 end
redis.call('HSET', KEYS[1], 'screen', ARGV[3])
if redis.call('HEXISTS', KEYS[3], ARGV[1]) == 1 then
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[4] .. '|' .. ARGV[3] .. '|' .. ARGV[5])
end
return 1
"""
# ARGV: how many, claim in ms. A claim is only a later deadline: it lapses with its worker.
_CLAIM: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])
local claimed = {}
for _, key in ipairs(due) do
  redis.call('ZADD', KEYS[2], now + ARGV[2], key)
  claimed[#claimed + 1] = {key, redis.call('HGET', KEYS[3], key) or '', tostring(now + ARGV[2])}
end
return claimed
"""
# ARGV: key, the claim's score. A form opened since then has another score and keeps its line.
_TOLD: Final = """
local score = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return 1
"""


class Expired:
    """A form that ran out: whose, which, and where its last question stands."""

    __slots__ = ("_claim", "form", "key", "keys_up", "screen")

    def __init__(self, key: str, line: str, claim: str) -> None:
        form, screen, keys_up = line.split("|") if "|" in line else (line, "", "0")
        self.key = Key.parse(key)
        self.form = form
        self.screen = int(screen) if screen else None
        self.keys_up = keys_up == "1"
        self._claim = claim

    @property
    def claim(self) -> str:
        return self._claim


class RecordStore:
    """Every method raises ``Unavailable`` when Redis does not answer."""

    def __init__(self, redis: Redis, *, form_seconds: float, prefix: str = "clubdesk") -> None:
        self._redis = redis
        self._form_ms = int(form_seconds * 1000)
        self._prefix = prefix
        self._load = redis.register_script(_LOAD)
        self._save = redis.register_script(_SAVE)
        self._mark_sent = redis.register_script(_MARK_SENT)
        self._claim = redis.register_script(_CLAIM)
        self._told = redis.register_script(_TOLD)

    async def begin(self, bot_id: int) -> None:
        """A Redis that is empty when we start has lost nothing of ours; one that is later, has."""
        try:
            await self._redis.set(f"{self._prefix}:{{{bot_id}}}:lost-at", 0, nx=True)
        except (RedisError, OSError, TimeoutError) as trouble:
            raise Unavailable(f"Redis: {type(trouble).__name__}: {trouble}") from trouble

    async def load(self, key: Key) -> Record:
        arguments = [str(key), self._form_ms]
        version, body, screen, sent = await self._run(self._load, key, arguments)
        if version is not None:
            return Record.unpack(
                body,
                version=int(version),
                screen=int(screen) if screen else None,
                sent=bool(sent),
            )
        if body is not None:
            late = Expired(str(key), body.decode(), "")
            return Record(expired=late.form, screen=late.screen, keys_up=late.keys_up)
        return Record()

    async def save(self, key: Key, record: Record, *, untold: bool = False) -> Record | None:
        """Write the next version. ``None``: somebody else wrote since ``record`` was read.

        ``untold``: a form had run out and its message is still to be edited.
        """
        ttl = self._form_ms if record.state else REPEAT_SECONDS * 1000
        arguments = [
            str(key),
            record.version,
            record.pack(),
            ttl,
            record.form or "",
            record.screen or "",
            int(record.keys_up),
            int(untold),
        ]
        saved = await self._run(self._save, key, arguments)
        return replace(record, version=record.version + 1) if saved else None

    async def mark_sent(self, key: Key, record: Record, screen: int | None) -> None:
        """The reply is out; ``screen`` is the message that now holds the open form's buttons."""
        arguments = [str(key), record.version, screen or "", record.form or "", int(record.keys_up)]
        await self._run(self._mark_sent, key, arguments)

    async def claim_expired(self, bot_id: int, *, limit: int) -> list[Expired]:
        """Forms past their deadline that no other worker is telling of."""
        arguments = [limit, CLAIM_SECONDS * 1000]
        rows = await self._run(self._claim, Key(bot_id, 0, 0), arguments)
        return [Expired(*(part.decode() for part in row)) for row in rows]

    async def told(self, expired: Expired) -> None:
        """Drop the claim, and leave a note for the person who answers even later."""
        if await self._run(self._told, expired.key, [str(expired.key), expired.claim]):
            late = Record(expired=expired.form)
            await self.save(expired.key, late)

    async def _run(self, script: Any, key: Key, arguments: list[Any]) -> Any:
        prefix = f"{self._prefix}:{{{key.bot_id}}}"
        keys = [
            f"{prefix}:once:{key.chat_id}:{key.user_id}",
            f"{prefix}:deadlines",
            f"{prefix}:open",
            f"{prefix}:lost-at",
        ]
        try:
            return await cast(Awaitable[Any], script(keys=keys, args=arguments))
        except (RedisError, OSError, TimeoutError) as trouble:
            raise Unavailable(f"Redis: {type(trouble).__name__}: {trouble}") from trouble
