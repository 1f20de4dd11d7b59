"""Forms and effects when Redis forgets amid a handler, when clocks jump, and when time runs out."""

import asyncio
import time

import pytest

from tests.faults import life

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
async def running(request, stage):
    await stage.club.admin("Asha")
    await stage.start(request.param, ttl=3600)
    return stage


async def amid_a_handler(stage, act, disaster) -> None:
    """Let a disaster strike while PostgreSQL, made slow, holds up the handler of an update."""
    with stage.to_postgres.suffering(latency=0.05):
        update = act()
        await asyncio.sleep(0.2)
        assert not stage.queue._waiting[update].is_set()
        await disaster()
    await stage.engine.handled(update, timeout=30)


@pytest.mark.parametrize("disaster", ["flushall", "restart"])
async def test_redis_forgets_amid_a_decision(running, disaster):
    (filed,) = await life.applied(running, "Mk1")
    shown = await life.card(running, "Asha", filed)
    strike = {"flushall": running.redis.flushall, "restart": running.valkey.restart}[disaster]
    await amid_a_handler(running, lambda: life.approve(running, "Asha", shown, filed), strike)
    await running.quiet()
    assert "Approved by Asha" in shown.text
    assert len([text for text in running.heard("Mk1") if "Welcome" in text]) == 1
    await running.all_is_well()


async def test_redis_forgets_amid_a_submission(running):
    running.club.visitor("Mk1")
    await life.fill(running, "Mk1")
    submit = lambda: running.chat.act("Mk1", life.SUBMIT)  # noqa: E731 -- an act, done later
    await amid_a_handler(running, submit, running.redis.flushall)
    async with running.db.reading() as repos:
        assert await repos.registrations.count_pending() == 1
    await running.all_is_well()


async def test_a_form_that_redis_forgot_is_not_taken_for_another(running):
    running.club.visitor("Mk1")
    await running.plays("Mk1", "/register", "Mk1 Rao", "98765 43210")
    await running.redis.flushall()
    await running.says("Mk1", "28")
    assert "I have lost it" in running.heard("Mk1")[-1]
    await life.insists(running, "Mk1")
    await running.all_is_well()


async def test_a_form_that_ran_out_is_told_once_though_workers_die(stage):
    await stage.club.admin("Asha")
    workers = await stage.start(2, ttl=2)
    names = await life.crowd(stage, 10)
    await asyncio.gather(*(stage.plays(name, "/register", f"{name} Rao") for name in names))
    await workers[0].kill()
    async with asyncio.timeout(60):
        while not all(told(stage, name) for name in names):
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.5)
    assert {told(stage, name) for name in names} <= {1, 2}  # twice: the teller died before its mark
    assert sum(told(stage, name) for name in names) <= len(names) + 1
    await stage.says(names[0], "98765 43210")
    assert "had closed before this arrived" in stage.heard(names[0])[-1]
    await stage.all_is_well()


def told(stage, name) -> int:
    return len([text for text in stage.heard(name) if "closed because it waited" in text])


def clock_is_ahead() -> None:
    """In a worker: its wall clock is a day ahead of everybody else's."""
    now = time.time
    time.time = lambda: now() + 86_400


async def test_the_clocks_of_workers_disagree_by_a_day(stage):
    await stage.club.admin("Asha")
    await stage.start(1)
    await stage.start(1, before=clock_is_ahead)
    names = await life.crowd(stage, 10)
    await asyncio.gather(*(life.insists(stage, name) for name in names))
    async with stage.db.reading() as repos:
        assert await repos.registrations.count_pending() == len(names)
    assert not any(told(stage, name) for name in names)
    await stage.all_is_well()
