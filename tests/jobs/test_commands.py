"""``python -m bot worker``, ``run`` and ``jobs``, as processes of their own."""

import asyncio
import signal
from datetime import date

import pytest

from bot.models.jobs import Prune
from tests.jobs.tasks import enqueue, ledger_of
from tests.test_processes import bot


@pytest.mark.parametrize("command", ["worker", "run"])
async def test_jobs_are_done_and_the_process_ends_well(command, environment, db, database_url):
    async with ledger_of(database_url) as ledger, bot(environment, command) as process:
        job_id = await enqueue(db, Prune(day=date(2026, 11, 24)))
        await ledger.until_done(job_id, seconds=60)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_the_recurring_jobs_are_listed(environment):
    async with bot(environment, "jobs") as process:
        said, wrong = await asyncio.wait_for(process.communicate(), 60)
    lines = said.decode().splitlines()
    assert (process.returncode, wrong) == (0, b"")
    assert lines[0].split() == ["NAME", "HOUR", "LAST", "NEXT", "WHAT", "IT", "DOES"]
    assert lines[1].startswith("prune           03:30  never  ")
    assert lines[2].startswith("check-rows      04:00  never  ")
    assert lines[3].startswith("birthdays       09:00  never  ")
    assert lines[4].startswith("expiry          09:00  never  ")
    assert lines[5].startswith("follow-ups      09:00  never  ")
    assert lines[6].startswith("dues-reminders  11:00  never  ")
    assert lines[7] == "Hours are those of Asia/Kolkata."
