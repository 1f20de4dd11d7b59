"""How the Bot API shows users, chats and messages to the bot."""

from typing import Any

from bot.simulator.models import Bot, Chat, File, JsonDict, Message, Person, Sender

_THUMB_WIDTH = 90


def present(values: JsonDict) -> JsonDict:
    """Leave out what is not there: Telegram sends no nulls."""
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def user_view(user: Sender) -> JsonDict:
    if isinstance(user, Bot):
        return {
            "id": user.id,
            "is_bot": True,
            "first_name": user.first_name,
            "username": user.username,
        }
    names = {
        "id": user.id,
        "is_bot": False,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
    }
    return present(names | {"language_code": user.language_code})


def chat_view(chat: Chat) -> JsonDict:
    if chat.person is None:
        return present({"id": chat.id, "title": chat.title, "type": chat.type})
    person = chat.person
    names = {
        "id": chat.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
    }
    return present(names | {"type": chat.type})


def message_view(message: Message, *, with_reply: bool = True) -> JsonDict:
    body = {
        "message_id": message.id,
        "from": user_view(message.sender),
        "chat": chat_view(message.chat),
        "date": message.date,
        "edit_date": message.edit_date,
    }
    if with_reply and message.reply_to and not message.reply_to.deleted:
        body["reply_to_message"] = message_view(message.reply_to, with_reply=False)
    if message.inline_keyboard:
        body["reply_markup"] = {"inline_keyboard": message.inline_keyboard}
    return present(body) | _content(message) | message.service | message.extra


def _content(message: Message) -> JsonDict:
    entities = "entities" if message.text is not None else "caption_entities"
    return present(
        {
            "photo": photo_sizes(message.photo) if message.photo else None,
            "document": document_view(message.document) if message.document else None,
            "contact": message.contact,
            "location": message.location,
            "text": message.text,
            "caption": message.caption,
            entities: message.entities,
        }
    )


def maybe_inaccessible(chat: Chat, message: Message | None, message_id: int) -> JsonDict:
    """Show the message under a pressed button, or all that is left of a deleted one."""
    if message is None or message.deleted:
        return {"chat": chat_view(chat), "message_id": message_id, "date": 0}
    return message_view(message)


def photo_sizes(photo: File) -> list[JsonDict]:
    """Small to large, as Telegram lists them; bots take the last."""
    thumb_height = max(1, photo.height * _THUMB_WIDTH // max(photo.width, 1))
    thumb = _size(photo, f"{photo.file_id}_s", _THUMB_WIDTH, thumb_height)
    full = _size(photo, photo.file_id, photo.width, photo.height)
    return [thumb, full] if photo.width > _THUMB_WIDTH else [full]


def _size(photo: File, file_id: str, width: int, height: int) -> JsonDict:
    unique = photo.unique_id + file_id.removeprefix(photo.file_id)
    return {
        "file_id": file_id,
        "file_unique_id": unique,
        "file_size": photo.size,
        "width": width,
        "height": height,
    }


def document_view(document: File) -> JsonDict:
    return {
        "file_name": document.name,
        "mime_type": document.mime,
        "file_id": document.file_id,
        "file_unique_id": document.unique_id,
        "file_size": document.size,
    }


def member_view(chat: Chat, user: Sender) -> JsonDict:
    """Tell what a user is to a chat."""
    base: JsonDict = {"user": user_view(user), "status": member_status(chat, user)}
    if base["status"] == "kicked":
        return base | {"until_date": 0}
    if base["status"] == "administrator":
        return base | _RIGHTS
    if base["status"] == "creator":
        return base | {"is_anonymous": False}
    return base


_RIGHTS: dict[str, Any] = dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_video_chats",
    ),
    True,
) | dict.fromkeys(
    (
        "can_be_edited",
        "can_send_welcome_messages",
        "is_anonymous",
        "can_promote_members",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    False,
)


def member_status(chat: Chat, user: Sender) -> str:
    if chat.is_private:
        return "kicked" if chat.blocked and isinstance(user, Bot) else "member"
    if user.id not in chat.members:
        return chat.removed.get(user.id, "left")
    if user.id not in chat.admins:
        return "member"
    is_first_person = user is next(
        (m for m in chat.members.values() if isinstance(m, Person)), None
    )
    return "creator" if is_first_person else "administrator"
