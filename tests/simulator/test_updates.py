"""getUpdates: the queue, its offsets, the long poll and its conflicts (S05 to S10)."""

import asyncio
import time

import pytest

from bot.simulator.rules import DAY_SECONDS, Rules
from bot.simulator.server import Simulator
from tests.simulator.conftest import TOKEN

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


async def ids(api, **params):
    return [update["update_id"] for update in await api.ok("getUpdates", **params)]


async def test_ids_start_anywhere_and_count_up(api, engine, anna):
    first = engine.send_text(anna, "one")
    assert 2_000_001 <= first <= 10**9
    assert engine.send_text(anna, "two") == first + 1
    assert await ids(api) == [first, first + 1]


async def test_the_start_of_the_ids_is_the_seeds():
    def first(seed):
        engine = Simulator(seed=seed).engine
        engine.add_bot(token=TOKEN, username="b", name="B")
        return engine.send_text(engine.add_person("Anna"), "x")

    assert first(1) == first(1) != first(2)


async def test_only_an_offset_confirms(api, engine, anna):
    first, second = engine.send_text(anna, "one"), engine.send_text(anna, "two")
    assert await ids(api) == [first, second]
    assert await ids(api, offset=first) == [first, second]
    assert await ids(api, offset=second) == [second]
    assert await ids(api, offset=0) == [second]


async def test_handled_returns_when_the_offset_has_passed(api, engine, anna):
    first, second = engine.send_text(anna, "one"), engine.send_text(anna, "two")
    await api.ok("getUpdates")
    with pytest.raises(TimeoutError):
        await engine.handled(first, timeout=0.05)
    await api.ok("getUpdates", offset=second)
    await engine.handled(first, timeout=0)
    with pytest.raises(TimeoutError):
        await engine.handled(second, timeout=0.05)


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(api, engine, anna):
    sent = [engine.send_text(anna, str(n)) for n in range(5)]
    assert await ids(api, offset=-2) == sent[-2:]
    assert await ids(api, offset=-100) == sent[-2:]


async def test_a_nonsensical_offset_answers_from_the_head(api, engine, anna):
    sent = [engine.send_text(anna, str(n)) for n in range(2)]
    assert await ids(api, offset=sent[-1] + 100) == sent
    assert await ids(api, offset=sent[0] - 200_000) == sent


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (-5, 1), (2, 2), (100, 100), (500, 100)])
async def test_the_limit_is_clamped(api, engine, anna, limit, count):
    for n in range(120):
        engine.send_text(anna, str(n))
    assert len(await ids(api, limit=limit)) == count


async def test_an_answer_stays_below_four_mebibytes(api, engine, anna):
    for _ in range(100):
        engine.edit_text(anna, anna.id, _text_message(engine, anna), "x" * 100_000)
    assert 35 < len(await ids(api)) < 45


def _text_message(engine, anna):
    if not engine.chat_messages(anna.id):
        engine.send_text(anna, "hi")
    return 1


async def test_a_long_poll_wakes_at_once(api, engine, anna):
    poll = asyncio.ensure_future(ids(api, timeout=20))
    await asyncio.sleep(0.05)
    started = time.monotonic()
    sent = engine.send_text(anna, "hi")
    assert await poll == [sent]
    assert time.monotonic() - started < 10


async def test_an_empty_long_poll_lasts_its_time(api):
    started = time.monotonic()
    assert await ids(api, timeout=1) == []
    assert 0.9 < time.monotonic() - started < 10


async def test_the_same_question_again_is_slowed_down(api, engine, anna):
    for n in range(3):
        engine.send_text(anna, str(n))
    assert len(await ids(api)) == 3
    assert len(await ids(api)) == 1
    await asyncio.sleep(0.6)
    assert len(await ids(api)) == 3


async def test_the_older_poll_gets_the_conflict(api, engine, anna):
    older = asyncio.ensure_future(api("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.ensure_future(ids(api, timeout=20, offset=1))
    assert (await older)["description"] == CONFLICT
    sent = engine.send_text(anna, "hi")
    assert await newer == [sent]


async def test_a_second_conflict_is_answered_late(api, engine):
    engine.rules.conflict_pause = 0.5
    polls = []
    for offset in range(3):
        polls.append(asyncio.ensure_future(api("getUpdates", timeout=20, offset=offset)))
        await asyncio.sleep(0.05)
    assert polls[0].done()
    assert not polls[1].done()
    assert (await polls[1])["error_code"] == 409
    polls[2].cancel()


async def test_allowed_updates_filter_at_birth_and_are_remembered(api, engine, anna):
    before = engine.send_text(anna, "before")
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    assert engine.send_text(anna, "unwanted") == 0
    await engine.handled(0)
    pressed = engine.press(anna, anna.id, 1, "x")
    assert await ids(api, offset=1) == [before, pressed]
    await api.ok("getUpdates", offset=2, allowed_updates=[])
    assert engine.send_text(anna, "wanted again") > pressed


async def test_membership_of_others_must_be_asked_for(api, engine, anna):
    group = engine.add_group("Club", [anna])
    bruno = engine.add_person("Bruno")
    engine.join(bruno, group)
    kinds = [set(update) - {"update_id"} for update in await api.ok("getUpdates")]
    assert kinds == [{"my_chat_member"}, {"message"}]


@pytest.mark.parametrize(("kind", "seconds"), [("message", DAY_SECONDS), ("callback_query", 150)])
async def test_updates_expire(api, engine, anna, chat, kind, seconds):
    if kind == "message":
        engine.send_text(anna, "hi")
    else:
        engine.press(anna, chat, 1, "x")
    engine.clock.advance(seconds - 5)
    assert len(await ids(api, offset=1)) == 1
    engine.clock.advance(10)
    assert await ids(api, offset=2, timeout=0) == []


async def test_a_full_queue_drops_new_updates_silently(engine, anna):
    engine.rules.queue_capacity = 2
    assert engine.send_text(anna, "1")
    assert engine.send_text(anna, "2")
    assert engine.send_text(anna, "3") == 0


async def test_an_idle_week_may_restart_the_ids(engine, anna):
    first = engine.send_text(anna, "1")
    engine.queue_of(engine.bot).idle_week_restarts_ids = True
    engine.clock.advance(8 * DAY_SECONDS)
    assert engine.send_text(anna, "2") != first + 1


async def test_a_poll_is_let_go_at_shutdown(sim, api):
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await sim.stop()
    assert (await poll)["description"] == "Internal Server Error: restart"


async def test_two_thousand_updates_a_second(api, engine, anna):
    started = time.process_time()
    last = [engine.send_text(anna, str(n)) for n in range(2000)][-1]
    offset = 1
    while offset <= last:
        offset = (await ids(api, offset=offset))[-1] + 1
    await api.ok("getUpdates", offset=offset, timeout=0)
    await engine.handled(last, timeout=0)
    assert time.process_time() - started < 5


async def test_rules_are_one_simulators_own():
    assert Simulator(rules=Rules(callback_seconds=1)).engine.rules.callback_seconds == 1
    assert Simulator().engine.rules.callback_seconds == 15
