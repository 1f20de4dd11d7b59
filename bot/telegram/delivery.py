"""Carrying a reply to Telegram, and what each of Telegram's refusals means."""

from dataclasses import replace
from typing import Any, Final

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    SendDocument,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot import logs
from bot.errors import Unavailable
from bot.replies import Attachment, Reply
from bot.telegram.budget import Lane
from bot.telegram.calling import Caller
from bot.telegram.methods import DropButtons, Recaption, Redraw, Say
from bot.telegram.refusals import Gone, Meaning, meaning
from bot.texts import common as texts
from bot.texts.format import plain, shorten

log = logs.get(__name__)

TOAST_LIMIT: Final = 200
_WITHOUT_FORMAT: Final = {"parse_mode": None}


class Delivery:
    """The one way to Telegram for replies, notices and forms that ran out."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def send(
        self, chat_id: int, reply: Reply, *, keys_up: bool = False, lane: Lane = Lane.REPLY
    ) -> int:
        """Send a new message and return its id; keys that stand under the text field go first.

        Raises:
            Gone: the person cannot be reached.
            Unavailable: Telegram did not answer, or its limits leave no place; see ``Caller.call``.
        """
        if reply.attachment:
            return await self._send_file(chat_id, reply, reply.attachment, lane)
        remove: ReplyKeyboardRemove | None = None
        if keys_up and not reply.reply_keyboard:
            remove = ReplyKeyboardRemove()
            if reply.keyboard:
                await self._say(chat_id, texts.KEYS_DOWN, remove, lane)
                remove = None
        markup = reply.reply_keyboard or reply.keyboard or remove
        return await self._say(chat_id, reply.text, markup, lane)

    async def edit(
        self, chat_id: int, message_id: int, reply: Reply, *, lane: Lane = Lane.REPLY
    ) -> int:
        """Draw a screen in place, or anew where Telegram will not have it edited.

        A file stays the one it is: only its caption and buttons are drawn.

        Raises:
            Gone, Unavailable: as in ``send``.
        """
        edit = _edit(chat_id, message_id, reply)
        try:
            await self._caller.call(edit, lane=lane)
        except TelegramBadRequest as refusal:
            match meaning(refusal):
                case Meaning.UNCHANGED:
                    return message_id
                case Meaning.CANNOT_EDIT:  # a text in place of a file, or the other way round
                    await self.drop_buttons(chat_id, message_id)
                    return await self.send(chat_id, reply, lane=lane)
                case Meaning.NOT_HTML:
                    bare = _edit(chat_id, message_id, replace(reply, text=plain(reply.text)))
                    await self._caller.call(bare.model_copy(update=_WITHOUT_FORMAT), lane=lane)
                case _:
                    raise
        return message_id

    async def amend(self, chat_id: int, message_id: int, reply: Reply, *, lane: Lane) -> None:
        """Change the words of what was sent, or of its file; nothing is said anew.

        Where it cannot be changed any more, as they have deleted it, it stays as it is.

        Raises:
            Gone, Unavailable: as in ``send``.
        """
        try:
            await self._caller.call(_edit(chat_id, message_id, reply), lane=lane)
        except TelegramBadRequest as refusal:
            if meaning(refusal) not in {Meaning.UNCHANGED, Meaning.CANNOT_EDIT}:
                raise

    async def delete(self, chat_id: int, message_id: int, *, lane: Lane) -> bool:
        """Take a message back. ``False``: Telegram will not: it is too old, or gone already.

        Raises:
            Gone, Unavailable: as in ``send``.
        """
        try:
            return await self._caller.call(
                DeleteMessage(chat_id=chat_id, message_id=message_id), lane=lane
            )
        except TelegramBadRequest:
            return False

    async def drop_buttons(self, chat_id: int, message_id: int | None) -> None:
        """Take the buttons off a question that has been answered; not worth a fuss."""
        if message_id is None:
            return
        try:
            await self._caller.call(DropButtons(chat_id=chat_id, message_id=message_id))
        except (TelegramBadRequest, Gone, Unavailable) as trouble:
            log.debug("old buttons stay", error=str(trouble))

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> bool:
        """Stop a button's spinner. ``False``: too late, Telegram has stopped it itself."""
        method: TelegramMethod[bool] = AnswerCallbackQuery(
            callback_query_id=query_id,
            text=shorten(plain(text), TOAST_LIMIT) or None,
            show_alert=alert or None,
        )
        try:
            return await self._caller.call(method)
        except TelegramBadRequest:
            return False

    async def _say(
        self,
        chat_id: int,
        text: str,
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None,
        lane: Lane,
    ) -> int:
        method = Say(chat_id=chat_id, text=text, reply_markup=markup)
        try:
            sent = await self._caller.call(method, lane=lane)
        except TelegramBadRequest as refusal:
            if meaning(refusal) is not Meaning.NOT_HTML:
                raise
            log.error("text was not HTML", error=refusal.message)  # the message is not lost for it
            unformatted = {"text": plain(text), **_WITHOUT_FORMAT}
            sent = await self._caller.call(method.model_copy(update=unformatted), lane=lane)
        return sent.message_id

    async def _send_file(self, chat_id: int, reply: Reply, file: Attachment, lane: Lane) -> int:
        source = file.file_id or BufferedInputFile(file.content, file.name)
        shared: dict[str, Any] = {
            "chat_id": chat_id,
            "caption": reply.text,
            "reply_markup": reply.keyboard,
        }
        method = (
            SendPhoto(photo=source, **shared)
            if file.kind == "photo"
            else SendDocument(document=source, **shared)
        )
        try:
            sent = await self._caller.call(method, lane=lane)
        except TelegramBadRequest as refusal:
            if meaning(refusal) is Meaning.NO_SUCH_FILE:  # what it says is worth having without it
                return await self._say(chat_id, reply.text, reply.keyboard, lane)
            if meaning(refusal) is not Meaning.NOT_HTML:
                raise
            unformatted = {"caption": plain(reply.text), **_WITHOUT_FORMAT}
            sent = await self._caller.call(method.model_copy(update=unformatted), lane=lane)
        return sent.message_id


def _edit(chat_id: int, message_id: int, reply: Reply) -> Recaption | Redraw:
    where: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
    if reply.attachment:
        return Recaption(caption=reply.text, reply_markup=reply.keyboard, **where)
    return Redraw(text=reply.text, reply_markup=reply.keyboard, **where)


def as_message(reply: Reply) -> Reply:
    """A toast, said as text where there is no button to say it over."""
    return replace(reply, text=reply.text or reply.toast, toast="")
