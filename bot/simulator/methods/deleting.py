"""deleteMessage and deleteMessages."""

from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import Request, method
from bot.simulator.methods.targets import find_message, readable_chat
from bot.simulator.models import Chat, Event, Message
from bot.simulator.rules import DELETE_SECONDS

_MAX_AT_ONCE = 100


@method("deleteMessage")
def delete_message(request: Request) -> bool:
    chat = readable_chat(request)
    message = find_message(request, chat, "delete")
    if not _may_delete(request, chat, message):
        raise bad_request("message can't be deleted")
    if _is_old(request, message):
        raise bad_request("message can't be deleted for everyone")
    _remove(request, message)
    return True


@method("deleteMessages")
def delete_messages(request: Request) -> bool:
    """Delete what can be deleted; the rest is silently left."""
    chat = readable_chat(request)
    ids = request.params.json("message_ids", "can't parse message identifiers JSON array")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MAX_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message in filter(None, (chat.messages.get(int(number)) for number in ids)):
        may = _may_delete(request, chat, message) and not _is_old(request, message)
        if may and not message.deleted:
            _remove(request, message)
    return True


def _may_delete(request: Request, chat: Chat, message: Message) -> bool:
    return chat.is_private or message.sender is request.bot or request.bot.id in chat.admins


def _is_old(request: Request, message: Message) -> bool:
    return request.engine.clock.now() - message.date > DELETE_SECONDS


def _remove(request: Request, message: Message) -> None:
    request.engine.remove(message)
    request.engine.events.append(
        Event(kind="deleted", chat_id=message.chat.id, message=message, text=message.text)
    )
