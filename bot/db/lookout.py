"""A connection apart from the pool, to see how the database is when the pool is busy."""

import asyncio
from dataclasses import dataclass
from typing import Final, Self

import asyncpg

from bot.db._rows import sure
from bot.db.inspection import JOBS, Jobs

ANSWER_SECONDS: Final = 1.0
_AWAY: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Away(Exception):
    """PostgreSQL does not answer in time. ``str()`` names the error's class, no address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits: updates set aside; notices due, tried before, the oldest one's lateness; jobs."""

    quarantined: float
    due: float
    retried: float
    oldest_seconds: float
    jobs: Jobs


class Lookout:
    """One connection, opened when first needed and again after a fault."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._conn: asyncpg.Connection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def answers(self) -> None:
        """Return once PostgreSQL has answered.

        Raises:
            Away: it has not, within ``ANSWER_SECONDS``.
        """
        await self._ask("SELECT 1")

    async def backlog(self) -> Backlog:
        """Count what waits; served by the indexes of due notices and of open and dead jobs.

        Broadcasts are meant to wait: they are not counted.

        Raises:
            Away: as in ``answers``.
        """
        notices = await self._ask("""
            SELECT (SELECT count(*) FROM failed_updates WHERE quarantined_at IS NOT NULL)
                       AS quarantined,
                   count(*) FILTER (WHERE n.due_at <= now()) AS due,
                   count(*) FILTER (WHERE n.attempts > 1) AS retried,
                   coalesce(extract(epoch FROM now() - min(n.due_at)
                                               FILTER (WHERE n.sent_at IS NULL
                                                         AND n.due_at <= now())), 0)::float8
                       AS oldest_seconds
              FROM notices n
              JOIN people p ON p.id = n.recipient_id AND p.telegram_id IS NOT NULL
             WHERE p.is_reachable
               AND NOT n.is_bulk
               AND n.refused_at IS NULL
               AND (n.sent_at IS NULL OR n.refresh > n.refreshed)
        """)
        return Backlog(**notices, jobs=Jobs(*await self._ask(JOBS)))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._conn is not None:
            self._conn.terminate()
            self._conn = None

    async def _ask(self, sql: str) -> asyncpg.Record:
        try:
            async with asyncio.timeout(ANSWER_SECONDS), self._one_at_a_time:
                if self._conn is None or self._conn.is_closed():
                    self._conn = await asyncpg.connect(
                        self._url, server_settings={"application_name": "clubdesk-lookout"}
                    )
                return sure(await self._conn.fetchrow(sql))
        except _AWAY as trouble:
            self._let_go()
            raise Away(type(trouble).__name__) from trouble
