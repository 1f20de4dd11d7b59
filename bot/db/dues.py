"""What one person has reported to have paid, as they see it."""

from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.claims import ClaimStatus
from bot.models.dues import OwnClaim

_CLAIM = """
    SELECT c.id, coalesce(i.number, r.purpose, c.purpose) AS name,
           (SELECT sum(amount_paise) FROM claim_lines WHERE claim_id = c.id)::bigint
               AS amount_paise,
           c.claimed_at, c.status, c.invoice_id, c.request_id
      FROM claims c
      LEFT JOIN invoices i ON i.id = c.invoice_id
      LEFT JOIN payment_requests r ON r.id = c.request_id
"""


class DueRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def list_waiting(self, person_id: int) -> list[OwnClaim]:
        """The oldest first; what pays a subscription waits with it."""
        sql = f"""
            {_CLAIM}
             WHERE c.person_id = $1
               AND c.status = 'waiting'
               AND NOT c.for_subscription
             ORDER BY c.id
        """
        return [_claim(row) for row in await self._conn.fetch(sql, person_id)]

    async def find_reported(self, operation_id: UUID, *, person_id: int) -> OwnClaim | None:
        sql = f"{_CLAIM} WHERE c.operation_id = $1 AND c.person_id = $2"
        row = await self._conn.fetchrow(sql, operation_id, person_id)
        return _claim(row) if row else None


def _claim(row: Record) -> OwnClaim:
    return OwnClaim(**{**row, "status": ClaimStatus(row["status"])})
