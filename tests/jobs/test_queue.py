"""A job is added with its fact, done once, tried again, and dead in the end."""

import asyncio

import pytest

from bot.errors import JobTaken
from bot.models.jobs import ATTEMPTS, WORKER_DIED, Job
from tests.jobs.tasks import Mark, enqueue, ledger_of

IT_WAITS = "SELECT execute_after - now() > interval '3 s' FROM pgqueuer WHERE status = 'queued'"


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


class Regret(Exception):
    pass


async def test_a_rolled_back_transaction_leaves_no_job(db, ledger):
    with pytest.raises(Regret):
        async with db.transaction() as tx:
            await tx.jobs.add(Mark(name="never"))
            raise Regret
    assert await ledger.conn.fetchval("SELECT count(*) FROM jobs") == 0
    assert await ledger.entries() == 0


async def test_a_job_is_done_soon_after_the_commit_and_its_entry_goes(db, ledger, running):
    async with running():
        job_id = await enqueue(db, Mark(name="soon"))
        await ledger.until_done(job_id, seconds=4)  # less than a look at a quiet queue takes
    assert await ledger.effects("soon") == 1
    assert await ledger.entries() == 0


async def test_a_job_for_later_waits(db, ledger, running):
    later = await enqueue(db, Mark(name="later"), delay_seconds=3600)
    now = await enqueue(db, Mark(name="now"))
    async with running():
        await ledger.until_done(now)
        assert (await ledger.job(later))["attempts"] == 0
        await ledger.hurry()
        await ledger.until_done(later)


async def test_a_key_is_good_for_one_job_even_after_that_is_done(db, ledger, running):
    first = await enqueue(db, Mark(name="keyed"), dedupe_key="one")
    assert await enqueue(db, Mark(name="keyed"), dedupe_key="one") is None
    async with running():
        await ledger.until_done(first)
    assert await enqueue(db, Mark(name="keyed"), dedupe_key="one") is None


async def test_two_transactions_with_one_key_at_once_leave_one_job(db, ledger):
    made = await asyncio.gather(
        *(enqueue(db, Mark(name="keyed"), dedupe_key="one") for _ in range(4))
    )
    assert len([job_id for job_id in made if job_id]) == 1
    assert await ledger.entries() == 1


async def test_a_failed_job_is_tried_again_later_and_takes_effect_once(db, ledger, running):
    job_id = await enqueue(db, Mark(name="flaky", failures=2))
    async with running():
        for attempt in (1, 2):
            await ledger.until("SELECT error = $1 FROM jobs", f"Flaw: attempt {attempt}")
            await ledger.until(IT_WAITS)
            await ledger.hurry()
        await ledger.until_done(job_id)
    assert await ledger.effects("flaky") == 1
    assert (await ledger.job(job_id))["error"] is None


async def test_after_its_last_attempt_it_is_dead_and_rests(db, ledger, running):
    job_id = await enqueue(db, Mark(name="hopeless", failures=99))
    async with running():
        for attempt in range(1, ATTEMPTS + 1):
            await ledger.until_begun(job_id, attempt)
            await ledger.until("SELECT error = $1 FROM jobs", f"Flaw: attempt {attempt}")
            await ledger.hurry()
        await ledger.until("SELECT dead_at IS NOT NULL FROM jobs")
        await ledger.until("SELECT count(*) = 0 FROM pgqueuer")
    assert (await ledger.job(job_id))["attempts"] == ATTEMPTS


async def test_a_job_that_kills_every_worker_is_dead_after_its_attempts(db, ledger, services):
    """Deaths are counted though nobody is left to report them."""
    job_id = await enqueue(db, Mark(name="poison"))
    queue_id = (await ledger.job(job_id))["queue_id"]
    for attempt in range(1, ATTEMPTS + 1):
        begun = await services.jobs.begin(job_id, queue_id=queue_id)
        assert (begun.attempt, begun.is_dead) == (attempt, False)
    assert (await services.jobs.begin(job_id, queue_id=queue_id)).is_dead
    assert await services.jobs.begin(job_id, queue_id=queue_id) is None
    assert (await ledger.job(job_id))["error"] == WORKER_DIED


async def test_who_was_overtaken_can_neither_finish_nor_fail_it(db, ledger, services):
    """A worker that was paused longer than its lease wakes up."""
    job_id = await enqueue(db, Mark(name="fenced"))
    queue_id = (await ledger.job(job_id))["queue_id"]
    paused = await services.jobs.begin(job_id, queue_id=queue_id)
    other = await services.jobs.begin(job_id, queue_id=queue_id)
    with pytest.raises(JobTaken):
        async with db.transaction() as tx:
            await tx.jobs.complete(Job(id=job_id, attempt=paused.attempt, task=Mark(name="fenced")))
    assert await services.jobs.fail(paused, Regret()) is False
    assert (await ledger.job(job_id))["error"] is None
    async with db.transaction() as tx:
        await tx.jobs.complete(Job(id=job_id, attempt=other.attempt, task=Mark(name="fenced")))
    assert (await ledger.job(job_id))["done_at"]


async def test_a_job_whose_entry_is_gone_is_queued_again(db, ledger, services, running):
    job_id = await enqueue(db, Mark(name="lost"))
    await ledger.conn.execute("DELETE FROM pgqueuer")
    assert await services.jobs.rescue() == 0  # it may be ending just now
    await ledger.conn.execute("UPDATE jobs SET created_at = now() - interval '2 min'")
    assert await services.jobs.rescue() == 1
    assert await services.jobs.rescue() == 0
    async with running():
        await ledger.until_done(job_id)


async def test_a_clean_stop_finishes_what_is_in_hand(db, ledger, running):
    job_id = await enqueue(db, Mark(name="finished", before=1))
    async with running():
        await ledger.until_begun(job_id)
    assert (await ledger.job(job_id))["done_at"]


async def test_what_takes_too_long_to_stop_for_is_handed_back(db, ledger, running, monkeypatch):
    monkeypatch.setattr("bot.jobs.runner._STOP_SECONDS", 0.2)
    job_id = await enqueue(db, Mark(name="slow", before=3))
    async with running():
        await ledger.until_begun(job_id)
    job = await ledger.job(job_id)
    assert (job["done_at"], job["attempts"], job["allowed"]) == (None, 1, ATTEMPTS + 1)
    async with running():
        await ledger.until_done(job_id)
    assert await ledger.effects("slow") == 1


async def test_a_payload_of_another_version_ends_among_the_dead(db, ledger, running):
    job_id = await enqueue(db, Mark(name="old"))
    await ledger.conn.execute("""UPDATE jobs SET payload = '{"other": 1}', allowed = 1""")
    async with running():
        await ledger.until("SELECT dead_at IS NOT NULL FROM jobs")
    assert (await ledger.job(job_id))["error"].startswith("ValidationError: ")


async def test_workers_share_many_jobs_and_each_is_done_once(db, ledger, running):
    async with db.transaction() as tx:
        for number in range(200):
            await tx.jobs.add(Mark(name=f"many {number}"))
    async with running(), running():
        await ledger.until("SELECT count(*) = 200 FROM jobs WHERE done_at IS NOT NULL")
    counted = await ledger.conn.fetch("SELECT after, count(*) FROM audit_log GROUP BY after")
    assert len(counted) == 200
    assert {row["count"] for row in counted} == {1}
