"""Sends what is owed: notices written in the transaction of the fact they tell."""

import asyncio
from typing import Final

from aiogram.exceptions import TelegramAPIError
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from bot import logs
from bot.errors import Unavailable
from bot.jobs.sending import NoticeSender
from bot.metrics import Metrics
from bot.models.notices import Notice
from bot.models.people import Role
from bot.notices import CHANGE_ROLES
from bot.services import Services
from bot.stopping import pause
from bot.telegram.calling import Caller
from bot.telegram.delivery import Delivery
from bot.telegram.refusals import Gone
from bot.texts.menu import COMMANDS, commands_of

POLL_SECONDS: Final = 0.25
_AT_ONCE: Final = 20

log = logs.get(__name__)


class Outbox(NoticeSender):
    """Every worker runs one; a notice is claimed by exactly one of them at a time."""

    def __init__(
        self, caller: Caller, delivery: Delivery, services: Services, metrics: Metrics
    ) -> None:
        super().__init__(delivery, services, metrics)
        self._caller = caller

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
        await self.send_all(claimed)
        return len(claimed)

    async def set_default_commands(self) -> None:
        """What a stranger's menu shows."""
        await self._set_commands(Role.VISITOR, BotCommandScopeDefault())

    async def _after(self, notice: Notice) -> None:
        """Renew the commands of whose role has changed."""
        if notice.kind not in CHANGE_ROLES:
            return
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
