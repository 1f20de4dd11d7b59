"""The page's side: what people do, over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import web

from bot.simulator.engine import Engine
from bot.simulator.errors import CannotAct
from bot.simulator.models import JsonDict, Person

Action = Callable[[Person, JsonDict], int]
_PROFILE = ("first_name", "last_name", "username", "phone", "language_code")
_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")


class Control:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/sim/state", self._state)
        router.add_post("/sim/people", self._add_person)
        router.add_post("/sim/handled", self._handled)
        router.add_get("/sim/files/{file_id}", self._file)
        actions: dict[str, Action] = {
            "text": self._text,
            "press": self._press,
            "contact": self._contact,
            "location": self._location,
            "edit": self._edit,
            "block": lambda person, _: self._engine.block(person),
            "unblock": lambda person, _: self._engine.unblock(person),
        }
        for name, action in actions.items():
            router.add_post(f"/sim/people/{{id:-?\\d+}}/{name}", self._json_action(action))
        for name in ("photo", "document"):
            router.add_post(f"/sim/people/{{id:-?\\d+}}/{name}", self._upload)

    async def _state(self, _request: web.Request) -> web.Response:
        return _json(self._engine.state())

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await _body(request)
        profile = {name: body[name] for name in _PROFILE if body.get(name)}
        person = self._engine.add_person(**profile)
        return _json(self._engine.person_view(person), status=201)

    async def _handled(self, request: web.Request) -> web.Response:
        self._engine.journal.mark_handled(await _body(request))
        return _json({"ok": True})

    async def _file(self, request: web.Request) -> web.Response:
        file = self._engine.files.find(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        # A person's file must not run as a page of the simulator itself.
        place = "inline" if file.mime in _INLINE else "attachment"
        headers = {
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.content, content_type=file.mime, headers=headers)

    def _json_action(
        self, action: Action
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def act(request: web.Request) -> web.Response:
            body = await _body(request)
            return _done(action(self._person(request), body))

        return act

    def _text(self, person: Person, body: JsonDict) -> int:
        return self._engine.send_text(
            person, body["text"], body.get("chat_id"), body.get("reply_to")
        )

    def _press(self, person: Person, body: JsonDict) -> int:
        chat_id = body.get("chat_id") or person.id
        return self._engine.press(person, chat_id, body["message_id"], body["data"])

    def _contact(self, person: Person, body: JsonDict) -> int:
        other = self._engine.people[body["person_id"]] if body.get("person_id") else None
        return self._engine.send_contact(
            person,
            other,
            phone=body.get("phone"),
            first_name=body.get("first_name"),
            chat_id=body.get("chat_id"),
        )

    def _location(self, person: Person, body: JsonDict) -> int:
        latitude, longitude = float(body["latitude"]), float(body["longitude"])
        return self._engine.send_location(person, latitude, longitude, body.get("chat_id"))

    def _edit(self, person: Person, body: JsonDict) -> int:
        chat_id = body.get("chat_id") or person.id
        return self._engine.edit_text(person, chat_id, body["message_id"], body["text"])

    async def _upload(self, request: web.Request) -> web.Response:
        form, person = await request.post(), self._person(request)
        file = form["file"]
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="file is missing")
        content, caption = file.file.read(), str(form.get("caption", "")) or None
        chat_id = int(str(form["chat_id"])) if form.get("chat_id") else None
        if request.path.endswith("/photo"):
            return _done(self._engine.send_photo(person, content, caption, chat_id=chat_id))
        return _done(
            self._engine.send_document(
                person, file.filename, content, caption, file.content_type, chat_id=chat_id
            )
        )

    def _person(self, request: web.Request) -> Person:
        return self._engine.people[int(request.match_info["id"])]


@web.middleware
async def tell_mistakes(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer a person's impossible wish in JSON; the page shows it."""
    if not request.path.startswith("/sim/"):
        return await handler(request)
    try:
        return await handler(request)
    except CannotAct as error:
        return _json({"ok": False, "error": str(error)}, status=409)
    except (LookupError, TypeError, ValueError) as error:
        return _json({"ok": False, "error": f"unusable request: {error}"}, status=400)


async def _body(request: web.Request) -> JsonDict:
    value = orjson.loads(await request.read() or b"{}")
    if not isinstance(value, dict):
        raise TypeError("expected a JSON object")
    return value


def _done(update_id: int) -> web.Response:
    return _json({"ok": True, "update_id": update_id})


def _json(value: Any, status: int = 200) -> web.Response:
    content = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
    headers = {"Cache-Control": "no-store"}
    return web.Response(
        body=content, status=status, headers=headers, content_type="application/json"
    )
