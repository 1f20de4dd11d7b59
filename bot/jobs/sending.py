"""Sends claimed notices and writes down what became of each."""

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from time import monotonic
from typing import Final

from aiogram.exceptions import TelegramAPIError

from bot import logs
from bot.errors import Unavailable
from bot.metrics import Metrics
from bot.models.broadcasts import BLOCKED
from bot.models.notices import Notice
from bot.notices import REDRAWERS, RENDERERS
from bot.replies import Reply
from bot.services import Services
from bot.telegram.budget import Lane
from bot.telegram.delivery import Delivery
from bot.telegram.pace import NotYet
from bot.telegram.refusals import Gone

_BEGIN_SECONDS: Final = 5
_SEND_SECONDS: Final = 20  # with the above less than a claim lasts: nobody else sends it meanwhile
_BACKOFF_SECONDS: Final = (1, 5, 30, 120, 600)

log = logs.get(__name__)


class Sender(ABC):
    """One lane's.

    A message is sent at least once: twice only if the worker dies, or Telegram's answer is lost,
    between Telegram's acceptance and our mark.
    """

    lane: Lane

    def __init__(self, delivery: Delivery, services: Services, metrics: Metrics) -> None:
        self._delivery = delivery
        self._services = services
        self._metrics = metrics

    async def send_all(self, claimed: list[Notice]) -> None:
        """Chats side by side, each chat's in order."""
        of_chats = defaultdict(list)
        for notice in claimed:
            of_chats[notice.chat_id].append(notice)
        async with asyncio.TaskGroup() as chats:
            for notices in of_chats.values():
                chats.create_task(self._send_in_order(notices))

    async def _send_in_order(self, notices: list[Notice]) -> None:
        """One chat's. What cannot be begun while its claim is fresh is handed back."""
        fresh_until = monotonic() + _BEGIN_SECONDS
        try:
            for notice in notices:
                if monotonic() < fresh_until:
                    await self._send(notice)
                else:
                    await self._services.notices.hand_back(notice)
        except Unavailable as trouble:  # PostgreSQL: the claims lapse
            log.warning("notices not marked", error=str(trouble))

    async def _send(self, notice: Notice) -> None:
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                message_id = await self._say(notice)
                await self._after(notice)
        except Exception as trouble:  # noqa: BLE001 -- one notice must not hold up the others
            await self._not_sent(notice, trouble)
        else:
            await self._services.notices.sent(notice, message_id=message_id)
            self._metrics.notice("sent")

    async def _say(self, notice: Notice) -> int | None:
        """The number of the message; ``None``: there was nothing to say."""
        render = (REDRAWERS if notice.message_id else RENDERERS).get(notice.kind)
        reply = await render(notice, self._services) if render else None
        if notice.message_id:
            return await self._redraw(notice, notice.message_id, reply)
        if reply is None:
            return None
        return await self._delivery.send(notice.chat_id, reply, lane=self.lane)

    @abstractmethod
    async def _redraw(self, notice: Notice, message_id: int, reply: Reply | None) -> int | None:
        """Draw what was sent anew. ``reply`` is ``None``: there is nothing to say any more."""

    async def _after(self, notice: Notice) -> None:  # noqa: B027 -- most kinds need nothing else
        """Do what else belongs to a message of its kind."""

    @abstractmethod
    async def _gone(self, notice: Notice) -> None:
        """The person cannot be reached: mark what becomes of the notice."""

    async def _not_sent(self, notice: Notice, trouble: Exception) -> None:
        match trouble:
            case NotYet():
                await self._services.notices.hand_back(notice, seconds=trouble.retry_after)
                self._metrics.notice("postponed")
            case Unavailable():
                await self._postpone(notice, at_least=trouble.retry_after)
            case TimeoutError():
                await self._postpone(notice)
            case Gone():
                log.info("nobody to tell", kind=notice.kind, reason=str(trouble))
                await self._services.people.changed_reachability(notice.chat_id, reachable=False)
                await self._gone(notice)
            case TelegramAPIError():
                await self._refused(notice, str(trouble))
            case _:
                log.error("bug in a notice", kind=notice.kind, exc_info=trouble)
                if notice.attempts < len(_BACKOFF_SECONDS):
                    await self._postpone(notice)
                else:
                    await self._refused(notice, str(trouble))

    async def _postpone(self, notice: Notice, *, at_least: float = 0) -> None:
        backoff = _BACKOFF_SECONDS[min(notice.attempts, len(_BACKOFF_SECONDS)) - 1]
        await self._services.notices.postpone(notice, seconds=max(backoff, at_least))
        self._metrics.notice("postponed")

    async def _refused(self, notice: Notice, refusal: str) -> None:
        log.info("notice refused", kind=notice.kind, reason=refusal)
        await self._services.notices.refused(notice, refusal)
        self._metrics.notice("refused")


class NoticeSender(Sender):
    """Each waits for its person, however long."""

    lane = Lane.NOTICE

    async def _redraw(self, notice: Notice, message_id: int, reply: Reply | None) -> int | None:
        if reply is None:
            return None
        if reply.attachment:  # a file that they have deleted is not sent a second time
            await self._delivery.amend(notice.chat_id, message_id, reply, lane=self.lane)
            return message_id
        return await self._delivery.edit(notice.chat_id, message_id, reply, lane=self.lane)

    async def _gone(self, notice: Notice) -> None:
        """It stays owed, and nothing is tried until the person is there again."""
        await self._services.notices.hand_back(notice)
        self._metrics.notice("held")


class BulkSender(Sender):
    """Waits for all other messages, and for nobody who cannot be reached: news grow old."""

    lane = Lane.BROADCAST

    async def _redraw(self, notice: Notice, message_id: int, reply: Reply | None) -> int | None:
        """Edit it where it still is or, with nothing left to say, delete it; never say it twice."""
        if reply is not None:
            await self._delivery.amend(notice.chat_id, message_id, reply, lane=self.lane)
        elif await self._delivery.delete(notice.chat_id, message_id, lane=self.lane):
            await self._services.recipients.removed(notice)
        return message_id

    async def _gone(self, notice: Notice) -> None:
        await self._refused(notice, BLOCKED)
