"""Does jobs: PgQueuer hands them out and keeps their leases; what it does not guard, this does.

It ends at any trouble with the database, so it is built anew. It removes a finished entry whoever
finished it, and does not count attempts that died: our own row does (``db/jobs.py``).
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import asyncpg
from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.db import AsyncpgDriver
from pgqueuer.errors import FailingListenerError, RetryRequested
from pgqueuer.models import Job as Entry
from pgqueuer.queries import Queries
from pydantic import TypeAdapter

from bot import logs
from bot.errors import JobTaken, Unavailable
from bot.jobs.handlers import HANDLERS, Handler
from bot.metrics import JobResult, Metrics
from bot.models.jobs import Begun, Job
from bot.services import Services
from bot.stopping import pause, until

LEASE: Final = timedelta(seconds=30)  # of a worker that gives no sign any more
_AT_ONCE: Final = 10
_JOB_SECONDS: Final = 600
_STOP_SECONDS: Final = 20  # what is not done by then is handed back
_LOOK_SECONDS: Final = 5  # between looks at a quiet queue; a new job wakes us sooner
_COMMAND_SECONDS: Final = 10
_AWAY: Final = timedelta(seconds=1)
_BACKOFF_SECONDS: Final = (0.5, 1, 2, 5, 10)
_TROUBLE: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    FailingListenerError,
)

log = logs.get(__name__)


class Runner:
    """Every worker that is told to runs one; a job is in the hand of one of them at a time."""

    def __init__(
        self,
        database_url: str,
        services: Services,
        metrics: Metrics,
        *,
        handlers: Iterable[Handler] = HANDLERS,
        lease: timedelta = LEASE,
    ) -> None:
        self._url = database_url
        self._services = services
        self._metrics = metrics
        self._handlers = {handler.task.kind: handler for handler in handlers}
        self._lease = lease
        self._time_is_up = asyncio.Event()

    async def run(self, stopping: asyncio.Event) -> None:
        """Do jobs until the stop, then finish what is in hand, or hand it back."""
        failures = 0
        while not stopping.is_set():
            try:
                async with self._queue() as queue:
                    failures = 0
                    await self._work(queue, stopping)
            except _TROUBLE as trouble:
                log.warning("no jobs for now", error=f"{type(trouble).__name__}: {trouble}")
                await pause(stopping, _BACKOFF_SECONDS[min(failures, len(_BACKOFF_SECONDS) - 1)])
                failures += 1

    @asynccontextmanager
    async def _queue(self) -> AsyncIterator[QueueManager]:
        """PgQueuer on a connection of its own, which LISTEN needs."""
        conn = await asyncpg.connect(
            self._url,
            timeout=_COMMAND_SECONDS,
            command_timeout=_COMMAND_SECONDS,
            server_settings={"application_name": "clubdesk-jobs"},
        )
        try:
            queue = QueueManager(Queries(AsyncpgDriver(conn)))
            parameters = EntrypointExecutorParameters(concurrency_limit=0, func=self._take)
            for kind in self._handlers:
                queue.register_executor(kind, EntrypointExecutor(parameters))
            yield queue
        finally:
            conn.terminate()

    async def _work(self, queue: QueueManager, stopping: asyncio.Event) -> None:
        stop = asyncio.ensure_future(self._stop(queue, stopping))
        try:
            await queue.run(
                dequeue_timeout=timedelta(seconds=_LOOK_SECONDS),
                batch_size=_AT_ONCE // 2,
                max_concurrent_tasks=_AT_ONCE,
                shutdown_on_listener_failure=True,
                heartbeat_timeout=self._lease,
                log_aggregation_interval=timedelta(0),  # nobody reads its statistics
            )
        finally:
            stop.cancel()

    async def _stop(self, queue: QueueManager, stopping: asyncio.Event) -> None:
        await stopping.wait()
        queue.shutdown.set()
        await asyncio.sleep(_STOP_SECONDS)
        self._time_is_up.set()

    async def _take(self, entry: Entry) -> None:
        """Keep the entry for later when not even the outcome can be written down.

        Should it get lost all the same, the job is still open and is queued again (``Scheduler``).
        """
        try:
            await self._attempt(entry)
        except Unavailable as trouble:
            raise RetryRequested(delay=_AWAY, reason=str(trouble)) from trouble

    async def _attempt(self, entry: Entry) -> None:
        """Do what an entry of the queue stands for, if it still stands for anything."""
        job_id = int(entry.payload or b"0")
        begun = await self._services.jobs.begin(job_id, queue_id=int(entry.id))
        if begun is None:
            return
        if begun.is_dead:
            self._tell(begun, "dead")
            return
        try:
            async with asyncio.timeout(_JOB_SECONDS):
                done = await until(self._time_is_up, self._perform(begun))
        except JobTaken:
            self._tell(begun, "taken")
        except Exception as fault:  # noqa: BLE001 -- whatever it is, the next attempt may do
            await self._failed(begun, fault)
        else:
            self._tell(begun, "done" if done else "returned")
            if not done:
                await self._services.jobs.hand_back(begun)

    async def _perform(self, begun: Begun) -> bool:
        handler = self._handlers[begun.kind]
        task = TypeAdapter(handler.task).validate_python(begun.payload)
        job = Job(id=begun.id, attempt=begun.attempt, task=task)
        await handler.perform(job, self._services)
        await self._services.jobs.finish(job)
        return True

    async def _failed(self, begun: Begun, fault: Exception) -> None:
        if isinstance(fault, Unavailable | TimeoutError):
            log.warning("job failed", kind=begun.kind, job=begun.id, error=str(fault))
        else:
            log.error("bug in a job", kind=begun.kind, job=begun.id, exc_info=fault)
        is_dead = await self._services.jobs.fail(begun, fault)
        self._tell(begun, "dead" if is_dead else "failed")

    def _tell(self, begun: Begun, result: JobResult) -> None:
        self._metrics.job(begun.kind, result)
        log.info("job", kind=begun.kind, job=begun.id, attempt=begun.attempt, outcome=result)
