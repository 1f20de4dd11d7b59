"""Looks now and then at what nobody tells us: updates Telegram still keeps, the newest backup."""

import asyncio
from pathlib import Path
from typing import Final

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import GetWebhookInfo

from bot import logs
from bot.backups import files
from bot.metrics import Metrics
from bot.stopping import pause, until

WATCH_SECONDS: Final = 60

log = logs.get(__name__)


class Watch:
    """``backups``: the folder that ``python -m bot backup`` writes to, if this worker sees it."""

    def __init__(self, bot: Bot, metrics: Metrics, *, backups: Path | None) -> None:
        self._bot = bot
        self._metrics = metrics
        self._backups = backups

    async def run(self, stopping: asyncio.Event) -> None:
        """Look each minute until the stop."""
        while not stopping.is_set():
            await until(stopping, self.look())
            await pause(stopping, WATCH_SECONDS)

    async def look(self) -> None:
        newest = await asyncio.to_thread(self._newest_backup)
        self._metrics.newest_backup.set(newest)
        try:
            info = await self._bot(GetWebhookInfo())
        except (TelegramAPIError, ClientDecodeError, OSError, TimeoutError) as trouble:
            log.warning("telegram does not say what is pending", error=type(trouble).__name__)
            return
        self._metrics.pending_updates.set(info.pending_update_count)
        if info.last_error_date:
            self._metrics.delivery_error_at.set(info.last_error_date.timestamp())

    def _newest_backup(self) -> float:
        return files.newest_at(self._backups) if self._backups else 0
