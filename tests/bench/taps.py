"""Two taps of one person at the same moment: how long the second waits beyond both handlers."""

import asyncio
from statistics import median
from time import perf_counter

from bot import embedded
from bot.texts.common import BACK
from bot.texts.menu import HELP
from tests.bench.crowd import Crowd
from tests.bench.people import Person
from tests.bench.worker import POLLING, Road, running

_LABELS = (HELP, BACK)
_TIMES = 30


class Tapper(Person):
    """Taps without reading; notes when each answer came."""

    def __init__(self, number: int, crowd: Crowd) -> None:
        super().__init__(number, crowd)
        self._answers: asyncio.Queue[float] = asyncio.Queue()

    async def seconds(self, *acts: str) -> float:
        """From these acts, all at once, to the last answer."""
        started = perf_counter()
        for act in acts:
            self.act(act)
        return max([await self._answers.get() for _ in acts]) - started

    def _check(self, text: str) -> None:
        self._answers.put_nowait(perf_counter())


async def extra_wait(urls: embedded.Urls, road: Road = POLLING) -> tuple[float, float]:
    """Milliseconds: of one tap alone, and what two at once take beyond twice that."""
    crowd = Crowd(0)
    tapper = Tapper(0, crowd)
    crowd.people[tapper.id] = tapper
    alone, both = [], []
    async with running(crowd.telegram, urls, road):
        await tapper.seconds("/menu")
        for _ in range(_TIMES):
            alone += [await tapper.seconds(f"[{label}]") for label in _LABELS]
            both += [await tapper.seconds(f"[{label}]", f"[{label}]") for label in _LABELS]
    one = median(alone)
    return one * 1000, (median(both) - 2 * one) * 1000
