"""One bot's queue of updates: ids, expiry, confirmation, and the long poll."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.simulator.clock import Clock
from bot.simulator.models import JsonDict
from bot.simulator.rules import DAY_SECONDS, Rules

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_ID = (2_000_001, 10**9)
_IDLE_SECONDS = 7 * DAY_SECONDS
_MAX_ANSWER_BYTES = 4 << 20
_MAX_PAST = 100_000
_MAX_FUTURE = 10


@dataclass(slots=True, frozen=True, eq=False)
class Update:
    id: int
    kind: str
    body: JsonDict
    size: int
    queue_id: int  # webhooks keep the order only within one of these
    expires_at: float

    def envelope(self) -> JsonDict:
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    def __init__(self, clock: Clock, rng: random.Random, rules: Rules) -> None:
        self._clock = clock
        self._rng = rng
        self._rules = rules
        self._next_id = rng.randint(*_FIRST_ID)
        self._pushed_at = clock.now()
        self._pending: deque[Update] = deque()
        self._waiting: dict[int, asyncio.Event] = {}
        self._listeners: list[Callable[[], None]] = []
        self.allowed: frozenset[str] | None = None  # None: everything but NOT_BY_DEFAULT
        self.idle_week_restarts_ids = False

    def listen(self, listener: Callable[[], None]) -> None:
        """Call the listener at every new update."""
        self._listeners.append(listener)

    def wants(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def push(self, kind: str, body: JsonDict, *, queue_id: int, lifetime: float) -> Update | None:
        """Append an update. ``None``: the bot did not ask for this kind, or the queue is full."""
        if not self.wants(kind) or self._is_full():
            return None
        now = self._clock.now()
        if self.idle_week_restarts_ids and now - self._pushed_at > _IDLE_SECONDS:
            self._next_id = self._rng.randint(*_FIRST_ID)
        size = len(orjson.dumps(body))
        update = Update(self._next_id, kind, body, size, queue_id, now + lifetime)
        self._next_id += 1
        self._pushed_at = now
        self._pending.append(update)
        self._waiting[update.id] = asyncio.Event()
        self._notify()
        return update

    def pending(self) -> list[Update]:
        self.drop_expired()
        return list(self._pending)

    def drop_expired(self) -> None:
        now = self._clock.now()
        if any(update.expires_at <= now for update in self._pending):
            self._pending = deque(update for update in self._pending if update.expires_at > now)

    def forget(self, update: Update, *, handled: bool) -> None:
        """Take one update out, as a webhook's 2xx or its expiry does."""
        if update in self._pending:
            self._pending.remove(update)
        if handled:
            self._confirm(update)

    def clear(self) -> None:
        self._pending.clear()

    def knows(self, update_id: int) -> bool:
        return update_id in self._waiting

    async def handled(self, update_id: int) -> None:
        await self._waiting[update_id].wait()

    def from_offset(self, offset: int) -> None:
        """Confirm what lies before the offset; a nonsensical offset confirms nothing."""
        if offset < 0:
            offset = self._next_id + max(offset, -len(self._pending))
        head = self._pending[0].id if self._pending else self._next_id
        if head - _MAX_PAST <= offset <= self._next_id + _MAX_FUTURE:
            while self._pending and self._pending[0].id < offset:
                self._confirm(self._pending.popleft())

    def batch(self, limit: int) -> list[JsonDict]:
        """Give the head of the queue, at most about 4 MiB of it."""
        self.drop_expired()
        chosen: list[JsonDict] = []
        size = 0
        for update in self._pending:
            if len(chosen) >= limit or (chosen and size + update.size > _MAX_ANSWER_BYTES):
                break
            chosen.append(update.envelope())
            size += update.size
        return chosen

    def _is_full(self) -> bool:
        if len(self._pending) >= self._rules.queue_capacity:
            self.drop_expired()
        return len(self._pending) >= self._rules.queue_capacity

    def _confirm(self, update: Update) -> None:
        self._waiting[update.id].set()

    def _notify(self) -> None:
        for listener in self._listeners:
            listener()


def parse_allowed(value: Any) -> frozenset[str] | None:
    """Read ``allowed_updates``; an empty list means the default set."""
    names = frozenset(name for name in value if isinstance(name, str))
    return names or None
