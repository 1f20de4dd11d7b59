"""Turn text and entities into HTML that is safe to put on the simulator's page."""

from html import escape

from bot.simulator.entities import Entity, slice_units, units

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
    "bot_command": ('<a class="tg-command">', "</a>"),
    "hashtag": ('<a class="tg-hashtag">', "</a>"),
    "mention": ('<a class="tg-mention">', "</a>"),
}
_SAFE_LINKS = ("http://", "https://", "tg://", "mailto:")


def render(text: str, entities: list[Entity]) -> str:
    """Mark the text up; where entities cross, the inner one is closed and opened again."""
    edges = sorted({0, units(text)} | _edges(entities))
    parts: list[str] = []
    opened: list[Entity] = []
    for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        wanted = [entity for entity in entities if _covers(entity, start)]
        shared = _shared(opened, wanted)
        parts += [_tag(entity, "")[1] for entity in reversed(opened[shared:])]
        piece = slice_units(text, start, end)
        parts += [_tag(entity, _whole(text, entity))[0] for entity in wanted[shared:]]
        parts.append(escape(piece))
        opened = wanted
    return "".join(parts)


def _edges(entities: list[Entity]) -> set[int]:
    starts = {entity["offset"] for entity in entities}
    return starts | {entity["offset"] + entity["length"] for entity in entities}


def _covers(entity: Entity, unit: int) -> bool:
    return bool(entity["offset"] <= unit < entity["offset"] + entity["length"])


def _shared(opened: list[Entity], wanted: list[Entity]) -> int:
    count = 0
    for one, other in zip(opened, wanted, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _whole(text: str, entity: Entity) -> str:
    return slice_units(text, entity["offset"], entity["offset"] + entity["length"])


def _tag(entity: Entity, text: str) -> tuple[str, str]:
    match entity["type"]:
        case "pre":
            language = escape(str(entity.get("language", "")))
            opening = f'<pre><code class="language-{language}">' if language else "<pre><code>"
            return opening, "</code></pre>"
        case "text_link":
            return _link(str(entity.get("url", "")))
        case "url":
            return _link(text)
        case "email":
            return _link(f"mailto:{text}")
        case kind:
            return _TAGS.get(kind, ("", ""))


def _link(url: str) -> tuple[str, str]:
    if url and not url.lower().startswith(_SAFE_LINKS):
        return '<a class="tg-unsafe">', "</a>"
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">', "</a>"
