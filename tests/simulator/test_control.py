"""The page's side: people's actions over HTTP, files, state and the live feed."""

import asyncio

import aiohttp
import pytest

from tests.simulator.pictures import PNG

PERSON_KEYS = {
    "id",
    "first_name",
    "last_name",
    "username",
    "phone",
    "language_code",
    "blocked",
}
MESSAGE_KEYS = {
    "message_id",
    "date",
    "from",
    "outgoing",
    "text",
    "html",
    "caption",
    "photo",
    "document",
    "contact",
    "location",
    "reply_to",
    "edited",
    "inline_keyboard",
}
ROW_KEYS = {"id", "kind", "at", "title", "body", "status", "ms", "update_id", "handled"}
PAY = {"inline_keyboard": [[{"text": "Pay", "callback_data": "pay"}]]}


@pytest.fixture
def page(api, url):
    async def call(path, method="POST", **options):
        async with api.session.request(method, url + path, **options) as response:
            return response.status, await response.json()

    return call


@pytest.fixture
async def live(api, url):
    async with api.session.ws_connect(f"{url}/sim/live") as socket:

        async def frames(*kinds):
            found = []
            while len(found) < len(kinds):
                frame = await asyncio.wait_for(socket.receive_json(), 5)
                if frame["type"] in kinds:
                    found.append(frame)
            assert [frame["type"] for frame in found] == list(kinds)
            return found

        yield frames


async def test_the_state_has_the_agreed_shape(api, engine, anna, chat, page):
    await api.ok("sendMessage", chat_id=chat, text="<b>hi</b>", parse_mode="HTML")
    await api.ok("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    status, state = await page("/sim/state", "GET")
    assert status == 200
    assert state["bot"] == {"id": 42, "username": "clubdesk_bot", "name": "ClubDesk"}
    assert set(state["people"][0]) == PERSON_KEYS
    [shown] = state["chats"]
    assert (shown["id"], shown["person_id"], shown["type"]) == (chat, anna.id, "private")
    theirs, mine = shown["messages"]
    assert set(theirs) == set(mine) == MESSAGE_KEYS
    assert (theirs["outgoing"], mine["outgoing"]) == (True, False)
    assert (mine["html"], mine["text"]) == ("<b>hi</b>", "hi")
    assert state["commands"] == {str(anna.id): [{"command": "help", "description": "Help"}]}
    assert all(set(row) == ROW_KEYS for row in state["log"])
    titles = [row["title"] for row in state["log"]]
    assert titles == ["message", "sendMessage", "setMyCommands"]


async def test_people_act_over_http(api, engine, page):
    status, person = await page("/sim/people", json={"first_name": "Bruno", "phone": "+911"})
    assert (status, set(person)) == (201, PERSON_KEYS)
    home = f"/sim/people/{person['id']}"
    status, said = await page(f"{home}/text", json={"text": "/start"})
    assert (status, said["ok"]) == (200, True)
    sent = await api.ok("sendMessage", chat_id=person["id"], text="x", reply_markup=PAY)
    await page(f"{home}/press", json={"message_id": sent["message_id"], "data": "pay"})
    await page(f"{home}/contact", json={})
    await page(f"{home}/location", json={"latitude": 1, "longitude": 2})
    await page(f"{home}/edit", json={"message_id": 1, "text": "/stop"})
    for kind in ("photo", "document"):
        form = aiohttp.FormData({"caption": "c"})
        form.add_field("file", PNG, filename="a.png", content_type="image/png")
        await page(f"{home}/{kind}", data=form)
    await page(f"{home}/block")
    await page(f"{home}/unblock")
    updates = await api.ok("getUpdates")
    assert updates[0]["update_id"] == said["update_id"]
    assert updates[2]["message"]["contact"]["user_id"] == person["id"]
    assert updates[6]["message"]["document"]["file_name"] == "a.png"
    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == [
        "message",
        "callback_query",
        "message",
        "message",
        "edited_message",
        "message",
        "message",
        "my_chat_member",
        "my_chat_member",
    ]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sim/people/{}/text", {"text": " "}, 409),
        ("/sim/people/{}/text", {}, 400),
        ("/sim/people/{}/text", [], 400),
        ("/sim/people/7/text", {"text": "x"}, 400),
        ("/sim/people/{}/text", {"text": "x", "chat_id": 7}, 400),
        ("/sim/people", {}, 400),
        ("/sim/people/{}/photo", {}, 400),
        ("/sim/people/{}/dance", {}, 404),
    ],
)
async def test_impossible_wishes_are_told(page, anna, path, body, status):
    answered, error = await page(path.format(anna.id), json=body)
    assert (answered, error["ok"]) == (status, False)
    assert error.get("error") or error.get("description")


async def test_files_open_but_never_run(api, engine, anna, url):
    engine.send_photo(anna, PNG)
    engine.send_document(anna, "é.html", b"<script>", mime="text/html")
    photo, document = (m.media for m in engine.chat_messages(anna.id))
    async with api.session.get(f"{url}/sim/files/{photo.file_id}") as response:
        assert (response.content_type, await response.read()) == ("image/png", PNG)
        assert response.headers["Content-Disposition"].startswith("inline")
    async with api.session.get(f"{url}/sim/files/{document.file_id}") as response:
        place = response.headers["Content-Disposition"]
        assert place == "attachment; filename*=UTF-8''%C3%A9.html"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_feed_shows_a_whole_conversation(api, engine, anna, live, chat):
    engine.add_person("Bruno")
    [arrival] = await live("person")
    assert set(arrival["person"]) == PERSON_KEYS
    sent = await api.ok("sendMessage", chat_id=chat, text="x", reply_markup=PAY)
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    message, row = await live("message", "log")
    assert (message["chat_id"], set(message["message"])) == (chat, MESSAGE_KEYS)
    assert (row["row"]["kind"], row["row"]["title"], row["row"]["status"]) == (
        "call",
        "sendMessage",
        200,
    )
    engine.press(anna, chat, sent["message_id"], "pay")
    [pressed] = await live("edited")
    assert pressed["message"]["inline_keyboard"][0][0]["pending"] is True
    query = next(iter(engine.callbacks))
    await api.ok("answerCallbackQuery", callback_query_id=query, text="Done", show_alert=True)
    answer, settled = await live("answer", "edited")
    assert answer == {
        "type": "answer",
        "person_id": anna.id,
        "query_id": query,
        "text": "Done",
        "show_alert": True,
    }
    assert settled["message"]["inline_keyboard"] == PAY["inline_keyboard"]
    await api.ok("sendChatAction", chat_id=chat, action="typing")
    await api.ok("editMessageText", text="y", **where)
    await api.ok("deleteMessage", **where)
    typing, edited, deleted = await live("typing", "edited", "deleted")
    assert (typing["chat_id"], typing["action"]) == (chat, "typing")
    assert edited["message"]["edited"] is True
    assert deleted == {"type": "deleted", **where}


async def test_the_feed_shows_keyboards_commands_and_badges(api, engine, anna, live, chat, page):
    keys = {"keyboard": [["A"]]}
    await api.ok("sendMessage", chat_id=chat, text="x", reply_markup=keys)
    [keyboard] = await live("keyboard")
    assert keyboard["reply_keyboard"] == {"keyboard": [[{"text": "A"}]]}
    await api.ok("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    [commands] = await live("commands")
    assert (commands["person_id"], commands["commands"][0]["command"]) == (anna.id, "help")
    update = engine.send_text(anna, "hi")
    report = {"update_id": update, "router": "menu", "handler": "show", "outcome": "ok", "ms": 3}
    await page("/sim/handled", json=report)
    [badge] = await live("handled")
    assert badge == {"type": "handled", **report}
    row = next(row for row in engine.journal.rows if row["update_id"] == update)
    assert row["handled"]["handler"] == "show"
    engine.block(anna)
    [person] = await live("person")
    assert person["person"]["blocked"] is True


async def test_the_page_is_served_fresh_and_typed(api, url):
    async with api.session.get(f"{url}/") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert response.headers["Cache-Control"] == "no-store"
    for name, kind in (("app.js", "text/javascript"), ("theme.css", "text/css")):
        async with api.session.get(f"{url}/page/{name}") as response:
            assert (response.status, response.content_type) == (200, kind)


@pytest.mark.parametrize(
    "path", ["/page/none.js", "/page/%2e%2e/server.py", "/page/..%2fserver.py"]
)
async def test_nothing_but_the_page_is_served(api, url, path):
    async with api.session.get(aiohttp.client.URL(url + path, encoded=True)) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}], ids=str
)
async def test_other_sites_stay_out(api, url, anna, headers):
    path = f"{url}/sim/people/{anna.id}/text"
    async with api.session.post(path, json={"text": "x"}, headers=headers) as response:
        assert response.status == 403
    own = {"Origin": url}
    async with api.session.post(path, json={"text": "x"}, headers=own) as response:
        assert response.status == 200


async def test_stopping_lets_the_page_go(sim, api, url):
    async with api.session.ws_connect(f"{url}/sim/live") as socket:
        await sim.stop()
        assert (await asyncio.wait_for(socket.receive(), 2)).type == aiohttp.WSMsgType.CLOSE
