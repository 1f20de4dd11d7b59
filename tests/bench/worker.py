"""The production bot as a process, and what the system says it costs (Linux)."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import embedded
from tests.bench.telegram import TOKEN

ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")


class Worker:
    def __init__(self, pid: int) -> None:
        self._proc = Path("/proc") / str(pid)

    def cpu_seconds(self) -> float:
        fields = (self._proc / "stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory_mb(self) -> float:
        lines = (self._proc / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@asynccontextmanager
async def running(api: str, urls: embedded.Urls, *command: str) -> AsyncIterator[Worker]:
    """``command``: of this Python; the bot if none. Its log goes nowhere, but it is written."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *(command or ("-m", "bot", "run")),
        cwd=ROOT,
        env={
            **os.environ,
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": api,
            "SENDING_LIMITS": "none",
            "DATABASE_URL": urls.database_url,
            "REDIS_URL": urls.redis_url,
            "LOG_FORMAT": "json",
        },
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Worker(process.pid)
    finally:
        process.terminate()
        await process.wait()
