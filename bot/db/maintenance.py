"""What is done to the database at night: old rows go, promises are checked."""

from typing import Final

from bot.db import invariants
from bot.db._rows import Connection
from bot.models.notices import NoticeKind

BATCH: Final = 5_000  # rows of one statement, well within its time

# Of notices only what says nothing to or about a person: the rest is shown by /my_data, redrawn
# when its subject changes, or goes with the person.
_OLD: Final = {
    "notices": f"""
        kind IN ('{NoticeKind.COMMANDS}', '{NoticeKind.ROWS_BROKEN}', '{NoticeKind.JOB_DEAD}')
        AND coalesce(sent_at, refused_at) < now() - interval '90 days'
    """,
    "jobs": "done_at < now() - interval '30 days'",
    "pgqueuer_log": "created < now() - interval '7 days'",
    "item_uploads": "created_at < now() - interval '1 day'",
    "schedule_runs": "due_at < now() - interval '100 days'",
}
TABLES: Final = tuple(_OLD)


class MaintenanceRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def delete_old(self, table: str) -> int:
        """Delete some old rows; as many as ``BATCH`` means that there may be more."""
        sql = f"""
            DELETE FROM {table}
             WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {_OLD[table]} LIMIT {BATCH}))
        """
        done = await self._conn.execute(sql)
        return int(done.rpartition(" ")[2])

    async def broken(self) -> list[str]:
        """The promises about rows that are not kept."""
        return await invariants.broken(self._conn)
