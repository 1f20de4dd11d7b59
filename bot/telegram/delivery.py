"""Carrying a reply to Telegram, and what each of Telegram's refusals means."""

from asyncio import sleep
from dataclasses import replace
from typing import Any, Final, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
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
from bot.replies import Reply
from bot.telegram.methods import DropButtons, Redraw, Say
from bot.texts import common as texts
from bot.texts.format import plain, shorten

log = logs.get(__name__)
T = TypeVar("T")

TOAST_LIMIT: Final = 200
_TRIES: Final = 4
_PATIENCE_SECONDS: Final = 20  # a longer «retry after» is left to the next try of the update
_CANNOT_EDIT: Final = ("not found", "message can't be edited", "no text in the")


class Gone(Exception):
    """This chat cannot be written to: blocked, deactivated, never started, unknown."""


class Delivery:
    """The one way to Telegram for replies, notices and forms that ran out."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, reply: Reply, *, keys_up: bool = False) -> int:
        """Send a new message and return its id; keys that stand under the text field go first.

        Raises:
            Gone: the person cannot be reached.
            Unavailable: Telegram did not answer; it may or may not have been sent.
        """
        if reply.attachment:
            return await self._send_file(chat_id, reply)
        remove: ReplyKeyboardRemove | None = None
        if keys_up and not reply.reply_keyboard:
            remove = ReplyKeyboardRemove()
            if reply.keyboard:
                await self._say(chat_id, texts.KEYS_DOWN, remove)
                remove = None
        return await self._say(
            chat_id, reply.text, reply.reply_keyboard or reply.keyboard or remove
        )

    async def edit(self, chat_id: int, message_id: int, reply: Reply) -> int:
        """Draw a screen in place, or anew where Telegram will not have it edited.

        Raises:
            Gone, Unavailable: as in ``send``.
        """
        edit = Redraw(
            chat_id=chat_id, message_id=message_id, text=reply.text, reply_markup=reply.keyboard
        )
        try:
            await self.call(edit)
        except TelegramBadRequest as refusal:
            if "message is not modified" in refusal.message:
                return message_id
            if any(words in refusal.message.lower() for words in _CANNOT_EDIT):
                return await self.send(chat_id, reply)
            if "can't parse entities" in refusal.message:
                await self.call(
                    edit.model_copy(update={"text": plain(reply.text), "parse_mode": None})
                )
                return message_id
            raise
        return message_id

    async def drop_buttons(self, chat_id: int, message_id: int | None) -> None:
        """Take the buttons off a question that has been answered; not worth a fuss."""
        if message_id is None:
            return
        try:
            await self.call(DropButtons(chat_id=chat_id, message_id=message_id))
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
            return await self.call(method)
        except TelegramBadRequest:
            return False

    async def call(self, method: TelegramMethod[T]) -> T:
        """Ask Telegram, waiting out its floods and hiccups.

        Raises:
            TelegramBadRequest: it understood and declined.
            Gone, Unavailable: as in ``send``.
        """
        last: Exception | None = None
        for attempt in range(_TRIES):
            try:
                return await self._bot(method)
            except TelegramRetryAfter as flood:
                if flood.retry_after > _PATIENCE_SECONDS:
                    asked = f"Telegram: retry after {flood.retry_after} s"
                    raise Unavailable(asked, retry_after=flood.retry_after) from flood
                last, pause = flood, float(flood.retry_after)
            except (TelegramServerError, TelegramNetworkError, ClientDecodeError) as trouble:
                last, pause = trouble, 0.25 * 2**attempt
            except (TelegramForbiddenError, TelegramBadRequest, TelegramNotFound) as refusal:
                raise _declined(method, refusal) from refusal
            log.warning("telegram hesitates", method=method.__api_method__, pause=pause)
            await sleep(pause)
        raise Unavailable(f"Telegram: no answer to {method.__api_method__}") from last

    async def _say(
        self,
        chat_id: int,
        text: str,
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None,
    ) -> int:
        method = Say(chat_id=chat_id, text=text, reply_markup=markup)
        try:
            sent = await self.call(method)
        except TelegramBadRequest as refusal:
            if "can't parse entities" not in refusal.message:
                raise
            log.error("text was not HTML", error=refusal.message)  # the message is not lost for it
            sent = await self.call(
                method.model_copy(update={"text": plain(text), "parse_mode": None})
            )
        return sent.message_id

    async def _send_file(self, chat_id: int, reply: Reply) -> int:
        file = reply.attachment
        if file is None:
            raise ValueError("a reply without an attachment")
        source = file.file_id or BufferedInputFile(file.content, file.name)
        shared: dict[str, Any] = {
            "chat_id": chat_id,
            "caption": reply.text,
            "reply_markup": reply.keyboard,
        }
        if file.kind == "photo":
            sent = await self.call(SendPhoto(photo=source, **shared))
        else:
            sent = await self.call(SendDocument(document=source, **shared))
        return sent.message_id


def _declined(method: TelegramMethod[T], refusal: TelegramAPIError) -> Exception:
    if isinstance(refusal, TelegramForbiddenError) or "chat not found" in refusal.message:
        return Gone(refusal.message)
    # A 404 is a method that this server does not know; it says nothing of the chat.
    return TelegramBadRequest(method, refusal.message)


def as_message(reply: Reply) -> Reply:
    """A toast, said as text where there is no button to say it over."""
    return replace(reply, text=reply.text or reply.toast, toast="")
