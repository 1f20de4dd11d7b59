"""The page itself: its files, and the WebSocket that keeps it fresh."""

import asyncio
import contextlib
import mimetypes
from pathlib import Path

import orjson
from aiohttp import web

from bot.simulator.feed import Feed
from bot.simulator.models import JsonDict

PAGE = Path(__file__).parent / "page"
# Windows keeps these in its registry, often wrong: browsers refuse modules as text/plain.
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
}
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_HEARTBEAT_SECONDS = 20


class Live:
    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/", self._index)
        router.add_get("/page/{path:.+}", self._file)
        router.add_get("/sim/live", self._live)

    async def _index(self, _request: web.Request) -> web.Response:
        return _served(PAGE / "index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return _served(PAGE / request.match_info["path"])

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS)
        await socket.prepare(request)
        with self._feed.listener() as frames:
            async with asyncio.TaskGroup() as group:
                sending = group.create_task(_send(socket, frames))
                async for _ in socket:  # the page says nothing; reading notices that it left
                    pass
                sending.cancel()
        return socket


async def _send(socket: web.WebSocketResponse, frames: asyncio.Queue[JsonDict | None]) -> None:
    while (frame := await frames.get()) is not None:
        content = orjson.dumps(frame, option=orjson.OPT_NON_STR_KEYS)
        with contextlib.suppress(ConnectionError):  # the page left just now
            await socket.send_str(content.decode())
    await socket.close()


def _served(path: Path) -> web.Response:
    resolved = path.resolve()
    if not resolved.is_relative_to(PAGE.resolve()) or not resolved.is_file():
        raise web.HTTPNotFound
    guessed = _TYPES.get(resolved.suffix) or mimetypes.guess_type(resolved.name)[0]
    charset = "utf-8" if resolved.suffix in _TYPES else None
    return web.Response(
        body=resolved.read_bytes(),
        content_type=guessed or "application/octet-stream",
        charset=charset,
        headers=_HEADERS,
    )
