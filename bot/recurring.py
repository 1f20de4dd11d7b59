"""``python -m bot jobs``: the recurring jobs, listed at a terminal."""

import sys
from datetime import UTC, datetime

from bot.app import open_app
from bot.config import Settings
from bot.texts import schedules as texts
from bot.worker import servers


async def show_all(settings: Settings) -> int:
    """A line for each: hour, last and next run, what it does."""
    now = datetime.now(UTC)
    with servers(settings) as (database_url, redis_url):
        async with open_app(settings, database_url, redis_url, migrating=False) as app:
            zone = (await app.services.club.get()).zone
            shown = await app.services.schedules.list_all(now)
    sys.stdout.write(f"{texts.table(shown, now, zone)}\n")
    return 0
