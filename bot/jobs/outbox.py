"""Sends what is owed: notices written in the transaction of the fact they tell."""

import asyncio
from collections import defaultdict
from time import monotonic
from typing import Final

from aiogram.exceptions import TelegramAPIError
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from bot import logs
from bot.errors import Unavailable
from bot.metrics import Metrics
from bot.models.notices import Notice
from bot.models.people import Role
from bot.notices import CHANGE_ROLES, RENDERERS
from bot.services import Services
from bot.stopping import pause
from bot.telegram.budget import Lane
from bot.telegram.calling import Caller
from bot.telegram.delivery import Delivery
from bot.telegram.pace import NotYet
from bot.telegram.refusals import Gone
from bot.texts.menu import COMMANDS, commands_of

POLL_SECONDS: Final = 0.25
_AT_ONCE: Final = 20
_BEGIN_SECONDS: Final = 5
_SEND_SECONDS: Final = 20  # with the above less than a claim lasts: nobody else sends it meanwhile
_BACKOFF_SECONDS: Final = (1, 5, 30, 120, 600)

log = logs.get(__name__)


class Outbox:
    """Every worker runs one; a notice is claimed by exactly one of them at a time.

    A message is sent at least once: twice only if the worker dies, or Telegram's answer is lost,
    between Telegram's acceptance and our mark.
    """

    def __init__(
        self, caller: Caller, delivery: Delivery, services: Services, metrics: Metrics
    ) -> None:
        self._caller = caller
        self._delivery = delivery
        self._services = services
        self._metrics = metrics

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until the stop, what is in hand first; servers being away only delays it."""
        strangers_menu_is_due = True
        while not stopping.is_set():
            try:
                if strangers_menu_is_due:
                    await self.set_default_commands()
                    strangers_menu_is_due = False
                sent = await self.send_due()
            except Unavailable as trouble:
                log.warning("notices postponed", error=str(trouble))
                sent = 0
            if not sent:
                await pause(stopping, POLL_SECONDS)

    async def send_due(self) -> int:
        """Send what is due now; returns how many were taken in hand."""
        claimed = await self._services.notices.claim(limit=_AT_ONCE)
        of_chats = defaultdict(list)
        for notice in claimed:
            of_chats[notice.chat_id].append(notice)
        async with asyncio.TaskGroup() as chats:
            for notices in of_chats.values():
                chats.create_task(self._send_in_order(notices))
        return len(claimed)

    async def set_default_commands(self) -> None:
        """What a stranger's menu shows."""
        await self._set_commands(Role.VISITOR, BotCommandScopeDefault())

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
                if notice.kind in CHANGE_ROLES:
                    await self._renew_commands(notice)
        except Exception as trouble:  # noqa: BLE001 -- one notice must not hold up the others
            await self._not_sent(notice, trouble)
        else:
            await self._services.notices.sent(notice, message_id=message_id)
            self._metrics.notice("sent")

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
                await self._hold_back(notice, trouble)
            case TelegramAPIError():
                await self._refused(notice, trouble)
            case _:
                log.error("bug in a notice", kind=notice.kind, exc_info=trouble)
                if notice.attempts < len(_BACKOFF_SECONDS):
                    await self._postpone(notice)
                else:
                    await self._refused(notice, trouble)

    async def _postpone(self, notice: Notice, *, at_least: float = 0) -> None:
        backoff = _BACKOFF_SECONDS[min(notice.attempts, len(_BACKOFF_SECONDS)) - 1]
        await self._services.notices.postpone(notice, seconds=max(backoff, at_least))
        self._metrics.notice("postponed")

    async def _refused(self, notice: Notice, refusal: Exception) -> None:
        log.info("notice refused", kind=notice.kind, reason=str(refusal))
        await self._services.notices.refused(notice, str(refusal))
        self._metrics.notice("refused")

    async def _hold_back(self, notice: Notice, gone: Gone) -> None:
        """It stays owed, and nothing is tried until the person is there again."""
        log.info("nobody to tell", kind=notice.kind, reason=str(gone))
        await self._services.people.changed_reachability(notice.chat_id, reachable=False)
        await self._services.notices.hand_back(notice)
        self._metrics.notice("held")

    async def _say(self, notice: Notice) -> int | None:
        render = RENDERERS.get(notice.kind)
        reply = await render(notice, self._services) if render else None
        if reply is None:
            return None
        if notice.message_id:
            return await self._delivery.edit(
                notice.chat_id, notice.message_id, reply, lane=Lane.NOTICE
            )
        return await self._delivery.send(notice.chat_id, reply, lane=Lane.NOTICE)

    async def _renew_commands(self, notice: Notice) -> None:
        person = await self._services.notices.recipient(notice)
        if person:
            await self._set_commands(person.role, BotCommandScopeChat(chat_id=notice.chat_id))

    async def _set_commands(
        self, role: Role, scope: BotCommandScopeChat | BotCommandScopeDefault
    ) -> None:
        """The menu beside the text field is a comfort: no message is held back for it."""
        commands = [
            BotCommand(command=each, description=COMMANDS[each]) for each in commands_of(role)
        ]
        try:
            await self._caller.call(SetMyCommands(commands=commands, scope=scope))
        except (Gone, TelegramAPIError) as refusal:
            log.warning("no command menu", reason=str(refusal))
