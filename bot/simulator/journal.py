"""The log of everything that crossed the wire, for tests and for the page's inspector."""

from collections import deque
from datetime import UTC, datetime

from bot.simulator.feed import Feed
from bot.simulator.models import Call, JsonDict
from bot.simulator.updates import Update

_MAX_ROWS = 200
_QUIET = {"getupdates"}
_REFUSED = range(400, 500)
_FORBIDDEN = 403


class Journal:
    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._next_row = 1
        self.calls: list[Call] = []
        self.rows: deque[JsonDict] = deque(maxlen=_MAX_ROWS)

    @property
    def violations(self) -> list[Call]:
        """Refusals the bot itself brought about: no injected fault, no person who blocked it."""
        return [
            call
            for call in self.calls
            if call.status in _REFUSED and call.status != _FORBIDDEN and not call.faulty
        ]

    def add_call(self, call: Call) -> None:
        self.calls.append(call)
        if call.method.lower() in _QUIET:
            return
        body = {"params": call.params, "response": call.response}
        self._add("call", call.method, body, at=call.at, status=call.status, ms=call.ms)

    def add_update(self, update: Update, at: float) -> None:
        self._add("update", update.kind, update.envelope(), at=at, update_id=update.id)

    def mark_handled(self, report: JsonDict) -> None:
        """Note what the bot says it did with an update."""
        for row in self.rows:
            if row["update_id"] == report["update_id"]:
                row["handled"] = {key: report[key] for key in report if key != "update_id"}
        self._feed.publish(lambda: {"type": "handled", **report})

    def _add(self, kind: str, title: str, body: JsonDict, *, at: float, **more: object) -> None:
        row: JsonDict = {
            "id": self._next_row,
            "kind": kind,
            "at": datetime.fromtimestamp(at, UTC).isoformat(),
            "title": title,
            "body": body,
            "status": None,
            "ms": None,
            "update_id": None,
            "handled": None,
        }
        row |= more
        self._next_row += 1
        self.rows.append(row)
        self._feed.publish(lambda: {"type": "log", "row": dict(row)})
