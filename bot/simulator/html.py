"""Telegram's HTML parse mode: the accepted tags, and the exact complaint for everything else."""

import re
from typing import NamedTuple

from bot.simulator.entities import Entity, in_order
from bot.simulator.errors import bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_KNOWN = {*_TYPES, "a", "tg-emoji", "tg-time"}
_WANTED = {
    ("a", "href"): "",
    ("code", "class"): "language-",
    ("span", "class"): "tg-",
    ("tg-emoji", "emoji-id"): "",
    ("tg-time", "unix"): "",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAME_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
_SPACE = b" \t\r\n\v\f"
_FOUR_BYTE_LEAD = 0xF0
_CONTINUATION = 0xC0
_LAST_CODE_POINT = 0x10FFFF


class _Open(NamedTuple):
    tag: str
    argument: str
    offset: int
    start: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Split marked-up text into plain text and entities.

    Raises:
        ApiError: the markup is not one Telegram takes.
    """
    return _Parser(source).run()


class _Parser:
    """Works on bytes ended by a zero, because Telegram's complaints count byte offsets."""

    def __init__(self, source: str) -> None:
        self._src = source.replace("\0", " ").encode() + b"\0"
        self._at = 0
        self._out = bytearray()
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while (byte := self._src[self._at]) != 0:
            if byte == ord("<"):
                self._tag()
            elif byte != ord("&") or not self._reference(self._out):
                self._copy(byte)
        if self._open:
            tag = self._open[-1].tag
            raise _complain(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self._entities:
            if entity["type"] == "code":  # a language counts only inside <pre>
                entity.pop("language", None)
        return self._out.decode(), in_order(self._entities)

    def _copy(self, byte: int) -> None:
        if byte & _CONTINUATION != 0x80:  # noqa: PLR2004  # 10xxxxxx continues a character
            self._offset += 2 if byte >= _FOUR_BYTE_LEAD else 1
        self._out.append(byte)
        self._at += 1

    def _reference(self, into: bytearray) -> bool:
        match = _REFERENCE.match(self._src, self._at)
        character = _character(match) if match else ""
        if not match or not character:
            return False
        into += character.encode()
        if into is self._out:
            self._offset += 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004  # outside the BMP
        self._at = match.end()
        return True

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._src[self._at] == ord("/"):
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._word(b">").lower()
        if self._src[self._at] == 0:
            raise _complain(f"Unclosed start tag at byte offset {begin}")
        if tag not in _KNOWN:
            raise _complain(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise _complain(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._at += 1
        self._open.append(_Open(tag, argument, self._offset, len(self._out)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._src[self._at] == ord(">"):
                return argument
            name = self._word(b"=>/\"'")
            if not name:
                text = f'Empty attribute name in the tag "{tag}" at byte offset {begin}'
                raise _complain(text)
            self._skip_space()
            value = self._value(tag, begin) if self._src[self._at] == ord("=") else ""
            self._check_open(begin)
            argument = _argument(tag, name, value) or argument

    def _value(self, tag: str, begin: int) -> str:
        self._at += 1
        self._skip_space()
        if self._src[self._at] == 0:
            raise _complain(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if self._src[self._at] in b"'\"":
            return self._quoted()
        match = _NAME_TOKEN.match(self._src, self._at)
        token = match.group() if match else b""
        start, self._at = self._at, self._at + len(token)
        if self._src[self._at] not in _SPACE + b">":
            raise _complain(f"Unexpected end of name token at byte offset {start}")
        return token.decode().lower()

    def _quoted(self) -> str:
        quote = self._src[self._at]
        self._at += 1
        value = bytearray()
        while (byte := self._src[self._at]) not in (quote, 0):
            if byte != ord("&") or not self._reference(value):
                value.append(byte)
                self._at += 1
        self._at += byte == quote
        return value.decode()

    def _check_open(self, begin: int) -> None:
        if self._src[self._at] == 0:
            raise _complain(f"Unclosed start tag at byte offset {begin}")

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise _complain(f"Unexpected end tag at byte offset {begin}")
        self._at += 1
        name = self._word(b">")
        self._skip_space()
        if self._src[self._at] != ord(">"):
            raise _complain(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            raise _complain(f"Unmatched end tag at byte offset {begin}, {expected}")
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        if length == 0:
            return
        text = self._out[opened.start :].decode()
        place = {"offset": opened.offset, "length": length}
        last = self._entities[-1] if self._entities else {}
        if opened.tag == "pre" and "language" in last and _same_place(last, place):
            last["type"] = "pre"
        elif entity := _entity(opened, text):
            self._entities.append(entity | place)

    def _word(self, stops: bytes) -> str:
        start = self._at
        while self._src[self._at] not in _SPACE + stops + b"\0":
            self._at += 1
        return self._src[start : self._at].decode()

    def _skip_space(self) -> None:
        while self._src[self._at] in _SPACE:
            self._at += 1


def _complain(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")


def _character(match: re.Match[bytes]) -> str:
    """Give the character a reference stands for; empty when it stands for none."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name.decode()]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004  # Unicode's own numbers
    return "" if code == 0 or code > _LAST_CODE_POINT or is_surrogate else chr(code)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) == ("blockquote", "expandable"):
        return "expandable"
    prefix = _WANTED.get((tag, name))
    return "" if prefix is None or not value.startswith(prefix) else value.removeprefix(prefix)


def _same_place(last: Entity, place: Entity) -> bool:
    return bool(last["offset"] == place["offset"] and last["length"] == place["length"])


def _entity(opened: _Open, text: str) -> Entity | None:
    """Name what a closed tag means, without its place; None when it means nothing."""
    tag, argument = opened.tag, opened.argument
    if tag == "a":
        return _link(argument or text)
    if tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": argument}
    if tag == "tg-time":
        return {"type": "date_time", "unix_time": int(argument or 0)}
    if tag == "blockquote" and argument:
        return {"type": "expandable_blockquote"}
    if tag == "code" and argument:
        return {"type": "code", "language": argument}
    return {"type": _TYPES[tag]}


def _link(url: str) -> Entity | None:
    if match := re.fullmatch(r"tg://user\?id=(\d+)", url):
        return {"type": "text_mention", "user": {"id": int(match.group(1))}}
    if not re.match(r"(?:https?|tg|ton|mailto|tel):", url):
        url = f"http://{url}"
    return {"type": "text_link", "url": url} if checked_url(url) else None


def checked_url(url: str) -> str:
    """Give the link back when Telegram would take it, else nothing."""
    if re.match(r"(?:tg|ton)://\S+$", url):
        return url
    match = re.match(r"https?://(?:[^/?#@\s]*@)?([^/?#:\s]+)(?::\d+)?(?:[/?#]\S*)?$", url)
    return url if match and "." in match.group(1).strip(".") else ""
