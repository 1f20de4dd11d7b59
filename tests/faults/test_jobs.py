"""Workers die, freeze and lose their database in mid-job: the job is done, its effect once."""

import asyncio
import signal
from datetime import timedelta

import pytest

from bot.errors import Unavailable
from bot.jobs import runner
from tests.faults.servers import FAST, IMMEDIATE
from tests.jobs.tasks import HANDLERS, Mark, enqueue, ledger_of

LEASE = timedelta(seconds=2)
pytestmark = pytest.mark.timeout(120)


def with_tasks_of_ours() -> None:
    """In a worker process: it knows the tests' tasks, a lease is short, and it looks often."""
    runner.Runner.__init__.__kwdefaults__.update(handlers=HANDLERS, lease=LEASE)
    runner._LOOK_SECONDS = 0.5


@pytest.fixture
async def ledger(stage):
    async with ledger_of(stage.database_url) as made:
        yield made


async def fleet(stage, count: int = 2):
    return await stage.start(count, "jobs", before=with_tasks_of_ours)


async def test_a_worker_killed_in_mid_job_is_taken_over_from(stage, ledger):
    (doomed,) = await fleet(stage, 1)
    job_id = await enqueue(stage.db, Mark(name="killed", before=2))
    await ledger.until_begun(job_id)
    await doomed.kill()
    await fleet(stage, 1)
    await ledger.until_done(job_id)
    assert await ledger.effects("killed") == 1
    assert (await ledger.job(job_id))["attempts"] == 2


async def test_killed_after_its_effect_it_is_not_done_again(stage, ledger):
    (doomed,) = await fleet(stage, 1)
    job_id = await enqueue(stage.db, Mark(name="done", after=30))
    await ledger.until_done(job_id)
    await doomed.kill()
    await fleet(stage, 1)
    await ledger.until("SELECT count(*) = 0 FROM pgqueuer")
    assert await ledger.effects("done") == 1
    assert (await ledger.job(job_id))["attempts"] == 1


async def test_a_worker_that_freezes_beyond_its_lease_does_no_harm(stage, ledger):
    (frozen,) = await fleet(stage, 1)
    job_id = await enqueue(stage.db, Mark(name="frozen", before=2))
    await ledger.until_begun(job_id)
    frozen.signal(signal.SIGSTOP)
    await fleet(stage, 1)
    await ledger.until_begun(job_id, 2)
    frozen.signal(signal.SIGCONT)
    await ledger.until_done(job_id)
    await ledger.until("SELECT count(*) = 0 FROM pgqueuer")
    async with asyncio.timeout(10):
        while '"taken"' not in frozen.log:
            await asyncio.sleep(0.05)
    assert await ledger.effects("frozen") == 1


async def test_a_job_that_kills_its_workers_is_dead_after_its_attempts(stage, ledger):
    job_id = await enqueue(stage.db, Mark(name="poison", before=60))
    await ledger.conn.execute("UPDATE jobs SET allowed = 2")
    for attempt in (1, 2):
        (doomed,) = await fleet(stage, 1)
        await ledger.until_begun(job_id, attempt)
        await doomed.kill()
    await fleet(stage, 1)
    await ledger.until("SELECT dead_at IS NOT NULL AND error = 'WorkerDied' FROM jobs")
    await ledger.until("SELECT count(*) = 0 FROM pgqueuer")


@pytest.mark.parametrize("how", [FAST, IMMEDIATE], ids=["in good order", "as if it crashed"])
async def test_postgres_is_restarted_in_mid_job(stage, how):
    workers = await fleet(stage)
    inside = await enqueue(stage.db, Mark(name="inside", before=1))
    async with ledger_of(stage.database_url) as ledger:
        await ledger.until_begun(inside)
    await stage.postgres.restart(how, away=1.5)
    async with ledger_of(stage.database_url) as ledger:
        after = await enqueue_when_possible(stage, Mark(name="after"))
        await ledger.until_done(after)
        await ledger.hurry()
        await ledger.until_done(inside, seconds=40)
        assert await ledger.effects("inside") == 1
        assert await ledger.effects("after") == 1
    assert all(worker.is_alive for worker in workers)


async def enqueue_when_possible(stage, task: Mark) -> int:
    """The test's own pool has to find out, too."""
    while True:
        try:
            return await enqueue(stage.db, task)
        except Unavailable:
            await asyncio.sleep(0.1)


async def test_a_clean_stop_ends_with_code_0_and_the_job_done(stage, ledger):
    (worker,) = await fleet(stage, 1)
    job_id = await enqueue(stage.db, Mark(name="stopped", before=1))
    await ledger.until_begun(job_id)
    assert await worker.stop() == 0
    assert (await ledger.job(job_id))["done_at"]
