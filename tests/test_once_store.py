"""The record in Redis: one key, one time to live, compare-and-set, deadlines told once."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.errors import Unavailable
from bot.once.queue import Turns
from bot.once.record import LOST, Key, Record
from bot.once.store import REPEAT_SECONDS, RecordStore

ANNA = Key(42, 7, 7)
ANNA_IN_A_GROUP = Key(42, -100, 7)
OPEN = Record(state="RegistrationForm:age", data={"name": "Anna"}, update_id=1, reply={"text": "?"})


@pytest.fixture
async def store(redis) -> RecordStore:
    store = RecordStore(redis, form_seconds=600)
    await store.begin(ANNA.bot_id)
    return store


@pytest.fixture
async def hasty(redis) -> RecordStore:
    store = RecordStore(redis, form_seconds=0.05)
    await store.begin(ANNA.bot_id)
    return store


async def test_what_is_saved_is_loaded(store):
    saved = await store.save(ANNA, OPEN)
    assert await store.load(ANNA) == saved == replace(OPEN, version=1)


async def test_state_and_data_live_in_one_key_under_one_ttl_that_every_step_renews(store, redis):
    saved = await store.save(ANNA, OPEN)
    (key,) = await redis.keys("*:once:*")
    assert 599 <= await redis.ttl(key) <= 600
    await redis.expire(key, 10)
    await store.save(ANNA, saved)
    assert 599 <= await redis.ttl(key) <= 600


async def test_without_a_form_the_record_lives_as_long_as_telegram_repeats(store, redis):
    await store.save(ANNA, Record(update_id=1, reply={}))
    (key,) = await redis.keys("*:once:*")
    assert REPEAT_SECONDS - 1 <= await redis.ttl(key) <= REPEAT_SECONDS


async def test_of_two_who_read_the_same_only_one_writes(store):
    read = await store.load(ANNA)
    results = await asyncio.gather(
        *(store.save(ANNA, replace(read, update_id=n)) for n in range(9))
    )
    assert sum(saved is not None for saved in results) == 1


async def test_two_chats_of_one_person_are_two_records(store):
    await store.save(ANNA, OPEN)
    assert await store.load(ANNA_IN_A_GROUP) == Record()


async def test_a_form_that_ran_out_is_claimed_by_one_worker(hasty):
    await hasty.save(ANNA, OPEN)
    await hasty.mark_sent(ANNA, replace(OPEN, version=1), 33)
    await asyncio.sleep(0.1)
    claims = await asyncio.gather(*(hasty.claim_expired(42, limit=5) for _ in range(4)))
    (expired,) = [one for claim in claims for one in claim]
    assert (expired.key, expired.form, expired.screen) == (ANNA, "RegistrationForm", 33)


async def test_a_late_answer_knows_what_it_was_late_for_before_and_after_the_notice(hasty):
    await hasty.save(ANNA, OPEN)
    await asyncio.sleep(0.1)
    assert (await hasty.load(ANNA)).expired == "RegistrationForm"
    (expired,) = await hasty.claim_expired(42, limit=5)
    await hasty.told(expired)
    late = await hasty.load(ANNA)
    assert (late.expired, late.state) == ("RegistrationForm", None)


async def test_an_update_in_between_leaves_the_notice_due(hasty):
    await hasty.save(ANNA, OPEN)
    await asyncio.sleep(0.1)
    read = await hasty.load(ANNA)
    await hasty.save(ANNA, replace(read, update_id=2, expired=None), untold=True)
    assert len(await hasty.claim_expired(42, limit=5)) == 1


async def test_a_form_opened_meanwhile_is_not_told_of_as_expired(hasty, store):
    await hasty.save(ANNA, OPEN)
    await asyncio.sleep(0.1)
    (expired,) = await hasty.claim_expired(42, limit=5)
    await store.save(ANNA, OPEN)
    await store.told(expired)
    assert (await store.load(ANNA)).state == OPEN.state


async def test_a_finished_form_has_no_deadline(hasty):
    saved = await hasty.save(ANNA, OPEN)
    await hasty.save(ANNA, replace(saved, state=None, data={}))
    await asyncio.sleep(0.1)
    assert await hasty.claim_expired(42, limit=5) == []


async def test_redis_away_is_unavailable():
    async with Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2) as nowhere:
        with pytest.raises(Unavailable):
            await RecordStore(nowhere, form_seconds=1).load(ANNA)


async def test_turns_come_in_order_and_leave_nothing_behind():
    turns, served = Turns(), []

    async def take(number: int) -> None:
        async with turns.turn("anna"):
            await asyncio.sleep(0)
            served.append(number)

    await asyncio.gather(*(take(number) for number in range(20)))
    assert served == list(range(20))
    assert len(turns) == 0


async def test_a_redis_that_lost_everything_says_so_for_as_long_as_a_form_lives(redis):
    store = RecordStore(redis, form_seconds=0.2)
    await store.begin(ANNA.bot_id)
    assert (await store.load(ANNA)).expired is None
    await redis.flushall()
    assert (await store.load(ANNA)).expired == LOST
    await store.begin(ANNA.bot_id)  # another worker starts: it changes nothing
    assert (await store.load(ANNA_IN_A_GROUP)).expired == LOST
    await asyncio.sleep(0.25)
    assert (await store.load(ANNA)).expired is None
