"""Invoices that their members do not accept."""

from datetime import datetime

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.claims import Rejection

_SELECT = """
    SELECT r.id, r.invoice_id, i.number, r.person_id, r.reason, r.rejected_at, r.settled_at,
           coalesce(f.full_name, nullif(p.display_name, ''), '') AS name,
           coalesce(sf.full_name, nullif(sp.display_name, '')) AS settled_by
      FROM invoice_rejections r
      JOIN invoices i ON i.id = r.invoice_id
      JOIN people p ON p.id = r.person_id
      LEFT JOIN profiles f ON f.person_id = p.id
      LEFT JOIN people sp ON sp.id = r.settled_by
      LEFT JOIN profiles sf ON sf.person_id = sp.id
"""


class RejectionRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, invoice_id: int, *, person_id: int, reason: str) -> int | None:
        """Returns its id; ``None``: one is open already."""
        sql = """
            INSERT INTO invoice_rejections (invoice_id, person_id, reason)
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            RETURNING id
        """
        made: int | None = await self._conn.fetchval(sql, invoice_id, person_id, reason)
        return made

    async def find(self, rejection_id: int) -> Rejection | None:
        row = await self._conn.fetchrow(f"{_SELECT} WHERE r.id = $1", rejection_id)
        return _rejection(row) if row else None

    async def find_open(self, invoice_id: int) -> Rejection | None:
        sql = f"{_SELECT} WHERE r.invoice_id = $1 AND r.settled_at IS NULL"
        row = await self._conn.fetchrow(sql, invoice_id)
        return _rejection(row) if row else None

    async def count_open(self) -> int:
        sql = "SELECT count(*) FROM invoice_rejections WHERE settled_at IS NULL"
        return int(await self._conn.fetchval(sql))

    async def list_open(self, *, limit: int, offset: int) -> list[Rejection]:
        """The oldest first."""
        sql = f"{_SELECT} WHERE r.settled_at IS NULL ORDER BY r.id LIMIT $1 OFFSET $2"
        return [_rejection(row) for row in await self._conn.fetch(sql, limit, offset)]

    async def settle(self, invoice_id: int, *, by: int, at: datetime) -> int | None:
        """Returns the id of the one that was open; ``None``: none was."""
        sql = """
            UPDATE invoice_rejections
               SET settled_at = $3, settled_by = $2
             WHERE invoice_id = $1
               AND settled_at IS NULL
            RETURNING id
        """
        settled: int | None = await self._conn.fetchval(sql, invoice_id, by, at)
        return settled

    async def settle_one(self, rejection_id: int, *, by: int, at: datetime) -> bool:
        """``False``: it was settled before."""
        sql = """
            UPDATE invoice_rejections
               SET settled_at = $3, settled_by = $2
             WHERE id = $1
               AND settled_at IS NULL
            RETURNING id
        """
        return await self._conn.fetchval(sql, rejection_id, by, at) is not None


def _rejection(row: Record) -> Rejection:
    return Rejection(**dict(row))
