"""Updates as they come in, over either road, parsed one by one."""

from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from bot import logs
from bot.once.handling import Once
from bot.services.quarantine import QuarantineService

log = logs.get(__name__)


class Intake:
    """What polling and webhook share: from raw JSON to an update that is done with."""

    def __init__(self, bot: Bot, once: Once, quarantine: QuarantineService) -> None:
        self._bot = bot
        self._once = once
        self._quarantine = quarantine

    async def take(self, raw: dict[str, Any]) -> None:
        """Handle one update to its end, or set it aside because nobody can read it.

        Raises:
            Unavailable: a server was away; the update may come again.
        """
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except (ValidationError, RecursionError) as fault:
            await self._set_aside(raw, fault)
        else:
            await self._once.take(update)

    async def _set_aside(self, raw: dict[str, Any], fault: Exception) -> None:
        """One update in a shape we do not know must not hold up the others."""
        update_id = raw.get("update_id")
        if not isinstance(update_id, int) or abs(update_id) >= 2**63:
            log.error("not an update", error=type(fault).__name__)
            return
        with logs.handling(update_id):
            log.error("unreadable update", error=type(fault).__name__)
            await self._quarantine.failed(
                update_id,
                bot_id=self._bot.id,
                user_id=None,
                payload=raw,
                error=f"{type(fault).__name__}: cannot be read as an update",
                hopeless=True,
            )
