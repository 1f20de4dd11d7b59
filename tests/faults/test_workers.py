"""Workers are killed, paused, stopped and rolled under load: no update is lost, none done twice."""

import asyncio
import random
import signal
from time import monotonic

import pytest

from tests.faults import life

pytestmark = pytest.mark.timeout(300)


async def starts(stage, count: int) -> list[int]:
    """So many people press Start, all at once; nobody waits for an answer yet."""
    return [stage.chat.act(name, "/start") for name in await life.crowd(stage, count)]


def welcomes(stage) -> list[int]:
    return [sum("Welcome" in text for text in stage.heard(name)) for name in stage.club.people]


@pytest.mark.parametrize("road", ["webhook", "polling"])
async def test_sigterm_finishes_what_is_in_hand(stage, road):
    (worker,) = await stage.start(1, road)
    slow = stage.engine.faults.add(method="sendMessage", times=50, kind="slow_headers", seconds=0.5)
    updates = await starts(stage, 50)
    while not sum(welcomes(stage)):
        await asyncio.sleep(0.01)
    assert await worker.stop() == 0
    in_hand = sum(welcomes(stage))
    stage.engine.faults.remove(slow)
    await stage.replace(worker)
    for update in updates:
        await stage.engine.handled(update)
    assert welcomes(stage) == [1] * 50
    print(f"  {road}: {in_hand} of 50 done before the exit, the others after it")
    await stage.all_is_well()


@pytest.mark.alone
async def test_all_workers_are_rolled_under_load(stage):
    await stage.club.admin("Asha")
    workers = await stage.start(3)
    names = await life.crowd(stage, 30)
    everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
    for worker in workers:
        stage.drop(worker)  # as a deployment does: out of the balancer, then SIGTERM
        fresh = (await stage.start())[0]
        assert await worker.stop() == 0
        assert fresh.is_alive
    await everybody
    print(f"  rolled under load: longest wait {max(stage.waits):.2f} s")
    assert max(stage.waits) < 5
    await stage.all_is_well()


@pytest.mark.alone
async def test_all_pollers_are_rolled_under_load(stage):
    await stage.club.admin("Asha")
    old = await stage.start(2, "polling")
    names = await life.crowd(stage, 20)
    everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
    for worker in old:
        await stage.start(1, "polling")
        assert await worker.stop() == 0
    await everybody
    print(f"  pollers rolled under load: longest wait {max(stage.waits):.2f} s")
    assert max(stage.waits) < 5
    assert not [call for call in stage.engine.calls if call.status == 409]
    await stage.all_is_well()


@pytest.mark.alone
@pytest.mark.parametrize("road", ["webhook", "polling"])
async def test_one_of_two_is_killed_at_load(stage, road):
    """The figure of performance.md, section 3: how long does anybody wait?"""
    stage.engine.rules.retry_scale = 1.0  # Telegram's own pauses: none, then 2 s, 4 s, …
    await stage.club.admin("Asha")
    first, _ = await stage.start(2, road)
    names = await life.crowd(stage, 40)
    everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
    while len(stage.waits) < 60:
        await asyncio.sleep(0.005)
    await first.kill()
    await everybody
    longest = max(stage.waits)
    print(f"  kill -9, {road}: {len(stage.waits)} updates, longest wait {longest:.2f} s")
    assert longest < 5
    async with stage.db.reading() as repos:
        assert await repos.registrations.count_pending() == len(names)
    await stage.all_is_well(90)


@pytest.mark.usefixtures("long_only")
async def test_every_worker_is_killed_again_and_again(stage):
    rng = random.Random(7)
    await stage.club.admin("Asha")
    workers = await stage.start(2)
    names = await life.crowd(stage, 24)
    everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
    for _ in range(60):
        await asyncio.sleep(rng.uniform(0.05, 0.5))
        number = rng.randrange(2)
        await workers[number].kill()
        workers[number] = await stage.replace(workers[number])
    await everybody
    print(f"  killed again and again: longest wait {max(stage.waits):.2f} s")
    await stage.all_is_well(90)


@pytest.mark.parametrize("road", ["webhook", "polling"])
async def test_a_worker_sleeps_past_its_lease_and_wakes_up(stage, road, many):
    await stage.club.admin("Asha")
    sleeper, _ = await stage.start(2, road)
    names = await life.crowd(stage, 16)
    everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
    while len(stage.waits) < 20:
        await asyncio.sleep(0.005)
    sleeper.signal(signal.SIGSTOP)
    stage.drop(sleeper)  # its health check fails
    for post in stage.balancer.posts_to(sleeper.port):
        post.cancel()
    await asyncio.sleep(many(4, long=90))
    sleeper.signal(signal.SIGCONT)
    await everybody
    async with stage.db.reading() as repos:
        assert await repos.registrations.count_pending() == len(names)
    print(f"  asleep, {road}: longest wait {max(stage.waits):.2f} s")
    await stage.all_is_well(90)


@pytest.mark.alone
async def test_two_hundred_people_at_once_with_repeats(stage):
    """Two workers, every twentieth update comes twice."""
    await stage.club.admin("Asha")
    await stage.start(2)
    names = await life.crowd(stage, 200)
    rng, began = random.Random(5), monotonic()
    stage.balancer.repeats = lambda: rng.random() < 0.05
    await asyncio.gather(*(life.insists(stage, name) for name in names))
    seconds = monotonic() - began
    waits = sorted(stage.waits)
    print(
        f"  200 people: {len(waits)} updates in {seconds:.1f} s, p50 {waits[len(waits) // 2]:.2f}, "
        f"p99 {waits[int(len(waits) * 0.99)]:.2f}, longest {waits[-1]:.2f} s"
    )
    async with stage.db.reading() as repos:
        assert await repos.registrations.count_pending() == 200
    for name in names:
        questions = [text for text in stage.heard(name) if "(4/8)" in text]
        assert len(questions) <= 2  # the question, and at most its repeat
    await stage.all_is_well(90)
