"""copyMessage, forwardMessage, sendMediaGroup."""

from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.methods.input_files import document_of, photo_of
from bot.simulator.methods.posting import post, post_message
from bot.simulator.methods.registry import Request, method
from bot.simulator.methods.targets import find_message, readable_chat, writable_chat
from bot.simulator.methods.texts import caption_fields, caption_of
from bot.simulator.models import JsonDict, Message
from bot.simulator.views import message_view, user_view

_MAX_ALBUM = 10


def _content(message: Message) -> JsonDict:
    return {
        "text": message.text,
        "caption": message.caption,
        "entities": list(message.entities),
        "photo": message.photo,
        "document": message.document,
        "contact": message.contact,
        "location": message.location,
    }


@method("copyMessage")
def copy_message(request: Request) -> JsonDict:
    chat = writable_chat(request)
    original = find_message(request, readable_chat(request, "from_chat_id"), "copy")
    if original.service:
        raise bad_request("message can't be copied")
    caption = caption_of(request) if request.params.has("caption") and original.media else {}
    copy = post(request, chat, **_content(original) | caption)
    return {"message_id": copy["message_id"]}


@method("forwardMessage")
def forward_message(request: Request) -> JsonDict:
    chat = writable_chat(request)
    original = find_message(request, readable_chat(request, "from_chat_id"), "forward")
    if original.service or original.extra.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    origin = {"type": "user", "sender_user": user_view(original.sender), "date": original.date}
    return post(request, chat, extra={"forward_origin": origin}, **_content(original))


@method("sendMediaGroup")
def send_media_group(request: Request) -> list[JsonDict]:
    chat = writable_chat(request)
    media = request.params.json("media", "can't parse media JSON object")
    if not isinstance(media, list) or not media:
        raise bad_request("there are no messages to send")
    if len(media) > _MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    contents = [media_content(request, item) for item in media]
    if len({"photo" in content for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    album = {"media_group_id": str(request.engine.rng.getrandbits(53))}
    posted = [post_message(request, chat, None, extra=dict(album), **item) for item in contents]
    return [message_view(message) for message in posted]


def media_content(request: Request, item: Any) -> JsonDict:
    """Read one InputMedia object into fields of a message."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: InputMedia must be an Object")
    value, kind = str(item.get("media", "")), item.get("type")
    given = item.get("caption_entities")
    raw, parse_mode = item.get("caption") or "", item.get("parse_mode") or ""
    caption = caption_fields(request, raw, parse_mode, given)
    match kind:
        case "photo":
            return {"photo": photo_of(request, value, "photo"), **caption}
        case "document":
            return {"document": document_of(request, value, "document"), **caption}
        case _:
            raise bad_request("can't parse InputMedia: type must be photo or document here")
