"""Telegram's flood control: token buckets per chat, per group and for the whole bot."""

import math
from dataclasses import dataclass

from bot.simulator.clock import Clock
from bot.simulator.errors import ApiError, too_many_requests

_MAX_WAIT = 300
_SENDING = ("send", "copymessage", "forwardmessage", "editmessage")
_QUIET = {"sendchataction"}


@dataclass(slots=True)
class _Bucket:
    rate: float  # tokens a second
    burst: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Refill, and tell how long until one token is there."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


@dataclass(slots=True)
class _Penalty:
    until: float
    seconds: int


class Flood:
    """Off by default. ``strict``: sending inside a wait lengthens it, as real bots learn."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.enabled = False
        self.strict = True
        self.chat_rate, self.chat_burst = 1.0, 3.0
        self.group_rate, self.group_burst = 20 / 60, 20.0
        self.bot_rate, self.bot_burst = 30.0, 30.0
        self.sent_inside_wait = 0
        self._buckets: dict[tuple[int, str, int], _Bucket] = {}
        self._penalties: dict[tuple[int, int], _Penalty] = {}

    def check(self, bot_id: int, method: str, chat_id: int | None) -> ApiError | None:
        """Take a token for a message, or say how long to wait."""
        name = method.lower()
        if not self.enabled or not name.startswith(_SENDING) or name in _QUIET or chat_id is None:
            return None
        now = self._clock.now()
        if (ignored := self._ignored(bot_id, chat_id, now)) is not None:
            return ignored
        is_edit = name.startswith("edit")
        buckets = self._buckets_for(bot_id, chat_id, now, is_edit=is_edit)
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            return self._punish(bot_id, chat_id, now, math.ceil(wait))
        for bucket in buckets:
            bucket.tokens -= 1
        return None

    def _ignored(self, bot_id: int, chat_id: int, now: float) -> ApiError | None:
        penalty = self._penalties.get((bot_id, chat_id))
        if penalty is None or now >= penalty.until:
            self._penalties.pop((bot_id, chat_id), None)
            return None
        self.sent_inside_wait += 1
        remaining = math.ceil(penalty.until - now)
        longer = min(penalty.seconds * 2, _MAX_WAIT) if self.strict else remaining
        return self._punish(bot_id, chat_id, now, longer)

    def _punish(self, bot_id: int, chat_id: int, now: float, seconds: int) -> ApiError:
        self._penalties[bot_id, chat_id] = _Penalty(now + seconds, seconds)
        return too_many_requests(seconds)

    def _buckets_for(
        self, bot_id: int, chat_id: int, now: float, *, is_edit: bool
    ) -> list[_Bucket]:
        """What a call counts towards: of edits only a group's own are known to be limited."""
        whole = self._bucket((bot_id, "bot", 0), self.bot_rate, self.bot_burst, now)
        if chat_id < 0:
            key = (bot_id, "group", chat_id)
            return [whole, self._bucket(key, self.group_rate, self.group_burst, now)]
        if is_edit:
            return [whole]
        return [
            whole,
            self._bucket((bot_id, "chat", chat_id), self.chat_rate, self.chat_burst, now),
        ]

    def _bucket(self, key: tuple[int, str, int], rate: float, burst: float, now: float) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(rate, burst, burst, now))
