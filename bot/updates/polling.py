"""Long polling that confirms a batch only when it is done."""

import asyncio
from collections.abc import Sequence
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
from aiogram.methods import TelegramMethod
from aiogram.types import User

from bot import logs
from bot.errors import Unavailable
from bot.metrics import Metrics
from bot.stopping import first, pause, until
from bot.updates.intake import Intake
from bot.updates.lease import PollLease

POLL_SECONDS: Final = 30
_ARRIVES_SECONDS: Final = 0.5
_REFUSED: Final = "BOT_TOKEN is refused by BOT_API_URL ({}). Is it the whole token?"
_WEBHOOK_IS_SET: Final = (
    "A webhook is set for this token: Telegram posts its updates elsewhere. If that is no longer "
    "wanted, take it off with `python -m bot unhook`, then start again."
)
_PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0)

log = logs.get(__name__)


class WrongToken(RuntimeError):
    """Telegram does not know this token; trying again would not help."""


class WebhookIsSet(RuntimeError):
    """Telegram posts this bot's updates elsewhere; taking them away must be somebody's decision."""


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates`` whose updates are not parsed yet: one that cannot be read is only one."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int
    allowed_updates: list[str]


class Poller:
    """Fetches a batch, lets different chats run side by side, and only then asks for the next.

    Telegram keeps what is not confirmed: an update whose servers were away is tried until they
    are back, and a killed process leaves its batch to the next one.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        lease: PollLease,
        metrics: Metrics,
        *,
        allowed_updates: Sequence[str],
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._lease = lease
        self._metrics = metrics
        self._allowed = list(allowed_updates)
        self._offset: int | None = None
        self._asked_at = 0.0  # when the present offset was last sent; 0: not yet

    async def introduce(self) -> User:
        """Ask Telegram who we are, waiting while it is away.

        Raises:
            WrongToken: the token is refused.
        """
        while True:
            try:
                return await self._bot.me()
            except (TelegramUnauthorizedError, TelegramNotFound) as refused:
                raise WrongToken(_REFUSED.format(refused.message)) from refused
            except (TelegramAPIError, ClientDecodeError, OSError, TimeoutError) as trouble:
                log.warning("waiting for telegram", error=type(trouble).__name__)
                await asyncio.sleep(2)

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll whenever it is our turn, until ``stopping``; what is in hand is finished first.

        Raises:
            WrongToken: the token is refused.
            WebhookIsSet: updates go elsewhere.
        """
        try:
            while not stopping.is_set():
                self._metrics.poller_is("standby")
                if await until(stopping, self._lease.wait()):
                    await self._poll(stopping)
        finally:
            await self._lease.release()
            self._metrics.poller_is("off")

    async def _poll(self, stopping: asyncio.Event) -> None:
        """Fetch and handle until stopped, or until another process has taken over."""
        log.info("polling")
        self._metrics.poller_is("polling")
        stop = asyncio.ensure_future(stopping.wait())
        lost = asyncio.ensure_future(self._lease.lost())
        self._offset, self._asked_at = None, 0.0
        try:
            while not (stop.done() or lost.done()):
                batch = await first(self._fetch(POLL_SECONDS), stop, lost)
                if batch and await self._handle(batch, stopping):
                    self._offset, self._asked_at = batch[-1]["update_id"] + 1, 0.0
            if not lost.done():
                await self._confirm()
        finally:
            stop.cancel()
            lost.cancel()

    async def _handle(self, batch: list[dict[str, Any]], stopping: asyncio.Event) -> bool:
        """``False``: stopped with some of it not done, so none of it may be confirmed."""
        return all(await asyncio.gather(*(self._finish(one, stopping) for one in batch)))

    async def _finish(self, update: dict[str, Any], stopping: asyncio.Event) -> bool:
        """Try one update until it is done; ``False``: we stop, and its servers are away."""
        attempt = 0
        while True:
            try:
                await self._intake.take(update)
            except Unavailable:
                if stopping.is_set():
                    return False
                await pause(stopping, _PAUSES[min(attempt, len(_PAUSES) - 1)])
                attempt += 1
            else:
                return True

    async def _confirm(self) -> None:
        """Let the last batch be forgotten; it need only arrive, its answer would come again.

        A long poll that has hung for a while has said so already.
        """
        said = self._asked_at and monotonic() - self._asked_at > _ARRIVES_SECONDS
        if self._offset is None or said:
            return
        method = RawUpdates(offset=self._offset, timeout=0, limit=1, allowed_updates=self._allowed)
        with suppress(TelegramAPIError, ClientDecodeError, OSError, TimeoutError):
            async with asyncio.timeout(_ARRIVES_SECONDS):
                await self._bot(method)

    async def _fetch(self, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109 -- Telegram's word
        method = RawUpdates(offset=self._offset, timeout=timeout, allowed_updates=self._allowed)
        self._asked_at = monotonic()
        try:
            return await self._bot(method, request_timeout=timeout + 15)
        except TelegramUnauthorizedError as refused:
            raise WrongToken(_REFUSED.format(refused.message)) from refused
        except TelegramRetryAfter as flood:
            await asyncio.sleep(flood.retry_after)
        except TelegramConflictError as conflict:
            if "webhook is active" in conflict.message:
                raise WebhookIsSet(_WEBHOOK_IS_SET) from conflict
            log.warning("another process polls with this token", error=conflict.message)
            await asyncio.sleep(3)
        except (TelegramAPIError, ClientDecodeError, OSError, TimeoutError) as trouble:
            log.warning("telegram away", error=type(trouble).__name__)
            await asyncio.sleep(1)
        return []
