"""What a webhook worker says to whoever posts to it, and what it does before it says it."""

import asyncio
import json
from io import BytesIO

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.app import UPDATES
from bot.keyboards.common import OpenMenu
from bot.updates.webhook import PATH, Webhook, application
from tests.test_once import probe, updates, worker  # noqa: F401 -- fixtures

SECRET = "s3cret_-"
HUGE = {"id": 2**63, "is_bot": False, "first_name": "Huge"}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def hook(worker):  # noqa: F811
    """A webhook worker that listens; its app stays in ``hook.worker``."""
    webhook = Webhook(worker.intake, url="", secret=SECRET)
    async with TestServer(application(webhook.route())) as server, aiohttp.ClientSession() as web:
        server.web, server.worker, server.announce = web, worker, webhook.announce
        webhook._url = str(server.make_url(PATH))
        yield server


async def post(hook, body, *, secret=SECRET, path=PATH) -> int:
    headers = {} if secret is None else {HEADER: secret}
    data = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    async with hook.web.post(hook.make_url(path), data=data, headers=headers) as response:
        return response.status


def start(sim, person) -> dict:
    """An update as Telegram posts it."""
    sim.engine.start(person)
    (queue,) = (sim.engine.queue_of(bot) for bot in sim.engine.bots.values())
    update = queue.pending()[-1]
    queue.forget(update, handled=True)
    return update.envelope()


def welcomes(sim) -> int:
    return len([call for call in sim.engine.calls if call.method == "sendMessage"])


async def test_it_says_yes_once_the_update_is_done(hook, sim, club):
    anna = club.visitor("Anna")
    assert await post(hook, start(sim, anna)) == 200
    assert welcomes(sim) == 1


async def test_a_repeat_is_taken_and_does_nothing(hook, sim, club):
    update = start(sim, club.visitor("Anna"))
    assert [await post(hook, update) for _ in range(3)] == [200, 200, 200]
    assert welcomes(sim) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", "s3cret_-x", "sécret", "🗝"])
async def test_whoever_does_not_know_the_secret_is_sent_away(hook, sim, club, secret):
    assert await post(hook, start(sim, club.visitor("Anna")), secret=secret) == 401
    assert welcomes(sim) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"7", 400),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400),
        (b"\xff\xfe", 400),
        (b" " * (2**20 + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(hook, body, status):
    assert await post(hook, body) == status


async def test_only_the_one_address_and_the_one_method_answer(hook):
    assert await post(hook, {"update_id": 1}, path="/") == 404
    async with hook.web.get(hook.make_url(PATH), headers={HEADER: SECRET}) as response:
        assert response.status == 405


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": None},
        {"update_id": 2**70},
        {"update_id": 1},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": {"message_id": "x", "chat": 5}},
        {"update_id": 1, "tomorrow": {"new": "kind"}},
        {"update_id": 1, "message": {"text": "\0"}},
        {"update_id": 1, "message": MESSAGE | {"from": HUGE}},
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "?"}}},
    ],
)
async def test_an_update_that_nobody_can_read_is_taken_so_that_the_next_may_come(hook, update):
    assert await post(hook, update) == 200


async def test_an_unreadable_update_waits_for_an_operator(hook):
    await post(hook, {"update_id": 5, "message": {"message_id": "x"}})
    (failed,) = await hook.worker.services.quarantine.set_aside(hook.worker.bot.id)
    assert failed.payload == {"update_id": 5, "message": {"message_id": "x"}}


async def test_a_press_is_understood_whatever_keyboard_its_message_shows(hook, sim, club):
    anna = club.visitor("Anna")
    start(sim, anna)
    chat = {"id": anna.id, "type": "private"}
    keyboard = {"inline_keyboard": "of tomorrow"}
    press = {
        "id": "1",
        "from": {"id": anna.id, "is_bot": False, "first_name": "Anna"},
        "message": {"message_id": 1, "date": 1, "chat": chat, "reply_markup": keyboard},
        "chat_instance": "1",
        "data": OpenMenu().pack(),
    }
    assert await post(hook, {"update_id": 9, "callback_query": press}) == 200
    assert [call for call in sim.engine.calls if call.method == "sendMessage"]


async def test_while_telegram_cannot_be_answered_the_update_is_handed_back(hook, sim, club):
    update = start(sim, club.visitor("Anna"))
    sim.engine.faults.add(method="sendMessage", times=4, status=502)
    assert await post(hook, update) == 503
    assert await post(hook, update) == 200
    assert welcomes(sim) == 5  # four refused, one taken


async def test_many_people_are_served_at_once(hook, sim, club):
    starts = [start(sim, club.visitor(f"P{number}")) for number in range(50)]
    assert set(await asyncio.gather(*(post(hook, update) for update in starts))) == {200}
    assert welcomes(sim) == 50


async def test_telegram_is_told_the_address_the_secret_and_the_kinds_of_updates(hook, sim, club):
    await hook.announce(hook.worker.bot, UPDATES)
    info = await hook.worker.bot.get_webhook_info()
    assert info.url.endswith(PATH)
    assert set(info.allowed_updates) == set(UPDATES)
    await sim.engine.handled(sim.engine.start(club.visitor("Anna")))
    assert welcomes(sim) == 1
