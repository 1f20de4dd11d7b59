"""Everybody fills in the form at once, some rounds of it; the middle one counts."""

from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from bot import embedded
from tests.bench.people import FORM, Crowd, Step
from tests.bench.worker import Worker, running

_PATIENCE = 120.0


class Figures(NamedTuple):
    """Of one round, or the medians of several."""

    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    memory_mb: float
    wrong: float

    def __str__(self) -> str:
        return (
            f"{self.per_second:8.0f} updates/s {self.cpu_ms:7.3f} CPU-ms/update"
            f" {self.p50_ms:7.1f} ms p50 {self.p99_ms:7.1f} ms p99"
            f" {self.memory_mb:5.0f} MB {self.wrong:3.0f} wrong or lost"
        )


async def measure(
    urls: embedded.Urls,
    *,
    people: int,
    rounds: int,
    latency: float = 0.0,
    script: tuple[Step, ...] = FORM,
    command: tuple[str, ...] = (),
) -> Figures:
    """The first round, in which everybody is new to the bot, is left out."""
    crowd = Crowd(people, latency=latency)
    async with running(await crowd.telegram.start(), urls, *command) as worker:
        await crowd.play(script, patience=_PATIENCE)
        found = [await _round(crowd, worker, script) for _ in range(rounds)]
    *middle, _ = (median(column) for column in zip(*found, strict=True))
    return Figures(*middle, wrong=sum(figures.wrong for figures in found))


async def _round(crowd: Crowd, worker: Worker, script: tuple[Step, ...]) -> Figures:
    cpu, started = worker.cpu_seconds(), perf_counter()
    stuck = await crowd.play(script, patience=_PATIENCE)
    seconds, cpu = perf_counter() - started, worker.cpu_seconds() - cpu
    updates = len(crowd.people) * len(script)
    for reply in crowd.wrong[:3]:
        print("  wrong:", reply)
    percentiles = quantiles(crowd.waited, n=100)
    return Figures(
        per_second=updates / seconds,
        cpu_ms=cpu * 1000 / updates,
        p50_ms=percentiles[49] * 1000,
        p99_ms=percentiles[98] * 1000,
        memory_mb=worker.memory_mb(),
        wrong=len(crowd.wrong) + stuck,
    )
