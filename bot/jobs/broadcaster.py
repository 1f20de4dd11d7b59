"""Sends broadcasts: their recipients' notices, a few at a time, behind everything else."""

import asyncio
from typing import Final

from bot import logs
from bot.errors import Unavailable
from bot.jobs.sending import BulkSender
from bot.stopping import pause

POLL_SECONDS: Final = 0.5
# What a worker has in hand when somebody taps «pause» still goes out: less than half a second's.
_AT_ONCE: Final = 8

log = logs.get(__name__)


class Broadcaster(BulkSender):
    """Workers that do jobs run one each; a recipient is claimed by one of them at a time."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until the stop; servers being away only delays it."""
        while not stopping.is_set():
            try:
                await self._services.recipients.settle()
                sent = await self.send_due()
            except Unavailable as trouble:
                log.warning("broadcasts postponed", error=str(trouble))
                sent = 0
            if not sent:
                await pause(stopping, POLL_SECONDS)

    async def send_due(self) -> int:
        """Send what is due now; returns how many were taken in hand."""
        claimed = await self._services.notices.claim_bulk(limit=_AT_ONCE)
        await self.send_all(claimed)
        return len(claimed)
