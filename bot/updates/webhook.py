"""Updates that Telegram posts to us: handled to their commit before we say yes."""

import asyncio
from hmac import compare_digest
from typing import Any, Final

import orjson
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteWebhook, SetWebhook
from aiohttp import web

from bot import logs
from bot.errors import Unavailable
from bot.telegram.calling import Caller
from bot.updates.intake import Intake

PATH: Final = "/telegram/webhook"
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_MAX_BYTES: Final = 2**20
_BODY_SECONDS: Final = 10
_PAUSE_SECONDS: Final = 2
_CONNECTIONS: Final = 100  # as many as Telegram allows; each waits for its update's commit

log = logs.get(__name__)


class BadAddress(RuntimeError):
    """Telegram will not post to this address; trying again would not help."""


class Webhook:
    """The address that Telegram posts to. Every worker answers on the same one, behind a proxy."""

    def __init__(self, intake: Intake, *, url: str, secret: str) -> None:
        self._intake = intake
        self._url = url + PATH
        self._secret = secret

    def route(self) -> web.RouteDef:
        return web.post(PATH, self._receive)

    async def announce(self, bot: Bot, allowed_updates: tuple[str, ...]) -> bool:
        """Tell Telegram to post here, however long it is away; every worker says the same.

        Raises:
            BadAddress: Telegram will not have it.
        """
        method = SetWebhook(
            url=self._url,
            secret_token=self._secret,
            allowed_updates=list(allowed_updates),
            max_connections=_CONNECTIONS,
        )
        while True:
            try:
                return await Caller(bot).call(method)
            except TelegramBadRequest as refusal:
                raise BadAddress(f"WEBHOOK_URL: Telegram says: {refusal.message}") from refusal
            except Unavailable as trouble:
                log.warning("waiting for telegram", error=str(trouble))
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _receive(self, request: web.Request) -> web.Response:
        """200: done. 503: nothing was done, Telegram shall come again. Else: not from Telegram."""
        given = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not compare_digest(given, self._secret.encode()):
            raise web.HTTPUnauthorized
        update = await _update(request)
        try:
            await self._intake.take(update)
        except Unavailable:
            raise web.HTTPServiceUnavailable from None
        return web.Response()


async def take_off(bot: Bot) -> None:
    """Have Telegram keep updates for polling again; what waits is not dropped."""
    await Caller(bot).call(DeleteWebhook())


def application(*routes: web.AbstractRouteDef) -> web.Application:
    app = web.Application(client_max_size=_MAX_BYTES)
    app.add_routes(routes)
    return app


async def _update(request: web.Request) -> dict[str, Any]:
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    if not isinstance(update, dict):
        raise web.HTTPBadRequest
    return update
