"""Tasks that go wrong on purpose. Their effect is a line of the audit log: easily counted."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar

import asyncpg

from bot.jobs.handlers import Handler
from bot.models.audit import AuditAction
from bot.models.jobs import Job, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Task):
    """Take effect once: ``before`` and ``after`` it, wait some seconds; fail the first times."""

    kind: ClassVar[str] = "test-mark"
    name: str
    before: float = 0
    after: float = 0
    failures: int = 0


class Flaw(Exception):
    """What goes wrong."""


async def mark(job: Job[Mark], services) -> None:
    task = job.task
    await asyncio.sleep(task.before)
    if job.attempt <= task.failures:
        raise Flaw(f"attempt {job.attempt}")
    async with services.jobs._db.transaction() as tx:
        await tx.jobs._conn.execute(
            "INSERT INTO audit_log (action, actor_role, after) VALUES ($1, 'owner', $2)",
            AuditAction.SETTING_CHANGED,
            {"mark": task.name},
        )
        await tx.jobs.complete(job)
    await asyncio.sleep(task.after)


HANDLERS = (Handler(Mark, mark),)


async def enqueue(db, task: Task, **how) -> int | None:
    async with db.transaction() as tx:
        return await tx.jobs.add(task, **how)


class Ledger:
    """What stands in the database."""

    def __init__(self, conn: asyncpg.Connection) -> None:
        self.conn = conn

    async def effects(self, name: str) -> int:
        return await self.conn.fetchval(
            "SELECT count(*) FROM audit_log WHERE after ->> 'mark' = $1", name
        )

    async def job(self, job_id: int) -> asyncpg.Record:
        return await self.conn.fetchrow("SELECT * FROM jobs WHERE id = $1", job_id)

    async def entries(self) -> int:
        return await self.conn.fetchval("SELECT count(*) FROM pgqueuer")

    async def until(self, sql: str, *args, seconds: float = 20) -> None:
        """Return once the statement says true."""
        async with asyncio.timeout(seconds):
            while not await self.conn.fetchval(sql, *args):
                await asyncio.sleep(0.02)

    async def until_done(self, job_id: int, seconds: float = 20) -> None:
        await self.until(
            "SELECT done_at IS NOT NULL FROM jobs WHERE id = $1", job_id, seconds=seconds
        )

    async def until_begun(self, job_id: int, attempt: int = 1) -> None:
        await self.until("SELECT attempts >= $2 FROM jobs WHERE id = $1", job_id, attempt)

    async def hurry(self) -> None:
        """Let the time until the next attempts have passed."""
        await self.conn.execute("UPDATE pgqueuer SET execute_after = now() - interval '1 s'")


@asynccontextmanager
async def ledger_of(url: str):
    conn = await asyncpg.connect(url)
    try:
        yield Ledger(conn)
    finally:
        await conn.close()
