"""From the text of a call to text and entities, with Telegram's limits."""

from typing import Any

from bot.simulator.entities import Entity, tidy, with_found
from bot.simulator.errors import bad_request
from bot.simulator.html import parse_html
from bot.simulator.methods.registry import Request
from bot.simulator.models import JsonDict
from bot.simulator.rules import MAX_CAPTION, MAX_TEXT, MAX_TEXT_BYTES
from bot.simulator.views import user_view

_PLACE = {"type", "offset", "length"}


def message_text(request: Request) -> tuple[str, list[Entity]]:
    raw = request.params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    given = request.params.json("entities", "can't parse message entities")
    text, entities = _formatted(request, raw, request.params.text("parse_mode"), given)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption_of(request: Request) -> JsonDict:
    """Read the caption of a call into fields of a message."""
    given = request.params.json("caption_entities", "can't parse caption entities")
    raw, parse_mode = request.params.text("caption"), request.params.text("parse_mode")
    return caption_fields(request, raw, parse_mode, given)


def caption_fields(request: Request, raw: str, parse_mode: str, given: Any) -> JsonDict:
    text, entities = _formatted(request, raw, parse_mode, given)
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text or None, "entities": entities}


def _formatted(request: Request, raw: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    if len(raw.encode()) > MAX_TEXT_BYTES:
        raise bad_request("text is too long")
    text, entities = _parsed(raw, parse_mode.lower(), given)
    text, entities = tidy(text, entities)
    known = [kept for entity in entities if (kept := _known(request, entity))]
    return text, with_found(text, known)


def _parsed(raw: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    if parse_mode == "html":
        return parse_html(raw)
    if parse_mode in {"markdown", "markdownv2"}:
        raise bad_request("the simulator reads parse_mode HTML only")
    if parse_mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    return raw, [_checked(entity) for entity in given or []]


def _checked(entity: Any) -> Entity:
    if not isinstance(entity, dict) or not entity.keys() >= _PLACE:
        raise bad_request("can't parse MessageEntity: Can't find field \"offset\"")
    return {name: value for name, value in entity.items() if value is not None}


def _known(request: Request, entity: Entity) -> Entity | None:
    """Fill in whom a text_mention names; a mention of a stranger is dropped."""
    if entity["type"] != "text_mention":
        return entity
    person = request.engine.people.get(entity["user"]["id"])
    return entity | {"user": user_view(person)} if person else None
