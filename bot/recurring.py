"""``python -m bot jobs``: the recurring jobs, listed at a terminal."""

import sys
from datetime import UTC, datetime

from bot.config import Settings
from bot.terminal import opened
from bot.texts import schedules as texts


async def show_all(settings: Settings) -> int:
    """A line for each: hour, last and next run, what it does."""
    now = datetime.now(UTC)
    async with opened(settings) as app:
        zone = (await app.services.club.get()).zone
        shown = await app.services.schedules.list_all(now)
    sys.stdout.write(f"{texts.table(shown, now, zone)}\n")
    return 0
