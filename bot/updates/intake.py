"""Updates as they come in, over either road, parsed one by one."""

from contextlib import suppress
from typing import Any, Final

from aiogram import Bot
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import Update

from bot import logs
from bot.once.handling import Once
from bot.services.quarantine import QuarantineService

_NO_ID: Final = 2**63  # numbers of Telegram, and of PostgreSQL, are below

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
        _lighten(raw)
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
            _demand_real_numbers(update)
        except (ValueError, RecursionError) as fault:
            await self._set_aside(raw, fault)
        else:
            await self._once.take(update)

    async def _set_aside(self, raw: dict[str, Any], fault: Exception) -> None:
        """One update in a shape we do not know must not hold up the others."""
        update_id = raw.get("update_id")
        if not isinstance(update_id, int) or abs(update_id) >= _NO_ID:
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


def _lighten(raw: dict[str, Any]) -> None:
    """Drop the keyboard of a pressed message: nobody reads it, and reading it costs the most."""
    with suppress(AttributeError, KeyError, TypeError):  # no press, or no shape that we know
        raw["callback_query"]["message"].pop("reply_markup", None)


def _demand_real_numbers(update: Update) -> None:
    """Raise ``ValueError`` for ids that nobody can have: PostgreSQL could not even note them."""
    known = UserContextMiddleware.resolve_event_context(update)
    if any(abs(one or 0) >= _NO_ID for one in (update.update_id, known.user_id, known.chat_id)):
        raise ValueError("an id is out of range")
