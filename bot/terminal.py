"""Commands that look at a club from a terminal, beside whatever runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot import embedded
from bot.app import App, connect_app, prepare_database
from bot.config import Settings
from bot.waiting import WillNotWork

NOT_RUNNING: Final = (
    "Set DATABASE_URL and REDIS_URL, or start the bot first: its own servers run only with it."
)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[App]:
    """On the servers of the settings, or on the embedded ones of a bot that runs now.

    Its settings may be poorer than a worker's: who is no owner here stays one there.

    Raises:
        WillNotWork: neither is there.
    """
    database_url = settings.database_url or embedded.running_database(settings.data_dir)
    redis_url = settings.redis_url or embedded.running_redis(settings.data_dir)
    if not database_url or not redis_url:
        raise WillNotWork(NOT_RUNNING)
    await prepare_database(database_url, migrating=False)
    async with connect_app(settings, database_url, redis_url) as app:
        yield app
