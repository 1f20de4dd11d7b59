"""``python -m bot jobs``: the recurring jobs, listed at a terminal."""

import sys
from datetime import UTC, datetime

from bot.app import prepare_database
from bot.config import Settings
from bot.db.database import Database, open_pool
from bot.services.club import ClubService
from bot.services.schedules import ScheduleService
from bot.texts import schedules as texts
from bot.worker import servers


async def show_all(settings: Settings) -> int:
    """A line for each: hour, last and next run, what it does."""
    now = datetime.now(UTC)
    with servers(settings) as (database_url, _):
        await prepare_database(database_url, migrating=False)
        async with open_pool(database_url, size=1) as pool:
            database = Database(pool)
            zone = (await ClubService(database).get()).zone
            shown = await ScheduleService(database).list_all(now)
    sys.stdout.write(f"{texts.table(shown, now, zone)}\n")
    return 0
