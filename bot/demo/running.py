"""The demo's processes: servers, simulator and bot, started together and stopped together."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import orjson

from bot import embedded
from bot.config import Settings
from bot.demo.people import ACTORS, VERA
from bot.demo.seed import seed
from bot.simulator.server import Simulator

TOKEN: Final = "424242:demo-only-no-secret"  # noqa: S105 -- the simulator's, worth nothing elsewhere
_START_SECONDS: Final = 120
OK: Final = 0
FAILED: Final = 1
_BADGE: Final = ("update_id", "router", "handler", "outcome", "ms", "state_before", "state_after")


def run_demo(settings: Settings) -> int:
    """Run until Ctrl+C; returns the exit code."""
    servers = embedded.Servers(
        settings.data_dir, database_url=settings.database_url, redis_url=settings.redis_url
    )
    try:
        urls = servers.start()
        return asyncio.run(_run(settings, servers, urls))
    except embedded.EmbeddedError as fault:
        return _fail(str(fault))
    finally:
        servers.stop()


async def _run(settings: Settings, servers: embedded.Servers, urls: embedded.Urls) -> int:
    await seed(urls.database_url, timezone=settings.club_timezone, currency=settings.club_currency)
    simulator = Simulator()
    try:
        url = await simulator.start(settings.http_host, settings.http_port)
    except OSError:
        return _fail(
            f"Port {settings.http_port} on {settings.http_host} is taken. "
            f"Stop what uses it, or choose another: HTTP_PORT={settings.http_port + 1} make demo"
        )
    try:
        servers.announce(url)
        hello = _people_arrive(simulator)
        return await _run_bot(settings, urls, simulator, url, hello)
    finally:
        await simulator.stop()


def _people_arrive(simulator: Simulator) -> int:
    """Let everyone press Start; returns the last update, to wait for."""
    engine, hello = simulator.engine, 0
    engine.add_bot(token=TOKEN, username="sahyadri_club_bot", name="Sahyadri Fitness")
    for actor in ACTORS:
        person = engine.add_person(
            actor.first_name,
            last_name=actor.last_name,
            username=actor.username,
            phone=actor.phone,
            person_id=actor.telegram_id,
        )
        hello = engine.start(person)
    return hello


async def _run_bot(
    settings: Settings, urls: embedded.Urls, simulator: Simulator, url: str, hello: int
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with _bot(settings, urls, url) as bot, asyncio.TaskGroup() as group:
        group.create_task(_relay_log(bot, simulator))
        ready = group.create_task(_say_when_ready(simulator, url, hello))
        stopped = group.create_task(stop.wait())
        ended = group.create_task(bot.wait())
        await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
        died = ended.done()
        ready.cancel()
        stopped.cancel()
        if not died:
            bot.send_signal(signal.SIGTERM)
    return _fail("The bot stopped by itself; its reason stands above.") if died else OK


@asynccontextmanager
async def _bot(settings: Settings, urls: embedded.Urls, url: str) -> AsyncIterator[Process]:
    """The production bot, told where its servers are; never left behind."""
    environment = {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "OWNER_IDS": str(VERA.telegram_id),
        "FSM_TTL_SECONDS": str(settings.fsm_ttl_seconds),
        "LOG_FORMAT": "json",
        "HTTP_PORT": "0",  # the page has the port of the settings
    }
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        stdout=PIPE,
        env=environment,
        start_new_session=True,  # Ctrl+C is ours to pass on
        preexec_fn=embedded.die_with_parent,
    )
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()


async def _relay_log(bot: Process, simulator: Simulator) -> None:
    """The bot's line per update becomes the inspector's badge; warnings go to the terminal."""
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


async def _say_when_ready(simulator: Simulator, url: str, hello: int) -> None:
    """The bot is ready once it has answered the last /start."""
    await simulator.engine.handled(hello, timeout=_START_SECONDS)
    sys.stdout.write(f"ClubDesk is ready: open {url} in a browser. Ctrl+C stops it.\n")
    sys.stdout.flush()


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return FAILED
