"""The last step of every send: reply, markup, keyboard, and the message itself."""

from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.markup import Markup, parse_markup
from bot.simulator.methods.registry import Request
from bot.simulator.models import Chat, Event, JsonDict, Message, Person
from bot.simulator.views import message_view


def post(request: Request, chat: Chat, **content: Any) -> JsonDict:
    """Send what the call asks for and show the message to the bot."""
    markup = parse_markup(request.params.text("reply_markup"))
    return message_view(post_message(request, chat, markup, **content))


def post_message(request: Request, chat: Chat, markup: Markup | None, **content: Any) -> Message:
    reply_to = _reply_target(request, chat)
    protected = request.params.flag("protect_content")
    extra = content.pop("extra", {}) | ({"has_protected_content": True} if protected else {})
    message = request.engine.post(
        chat,
        request.bot,
        reply_to=reply_to,
        extra=extra,
        inline_keyboard=markup.rows if markup and markup.kind == "inline" else None,
        has_other_markup=markup is not None and markup.kind != "inline",
        **content,
    )
    _change_keyboard(request, chat, markup, reply_to)
    shown = message.text or message.caption
    request.engine.events.append(
        Event(kind="sent", chat_id=chat.id, message=message, text=shown, person=chat.person)
    )
    return message


def _reply_target(request: Request, chat: Chat) -> Message | None:
    params = request.params
    given = params.json("reply_parameters", "can't parse reply parameters JSON object") or {}
    message_id = int(given.get("message_id", 0)) or params.integer("reply_to_message_id")
    if not message_id:
        return None
    message = chat.messages.get(message_id)
    if message and not message.deleted:
        return message
    if given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _change_keyboard(
    request: Request, chat: Chat, markup: Markup | None, reply_to: Message | None
) -> None:
    """Show or take away the keyboard below the input field."""
    if markup is None or markup.kind == "inline":
        return
    people = _keyboard_people(chat, markup, reply_to)
    for person_id in people:
        match markup.kind:
            case "keyboard":
                chat.keyboards[person_id] = {"keyboard": markup.rows, **markup.options}
            case "force_reply":
                chat.keyboards[person_id] = dict(markup.options)
            case "remove":
                chat.keyboards.pop(person_id, None)
    request.engine.publish_keyboard(chat, people)


def _keyboard_people(chat: Chat, markup: Markup, reply_to: Message | None) -> list[int]:
    if chat.is_private:
        return [chat.id]
    if markup.options.get("selective"):
        return [reply_to.sender.id] if reply_to else []
    return [user.id for user in chat.members.values() if isinstance(user, Person)]
