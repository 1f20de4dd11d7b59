"""Whose subscriptions end or have ended."""

from collections.abc import Sequence
from datetime import date

from bot.db._rows import Connection
from bot.models.expiry import Concerned


class ExpiryRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def list_concerned(self, *, first: date, last: date, came_on: date) -> list[Concerned]:
        """Members one of whose last days lies between two days, or who came in on that day.

        People in office need no subscription. Locked: a deletion under way leaves nothing of
        theirs behind.
        """
        sql = """
            SELECT p.id AS person_id,
                   p.is_reachable AND NOT EXISTS (SELECT FROM subscription_requests r
                                                   WHERE r.person_id = p.id
                                                     AND r.status = 'waiting') AS may_hear
              FROM people p
             WHERE p.deleted_at IS NULL AND p.banned_at IS NULL AND p.office IS NULL
               AND EXISTS (SELECT FROM profiles f WHERE f.person_id = p.id)
               AND EXISTS (SELECT
                             FROM subscription_terms t
                            WHERE t.person_id = p.id
                              AND (t.last_day BETWEEN $1 AND $2
                                   OR EXISTS (SELECT FROM visits v
                                               WHERE v.person_id = p.id AND v.day = $3)))
             ORDER BY p.id
               FOR SHARE OF p
        """
        return [Concerned(**row) for row in await self._conn.fetch(sql, first, last, came_on)]

    async def list_names(self, ids: Sequence[int]) -> list[str]:
        """In their order; whoever is deleted by now has none."""
        sql = """
            SELECT coalesce(f.full_name, nullif(p.display_name, ''), '') AS name
              FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (id, position)
              JOIN people p ON p.id = wanted.id AND p.deleted_at IS NULL
              LEFT JOIN profiles f ON f.person_id = p.id
             ORDER BY position
        """
        return [row["name"] for row in await self._conn.fetch(sql, list(ids))]
