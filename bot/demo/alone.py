"""The simulator alone, for workers that run elsewhere: ``docker compose --profile demo``."""

import asyncio

from bot.config import Settings
from bot.demo.seed import seed
from bot.demo.telegram import OK, fail, telegram
from bot.serving import PortTaken
from bot.stopping import on_signals


def run_simulator(settings: Settings) -> int:
    """Seed DATABASE_URL, where it is set, then be Telegram until Ctrl+C or SIGTERM."""
    try:
        return asyncio.run(_run(settings))
    except PortTaken as fault:
        return fail(str(fault))


async def _run(settings: Settings) -> int:
    stop = on_signals()
    if url := settings.database_url:
        await seed(url, timezone=settings.club_timezone, currency=settings.club_currency)
    async with telegram(settings, "python -m bot simulator") as found, asyncio.TaskGroup() as group:
        ready = group.create_task(found.say_when_ready("The club"))
        await stop.wait()
        ready.cancel()
    return OK
