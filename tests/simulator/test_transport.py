"""How a request may be put, and what wraps the answer (S01 to S04)."""

import aiohttp
import pytest

from bot.simulator.server import Simulator
from tests.simulator.conftest import TOKEN
from tests.simulator.pictures import PNG


@pytest.mark.parametrize("method", ["getMe", "getme", "GETME", "gEtMe"])
async def test_method_names_have_no_case(api, method):
    assert (await api.ok(method))["id"] == 42


@pytest.mark.parametrize("way", ["params", "data", "json"])
async def test_arguments_come_by_query_form_or_json(api, engine, chat, way):
    arguments = {"chat_id": str(chat), "text": "hi"}
    status, body = await api.raw("sendMessage", **{way: arguments})
    assert (status, body["ok"], body["result"]["text"]) == (200, True, "hi")
    assert engine.chat_messages(chat)[-1].text == "hi"


async def test_get_works_as_well_as_post(api, url):
    async with api.session.get(f"{url}/bot{TOKEN}/getMe") as response:
        assert (await response.json())["result"]["is_bot"] is True


async def test_json_may_hold_objects_or_their_text(api, chat):
    markup = {"inline_keyboard": [[{"text": "Pay", "callback_data": "pay"}]]}
    as_object = await api.ok("sendMessage", chat_id=chat, text="a", reply_markup=markup)
    as_text = await api.ok(
        "sendMessage",
        chat_id=chat,
        text="a",
        reply_markup='{"inline_keyboard":[[{"text":"Pay","callback_data":"pay"}]]}',
    )
    assert as_object["reply_markup"] == as_text["reply_markup"] == markup


@pytest.mark.parametrize("value", ["attach://file7", None])
async def test_files_come_attached_or_in_the_field_itself(api, engine, chat, value):
    form = aiohttp.FormData({"chat_id": str(chat)})
    if value:
        form.add_field("photo", value)
    form.add_field("file7" if value else "photo", PNG, filename="qr.png")
    _, body = await api.raw("sendPhoto", data=form)
    assert body["result"]["photo"][-1]["width"] == 2
    assert engine.chat_messages(chat)[-1].photo.content == PNG


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot42:TEST/noSuchMethod", 404, "Not Found: method not found"),
        ("/bot42:TEST", 404, "Not Found"),
        ("/nothing", 404, "Not Found"),
        ("/botgarbage/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot43:OTHER/getMe", 401, "Unauthorized"),
        ("/file/bot42:TEST/documents/none.txt", 404, "Not Found"),
    ],
)
async def test_wrong_paths_and_tokens(api, url, path, status, description):
    async with api.session.get(url + path) as response:
        assert response.status == status
        assert await response.json() == {
            "ok": False,
            "error_code": status,
            "description": description,
        }


async def test_a_token_can_be_revoked_at_run_time(api, engine):
    assert (await api("getMe"))["ok"]
    engine.bot.revoked = True
    assert await api.refused("getMe") == "Unauthorized"


async def test_broken_json_is_a_bad_request(api):
    status, body = await api.raw(
        "sendMessage", data=b"{", headers={"Content-Type": "application/json"}
    )
    assert (status, body["description"]) == (400, "Bad Request: can't parse JSON object")


async def test_too_many_requests_say_how_long_in_body_and_header(api, engine, url, chat):
    engine.faults.add(method="getMe", status=429, retry_after=9)
    async with api.session.get(f"{url}/bot{TOKEN}/getMe") as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "9")
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 9",
            "parameters": {"retry_after": 9},
        }


async def test_unknown_arguments_are_ignored(api, chat):
    assert await api.ok("sendMessage", chat_id=chat, text="hi", no_such_argument=[1, {"a": None}])


async def test_a_file_is_downloaded_by_its_path(api, engine, anna, url):
    engine.send_document(anna, "proof.pdf", b"%PDF")
    update = (await api.ok("getUpdates"))[0]
    file = await api.ok("getFile", file_id=update["message"]["document"]["file_id"])
    assert file["file_size"] == 4
    async with api.session.get(f"{url}/file/bot{TOKEN}/{file['file_path']}") as response:
        assert await response.read() == b"%PDF"


async def test_every_call_is_logged(api, engine, chat):
    await api.ok("sendMessage", chat_id=chat, text="hi", reply_markup={"inline_keyboard": []})
    await api.refused("sendMessage", chat_id=chat, text="")
    good, bad = engine.calls[-2:]
    assert (good.method, good.status, good.chat_id) == ("sendMessage", 200, chat)
    assert good.params["reply_markup"] == {"inline_keyboard": []}
    assert good.response["text"] == "hi"
    assert (bad.status, bad.response) == (400, "Bad Request: message text is empty")
    assert engine.violations == [bad]


async def test_a_taken_port_is_told(sim, url):
    other = Simulator()
    with pytest.raises(OSError, match="in use"):
        await other.start(port=int(url.rpartition(":")[2]))
