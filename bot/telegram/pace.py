"""Waiting for one's place in the budget of messages, never longer than is sensible."""

import asyncio
from collections.abc import Mapping
from time import perf_counter
from typing import Final

from redis.exceptions import RedisError

from bot import logs
from bot.errors import Unavailable
from bot.metrics import Metrics
from bot.telegram.budget import Answer, Budget, Lane

# For one place, its own chat's and everybody's limits together.
PATIENCE_SECONDS: Final[Mapping[Lane, float]] = {
    Lane.REPLY: 20,  # longer, and the update had better come again
    Lane.NOTICE: 10,
    Lane.BROADCAST: 1,  # so that «pause» and «stop» act at once
}
_LATE_SECONDS: Final = 0.015  # half a place: any later, and 31 may meet in one second
_MISSED: Final = 2  # so often, and it goes late

log = logs.get(__name__)


class NotYet(Unavailable):
    """There is no place soon enough. Nothing was sent; ``retry_after`` says when to ask again."""


class Pace:
    """One per worker; all of a bot's workers share one budget.

    A reply waits for Telegram's holds, and for its chat's second or its group's minute (one chat's
    429 would silence the bot for everybody), never for other people's messages: bulk lanes take
    the places that replies have left.
    """

    def __init__(self, budget: Budget, metrics: Metrics) -> None:
        self._budget = budget
        self._metrics = metrics
        self._lines = {lane: asyncio.Lock() for lane in Lane}

    async def take(self, lane: Lane, chat_id: int, *, edit: bool = False) -> None:
        """Return when one message may go to this chat.

        Without Redis nobody knows: replies go, for they are few; the rest does not.

        Raises:
            NotYet: not within this lane's patience.
            Unavailable: Redis is away, and this is no reply.
        """
        started = perf_counter()
        try:
            await _Asking(self._budget, lane, chat_id, edit=edit).place(self._lines[lane])
        except (RedisError, OSError, TimeoutError) as trouble:
            if lane is not Lane.REPLY:
                raise Unavailable(f"Redis: {type(trouble).__name__}: {trouble}") from trouble
            log.warning("sending without a budget", error=type(trouble).__name__)
        finally:
            self._metrics.place_awaited(lane.name.lower(), perf_counter() - started)

    async def hold(self, seconds: float) -> None:
        """Telegram asked to be left alone: every worker hears of it, as far as Redis carries."""
        try:
            if await self._budget.hold(seconds):
                self._metrics.sending_held()
                log.warning("telegram asks for silence", seconds=seconds)
        except (RedisError, OSError, TimeoutError) as trouble:
            log.warning("hold not shared", error=type(trouble).__name__)


class _Asking:
    """One message's way to its place."""

    def __init__(self, budget: Budget, lane: Lane, chat_id: int, *, edit: bool) -> None:
        self._budget = budget
        self._lane = lane
        self._chat_id = chat_id
        self._edit = edit
        self._asked = perf_counter()
        self._deadline = self._asked + PATIENCE_SECONDS[lane]

    async def place(self, line: asyncio.Lock) -> None:
        """Return in a place of our own; one that a busy process has missed is asked for anew."""
        for _ in range(_MISSED):
            answer = await self._ask()
            while not answer.granted:
                if answer.shared:
                    answer = await self._in_line(line)
                else:
                    answer = await self._later(answer)
            await asyncio.sleep(answer.seconds)
            late = perf_counter() - self._asked - answer.seconds
            if late < _LATE_SECONDS or self._lane is Lane.REPLY:
                return

    async def _in_line(self, line: asyncio.Lock) -> Answer:
        """Of those who wait for the same only the first asks, else all would, at each place."""
        async with line:
            answer = await self._ask()
            while answer.shared:
                answer = await self._later(answer)
            return answer

    async def _later(self, answer: Answer) -> Answer:
        if perf_counter() + answer.seconds > self._deadline:
            why = f"Telegram's limits: no place within {PATIENCE_SECONDS[self._lane]} s"
            raise NotYet(why, retry_after=answer.seconds)
        await asyncio.sleep(answer.seconds)
        return await self._ask()

    async def _ask(self) -> Answer:
        self._asked = perf_counter()
        return await self._budget.ask(self._lane, self._chat_id, edit=self._edit)
