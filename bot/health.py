"""How a worker is: ``/healthz``, ``/readyz`` and ``/metrics``, for whoever serves them.

A server of its own (polling):

    async with listening(probes, host, port): ...

Beside other routes (webhooks):

    application.add_routes(routes(probes))

and in both cases ``probes.run(stopping)`` in the worker's TaskGroup, which measures the event
loop's lag until the stop, and ``probes.drain()`` at SIGTERM, from when on the worker is not ready.

Readiness is PostgreSQL's: without it nothing can be done. Redis being away is told, but a worker
without it is still the one to answer with 503s that Telegram repeats.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from math import inf, nan
from time import monotonic
from typing import Any, Final, NamedTuple, cast

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.db.inspection import Jobs
from bot.db.lookout import Away, Backlog, Lookout
from bot.metrics import Metrics
from bot.serving import serving
from bot.stopping import pause

LAG_SECONDS: Final = 5.0  # an event loop later than this does not serve anybody
KEEP_SECONDS: Final = 1.0  # how long an answer of a server is good for
_BEAT_SECONDS: Final = 0.5
_REDIS_SECONDS: Final = 1.0
_UNKNOWN: Final = Backlog(
    quarantined=nan, due=nan, retried=nan, oldest_seconds=nan, jobs=Jobs(nan, nan, nan)
)


class _State(NamedTuple):
    """``None``: it answers; else the class of the error."""

    database: str | None
    redis: str | None


class Probes:
    """What one worker can say of itself."""

    def __init__(self, *, metrics: Metrics, lookout: Lookout, redis: Redis) -> None:
        self.metrics = metrics
        self._lookout = lookout
        self._redis = redis
        self._draining = False
        self._next_beat = inf  # nothing is late before run()
        self._lag = 0.0
        self._looked_at = -KEEP_SECONDS
        self._state = _State(None, None)
        self._looking = asyncio.Lock()

    def drain(self) -> None:
        """Be not ready from now on: the proxy sends no more, and what is in hand is finished."""
        self._draining = True
        self.metrics.draining.set(1)

    async def run(self, stopping: asyncio.Event) -> None:
        """Measure how late the event loop is, until the stop."""
        while not stopping.is_set():
            self._next_beat = monotonic() + _BEAT_SECONDS
            await pause(stopping, _BEAT_SECONDS)
            self._lag = self._late()
            self.metrics.loop_lag.set(self._lag)
        self._next_beat = inf

    async def healthz(self, _request: web.Request) -> web.Response:
        lag = max(self._lag, self._late())
        alive = lag < LAG_SECONDS
        return _answer(alive, {"alive": alive, "event_loop_lag_seconds": round(lag, 3)})

    async def readyz(self, _request: web.Request) -> web.Response:
        state = await self._look()
        ready = state.database is None and not self._draining
        return _answer(
            ready,
            {
                "ready": ready,
                "draining": self._draining,
                "database": state.database or "ok",
                "redis": state.redis or "ok",
            },
        )

    async def scrape(self, _request: web.Request) -> web.Response:
        await self._look()
        await self._count_backlog()
        return web.Response(
            body=self.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    def _late(self) -> float:
        return max(0.0, monotonic() - self._next_beat)

    async def _look(self) -> _State:
        """Ask both servers, at most once a second however many ask us."""
        async with self._looking:
            if monotonic() - self._looked_at >= KEEP_SECONDS:
                self._state = _State(*await asyncio.gather(self._database(), self._ping()))
                self._looked_at = monotonic()
                self.metrics.database_up.set(self._state.database is None)
                self.metrics.redis_up.set(self._state.redis is None)
        return self._state

    async def _database(self) -> str | None:
        try:
            await self._lookout.answers()
        except Away as away:
            return str(away)
        return None

    async def _ping(self) -> str | None:
        try:
            async with asyncio.timeout(_REDIS_SECONDS):
                await cast(Awaitable[Any], self._redis.ping())
        except (RedisError, OSError, TimeoutError) as trouble:
            return type(trouble).__name__
        return None

    async def _count_backlog(self) -> None:
        """What cannot be read is no number, rather than the last one."""
        waits = _UNKNOWN
        if self._state.database is None:
            with suppress(Away):
                waits = await self._lookout.backlog()
        self.metrics.quarantined.set(waits.quarantined)
        self.metrics.outbox_due.set(waits.due)
        self.metrics.outbox_retried.set(waits.retried)
        self.metrics.outbox_oldest.set(waits.oldest_seconds)
        self.metrics.jobs_open.set(waits.jobs.open)
        self.metrics.jobs_dead.set(waits.jobs.dead)
        self.metrics.jobs_late.set(waits.jobs.late_seconds)


def routes(probes: Probes) -> list[web.RouteDef]:
    """The three pages, for the application that serves them."""
    return [
        web.get("/healthz", probes.healthz),
        web.get("/readyz", probes.readyz),
        web.get("/metrics", probes.scrape),
    ]


@asynccontextmanager
async def listening(probes: Probes, host: str, port: int) -> AsyncIterator[str]:
    """Serve the pages from a small server of their own; yields its URL.

    Raises:
        PortTaken: the address cannot be used.
    """
    application = web.Application()
    application.add_routes(routes(probes))
    async with serving(application, host, port, drain_seconds=1) as url:
        yield url


def _answer(good: bool, body: dict[str, object]) -> web.Response:  # noqa: FBT001 -- said by its name
    return web.Response(
        status=200 if good else 503, body=orjson.dumps(body), content_type="application/json"
    )
