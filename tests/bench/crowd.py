"""Many people at once: all as fast as they can, or each with some thought before every act."""

import asyncio
from random import Random

from tests.bench.people import Person, Step
from tests.bench.telegram import Telegram


class Crowd:
    """``waited`` are the seconds from each act to its reply."""

    def __init__(self, size: int, *, latency: float = 0.0) -> None:
        self.telegram = Telegram(self._hears, latency=latency)
        self.people = {person.id: person for person in (Person(n, self) for n in range(size))}
        self.waited: list[float] = []
        self.wrong: list[str] = []
        self._random = Random(size)  # noqa: S311 -- no secret: the same thoughts in every run
        self._script: tuple[Step, ...] = ()
        self._think_seconds = 0.0
        self._busy: set[Person] = set()
        self._done = asyncio.Event()

    def begin(self, script: tuple[Step, ...], *, rate: float = 0.0) -> None:
        """Once, without a thought; or again and again, with ``rate`` acts a second in all."""
        self.waited.clear()
        self.wrong.clear()
        self._done.clear()
        self._script = script
        self._think_seconds = len(self.people) / rate if rate else 0.0
        self._busy = set(self.people.values())
        for person in self.people.values():
            person.play(script)

    async def finish(self, *, patience: float) -> int:
        """Let everybody come to the end; returns how many are stuck after ``patience`` seconds."""
        if self._think_seconds:
            self._think_seconds = 0.0
            for person in self.people.values():
                person.hurry()
        try:
            async with asyncio.timeout(patience):
                await self._done.wait()
        except TimeoutError:
            return len(self._busy)
        return 0

    def pause(self) -> float:
        """Seconds of thought: nobody waits for the others, so acts come in bursts too."""
        return self._random.expovariate(1 / self._think_seconds) if self._think_seconds else 0.0

    def finished(self, person: Person) -> None:
        if self._think_seconds:
            person.play(self._script)
            return
        self._busy.discard(person)
        if not self._busy:
            self._done.set()

    def _hears(self, method: str, params: dict) -> object:
        if method == "answerCallbackQuery" or "chat_id" not in params:
            return True
        return self.people[int(params["chat_id"])].hears(method, params)
