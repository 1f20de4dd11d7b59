"""Whom something done for a whole list concerns."""

from collections.abc import Sequence
from datetime import date

from bot.db._rows import Connection
from bot.models.expiry import Concerned
from bot.models.notices import NoticeKind


class BulkChangeRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def hold(self, ids: Sequence[int]) -> None:
        """None of them is deleted, banned or put in office until the transaction ends.

        In the order of their ids, as everywhere; shared, so that the same may be read by others.
        """
        sql = "SELECT FROM people WHERE id = ANY ($1) ORDER BY id FOR SHARE"
        await self._conn.execute(sql, list(ids))

    async def list_concerned(self, ids: Sequence[int]) -> list[Concerned]:
        """Those of them who are there still, and whether they may be written to about an end."""
        sql = """
            SELECT p.id AS person_id,
                   p.banned_at IS NULL AND p.office IS NULL AND p.is_reachable
                   AND EXISTS (SELECT FROM profiles f WHERE f.person_id = p.id)
                   AND NOT EXISTS (SELECT FROM subscription_requests r
                                    WHERE r.person_id = p.id AND r.status = 'waiting') AS may_hear
              FROM people p
             WHERE p.id = ANY ($1) AND p.deleted_at IS NULL
             ORDER BY p.id
        """
        return [Concerned(**row) for row in await self._conn.fetch(sql, list(ids))]

    async def list_reminded(self, ids: Sequence[int], day: date) -> set[int]:
        """Whom a reminder of that day of the club is owed, or was sent."""
        sql = """
            SELECT DISTINCT recipient_id
              FROM notices
             WHERE recipient_id = ANY ($1) AND kind = $2 AND payload ->> 'day' = $3
               AND refused_at IS NULL
        """
        rows = await self._conn.fetch(sql, list(ids), NoticeKind.EXPIRY_REMINDER, day.isoformat())
        return {row["recipient_id"] for row in rows}
