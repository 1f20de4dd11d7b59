"""One connection to Redis for everybody: each gets their own answer, whatever happens to others."""

import asyncio

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from bot import multiplex
from bot.multiplex import SharedRedis


@pytest.fixture
async def shared(redis_url):
    async with SharedRedis.from_url(redis_url, socket_timeout=None) as client:
        yield client


async def clients(redis: Redis) -> int:
    """How many connections the server sees, this one among them."""
    return (await redis.info("clients"))["connected_clients"]


async def kick_out(redis: Redis) -> None:
    """Break every connection but our own."""
    await redis.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


async def test_many_at_once_get_their_own_answers_over_one_connection(shared, redis):
    before = await clients(redis)
    echo = shared.register_script("return {KEYS[1], ARGV[1]}")
    answers = await asyncio.gather(*(echo(keys=[f"k{n}"], args=[n]) for n in range(500)))
    assert answers == [[b"k%d" % n, b"%d" % n] for n in range(500)]
    assert await clients(redis) == before + 1


async def test_an_error_is_told_only_to_whoever_asked(shared):
    await shared.set("word", "x")
    answers = await asyncio.gather(
        shared.get("word"), shared.incr("word"), shared.get("word"), return_exceptions=True
    )
    assert answers[0] == answers[2] == b"x"
    assert isinstance(answers[1], ResponseError)


async def test_a_script_that_the_server_forgot_is_sent_again(shared, redis):
    script = shared.register_script("return ARGV[1]")
    assert await script(args=["one"]) == b"one"
    await redis.script_flush()
    assert await script(args=["two"]) == b"two"


async def test_whoever_gives_up_does_not_shift_the_answers_of_others(shared):
    await asyncio.gather(*(shared.set(f"k{n}", n) for n in range(20)))
    asking = [asyncio.ensure_future(shared.get(f"k{n}")) for n in range(20)]
    await asyncio.sleep(0)
    for call in asking[::2]:
        call.cancel()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert answers[1::2] == [b"%d" % n for n in range(1, 20, 2)]
    assert await shared.get("k7") == b"7"


async def test_a_broken_connection_is_told_and_the_next_command_opens_another(shared, redis):
    await shared.set("word", "x")
    hanging = asyncio.ensure_future(shared.blpop("nothing", 0))
    await asyncio.sleep(0.05)
    await kick_out(redis)
    with pytest.raises(RedisConnectionError):
        await hanging
    before = await clients(redis)
    assert await asyncio.gather(*(shared.get("word") for _ in range(50))) == [b"x"] * 50
    assert await clients(redis) == before + 1


async def test_a_connection_that_broke_while_idle_costs_nobody_an_answer(shared, redis):
    await shared.set("word", "x")
    await kick_out(redis)
    await asyncio.sleep(0.05)
    assert await shared.get("word") == b"x"


async def test_a_silent_server_is_given_up_in_time_and_asked_anew(shared, redis, monkeypatch):
    monkeypatch.setattr(multiplex, "ANSWER_SECONDS", 0.2)
    await shared.set("word", "x")
    await redis.execute_command("CLIENT", "PAUSE", "400", "ALL")
    with pytest.raises(TimeoutError):
        await shared.get("word")
    await asyncio.sleep(0.4)
    assert await shared.get("word") == b"x"


async def test_a_server_that_is_away_is_an_error_and_not_a_wait():
    async with SharedRedis.from_url("redis://127.0.0.1:1") as client:
        with pytest.raises((RedisConnectionError, OSError)):
            await asyncio.wait_for(client.get("word"), 1.5)


async def test_closing_leaves_no_connection_behind(redis, redis_url):
    before = await clients(redis)
    async with SharedRedis.from_url(redis_url) as client:
        await client.set("word", "x")
        assert await clients(redis) == before + 1
    await asyncio.sleep(0.05)
    assert await clients(redis) == before
