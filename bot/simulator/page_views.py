"""How the simulator's page sees people, messages and the log."""

from collections.abc import Set as AbstractSet

from bot.simulator.models import Chat, JsonDict, Message, Person
from bot.simulator.views import document_view


def person_view(person: Person, *, blocked: bool) -> JsonDict:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "phone": person.phone,
        "language_code": person.language_code,
        "blocked": blocked,
    }


def page_message(message: Message, pending: AbstractSet[str] = frozenset()) -> JsonDict:
    """Show a message; ``pending`` is the data of its buttons that wait for an answer."""
    photo, sender = message.photo, message.sender
    return {
        "message_id": message.id,
        "date": message.date,
        "from": {"id": sender.id, "is_bot": sender.is_bot, "first_name": sender.first_name},
        "outgoing": not sender.is_bot,
        "text": message.text,
        "html": message.html,
        "caption": message.caption,
        "photo": photo and {"file_id": photo.file_id, "width": photo.width, "height": photo.height},
        "document": document_view(message.document) if message.document else None,
        "contact": message.contact,
        "location": message.location,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "edited": message.edited,
        "inline_keyboard": _keyboard(message, pending),
    }


def _keyboard(message: Message, pending: AbstractSet[str]) -> list[list[JsonDict]] | None:
    if not message.inline_keyboard:
        return None
    return [
        [
            button | ({"pending": True} if button.get("callback_data") in pending else {})
            for button in row
        ]
        for row in message.inline_keyboard
    ]


def chat_title(chat: Chat) -> str:
    return chat.person.first_name if chat.person else chat.title or ""
