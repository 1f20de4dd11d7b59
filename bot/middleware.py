"""What stands before every handler: who is talking, bans, and groups."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, Message, TelegramObject, Update, User

from bot.keyboards import common as keyboards
from bot.models.people import Person, TelegramUser
from bot.replies import Reply, alert, say
from bot.services.bans import BanService
from bot.services.people import PeopleService
from bot.texts import bans as ban_texts
from bot.texts import common as texts

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class WhoIsTalking(BaseMiddleware):
    """Recognise the person once per update; handlers take ``me: Person``."""

    gives: ClassVar = {"me"}

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        if user is None or user.is_bot:
            return None  # channel posts and the like: nobody to answer
        data["me"] = await self._people.recognise(telegram_user(user))
        return await handler(event, data)


class BannedHearOnce(BaseMiddleware):
    """A banned person gets one notice, in private; else nothing answers, only spinners stop."""

    gives: ClassVar[set[str]] = set()

    def __init__(self, bans: BanService) -> None:
        self._bans = bans

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        me: Person = data["me"]
        if not me.is_banned or _is_reachability(event):
            return await handler(event, data)
        chat: Chat | None = data.get("event_chat")
        if not isinstance(event, Update) or chat is None or chat.type != ChatType.PRIVATE:
            return None
        teller = f"update:{event.update_id}"
        reason = await self._bans.claim_ban_notice(me.id, teller=teller)
        return say(ban_texts.banned(reason)) if reason is not None else None


class PrivateOnly(BaseMiddleware):
    """In a group, whoever addresses the bot is asked to write in private; the rest is not ours."""

    gives: ClassVar[set[str]] = set()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat: Chat | None = data.get("event_chat")
        if chat is None or chat.type == ChatType.PRIVATE or _is_reachability(event):
            return await handler(event, data)
        return await _to_private(event, data)


def telegram_user(user: User) -> TelegramUser:
    return TelegramUser(
        telegram_id=user.id,
        username=user.username,
        display_name=user.full_name,
        language_code=user.language_code,
    )


async def _to_private(event: TelegramObject, data: dict[str, Any]) -> Reply | None:
    if not isinstance(event, Update):
        return None
    if event.callback_query:
        return alert(texts.WRITE_PRIVATELY)
    me = await data["bot"].me()
    if event.message and _addresses(event.message, me.username or ""):
        return say(texts.WRITE_PRIVATELY, keyboards.private_chat(me.username or ""))
    return None


def _addresses(message: Message, username: str) -> bool:
    text = message.text or ""
    command, _, mentioned = (
        text.split(maxsplit=1)[0].partition("@") if text.strip() else ("", "", "")
    )
    ours = mentioned.lower() in ("", username.lower())
    return (command.startswith("/") and ours) or f"@{username.lower()}" in text.lower()


def _is_reachability(event: TelegramObject) -> bool:
    return isinstance(event, Update) and event.my_chat_member is not None
