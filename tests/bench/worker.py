"""The production bot as processes, and what the system says they cost (Linux)."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from bot import embedded
from tests.bench.posting import SECRET, Poster
from tests.bench.telegram import TOKEN, Telegram

ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")


class Road(NamedTuple):
    """How updates reach the bot: posted to so many workers, or asked for by one (0)."""

    webhooks: int = 0

    def __str__(self) -> str:
        return f"webhook, {self.webhooks} workers" if self.webhooks else "polling"


POLLING = Road()


class Bots:
    """The processes that run."""

    def __init__(self, pids: list[int]) -> None:
        self._procs = [Path("/proc") / str(pid) for pid in pids]

    def cpu_seconds(self) -> float:
        """Of all together."""
        stats = [(proc / "stat").read_text().rpartition(") ")[2].split() for proc in self._procs]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / _TICK

    def memory_mb(self) -> float:
        """Of the largest."""
        return max(map(_memory_mb, self._procs))


@asynccontextmanager
async def running(
    telegram: Telegram,
    urls: embedded.Urls,
    road: Road = POLLING,
    command: tuple[str, ...] = (),
    *,
    count: int = 1,
    limits: str = "none",
) -> AsyncIterator[Bots]:
    """``command``: of this Python, instead of the bot, so often. Logs are written, to nowhere."""
    environment = {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": await telegram.start(),
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "LOG_FORMAT": "json",
        "SENDING_LIMITS": limits,
        "WEBHOOK_URL": "https://bench.example",
        "WEBHOOK_SECRET": SECRET,
    }
    async with _process(("-m", "bot", "migrate"), environment) as migration:
        await migration.wait()
    ports = embedded.free_ports(road.webhooks or count)
    command = command or ("-m", "bot", "serve" if road.webhooks else "run")
    async with AsyncExitStack() as stack:
        bots = [_process(command, {**environment, "HTTP_PORT": str(port)}) for port in ports]
        pids = [(await stack.enter_async_context(bot)).pid for bot in bots]
        if road.webhooks:
            await stack.enter_async_context(_posting(telegram, ports))
        yield Bots(pids)


@asynccontextmanager
async def _posting(telegram: Telegram, ports: list[int]) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as posting:
        poster = Poster(ports, posting)
        telegram.post = poster.post
        yield
    poster.close()


@asynccontextmanager
async def _process(
    command: tuple[str, ...], environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _memory_mb(proc: Path) -> float:
    lines = (proc / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
