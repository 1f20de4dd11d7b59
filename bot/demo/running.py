"""``make demo``: servers, simulator and one polling bot, started and stopped together."""

import asyncio

from bot import embedded
from bot.config import Settings
from bot.demo import bots
from bot.demo.seed import seed
from bot.demo.telegram import OK, Telegram, fail, telegram
from bot.serving import PortTaken
from bot.stopping import on_signals


def run_demo(settings: Settings) -> int:
    """Run until Ctrl+C; returns the exit code."""
    servers = embedded.Servers(
        settings.data_dir, database_url=settings.database_url, redis_url=settings.redis_url
    )
    try:
        urls = servers.start()
        return asyncio.run(_run(settings, servers, urls))
    except (embedded.EmbeddedError, PortTaken) as fault:
        return fail(str(fault))
    finally:
        servers.stop()


async def _run(settings: Settings, servers: embedded.Servers, urls: embedded.Urls) -> int:
    await seed(urls.database_url, timezone=settings.club_timezone, currency=settings.club_currency)
    async with telegram(settings, "make demo") as found:
        servers.announce(found.url)
        return await _run_bot(found, bots.environment(settings, urls, found.url))


async def _run_bot(found: Telegram, environment: dict[str, str]) -> int:
    stop = on_signals()
    async with asyncio.TaskGroup() as group:
        ready = group.create_task(found.say_when_ready("ClubDesk"))
        died = await bots.run("run", environment, found.simulator, stop) is not None
        ready.cancel()
    return fail("The bot stopped by itself; its reason stands above.") if died else OK
