"""An update that fails by a fault of ours: counted, and at last set aside with an apology."""

import traceback
from typing import Any

from aiogram.types import Update

from bot import logs
from bot.once.record import Key
from bot.services.quarantine import QuarantineService

log = logs.get(__name__)


class HandlerStuck(RuntimeError):
    """A handler that waits for ever: its own calls are all bounded, so this is a fault of ours."""


class Failures:
    def __init__(self, quarantine: QuarantineService) -> None:
        self._quarantine = quarantine

    async def is_last(self, update: Update, key: Key, fault: Exception) -> bool:
        """Count one; ``True``: set aside, not to be tried again.

        Raises:
            Unavailable: it could not be counted.
        """
        log.error("bug", exc_info=fault)
        failed = await self._quarantine.failed(
            update.update_id,
            bot_id=key.bot_id,
            user_id=key.user_id if key.chat_id else None,
            payload=_payload(update),
            error="".join(traceback.format_exception(fault)),
        )
        if failed.quarantined_at:
            log.error("quarantined", attempts=failed.attempts)
        return failed.quarantined_at is not None


def _payload(update: Update) -> dict[str, Any]:
    return update.model_dump(mode="json", exclude_unset=True, by_alias=True)
