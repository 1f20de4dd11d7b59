"""What stands before webhook workers: one address, the workers taking turns behind it."""

import asyncio
from collections import deque
from contextlib import asynccontextmanager

import aiohttp
import orjson
from aiohttp import web

READ_SECONDS = 30  # longer than a worker gives an update


class Balancer:
    """As nginx: a worker that does not accept is passed over, one that dies at work is a 502."""

    def __init__(self) -> None:
        self.workers: deque[int] = deque()  # ports, the next one first
        self.url = ""
        self.repeats = lambda: False  # whether an update is to be handed to two workers at once
        self._client: aiohttp.ClientSession | None = None
        self._posts: set[tuple[int, asyncio.Task]] = set()

    @asynccontextmanager
    async def listening(self):
        app = web.Application(client_max_size=2**21)
        app.router.add_post("/{path:.*}", self._forward)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        timeout = aiohttp.ClientTimeout(total=READ_SECONDS, sock_connect=1)
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as self._client:
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield self
            finally:
                await runner.cleanup()

    async def post(self, update: dict, *, secret: str, port: int | None = None) -> int:
        """Post an update as Telegram does, to one worker or whose turn it is; 0: no answer."""
        return await self.post_raw(orjson.dumps(update), secret=secret, port=port)

    async def post_raw(self, body: bytes, *, secret: str, port: int | None = None) -> int:
        url = f"http://127.0.0.1:{port}" if port else self.url
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        try:
            async with self._client.post(
                f"{url}/telegram/webhook", data=body, headers=headers
            ) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0

    async def _forward(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self.repeats():
            return await self._hand_on(request, body)
        both = await asyncio.gather(self._hand_on(request, body), self._hand_on(request, body))
        return both[0]

    def posts_to(self, port: int) -> list[asyncio.Task]:
        """What that worker has in hand; cancelled, it is as if the connection had been cut."""
        return [post for there, post in self._posts if there == port]

    async def _hand_on(self, request: web.Request, body: bytes) -> web.Response:
        ports = list(self.workers)
        self.workers.rotate(-1)
        for port in ports:
            post = asyncio.ensure_future(self._hand_to(port, request, body))
            self._posts.add((port, post))
            try:
                return await post
            except asyncio.CancelledError:
                break
            except aiohttp.ClientConnectorError:
                continue
            except (TimeoutError, aiohttp.ClientError, OSError):
                break
            finally:
                self._posts.discard((port, post))
        return web.Response(status=502)

    async def _hand_to(self, port: int, request: web.Request, body: bytes) -> web.Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in {"host", "content-length", "connection"}
        }
        url = f"http://127.0.0.1:{port}{request.path_qs}"
        async with self._client.post(url, data=body, headers=headers) as answer:
            return web.Response(status=answer.status, body=await answer.read())
