"""The demo's Telegram: a simulator with the demo's people in it."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from bot.config import Settings
from bot.demo.people import ACTORS
from bot.demo.plans import SCREENSHOT_ID, screenshot
from bot.serving import PortTaken
from bot.simulator.server import Simulator

TOKEN: Final = "424242:demo-only-no-secret"  # noqa: S105 -- the simulator's, worth nothing elsewhere
OK: Final = 0
FAILED: Final = 1
_START_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Telegram:
    simulator: Simulator
    url: str
    hello: int  # the last person's /start, to wait for

    async def say_when_ready(self, whose: str) -> None:
        """The bot is ready once it has answered the last /start."""
        await self.simulator.engine.handled(self.hello, timeout=_START_SECONDS)
        sys.stdout.write(f"{whose} is ready: open {self.url} in a browser. Ctrl+C stops it.\n")
        sys.stdout.flush()


@asynccontextmanager
async def telegram(settings: Settings, command: str) -> AsyncIterator[Telegram]:
    """Open the simulator at HTTP_HOST:HTTP_PORT, with everyone having pressed Start.

    Raises:
        PortTaken: it says how to say ``command`` with another port.
    """
    simulator = Simulator()
    try:
        url = await simulator.start(settings.http_host, settings.http_port)
    except OSError:
        raise PortTaken(
            f"Port {settings.http_port} on {settings.http_host} is taken. "
            f"Stop what uses it, or choose another: HTTP_PORT={settings.http_port + 1} {command}"
        ) from None
    try:
        yield Telegram(simulator, url, _people_arrive(simulator))
    finally:
        await simulator.stop()


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def fail(sentence: str) -> int:
    say(sentence)
    return FAILED


def _people_arrive(simulator: Simulator) -> int:
    """Let everyone press Start; returns the last update."""
    engine, hello = simulator.engine, 0
    engine.files.add_photo(screenshot(), file_id=SCREENSHOT_ID)
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
