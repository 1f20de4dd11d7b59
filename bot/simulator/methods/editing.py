"""The edits: text, caption, media, buttons."""

from bot.simulator.errors import bad_request
from bot.simulator.markup import parse_markup
from bot.simulator.methods.copying import media_content
from bot.simulator.methods.registry import Request, method
from bot.simulator.methods.targets import find_message, readable_chat
from bot.simulator.methods.texts import caption_of, message_text
from bot.simulator.models import Event, JsonDict, Message
from bot.simulator.views import message_view

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


@method("editMessageText")
def edit_text(request: Request) -> JsonDict:
    text, entities = message_text(request)
    message = _editable(request)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    return _change(request, message, {"text": text, "entities": entities})


@method("editMessageCaption")
def edit_caption(request: Request) -> JsonDict:
    caption = caption_of(request)
    message = _editable(request)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(request, message, caption)


@method("editMessageMedia")
def edit_media(request: Request) -> JsonDict:
    item = request.params.json("media", "can't parse InputMedia JSON object")
    message = _editable(request)
    content = media_content(request, item)
    empty = {"photo": None, "document": None, "text": None}
    return _change(request, message, empty | content)


@method("editMessageReplyMarkup")
def edit_markup(request: Request) -> JsonDict:
    return _change(request, _editable(request), {})


def _editable(request: Request) -> Message:
    """Find a message of the bot's own that may still change."""
    chat = readable_chat(request)
    message = find_message(request, chat, "edit")
    if message.sender is not request.bot or message.has_other_markup or message.service:
        raise bad_request("message can't be edited")
    return message


def _change(request: Request, message: Message, content: JsonDict) -> JsonDict:
    markup = parse_markup(request.params.text("reply_markup"))
    if markup and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    content = content | {"inline_keyboard": markup.rows if markup else None}
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(_NOT_MODIFIED)
    only_buttons = set(content) == {"inline_keyboard"}
    for name, value in content.items():
        setattr(message, name, value)
    if not only_buttons:  # Telegram marks no message as edited for its buttons
        message.edit_date = request.engine.clock.timestamp()
    _announce(request, message)
    return message_view(message)


def _announce(request: Request, message: Message) -> None:
    shown = message.text or message.caption
    request.engine.events.append(
        Event(kind="edited", chat_id=message.chat.id, message=message, text=shown)
    )
    request.engine.publish_message("edited", message)
