"""Long polling that confirms a batch only when it is done."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates
from aiogram.types import Update

from bot import logs
from bot.errors import Unavailable
from bot.once.handling import Once

POLL_SECONDS: Final = 30
_ARRIVES_SECONDS: Final = 0.5
_REFUSED: Final = "BOT_TOKEN is refused by BOT_API_URL ({}). Is it the whole token?"
_PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0)

log = logs.get(__name__)


class WrongToken(RuntimeError):
    """Telegram does not know this token; trying again would not help."""


class Poller:
    """Fetches a batch, lets different chats run side by side, and only then asks for the next.

    Telegram keeps what is not confirmed: an update whose servers were away is tried until they
    are back, and a killed process leaves its batch to the next one.
    """

    def __init__(self, bot: Bot, once: Once, *, allowed_updates: Sequence[str]) -> None:
        self._bot = bot
        self._once = once
        self._allowed = list(allowed_updates)
        self._stopping = asyncio.Event()
        self._offset: int | None = None
        self._asked_at = 0.0  # when the present offset was last sent; 0: not yet

    def stop(self) -> None:
        """Finish what is in hand, confirm it, and return from ``run``."""
        self._stopping.set()

    async def introduce(self) -> None:
        """Ask Telegram who we are, waiting while it is away.

        Raises:
            WrongToken: the token is refused.
        """
        while not self._stopping.is_set():
            try:
                await self._bot.me()
            except (TelegramUnauthorizedError, TelegramNotFound) as refused:
                raise WrongToken(_REFUSED.format(refused.message)) from refused
            except (TelegramAPIError, ClientDecodeError, OSError, TimeoutError) as trouble:
                log.warning("waiting for telegram", error=type(trouble).__name__)
                await self._pause(2)
            else:
                return

    async def run(self) -> None:
        """Poll until stopped.

        Raises:
            WrongToken: the token is refused.
        """
        while not self._stopping.is_set():
            batch = await self._unless_stopped(self._fetch(POLL_SECONDS))
            if batch:
                await asyncio.gather(*(self._finish(update) for update in batch))
                self._offset, self._asked_at = batch[-1].update_id + 1, 0.0
        await self._confirm()

    async def _finish(self, update: Update) -> None:
        """Try one update until it is done."""
        attempt = 0
        while True:
            try:
                return await self._once.take(update)
            except Unavailable:
                await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
                attempt += 1

    async def _confirm(self) -> None:
        """Let the last batch be forgotten; it need only arrive, its answer would come again.

        A long poll that has hung for a while has said so already.
        """
        said = self._asked_at and monotonic() - self._asked_at > _ARRIVES_SECONDS
        if self._offset is None or said:
            return
        method = GetUpdates(offset=self._offset, timeout=0, limit=1, allowed_updates=self._allowed)
        with suppress(TelegramAPIError, ClientDecodeError, OSError, TimeoutError):
            async with asyncio.timeout(_ARRIVES_SECONDS):
                await self._bot(method)

    async def _fetch(self, timeout: int) -> list[Update]:  # noqa: ASYNC109 -- Telegram's word
        method = GetUpdates(offset=self._offset, timeout=timeout, allowed_updates=self._allowed)
        self._asked_at = monotonic()
        try:
            return await self._bot(method, request_timeout=timeout + 15)
        except TelegramUnauthorizedError as refused:
            raise WrongToken(_REFUSED.format(refused.message)) from refused
        except TelegramRetryAfter as flood:
            await self._pause(flood.retry_after)
        except TelegramConflictError as conflict:
            log.warning("another process polls with this token", error=conflict.message)
            await self._pause(3)
        except (TelegramAPIError, ClientDecodeError, OSError, TimeoutError) as trouble:
            log.warning("telegram away", error=type(trouble).__name__)
            await self._pause(1)
        return []

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _unless_stopped(self, fetching: Coroutine[Any, Any, list[Update]]) -> list[Update]:
        """The batch, or nothing when the stop comes first: a long poll holds no work."""
        fetch = asyncio.ensure_future(fetching)
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
            return fetch.result() if fetch.done() else []
        finally:
            stop.cancel()
            fetch.cancel()
