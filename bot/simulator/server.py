"""The simulator as one thing: start it, use its engine, stop it."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator.bot_api import BotApi
from bot.simulator.clock import Clock
from bot.simulator.control import Control, tell_mistakes
from bot.simulator.delivery import Delivery
from bot.simulator.engine import Engine
from bot.simulator.errors import not_found, restarting
from bot.simulator.live import Live
from bot.simulator.rules import MAX_DOCUMENT, Rules
from bot.simulator.wire import as_response

_MAX_BODY = MAX_DOCUMENT + (1 << 20)
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Simulator:
    def __init__(
        self, *, clock: Clock | None = None, seed: int = 1, rules: Rules | None = None
    ) -> None:
        rng = random.Random(seed)  # noqa: S311  # repeatable, and guards nothing
        self.engine = Engine(clock or Clock(), rng, rules or Rules())
        self._api = BotApi(self.engine)
        self._delivery = Delivery(self.engine, self._api.execute)
        self._delivering: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None
        self._host = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen, and give the URL.

        Raises:
            OSError: someone else has the port.
        """
        self._host = host
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self.stop()
            raise
        self._delivering = asyncio.create_task(self._delivery.run())  # noqa: TID251  # stop() awaits it
        address = self._runner.addresses[0]
        return f"http://{host}:{address[1]}"

    async def stop(self) -> None:
        """Let everyone go who waits, then close."""
        self._api.closing = True
        for bot in self.engine.bots.values():
            self.engine.poller_of(bot).terminate(restarting())
        self.engine.feed.close()
        if self._delivering:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(
            client_max_size=_MAX_BODY, middlewares=[_not_found, self._keep_out, tell_mistakes]
        )
        for part in (self._api, Control(self.engine), Live(self.engine.feed)):
            part.add_routes(app.router)
        return app

    @web.middleware
    async def _keep_out(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Keep other web pages from acting in the browser's name, also by a rebound DNS name."""
        if not request.path.startswith("/sim/"):
            return await handler(request)
        origin = request.headers.get("Origin", "")
        name = request.url.host or ""
        is_foreign = bool(origin) and origin.partition("://")[2] != request.host
        is_rebound = self._host in _LOOPBACK and name not in _LOOPBACK
        if is_foreign or is_rebound:
            raise web.HTTPForbidden
        return await handler(request)


@web.middleware
async def _not_found(request: web.Request, handler: _Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return as_response(not_found().envelope())
