"""Everybody fills in the form, some rounds of it; the middle one counts."""

import asyncio
from collections.abc import Sequence
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from bot import embedded
from tests.bench.crowd import Crowd
from tests.bench.people import FORM, Step
from tests.bench.worker import POLLING, Bots, Road, running

_PATIENCE = 120.0
_ROUND_SECONDS = 20.0  # of a fixed load


class Load(NamedTuple):
    """``rate``: updates a second of all people together, who think in between; 0: no thinking."""

    people: int
    rounds: int
    rate: float = 0.0
    latency: float = 0.0
    script: tuple[Step, ...] = FORM


class Figures(NamedTuple):
    """Of one round, or the medians of several."""

    per_second: float
    cpu_ms: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    max_ms: float
    memory_mb: float
    wrong: float

    def __str__(self) -> str:
        return (
            f"{self.per_second:6.0f} updates/s {self.cpu_ms:7.3f} CPU-ms/update"
            f" {self.p50_ms:7.1f} p50 {self.p90_ms:7.1f} p90 {self.p99_ms:7.1f} p99"
            f" {self.max_ms:7.1f} max ms {self.memory_mb:4.0f} MB {self.wrong:3.0f} wrong or lost"
        )


async def measure(
    urls: embedded.Urls, load: Load, road: Road = POLLING, command: tuple[str, ...] = ()
) -> Figures:
    """The first round, in which everybody is new to the bot, is left out."""
    crowd = Crowd(load.people, latency=load.latency)
    async with running(crowd.telegram, urls, road, command) as bots:
        crowd.begin(load.script)
        await crowd.finish(patience=_PATIENCE)
        found = [await one_round(crowd, bots, load) for _ in range(load.rounds)]
    return medians(found)


def medians(found: Sequence[Figures]) -> Figures:
    """Of all but ``wrong``, which is added up."""
    *middle, _ = (median(column) for column in zip(*found, strict=True))
    return Figures(*middle, wrong=sum(figures.wrong for figures in found))


async def one_round(crowd: Crowd, bots: Bots, load: Load) -> Figures:
    """Everybody plays the script; ``people`` and ``rounds`` of the load do not count here."""
    stuck, cpu, started = 0, bots.cpu_seconds(), perf_counter()
    crowd.begin(load.script, rate=load.rate)
    if load.rate:
        await asyncio.sleep(_ROUND_SECONDS)
    else:
        stuck = await crowd.finish(patience=_PATIENCE)
    seconds, cpu = perf_counter() - started, bots.cpu_seconds() - cpu
    waited = list(crowd.waited)
    if load.rate:
        stuck = await crowd.finish(patience=_PATIENCE)
    for reply in crowd.wrong[:3]:
        print("  wrong:", reply)
    percentiles = [second * 1000 for second in quantiles(waited, n=100)]
    return Figures(
        per_second=len(waited) / seconds,
        cpu_ms=cpu * 1000 / len(waited),
        p50_ms=percentiles[49],
        p90_ms=percentiles[89],
        p99_ms=percentiles[98],
        max_ms=max(waited) * 1000,
        memory_mb=bots.memory_mb(),
        wrong=len(crowd.wrong) + stuck,
    )
