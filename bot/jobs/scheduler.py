"""Looks at the club's clock each minute; the database decides which worker's look counts."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bot import logs
from bot.errors import Unavailable
from bot.services import Services
from bot.stopping import pause

_MINUTE: Final = 60

log = logs.get(__name__)


class Scheduler:
    def __init__(
        self, services: Services, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._services = services
        self._clock = clock

    async def run(self, stopping: asyncio.Event) -> None:
        """Tick at the start and at each full minute until the stop."""
        while not stopping.is_set():
            try:
                await self.tick()
            except Unavailable as trouble:
                log.warning("tick postponed", error=str(trouble))
            await pause(stopping, _MINUTE - self._clock().timestamp() % _MINUTE)

    async def tick(self) -> None:
        """Enqueue what is due, and again what fell out of the queue."""
        for name, run in await self._services.schedules.tick(self._clock()):
            log.info("scheduled", job=name, day=str(run.day), skipped=run.skipped)
        if lost := await self._services.jobs.rescue():
            log.warning("jobs queued again", count=lost)
