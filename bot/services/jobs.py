"""Jobs on their way: begun, done, tried again, dead; and what owners do about the dead."""

from typing import Any, Final

from bot.db.database import Database, Repos
from bot.errors import JobGone, JobTaken
from bot.models.audit import AuditAction
from bot.models.jobs import WORKER_DIED, Begun, DeadJobs, Job
from bot.models.notices import Audience, NoticeKind
from bot.models.people import Person
from bot.services._authority import require_owner
from bot.services._pages import nearest

PAGE: Final = 5
_BACKOFF_SECONDS: Final = (5, 30, 120, 600)
_ERROR: Final = 1_000  # characters that are kept of one


class JobService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def begin(self, job_id: int, *, queue_id: int) -> Begun | None:
        """Count an attempt at a job. ``None``: there is nothing to do; maybe it is dead now."""
        async with self._db.transaction() as tx:
            begun = await tx.jobs.begin(job_id, queue_id=queue_id)
            if begun and begun.is_dead:
                await _tell_owners(tx, begun, WORKER_DIED)
        return begun

    async def finish(self, job: Job[Any]) -> None:
        """Mark it done, if its handler has not done so in the transaction of its effect."""
        async with self._db.transaction() as tx:
            try:
                await tx.jobs.complete(job)
            except JobTaken:
                return

    async def fail(self, begun: Begun, fault: BaseException) -> bool:
        """Have it tried again, ever later; after its last attempt it is dead and owners hear of it.

        Returns:
            Whether it is dead.
        """
        error = f"{type(fault).__name__}: {fault}"[:_ERROR]
        delay = _BACKOFF_SECONDS[min(begun.attempt, len(_BACKOFF_SECONDS)) - 1]
        async with self._db.transaction() as tx:
            if await tx.jobs.try_later(begun, error, delay_seconds=delay):
                return False
            if not await tx.jobs.give_up(begun, error):
                return False
            await _tell_owners(tx, begun, error)
        return True

    async def hand_back(self, begun: Begun) -> None:
        """Let another worker have it, as if we had not begun."""
        async with self._db.transaction() as tx:
            await tx.jobs.hand_back(begun)

    async def rescue(self) -> int:
        """Queue again what fell out of the queue; returns how many that were."""
        async with self._db.transaction() as tx:
            return await tx.jobs.rescue()

    async def count_dead(self) -> int:
        async with self._db.reading() as repos:
            return await repos.jobs.count_dead()

    async def dead(self, number: int) -> DeadJobs:
        """A page, newest first; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            number, pages = nearest(number, of=await repos.jobs.count_dead(), size=PAGE)
            jobs = await repos.jobs.list_dead(limit=PAGE, offset=number * PAGE)
        return DeadJobs(number=number, pages=pages, first=number * PAGE + 1, jobs=jobs)

    async def retry(self, job_id: int, *, by: Person) -> None:
        """Have a dead job tried again, with fresh attempts.

        Raises:
            NotAllowed: for owners only.
            JobGone: it is not dead any more: somebody was first.
        """
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            kind = await tx.jobs.revive(job_id)
            await _record(tx, AuditAction.JOB_RETRIED, job_id, kind, by=owner)

    async def forget(self, job_id: int, *, by: Person) -> None:
        """Remove a dead job for good.

        Raises:
            NotAllowed: for owners only.
            JobGone: it is not dead any more: somebody was first.
        """
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            kind = await tx.jobs.forget(job_id)
            await _record(tx, AuditAction.JOB_FORGOTTEN, job_id, kind, by=owner)


async def _tell_owners(tx: Repos, dead: Begun, error: str) -> None:
    payload = {"kind": dead.kind, "error": error}
    await tx.notices.add_for(
        Audience.OWNERS, NoticeKind.JOB_DEAD, subject_id=dead.id, payload=payload
    )


async def _record(
    tx: Repos, action: AuditAction, job_id: int, kind: str | None, *, by: Person
) -> None:
    """Write down what was done to a dead job. No ``kind``: nothing was, unless by this update."""
    if kind:
        await tx.audit.add(action, by=by, after={"job": job_id, "kind": kind})
    elif not await tx.audit.has_own(action):
        raise JobGone
