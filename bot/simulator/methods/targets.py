"""Finding the chat, the message and the user a call is about, and whether the bot may."""

import re

from bot.simulator.errors import ApiError, bad_request, forbidden
from bot.simulator.methods.registry import Request
from bot.simulator.models import Bot, Chat, Message, Person, Sender


def readable_chat(request: Request, name: str = "chat_id") -> Chat:
    """Find a chat the bot knows.

    Raises:
        ApiError: there is no such chat, or the bot is out of it.
    """
    raw = request.params.text(name).strip()
    if not raw:
        raise bad_request("chat_id is empty")
    chat_id = int(raw) if re.fullmatch(r"[+-]?\d+", raw) else 0
    if any(chat_id == bot.id for bot in request.engine.bots.values()):
        raise forbidden("the bot can't send messages to the bot")
    chat = request.engine.find_chat(request.bot, chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if not chat.is_private:
        _check_membership(request.bot, chat)
    return chat


def _check_membership(bot: Bot, chat: Chat) -> None:
    if chat.migrated_to is not None:
        text = "group chat was upgraded to a supergroup chat"
        raise bad_request(text, migrate_to_chat_id=chat.migrated_to)
    if bot.id in chat.members:
        return
    if chat.removed.get(bot.id) == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    raise forbidden(f"bot is not a member of the {chat.type} chat")


def writable_chat(request: Request) -> Chat:
    """Find a chat the bot may write to.

    Raises:
        ApiError: it may not, and why.
    """
    chat = readable_chat(request)
    if chat.person and (refusal := _refusal(chat, chat.person)):
        raise refusal
    if request.params.integer("message_thread_id"):
        raise bad_request("message thread not found")
    return chat


def _refusal(chat: Chat, person: Person) -> ApiError | None:
    if person.deactivated:
        return forbidden("user is deactivated")
    if not chat.started:
        return forbidden("bot can't initiate conversation with a user")
    return forbidden("bot was blocked by the user") if chat.blocked else None


def find_message(request: Request, chat: Chat, verb: str, name: str = "message_id") -> Message:
    """Find the message to edit, delete or copy.

    Raises:
        ApiError: it was never there, or is there no more.
    """
    message_id = request.params.integer(name)
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"message to {verb} not found")
    return message


def find_user(request: Request) -> Sender:
    """Find the user a call names.

    Raises:
        ApiError: nobody has that id.
    """
    if not request.params.has("user_id"):
        raise bad_request("invalid user_id specified")
    user_id = request.params.integer("user_id")
    bots = {bot.id: bot for bot in request.engine.bots.values()}
    user = request.engine.people.get(user_id) or bots.get(user_id)
    if user is None:
        raise bad_request("user not found")
    return user
