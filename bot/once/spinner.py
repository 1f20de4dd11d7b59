"""The spinner of a pressed button."""

from aiogram.types import Update

from bot.errors import Unavailable
from bot.telegram.delivery import Delivery
from bot.telegram.refusals import Gone


class Spinner:
    """Stopped once, by the reply or because the reply is late; nothing to stop after typing."""

    def __init__(self, update: Update, delivery: Delivery) -> None:
        self._query = update.callback_query
        self._delivery = delivery
        self._stopped = False

    async def stop(self, text: str = "", *, alert: bool = False) -> bool:
        """``True``: Telegram showed ``text``."""
        if self._query is None or self._stopped:
            return False
        self._stopped = True
        try:
            return await self._delivery.answer(self._query.id, text, alert=alert)
        except (Gone, Unavailable):
            return False  # the effect must not depend on it
