"""Flood control and injected faults (S30, S31)."""

import asyncio
import time

import aiohttp
import pytest

from tests.simulator.conftest import TOKEN


async def send(api, chat_id, text="x"):
    return await api("sendMessage", chat_id=chat_id, text=text)


async def test_flood_control_is_off_unless_asked_for(api, chat):
    assert all([(await send(api, chat))["ok"] for _ in range(50)])


async def test_a_chat_takes_a_burst_and_then_one_a_second(api, engine, chat):
    engine.flood.enabled = True
    answers = [await send(api, chat) for _ in range(4)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[3]["parameters"] == {"retry_after": 1}
    engine.clock.advance(1)
    assert (await send(api, chat))["ok"]


async def test_ignoring_the_wait_makes_it_longer(api, engine, chat):
    engine.flood.enabled = True
    for _ in range(3):
        await send(api, chat)
    waits = [(await send(api, chat))["parameters"]["retry_after"] for _ in range(4)]
    assert waits == [1, 2, 4, 8]
    assert engine.flood.sent_inside_wait == 3
    assert [call.status for call in engine.violations] == [429] * 4


async def test_a_group_takes_twenty_a_minute(api, engine, anna):
    group = engine.add_group("Club", [anna])
    engine.flood.enabled = True
    answers = [(await send(api, group.id))["ok"] for _ in range(21)]
    assert answers == [True] * 20 + [False]


async def test_the_whole_bot_takes_thirty_a_second(api, engine):
    people = [engine.add_person(f"P{n}") for n in range(31)]
    for person in people:
        engine.start(person)
    engine.flood.enabled = True
    answers = [(await send(api, person.id))["ok"] for person in people]
    assert answers[:30] == [True] * 30
    assert (await api("sendChatAction", chat_id=people[0].id, action="typing"))["ok"]


async def test_faults_choose_method_chat_and_count(api, engine, chat):
    bruno = engine.add_person("Bruno")
    engine.start(bruno)
    engine.faults.add(method="SENDMESSAGE", chat_id=chat, nth=2, times=2, status=500)
    statuses = [(await send(api, chat))["ok"] for _ in range(4)]
    assert statuses == [True, False, False, True]
    engine.faults.add(chat_id=chat, times=None, status=400)
    assert (await send(api, bruno.id))["ok"]
    refusals = [(await send(api, chat))["description"] for _ in range(3)]
    assert refusals == ["Bad Request: chat not found"] * 3
    engine.faults.clear()
    assert (await send(api, chat))["ok"]
    assert engine.violations == []


async def test_chance_is_seeded(api, engine, chat):
    engine.faults.add(probability=0.5, times=None, status=500)
    outcomes = [(await send(api, chat))["ok"] for _ in range(40)]
    assert 5 < sum(outcomes) < 35


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [
        ("reset_before", False),
        ("reset_after", True),
        ("drop_response", True),
        ("invalid_json", True),
        ("html", False),
        ("empty", False),
        ("error", False),
    ],
)
async def test_a_fault_strikes_before_or_after_the_deed(api, engine, chat, kind, arrives):
    engine.faults.add(method="sendMessage", kind=kind, status=502)
    try:
        outcome = await send(api, chat, "deed")
    except (aiohttp.ClientError, ValueError):
        outcome = {"ok": False}
    assert outcome["ok"] is False
    assert (engine.chat_messages(chat)[-1].text == "deed") is arrives
    assert (await send(api, chat, "again"))["ok"]


@pytest.mark.parametrize(
    ("status", "text"),
    [(502, "502 Bad Gateway"), (504, "504 Gateway Timeout"), (413, "413 Request Entity Too Large")],
)
async def test_the_front_proxy_speaks_html(api, engine, url, status, text):
    engine.faults.add(status=status)
    async with api.session.get(f"{url}/bot{TOKEN}/getMe") as response:
        assert (response.status, response.content_type) == (status, "text/html")
        assert text in await response.text()


@pytest.mark.parametrize("kind", ["slow_headers", "slow_body"])
async def test_slowness(api, engine, chat, kind):
    engine.faults.add(method="sendMessage", kind=kind, seconds=0.3)
    started = time.monotonic()
    assert (await send(api, chat))["ok"]
    assert time.monotonic() - started >= 0.3
    engine.faults.add(method="sendMessage", kind=kind, seconds=30)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(send(api, chat, "done anyway"), 0.2)
    assert engine.chat_messages(chat)[-1].text == "done anyway"
