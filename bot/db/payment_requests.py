"""Requests for money that no invoice asks for."""

from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.claims import PaymentRequest, RequestEntry, RequestStatus

_COLUMNS = "id, person_id, amount_paise, purpose, raised_by, raised_at, status, for_fitness"


class PaymentRequestRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(  # noqa: PLR0913 -- a row's columns
        self,
        *,
        person_id: int,
        amount_paise: int,
        purpose: str,
        by: int,
        operation_id: UUID,
        for_fitness: bool = False,
    ) -> int | None:
        """Returns its id; ``None``: this operation has made it already."""
        sql = """
            INSERT INTO payment_requests
                   (operation_id, person_id, amount_paise, purpose, raised_by, for_fitness)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (operation_id) DO NOTHING
            RETURNING id
        """
        made: int | None = await self._conn.fetchval(
            sql, operation_id, person_id, amount_paise, purpose, by, for_fitness
        )
        return made

    async def find(self, request_id: int) -> PaymentRequest | None:
        sql = f"SELECT {_COLUMNS} FROM payment_requests WHERE id = $1"
        row = await self._conn.fetchrow(sql, request_id)
        return _request(row) if row else None

    async def find_made_by(self, operation_id: UUID) -> PaymentRequest | None:
        sql = f"SELECT {_COLUMNS} FROM payment_requests WHERE operation_id = $1"
        row = await self._conn.fetchrow(sql, operation_id)
        return _request(row) if row else None

    async def list_open(self, *, person_id: int | None = None) -> list[PaymentRequest]:
        """The oldest first; ``person_id``: one person's."""
        sql = f"""
            SELECT {_COLUMNS}
              FROM payment_requests
             WHERE status = 'open'
               AND ($1::bigint IS NULL OR person_id = $1)
             ORDER BY id
        """
        return [_request(row) for row in await self._conn.fetch(sql, person_id)]

    async def count_open(self) -> int:
        sql = "SELECT count(*) FROM payment_requests WHERE status = 'open'"
        return int(await self._conn.fetchval(sql))

    async def list_page(self, *, limit: int, offset: int) -> list[RequestEntry]:
        """Of everybody's that are open, the oldest first."""
        sql = """
            SELECT r.id, coalesce(f.full_name, nullif(p.display_name, ''), '') AS name,
                   r.amount_paise
              FROM payment_requests r
              JOIN people p ON p.id = r.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE r.status = 'open'
             ORDER BY r.id
             LIMIT $1 OFFSET $2
        """
        return [RequestEntry(**dict(row)) for row in await self._conn.fetch(sql, limit, offset)]

    async def close(self, request_id: int, status: RequestStatus) -> bool:
        """``False``: it is open no longer."""
        sql = """
            UPDATE payment_requests
               SET status = $2
             WHERE id = $1
               AND status = 'open'
            RETURNING id
        """
        return await self._conn.fetchval(sql, request_id, status) is not None

    async def reopen(self, payment_id: int) -> int | None:
        """The one that this payment has answered, unless its person is deleted. Returns its id."""
        sql = """
            UPDATE payment_requests r
               SET status = 'open'
              FROM people p
             WHERE r.id = (SELECT request_id FROM claims WHERE payment_id = $1)
               AND r.status = 'paid'
               AND p.id = r.person_id AND p.deleted_at IS NULL
            RETURNING r.id
        """
        reopened: int | None = await self._conn.fetchval(sql, payment_id)
        return reopened


def _request(row: Record) -> PaymentRequest:
    return PaymentRequest(**{**row, "status": RequestStatus(row["status"])})
