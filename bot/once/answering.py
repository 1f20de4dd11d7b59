"""Where a reply goes: over the button, into its message, or as a new one."""

import asyncio
from collections.abc import Awaitable

from aiogram.types import Message, Update

from bot.once.record import Key, Record
from bot.once.spinner import Spinner
from bot.replies import Reply
from bot.telegram.delivery import Delivery, as_message


def pressed(update: Update) -> int | None:
    """The message under the pressed button."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return None  # typed, or the message is too old for us to see
    return query.message.message_id


class Answerer:
    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery

    async def answer(
        self, update: Update, key: Key, before: Record, reply: Reply | None, spinner: Spinner
    ) -> int | None:
        """Send the reply; returns the message that now holds the screen.

        Raises:
            Gone, Unavailable: as ``Delivery.send``.
        """
        if reply is None:
            await spinner.stop()
            return None
        if update.callback_query is None:
            return await self._say(key, before, as_message(reply))
        if reply.toast and not await spinner.stop(reply.toast, alert=reply.alert):
            reply = as_message(reply)  # the spinner had to be stopped before we knew
        if not reply.text and not reply.attachment:
            await spinner.stop()
            return None
        screen = pressed(update)
        keys_go = before.keys_up and not reply.reply_keyboard
        if screen is None or reply.fresh or keys_go:
            shown = self._say(key, before, reply)
        else:
            old = None if screen == before.screen or before.keys_up else before.screen
            shown = self._redraw(key, screen, old, reply)
        return (await asyncio.gather(shown, spinner.stop()))[0]  # in one trip to Telegram, not two

    async def _redraw(self, key: Key, screen: int, old: int | None, reply: Reply) -> int:
        edit = self._delivery.edit(key.chat_id, screen, reply)
        return await self._dropping(key, old, edit)

    async def _say(self, key: Key, before: Record, reply: Reply) -> int:
        """A new message; the question it follows loses its buttons, or its keys."""
        old = before.screen if reply.text and not before.keys_up else None
        send = self._delivery.send(key.chat_id, reply, keys_up=before.keys_up)
        return await self._dropping(key, old, send)

    async def _dropping(self, key: Key, old: int | None, showing: Awaitable[int]) -> int:
        """Show a screen while an older one loses its buttons, if there is one."""
        if old is None:
            return await showing
        drop = self._delivery.drop_buttons(key.chat_id, old)
        return (await asyncio.gather(showing, drop))[0]
