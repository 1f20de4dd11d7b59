"""Workers of the demo: the production bot as processes of their own, never left behind."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import orjson

from bot import embedded
from bot.config import Settings
from bot.demo.people import VERA
from bot.demo.telegram import TOKEN
from bot.simulator.server import Simulator
from bot.stopping import until

_STOP_SECONDS: Final = 40  # more than a worker takes to finish what it has in hand
_LONGEST_LINE: Final = 2**22  # bytes: a traceback in JSON is one line
_BADGE: Final = ("update_id", "router", "handler", "outcome", "ms", "state_before", "state_after")


def environment(settings: Settings, urls: embedded.Urls, telegram_url: str) -> dict[str, str]:
    """Where a worker finds its servers and its Telegram."""
    return {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": telegram_url,
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "OWNER_IDS": str(VERA.telegram_id),
        "FSM_TTL_SECONDS": str(settings.fsm_ttl_seconds),
        "LOG_FORMAT": "json",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": "0",  # the page has the port of the settings
    }


async def run(
    command: str, env: dict[str, str], simulator: Simulator, stop: asyncio.Event
) -> int | None:
    """Run one worker until the stop; its exit code when it ended by itself before."""
    async with (
        asyncio.TaskGroup() as group,
        started(sys.executable, "-m", "bot", command, env=env) as bot,
    ):
        group.create_task(_relay_log(bot, simulator))
        return await until(stop, bot.wait())


@asynccontextmanager
async def started(*command: str, env: dict[str, str] | None = None) -> AsyncIterator[Process]:
    """A program, told to end with the block: in good order at first, then not."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=PIPE,
        limit=_LONGEST_LINE,
        env=env,
        start_new_session=True,  # Ctrl+C is ours to pass on
        preexec_fn=partial(embedded.die_with_parent, os.getpid()),
    )
    try:
        yield process
    finally:
        await _end(process)


async def _relay_log(bot: Process, simulator: Simulator) -> None:
    """A worker's line per update becomes the inspector's badge; warnings go to the terminal."""
    if bot.stdout is None:
        return
    async for line in bot.stdout:
        try:
            entry = orjson.loads(line)
        except orjson.JSONDecodeError:
            sys.stderr.write(line.decode(errors="replace"))
            continue
        if entry.get("event") == "update":
            simulator.engine.journal.mark_handled({key: entry[key] for key in _BADGE})
        elif entry.get("level") in ("warning", "error", "critical"):
            sys.stderr.write(line.decode(errors="replace"))


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
