"""The schedules table, what owners decided, and schedule_runs, what became of each day."""

from collections.abc import Sequence
from datetime import datetime

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.schedules import RECURRING, Run, Schedule, ScheduleName


class ScheduleRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def found(self, names: Sequence[ScheduleName], *, now: datetime) -> None:
        """Write a row for each that has none yet; it counts from now on."""
        sql = """
            INSERT INTO schedules (name, since)
            SELECT name, $2
              FROM unnest($1::text[]) AS name
                ON CONFLICT (name) DO NOTHING
        """
        await self._conn.execute(sql, list(names), now)

    async def list_all(self) -> list[Schedule]:
        """Those that the code knows, by hour; one that no worker has seen yet is not there."""
        sql = """
            SELECT name, at, is_on, since, day, due_at, skipped
              FROM schedules
              LEFT JOIN LATERAL (SELECT day, due_at, skipped
                                   FROM schedule_runs
                                  WHERE schedule_runs.name = schedules.name
                                  ORDER BY day DESC
                                  LIMIT 1) AS last ON true
             WHERE name = ANY ($1)
        """
        found = [_schedule(row) for row in await self._conn.fetch(sql, list(RECURRING))]
        return sorted(found, key=lambda one: (one.at, one.name))

    async def hold(self, name: ScheduleName) -> Schedule:
        """One that is there, locked until the transaction ends."""
        await self._conn.execute("SELECT FROM schedules WHERE name = $1 FOR UPDATE", name)
        return next(one for one in await self.list_all() if one.name is name)

    async def save(self, schedule: Schedule) -> None:
        sql = "UPDATE schedules SET at = $2, is_on = $3, since = $4 WHERE name = $1"
        await self._conn.execute(sql, schedule.name, schedule.at, schedule.is_on, schedule.since)

    async def record(self, name: ScheduleName, run: Run) -> bool:
        """Write down what becomes of a day. ``False``: another worker was first."""
        sql = """
            INSERT INTO schedule_runs (name, day, due_at, skipped)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (name, day) DO NOTHING
            RETURNING name
        """
        won = await self._conn.fetchval(sql, name, run.day, run.due_at, run.skipped)
        return won is not None


def _schedule(row: Record) -> Schedule:
    name = ScheduleName(row["name"])
    last = Run(day=row["day"], due_at=row["due_at"], skipped=row["skipped"]) if row["day"] else None
    return Schedule(
        name=name,
        at=RECURRING[name].at if row["at"] is None else row["at"],
        is_on=row["is_on"],
        since=row["since"],
        last=last,
    )
