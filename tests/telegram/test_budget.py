"""The script that decides on every message, asked by two clients of one Redis."""

import asyncio
from itertools import pairwise
from time import perf_counter

import pytest
from redis.asyncio import Redis

from bot.telegram.budget import Budget, Lane, Limits

pytestmark = pytest.mark.alone
REPLY, NOTICE, BROADCAST = Lane
GROUP = -100


@pytest.fixture
async def two(redis_url):
    """``two()``: budgets of two workers; of another bot with ``bot_id``."""
    clients = [Redis.from_url(redis_url), Redis.from_url(redis_url)]

    def make(bot_id=42, **limits):
        return [Budget(client, bot_id, Limits(**limits)) for client in clients]

    yield make
    for client in clients:
        await client.aclose()


async def places(budget, lane, count):
    """When each of ``count`` messages, every one to somebody else, may go."""
    found = []
    for chat_id in range(1, count + 1):
        answer = await budget.ask(lane, chat_id * 1000 + id(budget) % 1000)
        while not answer.granted:
            await asyncio.sleep(answer.seconds)
            answer = await budget.ask(lane, chat_id * 1000 + id(budget) % 1000)
        found.append(perf_counter() + answer.seconds)
    return found


async def test_two_clients_share_the_places_of_a_second(two):
    here, there = two()
    both = await asyncio.gather(places(here, NOTICE, 20), places(there, NOTICE, 20))
    moments = sorted(both[0] + both[1])
    assert 39 / 29.5 - 0.02 < moments[-1] - moments[0] < 39 / 29.5 + 0.8
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) > 0.02  # one by one, never two at once
    assert min(map(len, both)) == 20


async def test_a_reply_goes_at_once_and_bulk_makes_room_for_it(two):
    here, there = two()
    await here.ask(NOTICE, 1)
    for person in range(2, 12):
        answer = await there.ask(REPLY, person)
        assert (answer.granted, answer.seconds) == (True, 0)
    later = await here.ask(NOTICE, 20)
    assert not later.granted
    assert 9 / 29.5 < later.seconds < 12 / 29.5


async def test_the_debt_of_many_replies_is_forgotten_after_a_second(two):
    here, there = two()
    for person in range(1, 101):
        await here.ask(REPLY, person)
    assert 0.9 < (await there.ask(NOTICE, 200)).seconds <= 1.1


async def test_a_broadcast_stands_behind_a_notice_that_waits(two):
    here, there = two()
    broadcasts, notices = await asyncio.gather(
        places(here, BROADCAST, 12), places(there, NOTICE, 12)
    )
    assert len([moment for moment in broadcasts if moment < notices[-1]]) <= 2


async def test_a_chat_takes_three_at_once_and_then_one_a_second(two):
    here, there = two(per_second=1e5)
    assert [(await budget.ask(NOTICE, 7)).granted for budget in (here, there, here)] == [True] * 3
    fourth = await there.ask(NOTICE, 7)
    assert not fourth.granted
    assert not fourth.shared
    assert 0.9 < fourth.seconds < 1.1
    assert (await here.ask(NOTICE, 8)).granted
    await asyncio.sleep(fourth.seconds)
    assert (await there.ask(NOTICE, 7)).granted


async def test_a_chat_takes_a_few_at_once_then_one_a_second_and_bulk_waits_for_replies(two):
    here, _ = two()
    asked = [await here.ask(REPLY, 7) for _ in range(4)]
    assert [answer.granted for answer in asked] == [True] * 3 + [False]
    assert 0.5 < asked[-1].seconds < 1.1  # else Telegram's 429 would silence the bot for everybody
    assert 0.5 < (await here.ask(NOTICE, 7)).seconds < 1.1
    assert (await here.ask(REPLY, 8)).granted


async def test_edits_count_for_a_group_and_not_for_a_person(two):
    (here, _) = two(chat_burst=1)
    assert [(await here.ask(REPLY, 7, edit=True)).granted for _ in range(5)] == [True] * 5
    assert (await here.ask(REPLY, 7)).granted
    assert [(await here.ask(REPLY, GROUP, edit=True)).granted for _ in range(2)] == [True, False]


async def test_a_group_takes_so_many_a_minute(two):
    here, there = two(chat_seconds=0)
    asked = [await (here, there)[n % 2].ask(REPLY, GROUP) for n in range(21)]
    assert [answer.granted for answer in asked] == [True] * 20 + [False]
    assert 60 < asked[-1].seconds <= 61
    assert (await here.ask(REPLY, 7)).granted


async def test_a_hold_is_everybodys_and_ends_one_by_one(two):
    here, there = two()
    assert await here.hold(0.5)
    assert not await there.hold(0.3)  # the longer one stands
    for budget, lane in ((here, REPLY), (there, REPLY), (there, NOTICE)):
        answer = await budget.ask(lane, 7)
        assert not answer.granted
        assert 0.4 < answer.seconds <= 0.5
    await asyncio.sleep(0.5)
    moments = await places(there, REPLY, 10)
    assert moments[-1] - moments[0] > 8 / 29.5


async def test_two_bots_have_two_budgets(two):
    (here, _), (other, _) = two(), two(bot_id=43)
    await here.hold(5)
    assert (await other.ask(NOTICE, 7)).granted


async def test_nothing_is_kept_for_ever(two, redis):
    here, _ = two()
    await here.ask(REPLY, 7)
    await here.ask(NOTICE, GROUP)
    await here.ask(NOTICE, 8)
    await here.hold(300)
    lives = {key.decode(): await redis.pttl(key) for key in await redis.keys()}
    assert len(lives) == 4
    assert min(lives.values()) > 0
    assert max(lives.values()) <= 360_000
    assert lives["clubdesk:{42}:pace"] > 300_000
