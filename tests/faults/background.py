"""Work in the background, in a soak: every change asks for a job, and days pass in seconds."""

import asyncio
import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from time import time
from uuid import uuid4

from bot.db.audit import AuditRepo
from bot.db.jobs import JobRepo
from bot.errors import Unavailable
from bot.jobs import handlers, scheduler
from bot.jobs.runner import Runner
from bot.models.audit import AuditAction
from tests.jobs.tasks import HANDLERS, Mark

LEASE = timedelta(seconds=3)
DAY_SECONDS = 15  # a day of the club: some are missed and made up for, some are skipped


class Regret(Exception):
    """Somebody thinks better of it: nothing of the transaction remains."""


def busy_days():
    """What a worker of the soak is told before it begins; all of one soak have the same clock."""
    return partial(lives_fast, time())


def lives_fast(since: float) -> None:
    """In a worker process: short leases and days; whatever is audited asks for a job as well."""
    ours = (*handlers.HANDLERS, *HANDLERS)
    Runner.__init__.__kwdefaults__.update(handlers=ours, lease=LEASE)
    scheduler.Scheduler.__init__.__defaults__ = (partial(club_time, since),)
    scheduler._MINUTE = 1
    add = AuditRepo.add

    async def add_and_ask(self, *args, **more):
        await add(self, *args, **more)
        await ask(self._conn, Mark(name=str(uuid4())))

    AuditRepo.add = add_and_ask


def club_time(since: float) -> datetime:
    return datetime.fromtimestamp(since + (time() - since) * 86_400 / DAY_SECONDS, UTC)


async def ask(conn, task: Mark) -> None:
    """Have it done, twice told; that it was asked for is written down in the same transaction."""
    await conn.execute(
        "INSERT INTO audit_log (action, actor_role, after) VALUES ($1, 'owner', $2)",
        AuditAction.SETTING_CHANGED,
        {"asked": task.name},
    )
    for _ in range(2):
        await JobRepo(conn).add(task, dedupe_key=task.name)


async def asks(stage, rng: random.Random, count: int) -> None:
    """Enqueue jobs of every length; of some transactions nothing may remain."""
    for _ in range(count):
        await asyncio.sleep(rng.uniform(0, 0.6))
        waits = {"before": rng.uniform(0, 4), "after": rng.uniform(0, 1)}
        task = Mark(name=str(uuid4()), **(waits if rng.random() < 0.8 else {}))
        with suppress(Regret, Unavailable):
            async with stage.db.transaction() as tx:
                await ask(tx.jobs._conn, task)
                if rng.random() < 0.15:
                    raise Regret


async def held(stage) -> int:
    """Notices that wait for the end of quiet hours; none that we know of without PostgreSQL."""
    sql = "SELECT count(*) FROM notices WHERE held AND sent_at IS NULL"
    with suppress(Unavailable):
        async with stage.db.reading() as repos:
            return await repos.notices._conn.fetchval(sql)
    return 0


async def figures(stage) -> str:
    """How much of it there was: a promise that nothing puts to the test is none."""
    async with stage.db.reading() as repos:
        row = await repos.jobs._conn.fetchrow("""
            SELECT (SELECT count(*) FROM jobs) AS jobs,
                   (SELECT count(*) FROM jobs WHERE attempts > 1) AS again,
                   (SELECT max(attempts) FROM jobs) AS most,
                   (SELECT count(*) FROM schedule_runs) AS days,
                   (SELECT count(*) FROM schedule_runs WHERE skipped) AS skipped,
                   (SELECT count(*) FROM notices) AS notices,
                   (SELECT count(*) FROM notices WHERE withheld) AS withheld,
                   (SELECT count(*) FROM notices WHERE hidden_at IS NOT NULL) AS deleted,
                   (SELECT count(*) FROM subscription_requests) AS wanted,
                   (SELECT count(*) FROM subscriptions) AS bought,
                   (SELECT count(*) FROM subscription_changes) AS frozen
        """)
    return ", ".join(f"{name} {count}" for name, count in row.items())
