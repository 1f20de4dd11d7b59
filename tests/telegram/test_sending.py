"""Two workers, a Telegram with its limits on: nothing lost, nothing twice, nobody told off."""

import asyncio
from contextlib import asynccontextmanager
from time import perf_counter

import pytest

from bot.replies import say
from bot.telegram.budget import Lane
from bot.telegram.pace import NotYet
from tests.conftest import polling
from tests.operations.test_metrics import figures
from tests.telegram.conftest import busiest_second, sent

pytestmark = pytest.mark.alone
CROWD = 75  # two seconds and a half of sending


async def crowd(club, count=CROWD):
    return [await club.known(f"P{number}") for number in range(count)]


@asynccontextmanager
async def sending(workers):
    """Both send what is owed, side by side."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(worker.outbox.run(stopping))
        try:
            yield
        finally:
            stopping.set()


async def until(holds, seconds=9):
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


async def test_no_second_is_above_the_limit_with_two_workers_sending(sim, workers, club, owe):
    people = await crowd(club)
    await owe(people, "closed on Sunday")
    async with sending(workers):
        await until(lambda: len(sent(sim)) >= CROWD)
    calls = sent(sim)
    assert sorted(call.chat_id for call in calls) == sorted(p.telegram_id for p in people)
    assert sent(sim, 429) == []
    assert busiest_second(calls) <= 30
    assert CROWD / (calls[-1].at - calls[0].at) > 22  # and no slower than a slow start makes it
    waits = [figures(worker.metrics) for worker in workers]
    assert sum(one["clubdesk_send_wait_seconds_count{notice}"] for one in waits) >= CROWD
    assert sum(one["clubdesk_send_wait_seconds_sum{notice}"] for one in waits) > 1


async def test_a_reply_among_bulk_waits_for_nobody(sim, workers, club, chat, owe):
    await owe(await crowd(club), "closed on Sunday")
    guests = [f"Guest{number}" for number in range(8)]
    for guest in guests:
        await club.known(guest)
    async with sending(workers):
        await until(lambda: len(sent(sim)) > 10)
        waits = []
        for guest in guests:
            asked = perf_counter()
            await sim.engine.handled(chat.act(guest, "/help"))
            waits.append(perf_counter() - asked)
            await asyncio.sleep(0.1)
        assert len(sent(sim)) < CROWD, "the bulk was over before"
        await until(lambda: len(sent(sim)) >= CROWD + len(guests))
    assert max(waits) < 0.5
    assert sent(sim, 429) == []


async def test_a_429_holds_every_worker_which_then_begin_one_by_one(sim, workers, club, owe):
    await owe(await crowd(club), "closed on Sunday")
    sim.engine.faults.add(method="sendMessage", status=429, retry_after=2, nth=15)
    async with sending(workers):
        await until(lambda: len(sent(sim)) >= CROWD)
    (refused,) = sent(sim, 429)
    assert [c for c in sent(sim) if refused.at + 0.1 < c.at < refused.at + 2] == []
    after = [call for call in sent(sim) if call.at > refused.at + 1]
    assert len([call for call in after if call.at < after[0].at + 0.2]) <= 7
    assert len({call.chat_id for call in sent(sim)}) == len(sent(sim)) == CROWD
    assert sum(figures(w.metrics)["clubdesk_send_holds_total"] for w in workers) == 1


async def test_a_reply_told_to_wait_is_sent_once_and_nothing_meanwhile(sim, workers, club, owe):
    await club.known("Anna")
    await owe(await crowd(club, 10), "closed on Sunday")
    anna = club.people["Anna"]
    sim.engine.faults.add(method="sendMessage", chat_id=anna.id, status=429, retry_after=1)
    async with polling(workers[0]):
        update = sim.engine.send_text(anna, "/help")
        await until(lambda: sent(sim, 429))
        async with sending(workers[1:]):
            await sim.engine.handled(update)
            await until(lambda: len(sent(sim)) == 11)
    (refused,) = sent(sim, 429)
    assert min(call.at for call in sent(sim)) >= refused.at + 1
    assert len([call for call in sent(sim) if call.chat_id == anna.id]) == 1


async def test_one_person_gets_three_at_once_and_then_one_a_second(sim, workers, club, owe):
    anna = await club.known("Anna")
    for word in ("one", "two", "three", "four", "five"):
        await owe([anna], word)
    async with sending(workers):
        await until(lambda: len(sent(sim)) >= 5)
    moments = [call.at for call in sent(sim)]
    assert moments[2] - moments[0] < 0.5
    assert 1.9 < moments[4] - moments[0] < 4
    assert sent(sim, 429) == []
    assert [call.params["text"].split()[-1] for call in sent(sim)][-1] == "five"


async def insist(way, person, lane):
    """As a sender does: what finds no place is tried again."""
    while True:
        try:
            return await way.send(person.telegram_id, say(lane.name), lane=lane)
        except NotYet as trouble:
            await asyncio.sleep(trouble.retry_after)


async def test_notices_go_before_broadcasts_and_replies_before_both(
    sim, workers, club, redis, delivery_of
):
    people = await crowd(club, 41)
    here, there = [delivery_of(worker, redis) for worker in workers]
    async with asyncio.TaskGroup() as group:
        for n, person in enumerate(people[:40]):
            lane = (Lane.BROADCAST, Lane.NOTICE)[n % 2]
            way = (here, there)[n // 2 % 2]
            group.create_task(insist(way, person, lane))
        await asyncio.sleep(0.1)
        group.create_task(there.send(people[40].telegram_id, say("REPLY")))
    order = [call.params["text"] for call in sent(sim)]
    assert order.index("REPLY") <= 6
    before_last_notice = order[: len(order) - order[::-1].index("NOTICE")]
    assert before_last_notice.count("BROADCAST") <= 3
    assert len(order) == 41
    assert sent(sim, 429) == []
