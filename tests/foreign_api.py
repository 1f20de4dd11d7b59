"""A second Bot API server, sharing nothing with ``bot.simulator``: as little as Telegram gives.

Users have no username, chats no extras, and a method that is not here is answered with 404: what
the bot needs of a server beyond this, it needs without reason.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from aiohttp import web

JsonDict = dict[str, Any]
TOKEN = "77:FOREIGN"
BOT = {"id": 77, "is_bot": True, "first_name": "Bot"}


class Refused(Exception):
    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


class ForeignApi:
    """``missing``: methods this server does not know."""

    def __init__(self, missing: tuple[str, ...] = ()) -> None:
        self.missing = {name.lower() for name in missing}
        self.calls: list[str] = []
        self.shown: dict[int, dict[int, JsonDict]] = defaultdict(dict)  # chat -> id -> message
        self.answered: dict[str, str] = {}  # callback query -> what it was told
        self._updates: list[JsonDict] = []
        self._update_ids, self._message_ids = itertools.count(5_000), itertools.count(1)
        self._news = asyncio.Event()
        self._allowed: list[str] | None = None

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    # What people do

    def say(self, user_id: int, **content: Any) -> None:
        """``text="hi"``, ``contact={...}``: anything a message may hold."""
        self._push(message={**self._message(user_id, by=user_id), **content})

    def press(self, user_id: int, label: str) -> str:
        """The newest button that starts with ``label``; returns the query's id."""
        for message in reversed(self.shown[user_id].values()):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            for key in itertools.chain.from_iterable(rows):
                if key["text"].startswith(label):
                    return self.press_data(user_id, message, key["callback_data"])
        raise AssertionError(f"{user_id} sees no [{label}]")

    def press_data(self, user_id: int, message: JsonDict, data: str) -> str:
        query = {"id": f"q{next(self._update_ids)}", "from": _user(user_id), "data": data}
        self._push(callback_query={**query, "message": message, "chat_instance": "1"})
        return query["id"]

    async def sees(self, user_id: int, words: str) -> JsonDict:
        """Wait until this person's chat shows a message with these words."""
        async with asyncio.timeout(60):
            while True:
                for message in reversed(self.shown[user_id].values()):
                    if words in message.get("text", ""):
                        return message
                await asyncio.sleep(0.02)

    # What the bot asks

    async def _serve(self, request: web.Request) -> web.Response:
        name = request.match_info["method"].lower()
        self.calls.append(name)
        known = request.match_info["token"] == TOKEN and name not in self.missing
        method: Callable[[JsonDict], Any] | None = known and getattr(self, f"_do_{name}", None)
        try:
            result = (method or _unknown)(await _arguments(request))
            result = await result if asyncio.iscoroutine(result) else result
        except Refused as no:
            body = {"ok": False, "error_code": no.code, "description": no.description}
            return web.json_response(body, status=no.code)
        return web.json_response({"ok": True, "result": result})

    async def _do_getupdates(self, asked: JsonDict) -> list[JsonDict]:
        offset, limit = int(asked.get("offset", 0)), int(asked.get("limit", 100))
        self._allowed = asked.get("allowed_updates") or self._allowed
        self._updates = [u for u in self._updates if u["update_id"] >= offset]
        if not self._updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), float(asked.get("timeout", 0)))
            except TimeoutError:
                return []
        return self._updates[:limit]

    def _do_getme(self, _: JsonDict) -> JsonDict:
        return BOT

    def _do_sendmessage(self, asked: JsonDict) -> JsonDict:
        if not str(asked.get("text", "")).strip():
            raise Refused(400, "Bad Request: message text is empty")
        message = self._message(int(asked["chat_id"]), by=None) | {"text": asked["text"]}
        if markup := asked.get("reply_markup"):
            message["reply_markup"] = markup
        self.shown[int(asked["chat_id"])][message["message_id"]] = message
        return {key: message[key] for key in ("message_id", "date", "chat", "from", "text")}

    def _do_editmessagetext(self, asked: JsonDict) -> JsonDict:
        shown = self.shown[int(asked["chat_id"])].get(int(asked["message_id"]))
        if shown is None:
            raise Refused(400, "Bad Request: message to edit not found")
        shown.pop("reply_markup", None)
        shown.update({key: asked[key] for key in ("text", "reply_markup") if asked.get(key)})
        return {key: shown[key] for key in ("message_id", "date", "chat", "from", "text")}

    def _do_editmessagereplymarkup(self, asked: JsonDict) -> bool:
        self.shown[int(asked["chat_id"])][int(asked["message_id"])].pop("reply_markup", None)
        return True

    def _do_answercallbackquery(self, asked: JsonDict) -> bool:
        self.answered[asked["callback_query_id"]] = asked.get("text", "")
        return True

    def _do_senddocument(self, asked: JsonDict) -> JsonDict:
        sent = self._message(int(asked["chat_id"]), by=None)
        sent["document"] = {"file_id": "d1", "file_unique_id": "d1"}
        self.shown[int(asked["chat_id"])][sent["message_id"]] = sent | {"text": asked["caption"]}
        return sent

    def _do_setmycommands(self, _: JsonDict) -> bool:
        return True

    def _push(self, **update: Any) -> None:
        if self._allowed is None or next(iter(update)) in self._allowed:
            self._updates.append({"update_id": next(self._update_ids), **update})
            self._news.set()

    def _message(self, chat_id: int, *, by: int | None) -> JsonDict:
        sender = _user(by) if by else BOT
        chat = {"id": chat_id, "type": "private"}
        number, now = next(self._message_ids), int(time.time())
        return {"message_id": number, "date": now, "chat": chat, "from": sender}


def _unknown(_: JsonDict) -> None:
    raise Refused(404, "Not Found")


def _user(user_id: int) -> JsonDict:
    return {"id": user_id, "is_bot": False, "first_name": f"P{user_id}"}


async def _arguments(request: web.Request) -> JsonDict:
    """Query, JSON, form or multipart; nested values of a form are JSON."""
    if request.content_type == "application/json":
        return dict(request.query) | await request.json()
    return {key: _value(value) for key, value in [*request.query.items(), *await _form(request)]}


async def _form(request: web.Request) -> list[tuple[str, Any]]:
    return list((await request.post()).items())


def _value(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" and value else value
