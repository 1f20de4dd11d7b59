"""The jobs table and its queue: added in the caller's transaction, begun, finished, dead.

A job is open until it is done or dead. Its number of attempts is its fence: whoever began an
earlier one can neither finish the job nor fail it.
"""

from typing import Any, Final

from pydantic import TypeAdapter

from bot.db._rows import Connection, storable
from bot.errors import JobTaken
from bot.models.jobs import ATTEMPTS, WORKER_DIED, Begun, DeadJob, Job, Task

_COLUMNS = "id, kind, attempts, error, created_at, dead_at"
_OPEN: Final = "done_at IS NULL AND dead_at IS NULL"
_NEXT_ENTRY: Final = "nextval(pg_get_serial_sequence('pgqueuer', 'id'))"
# Any "job" (id, kind, queue_id) gets the entry in PgQueuer's table that its queue_id promises.
_QUEUE: Final = """
    INSERT INTO pgqueuer (id, priority, entrypoint, payload, execute_after, status)
    SELECT queue_id, 0, kind, convert_to(id::text, 'UTF8'), now() + make_interval(secs => $1),
           'queued'
      FROM job
"""
_LOST_SECONDS: Final = 60  # without an entry in the queue; an attempt may be ending just now


class JobRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self, task: Task, *, dedupe_key: str | None = None, delay_seconds: float = 0
    ) -> int | None:
        """Have a task done once this transaction has ended well.

        Returns:
            The job's number; ``None`` when there is one of this ``dedupe_key``, done or not.
        """
        sql = f"""
            WITH job AS (
                INSERT INTO jobs (kind, payload, dedupe_key, allowed, queue_id)
                VALUES ($2, $3, $4, $5, {_NEXT_ENTRY})
                ON CONFLICT (dedupe_key) DO NOTHING
                RETURNING id, kind, queue_id),
            queued AS ({_QUEUE})
            SELECT id FROM job
        """
        payload = TypeAdapter(type(task)).dump_python(task, mode="json")
        added: int | None = await self._conn.fetchval(
            sql, delay_seconds, task.kind, payload, dedupe_key, ATTEMPTS
        )
        return added

    async def begin(self, job_id: int, *, queue_id: int) -> Begun | None:
        """Count an attempt. ``None``: there is nothing to do.

        Who begins it after the last attempt finds that nobody reported: the job kills its workers.
        It is dead then.
        """
        sql = f"""
            UPDATE jobs
               SET attempts = attempts + 1, begun_at = now(),
                   dead_at = CASE WHEN attempts >= allowed THEN now() END,
                   error = CASE WHEN attempts >= allowed THEN $3 ELSE error END
             WHERE id = $1
               AND queue_id = $2
               AND {_OPEN}
            RETURNING id, kind, attempts AS attempt, payload, dead_at IS NOT NULL AS is_dead
        """
        row = await self._conn.fetchrow(sql, job_id, queue_id, WORKER_DIED)
        return Begun(**row) if row else None

    async def complete(self, job: Job[Any]) -> None:
        """Mark it done, in the transaction of its effect: both happen, or neither does.

        Raises:
            JobTaken: it is done already, or another worker has begun it since.
        """
        sql = f"""
            UPDATE jobs
               SET done_at = now(), error = NULL
             WHERE id = $1
               AND attempts = $2
               AND {_OPEN}
            RETURNING id
        """
        if await self._conn.fetchval(sql, job.id, job.attempt) is None:
            raise JobTaken

    async def try_later(self, begun: Begun, error: str, *, delay_seconds: float) -> bool:
        """Queue it again. ``False``: it has no attempts left, or is not ours any more."""
        sql = f"""
            WITH job AS (
                UPDATE jobs
                   SET error = $4, queue_id = {_NEXT_ENTRY}
                 WHERE id = $2
                   AND attempts = $3
                   AND attempts < allowed
                   AND {_OPEN}
                RETURNING id, kind, queue_id),
            queued AS ({_QUEUE})
            SELECT id FROM job
        """
        queued = await self._conn.fetchval(
            sql, delay_seconds, begun.id, begun.attempt, storable(error)
        )
        return queued is not None

    async def give_up(self, begun: Begun, error: str) -> bool:
        """Let it be dead. ``False``: it is not ours any more."""
        sql = f"""
            UPDATE jobs
               SET error = $3, dead_at = now()
             WHERE id = $1
               AND attempts = $2
               AND {_OPEN}
            RETURNING id
        """
        given_up = await self._conn.fetchval(sql, begun.id, begun.attempt, storable(error))
        return given_up is not None

    async def hand_back(self, begun: Begun) -> None:
        """Queue it again at once, this attempt not held against it: the worker had to stop."""
        sql = f"""
            WITH job AS (
                UPDATE jobs
                   SET allowed = allowed + 1, queue_id = {_NEXT_ENTRY}
                 WHERE id = $2
                   AND attempts = $3
                   AND {_OPEN}
                RETURNING id, kind, queue_id),
            queued AS ({_QUEUE})
            SELECT id FROM job
        """
        await self._conn.execute(sql, 0, begun.id, begun.attempt)

    async def rescue(self) -> int:
        """Queue open jobs whose entry is gone: a worker that was paused removed another's."""
        sql = f"""
            WITH job AS (
                UPDATE jobs
                   SET queue_id = {_NEXT_ENTRY}
                 WHERE {_OPEN}
                   AND coalesce(begun_at, created_at) < now() - make_interval(secs => $2)
                   AND NOT EXISTS (SELECT FROM pgqueuer WHERE pgqueuer.id = jobs.queue_id)
                RETURNING id, kind, queue_id),
            queued AS ({_QUEUE})
            SELECT count(*) FROM job
        """
        return int(await self._conn.fetchval(sql, 0, _LOST_SECONDS))

    async def count_dead(self) -> int:
        return int(await self._conn.fetchval("SELECT count(*) FROM jobs WHERE dead_at IS NOT NULL"))

    async def list_dead(self, *, limit: int, offset: int) -> list[DeadJob]:
        sql = f"""
            SELECT {_COLUMNS}
              FROM jobs
             WHERE dead_at IS NOT NULL
             ORDER BY dead_at DESC, id DESC
             LIMIT $1 OFFSET $2
        """
        return [DeadJob(**row) for row in await self._conn.fetch(sql, limit, offset)]

    async def revive(self, job_id: int) -> str | None:
        """Queue a dead one with fresh attempts; its kind. ``None``: it is not dead any more."""
        sql = f"""
            WITH job AS (
                UPDATE jobs
                   SET dead_at = NULL, allowed = attempts + $3, queue_id = {_NEXT_ENTRY}
                 WHERE id = $2
                   AND dead_at IS NOT NULL
                RETURNING id, kind, queue_id),
            queued AS ({_QUEUE})
            SELECT kind FROM job
        """
        kind: str | None = await self._conn.fetchval(sql, 0, job_id, ATTEMPTS)
        return kind

    async def forget(self, job_id: int) -> str | None:
        """Remove a dead one; its kind. ``None``: it is not dead any more."""
        sql = "DELETE FROM jobs WHERE id = $1 AND dead_at IS NOT NULL RETURNING kind"
        kind: str | None = await self._conn.fetchval(sql, job_id)
        return kind
