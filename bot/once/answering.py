"""Where a reply goes: over the button, into its message, or as a new one."""

import asyncio

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
        answered = await spinner.stop(reply.toast, alert=reply.alert)
        if reply.toast and not answered:  # the spinner had to be stopped before we knew
            reply = as_message(reply)
        if not reply.text and not reply.attachment:
            return None
        screen = pressed(update)
        keys_go = before.keys_up and not reply.reply_keyboard
        if screen is None or reply.fresh or keys_go:
            return await self._say(key, before, reply)
        old = None if screen == before.screen or before.keys_up else before.screen
        shown, _ = await asyncio.gather(
            self._delivery.edit(key.chat_id, screen, reply),
            self._delivery.drop_buttons(key.chat_id, old),
        )
        return shown

    async def _say(self, key: Key, before: Record, reply: Reply) -> int:
        """A new message; the question it follows loses its buttons, or its keys."""
        old = before.screen if reply.text and not before.keys_up else None
        sent, _ = await asyncio.gather(
            self._delivery.send(key.chat_id, reply, keys_up=before.keys_up),
            self._delivery.drop_buttons(key.chat_id, old),
        )
        return sent
