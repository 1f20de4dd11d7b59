"""Every instrument, and the few words with which the rest of the bot uses them."""

import platform
from typing import Final, Literal, get_args

from asyncpg import Pool
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Enum,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot import __version__
from bot.metrics.pool import PoolCollector

JobResult = Literal["done", "failed", "dead", "taken", "returned"]
PollerState = Literal["off", "standby", "polling"]

_FAST: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25)
_WAITS: Final = (0.001, 0.005, 0.025, 0.1, 0.5, 1, 3, 10, 25)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which nobody draws


class Metrics:
    """The instruments of one worker, all in one registry."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._count_updates()
        self._count_servers()
        self._count_deliveries()
        ProcessCollector(registry=self.registry)
        Info("clubdesk_build", "What runs here.", registry=self.registry).info(
            {"version": __version__, "python": platform.python_version()}
        )

    def update_handled(
        self,
        *,
        router: str,
        outcome: str,
        seconds: float,
        waited_seconds: float = 0,
        lost_races: int = 0,
    ) -> None:
        """Count one update. Of ``outcome`` only the class counts: what stands before a colon."""
        self._updates.labels(router, outcome.partition(":")[0]).inc()
        self._update_seconds.labels(router).observe(seconds)
        self._turn_wait.observe(waited_seconds)
        if lost_races:
            self._lost_races.inc(lost_races)

    def poller_is(self, state: PollerState) -> None:
        """Say whether this worker polls; each beginning of polling counts as a takeover."""
        self._poller.state(state)
        if state == "polling":
            self._takeovers.inc()

    def telegram_called(self, method: str, *, result: str, seconds: float) -> None:
        self._calls.labels(method, result).inc()
        self._call_seconds.labels(method).observe(seconds)

    def redis_failed(self, error: str) -> None:
        """Count one command that Redis did not carry out, by the error's class."""
        self._redis_errors.labels(error).inc()

    def connection_awaited(self, seconds: float) -> None:
        """Note how long a transaction waited for a connection of the pool."""
        self._pool_wait.observe(seconds)

    def notice(self, result: Literal["sent", "refused", "postponed", "held"]) -> None:
        self._notices.labels(result).inc()

    def place_awaited(self, lane: str, seconds: float) -> None:
        """Note how long a message waited for its place within Telegram's limits."""
        self._place_wait.labels(lane).observe(seconds)

    def sending_held(self) -> None:
        """Count one time that Telegram asked this worker for silence, and all were told."""
        self._holds.inc()

    def job(self, kind: str, result: JobResult) -> None:
        """Count one attempt at a job."""
        self._jobs.labels(kind, result).inc()

    def expired_form_told(self) -> None:
        self._expired.inc()

    def watch_pool(self, pool: Pool) -> None:
        """Read the pool's figures at each scrape from now on."""
        self.registry.register(PoolCollector(pool))

    def exposition(self) -> bytes:
        """Everything, in Prometheus' text format 0.0.4."""
        return generate_latest(self.registry)

    def _count_updates(self) -> None:
        self._updates = self._counter("updates", "Updates, by what came of them.", "router outcome")
        self._update_seconds = self._histogram(
            "update_seconds", "From taking an update in hand to its reply.", _FAST, "router"
        )
        self._turn_wait = self._histogram(
            "turn_wait_seconds", "Waiting behind earlier updates of the same person.", _WAITS
        )
        self._lost_races = self._counter("lost_races", "Handlers run again on a newer record.")
        self._expired = self._counter("expired_forms", "People told that their form ran out.")
        self.quarantined = self._gauge("quarantined_updates", "Updates set aside for an operator.")
        self._poller = Enum(
            "clubdesk_poller_state",
            "Whether this worker polls.",
            states=list(get_args(PollerState)),
            registry=self.registry,
        )
        self._takeovers = self._counter("poller_takeovers", "Times this worker began to poll.")

    def _count_servers(self) -> None:
        self.database_up = self._gauge("database_up", "1: PostgreSQL answered when last asked.")
        self.redis_up = self._gauge("redis_up", "1: Redis answered when last asked.")
        self.draining = self._gauge("draining", "1: this worker finishes and takes nothing new.")
        self.loop_lag = self._gauge("event_loop_lag_seconds", "How late the event loop runs.")
        self._redis_errors = self._counter("redis_errors", "Commands Redis did not do.", "error")
        self._pool_wait = self._histogram(
            "pool_wait_seconds", "Waiting for a connection of the pool.", _WAITS
        )

    def _count_deliveries(self) -> None:
        self._calls = self._counter("telegram_calls", "Calls to the Bot API.", "method result")
        self._call_seconds = self._histogram(
            "telegram_call_seconds", "How long the Bot API took.", _FAST, "method"
        )
        self._place_wait = self._histogram(
            "send_wait_seconds", "Waiting for a place within Telegram's limits.", _WAITS, "lane"
        )
        self._holds = self._counter("send_holds", "Times that a 429 held all workers.")
        self.pending_updates = self._gauge(
            "telegram_pending_updates", "Updates that Telegram still keeps for us."
        )
        self.delivery_error_at = self._gauge(
            "telegram_delivery_error_timestamp_seconds",
            "When Telegram last failed to deliver to the webhook; 0: never.",
        )
        self._notices = self._counter("notices", "Notices, by what came of them.", "result")
        self._jobs = self._counter("jobs", "Attempts at jobs, by what came of them.", "kind result")
        self.jobs_open = self._gauge("jobs_open", "Jobs that are neither done nor dead.")
        self.jobs_dead = self._gauge("jobs_dead", "Jobs that failed for good, until an owner acts.")
        self.jobs_late = self._gauge("jobs_oldest_seconds", "How late the oldest open job is.")
        self.outbox_due = self._gauge("outbox_due", "Notices that should be on their way by now.")
        self.outbox_retried = self._gauge("outbox_retried", "Notices that failed at least once.")
        self.outbox_oldest = self._gauge("outbox_oldest_seconds", "How late the oldest notice is.")
        self.newest_backup = self._gauge(
            "backup_newest_timestamp_seconds", "When the newest backup was made; 0: none is known."
        )

    def _counter(self, name: str, meaning: str, labels: str = "") -> Counter:
        return Counter(f"clubdesk_{name}", meaning, labels.split(), registry=self.registry)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(f"clubdesk_{name}", meaning, registry=self.registry)

    def _histogram(
        self, name: str, meaning: str, buckets: tuple[float, ...], labels: str = ""
    ) -> Histogram:
        return Histogram(
            f"clubdesk_{name}", meaning, labels.split(), buckets=buckets, registry=self.registry
        )
