"""Thousands of people, Telegram with its limits on, everything that goes wrong: each hears once."""

import asyncio
from bisect import bisect_right
from collections import Counter
from time import monotonic
from uuid import uuid4

import pytest

from bot.assembly import build_services
from bot.models.broadcasts import BroadcastStatus, Content, NewBroadcast, Segment, SegmentKind
from bot.telegram.budget import Limits
from tests.club import enrolled
from tests.postgres import connected

pytestmark = [pytest.mark.alone, pytest.mark.timeout(900)]
FIRST = 1_000_000
HOLD_SECONDS = 1.5  # of a 429 here, and until a worker has woken up after it
CROWD = 10_000  # the short profile has 3,000, all that it takes to meet each trouble
IN_HAND = 8  # messages that a worker may be sending when it is killed
SPEED = 8  # the short profile lets a second's messages pass in an eighth of it
WORDS = "the pool is open again"


def at_full_speed() -> None:
    """In a worker process: Telegram's limits, and ours, are so many times as high."""
    Limits.__init__.__kwdefaults__["per_second"] *= SPEED


@pytest.fixture
def speed(stage, many) -> int:
    """How many times Telegram's real limit its limit is here."""
    factor = many(SPEED, long=1)
    stage.engine.flood.enabled = True
    stage.engine.flood.bot_rate *= factor
    stage.engine.flood.bot_burst *= factor
    return factor


@pytest.fixture
def broadcasts(stage):
    return build_services(stage.db, None).broadcasts


async def crowd(stage, count: int) -> list:
    """Members with Telegram, who have once pressed Start."""
    await enrolled(stage.db, FIRST, count)
    people = []
    for number in range(count):
        person = stage.engine.add_person(f"Person {number}", person_id=FIRST + number)
        stage.engine.private_chat(person).started = True
        people.append(person)
    return people


async def begin(broadcasts, admin) -> int:
    everyone = Segment(kind=SegmentKind.EVERYONE)
    content = Content(html=f"<b>{{name}}</b>, {WORDS}")
    new = NewBroadcast(operation_id=uuid4(), segment=everyone, content=content)
    broadcast_id = await broadcasts.add(new, by=admin)
    await broadcasts.send(broadcast_id, revision=1, by=admin)
    return broadcast_id


def arrived(stage) -> list:
    return [
        call
        for call in stage.engine.calls
        if call.method == "sendMessage" and call.status == 200
        if FIRST <= call.chat_id < FIRST + CROWD
    ]


async def until(holds, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


async def ended(broadcasts, broadcast_id: int, seconds: float):
    async with asyncio.timeout(seconds):
        while (card := await broadcasts.card(broadcast_id)).broadcast.ended_at is None:
            await asyncio.sleep(0.2)
    return card


def things_go_wrong(stage, people) -> None:
    """Fifty have blocked the bot, twenty are gone, ten chats are unknown; servers hiccup."""
    for person in people[:50]:
        stage.engine.private_chat(person).blocked = True
    for person in people[50:70]:
        person.deactivated = True
    for person in people[70:80]:
        stage.engine.private_chat(person).started = False
    add = stage.engine.faults.add
    for nth in (200, 500, 800):
        add(method="sendMessage", status=429, retry_after=1, nth=nth)
    for nth in (300, 600):
        add(method="sendMessage", status=502, nth=nth)
    add(method="sendMessage", status=500, nth=700)
    add(method="sendMessage", kind="reset_before", nth=900)


async def somebody_keeps_asking(stage, waits: list[tuple[float, float]]) -> None:
    while True:
        began = stage.engine.clock.now()
        waits.append((began, await stage.says("Guest", "/help")))
        await asyncio.sleep(1.1)  # a chat takes one message a second


async def test_thousands_each_hear_once(stage, speed, broadcasts, many):
    asha = await stage.club.admin("Asha")
    await stage.club.known("Guest")
    count = many(3_000, long=CROWD)
    people = await crowd(stage, count)
    things_go_wrong(stage, people)
    faster = {"limits": "telegram", "before": at_full_speed if speed > 1 else None}
    await stage.start(1, "webhook", **faster)
    doomed, *_ = await stage.start(4, "jobs", **faster)
    waits: list[tuple[float, float]] = []
    guest = asyncio.ensure_future(somebody_keeps_asking(stage, waits))
    began = monotonic()
    broadcast_id = await begin(broadcasts, asha)
    await until(lambda: len(arrived(stage)) >= count // 2, 600)
    await doomed.kill()
    await asyncio.sleep(0.5)
    async with connected(stage.database_url) as conn:  # the dead worker's claims lapse
        await conn.execute(
            "UPDATE notices SET claimed_until = now() WHERE is_bulk AND sent_at IS NULL"
        )
    card = await ended(broadcasts, broadcast_id, 600)
    seconds = monotonic() - began
    guest.cancel()

    heard = Counter(call.chat_id for call in arrived(stage))
    assert heard.keys() == {person.id for person in people[80:]}
    twice = [chat for chat, times in heard.items() if times > 1]
    assert len(twice) <= IN_HAND
    assert all(times <= 2 for times in heard.values())
    assert card.broadcast.status is BroadcastStatus.DONE
    assert (card.progress.sent, card.progress.blocked) == (count - 80, 80)
    assert card.progress.total == count
    assert busiest(stage) <= 30 * speed
    longest = max(wait for asked, wait in waits if not silenced(stage, asked, asked + wait))
    assert longest < 1
    print(
        f"  {len(heard) / seconds:.1f} a second at {30 * speed}, busiest {busiest(stage)};"
        f" {len(twice)} twice; {len(waits)} replies waited {longest:.2f} s at most"
    )


async def test_pause_and_stop_act_within_a_second(stage, many, broadcasts):
    asha = await stage.club.admin("Asha")
    stage.engine.flood.enabled = True
    await crowd(stage, 250)
    await stage.start(2, "jobs", limits="telegram")
    recipients = build_services(stage.db, None).recipients
    broadcast_id = await begin(broadcasts, asha)
    for act in (recipients.pause, recipients.stop):
        seen = len(arrived(stage))
        await until(lambda seen=seen: len(arrived(stage)) >= seen + 60, 30)
        await act(broadcast_id, by=asha)
        acted = stage.engine.clock.now()
        await asyncio.sleep(2)
        assert arrived(stage)[-1].at - acted < 1
        if act == recipients.pause:
            await recipients.resume(broadcast_id, by=asha)
    card = await ended(broadcasts, broadcast_id, 30)
    heard = Counter(call.chat_id for call in arrived(stage))
    assert set(heard.values()) == {1}
    assert (card.progress.sent, card.progress.stopped) == (len(heard), 250 - len(heard))
    assert await recipients.try_again(broadcast_id, by=asha) == 250 - len(heard)
    await ended(broadcasts, broadcast_id, 60)
    assert Counter(Counter(call.chat_id for call in arrived(stage)).values()) == {1: 250}


def silenced(stage, begins: float, ends: float) -> bool:
    """Whether Telegram wanted silence of everybody at some moment of this span."""
    asked = [call.at for call in stage.engine.calls if call.status == 429]
    return any(begins < at + HOLD_SECONDS and at < ends for at in asked)


def busiest(stage) -> int:
    """The most messages that Telegram took in any one second, replies among them."""
    moments = sorted(
        call.at
        for call in stage.engine.calls
        if call.status == 200 and call.method.startswith(("send", "editMessage"))
    )
    return max(bisect_right(moments, at + 0.9999) - n for n, at in enumerate(moments))
