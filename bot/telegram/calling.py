"""Calls to the Bot API: in their place, again after floods and hiccups, to where a group moved."""

from asyncio import sleep
from typing import Any, Final, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.methods import TelegramMethod

from bot import logs
from bot.errors import Unavailable
from bot.telegram.budget import Lane
from bot.telegram.moves import Moves
from bot.telegram.pace import PATIENCE_SECONDS, NotYet, Pace
from bot.telegram.refusals import Gone, Meaning, meaning

_TRIES: Final = 4
_MESSAGES: Final = ("send", "edit", "copyMessage", "forwardMessage", "deleteMessage")
_NOT_NEW: Final = ("edit", "delete")

log = logs.get(__name__)
T = TypeVar("T")


class Caller:
    """``pace`` and ``moves`` are for messages; who sends none needs neither."""

    def __init__(self, bot: Bot, pace: Pace | None = None, moves: Moves | None = None) -> None:
        self._bot = bot
        self._pace = pace
        self._moves = moves

    async def call(self, method: TelegramMethod[T], *, lane: Lane = Lane.REPLY) -> T:
        """Ask Telegram, in the lane's place, waiting out its floods and hiccups.

        Raises:
            TelegramBadRequest: it understood and declined; ``refusals.meaning`` says what.
            Gone: this chat cannot be written to.
            Unavailable: Telegram did not answer, it may or may not have been sent; or, ``NotYet``,
                its limits leave no place.
        """
        method = await self._redirected(method)
        last: Exception | None = None
        for attempt in range(_TRIES):
            await self._take_place(method, lane)
            try:
                return await self._bot(method)
            except (TelegramAPIError, ClientDecodeError) as trouble:
                last = trouble
            if isinstance(last, TelegramMigrateToChat):
                method = await self._moved(method, last.migrate_to_chat_id)
                continue
            pause = await self._pause(method, last, attempt, lane)
            log.warning("telegram hesitates", method=method.__api_method__, pause=pause)
            await sleep(pause)
        raise Unavailable(f"Telegram: no answer to {method.__api_method__}") from last

    async def _pause(
        self, method: TelegramMethod[T], trouble: Exception, attempt: int, lane: Lane
    ) -> float:
        """Seconds until the next try, if there is to be one."""
        match meaning(trouble), trouble:
            case Meaning.FLOOD, TelegramRetryAfter() as flood:
                await self._hold(method, flood.retry_after)
                if flood.retry_after > PATIENCE_SECONDS[lane]:
                    asked = f"Telegram: retry after {flood.retry_after} s"
                    raise NotYet(asked, retry_after=flood.retry_after) from flood
                return float(flood.retry_after)
            case Meaning.HICCUP, _:
                return float(0.25 * 2**attempt)
            case Meaning.WRONG_TOKEN, _:
                raise Unavailable("Telegram: the token is refused") from trouble
            case Meaning.GONE, _:
                raise Gone(_said(trouble)) from trouble
            case _:
                raise TelegramBadRequest(method, _said(trouble)) from trouble

    async def _take_place(self, method: TelegramMethod[Any], lane: Lane) -> None:
        if self._pace and (chat_id := _chat_of(method)) is not None:
            is_edit = method.__api_method__.startswith(_NOT_NEW)
            await self._pace.take(lane, chat_id, edit=is_edit)

    async def _hold(self, method: TelegramMethod[Any], seconds: float) -> None:
        """Nothing in a 429 says whether it is the chat's or the bot's: it holds everybody.

        That of a call that is no message, say a second setWebhook, is that method's own.
        """
        if self._pace and _chat_of(method) is not None:
            await self._pace.hold(seconds)

    async def _redirected(self, method: TelegramMethod[T]) -> TelegramMethod[T]:
        chat_id = _chat_of(method)
        if self._moves is None or chat_id is None:
            return method
        now_at = await self._moves.now_at(chat_id)
        return method if now_at == chat_id else method.model_copy(update={"chat_id": now_at})

    async def _moved(self, method: TelegramMethod[T], new_id: int) -> TelegramMethod[T]:
        chat_id = _chat_of(method)
        if self._moves and chat_id is not None:
            await self._moves.remember(chat_id, new_id=new_id)
        return method.model_copy(update={"chat_id": new_id})


def _chat_of(method: TelegramMethod[Any]) -> int | None:
    """Whom a message is for; ``None``: it is no message."""
    if not method.__api_method__.startswith(_MESSAGES):
        return None
    chat_id = getattr(method, "chat_id", None)
    return chat_id if isinstance(chat_id, int) else None


def _said(trouble: Exception) -> str:
    return str(getattr(trouble, "message", trouble))
