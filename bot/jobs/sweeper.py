"""Tells people whose form ran out, whichever worker is alive."""

import asyncio
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot import logs
from bot.errors import Unavailable
from bot.keyboards import forms
from bot.metrics import Metrics
from bot.once.store import Expired, RecordStore
from bot.replies import Reply
from bot.routers._forms import form_named
from bot.stopping import pause
from bot.telegram.budget import Lane
from bot.telegram.delivery import Delivery
from bot.telegram.refusals import Gone
from bot.texts import common as texts

SWEEP_SECONDS: Final = 0.5
_AT_ONCE: Final = 50
_TELL_SECONDS: Final = 20  # less than a claim lasts

log = logs.get(__name__)


class Sweeper:
    """Every worker runs one; a deadline is claimed by exactly one of them at a time."""

    def __init__(self, bot: Bot, store: RecordStore, delivery: Delivery, metrics: Metrics) -> None:
        self._bot = bot
        self._store = store
        self._delivery = delivery
        self._metrics = metrics

    async def run(self, stopping: asyncio.Event) -> None:
        """Sweep until the stop; servers being away only delays it."""
        while not stopping.is_set():
            try:
                await self.sweep()
            except Unavailable as trouble:
                log.warning("sweep postponed", error=str(trouble))
            await pause(stopping, SWEEP_SECONDS)

    async def sweep(self) -> None:
        claimed = await self._store.claim_expired(self._bot.id, limit=_AT_ONCE)
        async with asyncio.TaskGroup() as telling:  # side by side: a claim lasts only so long
            for expired in claimed:
                telling.create_task(self._tell(expired))

    async def _tell(self, expired: Expired) -> None:
        """What does not succeed is tried again when its claim has lapsed."""
        try:
            async with asyncio.timeout(_TELL_SECONDS):
                await self._say(expired)
            self._metrics.expired_form_told()
        except (Gone, TelegramBadRequest) as trouble:
            log.info("nobody to tell of an expired form", error=type(trouble).__name__)
        except (Unavailable, TimeoutError) as trouble:
            log.warning("expired form not told", error=str(trouble))
            return
        await self._mark_told(expired)

    async def _mark_told(self, expired: Expired) -> None:
        try:
            await self._store.told(expired)
        except Unavailable as trouble:
            log.warning("expired form not marked", error=str(trouble))

    async def _say(self, expired: Expired) -> None:
        form = form_named(expired.form)
        if form is None:
            return
        chat_id, keyboard = expired.key.chat_id, forms.start_again(form.title, form.again)
        reply = Reply(text=texts.expired(form.title), keyboard=keyboard)
        if expired.screen and not expired.keys_up:
            await self._delivery.edit(chat_id, expired.screen, reply, lane=Lane.NOTICE)
        else:
            await self._delivery.send(chat_id, reply, keys_up=expired.keys_up, lane=Lane.NOTICE)
