"""Who lets things go wrong in a soak: one fault at a time, chosen by the seed."""

import asyncio
import random
import signal
from collections import Counter

from tests.faults.servers import FAST, IMMEDIATE

TOXICS = (
    {"latency": 0.2},
    {"bandwidth": 10_000},
    {"blackhole": True},
    {"reset": True},
    {"down": True},
    {"limit_data": 900},
)
_SLACK_SECONDS = 2  # from Telegram's acceptance to our mark, on a busy machine


class Nemesis:
    """``strike`` does one thing and puts it right again; what it did is counted."""

    def __init__(self, stage, rng: random.Random) -> None:
        self._stage = stage
        self._rng = rng
        self.done: Counter[str] = Counter()
        self.doubtful: list[tuple[float, float]] = []  # when what was sent may be sent once more

    async def strike(self) -> None:
        deed = self._rng.choice(DEEDS)
        self.done[deed.__name__.strip("_").replace("_", " ")] += 1
        began = self._now()
        await deed(self)
        if deed not in HARMLESS_TO_SENDING:
            self.doubtful.append((began - _SLACK_SECONDS, self._now() + _SLACK_SECONDS))

    async def _kill_a_worker(self) -> None:
        victim = self._victim()
        await victim.kill()
        await self._stage.replace(victim)

    async def _stop_a_worker(self) -> None:
        victim = self._victim()
        self._stage.drop(victim)
        assert await victim.stop() == 0
        await self._stage.again_as(victim)

    async def _pause_a_worker(self) -> None:
        victim = self._victim()
        victim.signal(signal.SIGSTOP)
        await self._for_a_while()
        victim.signal(signal.SIGCONT)

    async def _restart_redis(self) -> None:
        await self._stage.valkey.restart(away=self._rng.uniform(0, 2))

    async def _flush_redis(self) -> None:
        await self._stage.redis.flushall()

    async def _freeze_redis(self) -> None:
        async with self._stage.valkey.frozen():
            await self._for_a_while()

    async def _restart_postgres(self) -> None:
        how = self._rng.choice((FAST, IMMEDIATE))
        await self._stage.postgres.restart(how, away=self._rng.uniform(0, 2))

    async def _freeze_postgres(self) -> None:
        async with self._stage.postgres.frozen():
            await self._for_a_while()

    async def _spoil_a_line(self) -> None:
        stage = self._stage
        line = self._rng.choice((stage.to_postgres, stage.to_redis, stage.to_telegram))
        with line.suffering(**self._rng.choice(TOXICS)):
            await self._for_a_while()
        line.cut()

    async def _trouble_telegram(self) -> None:
        kind = self._rng.choice(("html", "empty", "invalid_json", "reset_before", "slow_headers"))
        faults = self._stage.engine.faults
        fault = faults.add(kind=kind, status=502, probability=0.3, times=None)
        await self._for_a_while()
        faults.remove(fault)

    async def _lose_answers_of_telegram(self) -> None:
        faults = self._stage.engine.faults
        fault = faults.add(kind="drop_response", probability=0.2, times=None)
        await self._for_a_while()
        faults.remove(fault)

    async def _too_many_requests(self) -> None:
        faults = self._stage.engine.faults
        fault = faults.add(status=429, retry_after=1, probability=0.3, times=None)
        await self._for_a_while()
        faults.remove(fault)

    def _now(self) -> float:
        return self._stage.engine.clock.now()

    def _victim(self):
        return self._rng.choice(self._stage.alive)

    async def _for_a_while(self) -> None:
        await asyncio.sleep(self._rng.uniform(0.5, 6))


DEEDS = [
    deed
    for name, deed in vars(Nemesis).items()
    if name.startswith("_")
    and name not in {"__init__", "_now", "_victim", "_for_a_while"}
    and callable(deed)
]
HARMLESS_TO_SENDING = (  # nobody dies, no answer of Telegram's is lost, no mark in PostgreSQL
    Nemesis._stop_a_worker,
    Nemesis._pause_a_worker,
    Nemesis._restart_redis,
    Nemesis._flush_redis,
    Nemesis._freeze_redis,
    Nemesis._too_many_requests,
)
