"""A Bot API that answers in microseconds, so that what is measured is the bot.

The simulator checks everything and is fifty times slower; it would be the bottleneck.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import time_ns
from urllib.parse import parse_qs

import orjson

TOKEN = "42:BENCH"
BATCH = 100  # as many updates as Telegram hands out at once
_ME = {
    "id": 42,
    "is_bot": True,
    "first_name": "ClubDesk",
    "username": "clubdesk_bot",
    "can_join_groups": True,
}
_NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"

Hears = Callable[[str, dict], object]


class Telegram:
    """Hands out updates to ``getUpdates``, or to ``post``; every other call goes to ``hears``.

    ``latency``: how long each answer takes, in seconds.
    """

    def __init__(self, hears: Hears, *, latency: float = 0.0) -> None:
        self.latency = latency
        self.post: Callable[[dict], None] | None = None
        self._hears = hears
        self._updates: deque[dict] = deque()
        self._poll: Callable[[object], None] | None = None
        self._next_id = time_ns() // 1000  # the servers remember those of an earlier run

    async def start(self) -> str:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def push(self, **update: object) -> None:
        """Let something happen; what happens at the same moment arrives in one batch."""
        update["update_id"] = self._next_id
        self._next_id += 1
        if self.post:
            self.post(update)
            return
        self._updates.append(update)
        if self._poll and len(self._updates) == 1:
            asyncio.get_running_loop().call_soon(self._hand_out)

    def call(self, method: str, params: dict, answer: Callable[[object], None]) -> None:
        if method == "getUpdates":
            self._poll = answer
            if params.get("timeout") in {0, "0"} or self._updates:
                self._hand_out()
            return
        known = {"getMe": _ME, "getWebhookInfo": _NO_WEBHOOK}.get(method)
        result = known or self._hears(method, params)
        if self.latency:
            asyncio.get_running_loop().call_later(self.latency, answer, result)
        else:
            answer(result)

    def _hand_out(self) -> None:
        if self._poll is None:
            return
        answer, self._poll = self._poll, None
        answer([self._updates.popleft() for _ in range(min(BATCH, len(self._updates)))])


class _Connection(asyncio.Protocol):
    """Just enough HTTP/1.1 for a client that waits for each answer."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._received = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end:
            return
        lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines[1:])}
        if len(body) < int(headers.get("content-length", 0)):
            return
        self._received = b""
        method = lines[0].split()[1].rpartition("/")[2]
        self._telegram.call(method, _params(body, headers.get("content-type", "")), self._answer)

    def _answer(self, result: object) -> None:
        body = orjson.dumps({"ok": True, "result": result})
        self._transport.write(_HEAD % len(body) + body)


def _params(body: bytes, content_type: str) -> dict:
    if not body:
        return {}
    if content_type.startswith("application/json"):
        return orjson.loads(body)
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    if markup := form.get("reply_markup"):
        form["reply_markup"] = orjson.loads(markup)
    return form
