"""The Bot API over HTTP: token, method, arguments, fault, flood, answer, log."""

import inspect
import re
import time
from http import HTTPStatus

from aiohttp import web

from bot.simulator.engine import Engine
from bot.simulator.errors import ApiError, bad_request, not_found, restarting, unauthorized
from bot.simulator.faults import EXECUTES_FIRST, Fault
from bot.simulator.methods import METHODS, Described, Request
from bot.simulator.models import Bot, Call, JsonDict
from bot.simulator.params import Params
from bot.simulator.wire import as_response, read_params, spoil

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


class BotApi:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.closing = False

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/bot{token}/{method}", self._answer)
        router.add_get("/file/bot{token}/{path:.+}", self._download)

    async def execute(self, bot: Bot, method: str, params: Params) -> JsonDict:
        """Run one method, as a webhook's answer may ask for it, and log it."""
        started = time.perf_counter()
        body = await self._run(bot, method, params)
        self._log(method, params, body, started, None)
        return body

    async def _run(self, bot: Bot, method: str, params: Params) -> JsonDict:
        """Give the method's envelope, whatever came of it."""
        try:
            handler = METHODS.get(method.lower())
            if handler is None:
                raise not_found("method not found")
            if refusal := self._engine.flood.check(bot.id, method, params.integer("chat_id")):
                raise refusal
            outcome = handler(Request(self._engine, bot, params))
            result = await outcome if inspect.isawaitable(outcome) else outcome
        except ApiError as error:
            return error.envelope()
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # A list where an object belongs, a word where a number does: the bot's mistake.
            return bad_request(f"wrong type of parameter in request: {error}").envelope()
        if isinstance(result, Described):
            return {"ok": True, "result": result.result, "description": result.description}
        return {"ok": True, "result": result}

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        started, method = time.perf_counter(), request.match_info["method"]
        fault, params = None, Params()
        try:
            params = await read_params(request)
            bot = self._bot(request.match_info["token"])
            fault = self._engine.faults.next_for(method, params.integer("chat_id") or None)
            body = await self._outcome(bot, method, params, fault)
        except ApiError as error:
            body = error.envelope()
        except web.HTTPRequestEntityTooLarge:
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            body = ApiError(status, "Request Entity Too Large").envelope()
        self._log(method, params, body, started, fault)
        response = as_response(body)
        return await spoil(request, response, fault) if fault else response

    async def _outcome(
        self, bot: Bot, method: str, params: Params, fault: Fault | None
    ) -> JsonDict:
        if fault and fault.kind not in EXECUTES_FIRST:
            return fault.error().envelope()
        return await self._run(bot, method, params)

    def _bot(self, token: str) -> Bot:
        if self.closing:
            raise restarting()
        if not _TOKEN.fullmatch(token):
            raise unauthorized("invalid token specified")
        bot = self._engine.bots.get(token)
        if bot is None or bot.revoked:
            raise unauthorized()
        return bot

    def _log(
        self, method: str, params: Params, body: JsonDict, started: float, fault: Fault | None
    ) -> None:
        call = Call(
            method=method,
            params=params.logged(),
            status=body.get("error_code", 200),
            response=body.get("result", body.get("description")),
            at=self._engine.clock.now(),
            ms=round((time.perf_counter() - started) * 1000, 2),
            faulty=fault is not None,
        )
        self._engine.journal.add_call(call)

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._bot(request.match_info["token"])
        except ApiError as error:
            return as_response(error.envelope())
        file = self._engine.files.at_path(request.match_info["path"])
        if file is None:
            return as_response(not_found().envelope())
        return web.Response(body=file.content, content_type="application/octet-stream")
