"""sendMessage, sendPhoto, sendDocument, sendContact, sendLocation, sendChatAction."""

from bot.simulator.errors import bad_request
from bot.simulator.methods.input_files import document_of, photo_of
from bot.simulator.methods.posting import post
from bot.simulator.methods.registry import Request, method
from bot.simulator.methods.targets import writable_chat
from bot.simulator.methods.texts import caption_of, message_text
from bot.simulator.models import Event, JsonDict
from bot.simulator.views import present

_ACTIONS = {
    "cancel",
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "record_audio",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method("sendMessage")
def send_message(request: Request) -> JsonDict:
    text, entities = message_text(request)
    chat = writable_chat(request)
    options = request.params.json("link_preview_options", "can't parse link preview options")
    extra = {"link_preview_options": present(options)} if options else {}
    return post(request, chat, text=text, entities=entities, extra=extra)


@method("sendPhoto")
def send_photo(request: Request) -> JsonDict:
    caption = caption_of(request)
    photo = photo_of(request, request.params.text("photo"))
    return post(request, writable_chat(request), photo=photo, **caption)


@method("sendDocument")
def send_document(request: Request) -> JsonDict:
    caption = caption_of(request)
    document = document_of(request, request.params.text("document"))
    return post(request, writable_chat(request), document=document, **caption)


@method("sendContact")
def send_contact(request: Request) -> JsonDict:
    params = request.params
    if not params.text("phone_number"):
        raise bad_request("phone number is empty")
    if not params.text("first_name"):
        raise bad_request("first name is empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = present({name: params.text(name) or None for name in names})
    return post(request, writable_chat(request), contact=contact)


@method("sendLocation")
def send_location(request: Request) -> JsonDict:
    params = request.params
    if not (params.text("latitude") and params.text("longitude")):
        raise bad_request("empty latitude or longitude specified")
    location = {name: params.number(name) for name in ("latitude", "longitude")}
    return post(request, writable_chat(request), location=location)


@method("sendChatAction")
def send_chat_action(request: Request) -> bool:
    chat = writable_chat(request)
    action = request.params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    request.engine.events.append(Event(kind="chat_action", chat_id=chat.id, text=action))
    frame = {"type": "typing", "chat_id": chat.id, "action": action}
    request.engine.feed.send(frame)
    return True
