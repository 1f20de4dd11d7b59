"""Workers as real processes, started fast: forked from a server that has imported the bot."""

import asyncio
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults.dying import Death, dies, dies_sending

PRELOADED = ["tests.faults.warm", "tests.faults.workers"]
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(PRELOADED)


class Orders(NamedTuple):
    """All that a worker process is told."""

    road: str  # «webhook», «polling» or «jobs»
    settings: dict[str, Any]
    log: Path
    death: Death | None = None
    death_sending: Death | None = None
    before: Callable[[], None] | None = None  # a function of a module: what else is wrong with it


def work(orders: Orders) -> None:
    """The life of one worker process."""
    from bot.config import Settings
    from bot.embedded import die_with_parent
    from bot.jobs.sending import Sender
    from bot.once.handling import Once
    from bot.worker import run_jobs, run_polling, run_webhook

    die_with_parent(os.getppid())
    log = os.open(orders.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if orders.death:
        dies(Once, orders.death)
    if orders.death_sending:
        dies_sending(Sender, orders.death_sending)
    if orders.before:
        orders.before()
    run = {"webhook": run_webhook, "polling": run_polling, "jobs": run_jobs}[orders.road]
    sys.exit(run(Settings(_env_file=None, **orders.settings)))


class Worker:
    """One worker process, in the test's hand."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self._process = _forks.Process(target=work, args=(orders,), daemon=True)
        self._process.start()

    @property
    def port(self) -> int:
        return int(self.orders.settings["http_port"])

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    @property
    def log(self) -> str:
        return self.orders.log.read_text() if self.orders.log.exists() else ""

    async def ready(self, seconds: float = 30) -> "Worker":
        """Return once it takes updates or jobs, or stands by to take them."""
        mark = re.compile(r'"(serving|polling)"|standing by|doing jobs')
        async with asyncio.timeout(seconds):
            while not mark.search(self.log):
                assert self.is_alive, self.log
                await asyncio.sleep(0.02)
        return self

    def signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it may have died by itself
            os.kill(self.pid, number)

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.ended()

    async def stop(self, seconds: float = 35) -> int:
        """SIGTERM; returns the exit code."""
        self.signal(signal.SIGTERM)
        return await self.ended(seconds)

    async def ended(self, seconds: float = 30) -> int:
        async with asyncio.timeout(seconds):
            while self.is_alive:
                await asyncio.sleep(0.005)
        return self.exit_code
