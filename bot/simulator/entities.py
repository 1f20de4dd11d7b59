"""Message entities: UTF-16 arithmetic, trimming, and what Telegram finds in plain text itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

Entity = dict[str, Any]

_PATTERNS = (
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/@<>])"),
    ),
    ("email", re.compile(r"(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")),
    ("url", re.compile(r"(?<![\w@.])(?:https?|tg)://[^\s<>\"]+[^\s<>\".,;:!?)\]]")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{2,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)
_OPAQUE = {"code", "pre", "text_link", "text_mention", "custom_emoji"}


def units(text: str) -> int:
    """Length as Telegram counts entity offsets: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def slice_units(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le", "replace")


def tidy(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """Cut the blanks around the text and move the entities along."""
    skipped = units(text) - units(text.lstrip())
    trimmed = text.strip()
    return trimmed, list(_moved(entities, skipped, units(trimmed)))


def _moved(entities: Iterable[Entity], skipped: int, length: int) -> Iterator[Entity]:
    for entity in entities:
        start = max(entity["offset"] - skipped, 0)
        end = min(entity["offset"] + entity["length"] - skipped, length)
        if end > start:
            yield entity | {"offset": start, "length": end - start}


def with_found(text: str, given: list[Entity]) -> list[Entity]:
    """Add commands, mentions, links and hashtags, as the server does."""
    taken = [_span(entity) for entity in given if entity["type"] in _OPAQUE]
    result = list(given)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found = {"type": kind, **_place(text, match)}
            if not any(_overlap(_span(found), span) for span in taken):
                taken.append(_span(found))
                result.append(found)
    return in_order(result)


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _place(text: str, match: re.Match[str]) -> Entity:
    return {"offset": units(text[: match.start()]), "length": units(match.group())}


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
