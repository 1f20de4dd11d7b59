"""Arguments of one Bot API request, read as leniently as Telegram reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.simulator.errors import bad_request

_TRUE = {"true", "yes", "1"}
_INTEGER = re.compile(r"\s*([+-]?\d+)")
_PLAIN = {"text", "caption", "callback_query_id", "data", "url", "name", "description"}


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Every value is text, as on the wire; objects are JSON text."""

    values: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def has(self, name: str) -> bool:
        return name in self.values

    def integer(self, name: str, default: int = 0) -> int:
        match = _INTEGER.match(self.values.get(name, ""))
        return int(match.group(1)) if match else default

    def number(self, name: str) -> float:
        try:
            return float(self.values.get(name, ""))
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").strip().lower() in _TRUE

    def json(self, name: str, problem: str) -> Any:
        """Read a JSON argument; absent is None.

        Raises:
            ApiError: it is there, but it is not JSON.
        """
        raw = self.values.get(name, "")
        if not raw:
            return None
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise bad_request(problem) from None

    def logged(self) -> dict[str, Any]:
        """Show the arguments the way a test likes to compare them."""
        shown = {name: _decoded(name, value) for name, value in self.values.items()}
        files = {
            name: {"file_name": upload.name, "file_size": len(upload.content)}
            for name, upload in self.files.items()
        }
        return shown | files


def _decoded(name: str, value: str) -> Any:
    is_json = value[:1] in {"{", "["} or name.endswith("_id") or value in {"true", "false"}
    if name in _PLAIN or not is_json:
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value
