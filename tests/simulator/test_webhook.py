"""Webhooks: order, retries, secrets, and the methods that set them (S11 to S16)."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.simulator.delivery import Delivery

ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@pytest.fixture
async def hook(engine) -> AsyncIterator[SimpleNamespace]:
    """A bot behind a webhook; ``answers`` are given in turn, then 200 for ever."""
    engine.rules.retry_scale = 0.01
    seen = SimpleNamespace(updates=[], headers=[], answers=[], gate=asyncio.Event(), url="")
    seen.gate.set()

    async def receive(request):
        seen.updates.append(await request.json())
        seen.headers.append(request.headers)
        await seen.gate.wait()
        return seen.answers.pop(0) if seen.answers else web.Response()

    app = web.Application()
    app.router.add_post("/hook", receive)
    async with TestServer(app) as server:
        seen.url = str(server.make_url("/hook"))
        yield seen


def ids(hook):
    return [update["update_id"] for update in hook.updates]


async def test_updates_are_delivered_with_the_secret(api, engine, anna, hook):
    before = engine.start(anna)
    await api.ok("setWebhook", url=hook.url, secret_token="s3cret_-")
    await engine.handled(before)
    after = engine.send_text(anna, "hi")
    await engine.handled(after)
    assert ids(hook) == [before, after]
    assert hook.updates[1]["message"]["text"] == "hi"
    assert hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-"
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 0


@pytest.mark.parametrize("status", [201, 204, 299])
async def test_any_2xx_will_do(api, engine, anna, hook, status):
    hook.answers = [web.Response(status=status)]
    await api.ok("setWebhook", url=hook.url)
    await engine.handled(engine.start(anna))
    assert len(hook.updates) == 1


@pytest.mark.parametrize("status", [302, 403, 404, 500])
async def test_a_failed_update_blocks_its_chat_only(api, engine, anna, hook, status):
    bruno = engine.add_person("Bruno")
    hook.answers = [web.Response(status=status) for _ in range(3)]
    await api.ok("setWebhook", url=hook.url)
    first, second = engine.send_text(anna, "1"), engine.send_text(anna, "2")
    await engine.handled(second)
    assert ids(hook) == [first] * 4 + [second]
    info = await api.ok("getWebhookInfo")
    assert info["last_error_message"].startswith(f"Wrong response from the webhook: {status} ")
    assert info["last_error_date"] > 0
    await engine.handled(engine.start(bruno))
    attempts = engine.webhook_of(engine.bot).attempts
    assert [attempt.status for attempt in attempts] == [status] * 3 + [200] * 3


async def test_queues_run_side_by_side(api, engine, anna, hook):
    bruno = engine.add_person("Bruno")
    await api.ok("setWebhook", url=hook.url)
    hook.gate.clear()
    annas = [engine.send_text(anna, "1"), engine.send_text(anna, "2")]
    brunos = engine.start(bruno)
    pressed = engine.press(anna, anna.id, 1, "x")
    await asyncio.sleep(0.2)
    assert sorted(ids(hook)) == sorted([annas[0], brunos, pressed])
    hook.gate.set()
    await engine.handled(annas[1])


async def test_no_more_connections_than_allowed(api, engine, hook):
    await api.ok("setWebhook", url=hook.url, max_connections=2)
    hook.gate.clear()
    updates = [engine.start(engine.add_person(f"P{n}")) for n in range(6)]
    await asyncio.sleep(0.2)
    assert len(hook.updates) == 2
    hook.gate.set()
    for update in updates:
        await engine.handled(update)


async def test_pauses_double_up_to_a_minute(engine):
    delivery = Delivery(engine, None)
    assert [delivery._pause(n) for n in range(6)] == [0, 2, 4, 8, 16, 32]
    assert all(60 <= delivery._pause(n) <= 120 for n in range(6, 12))


async def test_retry_after_is_obeyed_and_may_kill(api, engine, anna, hook):
    hook.answers = [
        web.Response(status=429, headers={"Retry-After": "1"}),
        web.Response(status=503, headers={"Retry-After": "200"}),
    ]
    await api.ok("setWebhook", url=hook.url)
    engine.press(anna, anna.id, 1, "lives 150 s")
    await asyncio.sleep(0.3)
    assert len(hook.updates) == 2
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_slow_bot_gets_it_again(api, engine, anna, hook):
    engine.rules.webhook_timeout = 0.1
    hook.gate.clear()
    await api.ok("setWebhook", url=hook.url)
    update = engine.start(anna)
    await asyncio.sleep(0.3)
    hook.gate.set()
    await engine.handled(update)
    assert len(hook.updates) >= 2
    assert (await api.ok("getWebhookInfo"))["last_error_message"] == "Read timeout expired"


async def test_a_bot_that_is_gone_loses_its_webhook(api, engine, anna, hook):
    hook.answers = [web.Response(status=410) for _ in range(9)]
    await api.ok("setWebhook", url=hook.url)
    engine.start(anna)
    await asyncio.sleep(0.05)
    engine.clock.advance(23 * 3600)
    await asyncio.sleep(0.3)
    assert (await api.ok("getWebhookInfo"))["url"] == ""


async def test_a_method_in_the_answer_is_run(api, engine, anna, hook):
    say = {"method": "sendMessage", "chat_id": anna.id, "text": "from the answer"}
    hook.answers = [web.json_response(say), web.json_response({"method": "deleteWebhook"})]
    await api.ok("setWebhook", url=hook.url)
    await engine.handled(engine.start(anna))
    await engine.handled(engine.send_text(anna, "again"))
    assert [m.text for m in engine.chat_messages(anna.id)] == ["/start", "from the answer", "again"]
    assert (await api.ok("getWebhookInfo"))["url"] == hook.url
    assert engine.calls[-2].method == "sendMessage"


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"secret_token": "x" * 257}, "secret token is too long"),
        ({"secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "nonsense"}, "invalid webhook URL specified"),
        ({"url": "http://club.in"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://club.in:3000"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
    ],
)
async def test_what_set_webhook_refuses(api, engine, params, problem):
    engine.rules.public_webhooks_only = True
    refusal = await api.refused("setWebhook", **{"url": "https://club.in:8443", **params})
    assert refusal == f"Bad Request: {problem}"


async def test_setting_and_deleting_say_what_they_did(api, engine, hook):
    async def told(method, **params):
        engine.clock.advance(2)
        return (await api(method, **params))["description"]

    assert await told("deleteWebhook") == "Webhook is already deleted"
    assert await told("setWebhook", url=hook.url) == "Webhook was set"
    assert await told("setWebhook", url=hook.url) == "Webhook is already set"
    assert (await api("getUpdates"))["description"] == ACTIVE
    changed = await told("setWebhook", url=hook.url, max_connections=500)
    assert changed == "Webhook was set"
    assert (await api.ok("getWebhookInfo"))["max_connections"] == 100
    assert await api.refused("deleteWebhook") == "Too Many Requests: retry after 1"
    assert await told("setWebhook", url="") == "Webhook was deleted"


async def test_set_webhook_ends_the_poll(api, engine, hook):
    poll = asyncio.ensure_future(api("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await api.ok("setWebhook", url=hook.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_pending_updates_can_be_dropped(api, engine, anna, hook):
    engine.start(anna)
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert await api.ok("getUpdates") == []
