"""getUpdates: one poll at a time, its offsets, its little punishments."""

import asyncio
import time
from http import HTTPStatus

from bot.simulator.errors import ApiError, conflict
from bot.simulator.models import JsonDict
from bot.simulator.rules import Rules
from bot.simulator.updates import UpdateQueue

_FLICKER_SECONDS = 0.5
_MAX_LIMIT = 100
_MAX_TIMEOUT = 50
_NEVER = float("-inf")


def other_poll() -> ApiError:
    reason = "terminated by other getUpdates request"
    return conflict(f"{reason}; make sure that only one bot instance is running")


class Poller:
    """Works on the real clock: a long poll of a second lasts a second, whatever a test skips."""

    def __init__(self, queue: UpdateQueue, rules: Rules) -> None:
        self._queue = queue
        self._rules = rules
        self._current: asyncio.Future[ApiError | None] | None = None
        self._last_offset: int | None = None
        self._started_at = _NEVER
        self._finished_at = _NEVER
        self._next_conflict_at = _NEVER
        queue.listen(self._wake)

    async def get(self, *, offset: int, limit: int, seconds: float) -> list[JsonDict]:
        """Confirm what lies before the offset and give what lies behind it.

        Raises:
            ApiError: a newer poll took over while this one was waiting.
        """
        self.terminate(other_poll())
        limit, seconds = self._tamed(offset, limit, seconds)
        self._queue.from_offset(offset)
        if not self._queue.batch(1) and (refusal := await self._news(seconds)):
            await self.refuse(refusal)
        self._finished_at = time.monotonic()
        return self._queue.batch(limit)

    def terminate(self, refusal: ApiError) -> None:
        """End the poll that hangs, if one does: the older one gets the refusal."""
        self._settle(refusal)

    async def refuse(self, refusal: ApiError) -> None:
        """Answer a conflict at once, but the next one soon after only with a pause."""
        now = time.monotonic()
        if refusal.code == HTTPStatus.CONFLICT and now < self._next_conflict_at:
            await asyncio.sleep(self._rules.conflict_pause)
        else:
            self._next_conflict_at = now + self._rules.conflict_pause
        raise refusal

    async def _news(self, seconds: float) -> ApiError | None:
        me: asyncio.Future[ApiError | None] = asyncio.get_running_loop().create_future()
        self._current = me
        await asyncio.wait([me], timeout=seconds)
        if self._current is me:
            self._current = None
        return me.result() if me.done() else None

    def _wake(self) -> None:
        self._settle(None)

    def _settle(self, outcome: ApiError | None) -> None:
        if self._current and not self._current.done():
            self._current.set_result(outcome)

    def _tamed(self, offset: int, limit: int, seconds: float) -> tuple[int, float]:
        """Slow down a bot that asks the same thing over and over."""
        now = time.monotonic()
        limit = min(max(limit, 1), _MAX_LIMIT)
        seconds = min(max(seconds, 0.0), _MAX_TIMEOUT)
        if offset == self._last_offset:
            if now < self._started_at + self._rules.busy_pause:
                seconds = max(seconds, self._rules.busy_pause)
            if now < self._finished_at + _FLICKER_SECONDS:
                limit = 1
        self._last_offset, self._started_at = offset, now
        return limit, seconds
