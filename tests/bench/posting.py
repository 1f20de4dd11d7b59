"""Telegram's side of a webhook: posts each update until somebody has taken it."""

import asyncio
from http import HTTPStatus
from itertools import cycle

import orjson

from bot.telegram.connection import Connections, Server
from bot.updates.webhook import PATH

SECRET = "bench"
_AT_ONCE = 100  # as many as Telegram posts side by side at most
_AGAIN_SECONDS = 0.1
_TRIES = 600
_HEAD = (
    f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: %d\r\n\r\n"
).encode()


class Poster:
    """Over kept-alive connections, to the workers in turn as a balancer would."""

    def __init__(self, ports: list[int], posting: asyncio.TaskGroup) -> None:
        self._workers = cycle([Server("127.0.0.1", port, None) for port in ports])
        self._posting = posting
        self._connections = Connections(limit=_AT_ONCE)

    def post(self, update: dict) -> None:
        self._posting.create_task(self._until_taken(orjson.dumps(update)))

    def close(self) -> None:
        self._connections.close()

    async def _until_taken(self, body: bytes) -> None:
        request = _HEAD % len(body) + body
        for _ in range(_TRIES):
            if await self._taken(request):
                return
            await asyncio.sleep(_AGAIN_SECONDS)
        raise RuntimeError("no worker takes updates")

    async def _taken(self, request: bytes) -> bool:
        try:
            answer = await self._connections.ask(next(self._workers), request)
        except OSError:  # not there yet, or gone
            return False
        return answer.status == HTTPStatus.OK
