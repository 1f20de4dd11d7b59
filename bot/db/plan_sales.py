"""What plans have brought: read from their bills, and from what settled these."""

from datetime import date, datetime

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.my_subscription import PlanPayment
from bot.models.plan_sales import PlanSales, Sales


class PlanSalesRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def list_sales(
        self, since: datetime, until: datetime, *, timezone: str
    ) -> list[PlanSales]:
        """Of bills from ``since`` until just before ``until``: by month, in the plans' order."""
        sql = """
            SELECT date_trunc('month', i.issued_at AT TIME ZONE $3)::date AS month,
                   coalesce(p.name, s.plan_name) AS name, count(*) AS sold,
                   sum(b.total_paise)::bigint AS billed_paise,
                   sum(b.allocated_paise)::bigint AS received_paise,
                   sum(b.credited_paise)::bigint AS credited_paise
              FROM subscriptions s
              JOIN invoices i ON i.id = s.invoice_id
              JOIN invoice_balances b ON b.invoice_id = i.id
              LEFT JOIN plans p ON p.id = s.plan_id
             WHERE i.issued_at >= $1 AND i.issued_at < $2
             GROUP BY 1, p.id, 2
             ORDER BY 1, p.position NULLS LAST, 2
        """
        return [_sales(row) for row in await self._conn.fetch(sql, since, until, timezone)]

    async def neighbours(
        self, since: datetime, until: datetime, *, timezone: str
    ) -> tuple[date | None, date | None]:
        """The last month with such a bill before ``since``, and the first one from ``until`` on."""
        sql = """
            SELECT date_trunc('month', max(i.issued_at) FILTER (WHERE i.issued_at < $1)
                                       AT TIME ZONE $3)::date,
                   date_trunc('month', min(i.issued_at) FILTER (WHERE i.issued_at >= $2)
                                       AT TIME ZONE $3)::date
              FROM subscriptions s
              JOIN invoices i ON i.id = s.invoice_id
        """
        row = await self._conn.fetchrow(sql, since, until, timezone)
        return (row[0], row[1]) if row else (None, None)

    async def payments_of(self, person_id: int, *, timezone: str, limit: int) -> list[PlanPayment]:
        """What the bills of one member's plans hold of payments, the newest payment first."""
        sql = """
            SELECT (p.received_at AT TIME ZONE $2)::date AS day, s.plan_name,
                   sum(a.amount_paise)::bigint AS amount_paise
              FROM subscriptions s
              JOIN allocations a ON a.invoice_id = s.invoice_id
              JOIN payments p ON p.id = a.payment_id
             WHERE s.person_id = $1
             GROUP BY p.id, s.id
            HAVING sum(a.amount_paise) > 0
             ORDER BY p.received_at DESC, p.id DESC, s.id DESC
             LIMIT $3
        """
        rows = await self._conn.fetch(sql, person_id, timezone, limit)
        return [PlanPayment(**dict(row)) for row in rows]

    async def due_of(self, person_id: int) -> int:
        """What the bills of one member's plans ask still, in paise."""
        sql = """
            SELECT coalesce(sum(b.due_paise), 0)::bigint
              FROM subscriptions s
              JOIN invoice_balances b ON b.invoice_id = s.invoice_id
             WHERE s.person_id = $1
        """
        return int(await self._conn.fetchval(sql, person_id))


def _sales(row: Record) -> PlanSales:
    fields = dict(row)
    month, name = fields.pop("month"), fields.pop("name")
    return PlanSales(month=month, name=name, sales=Sales(**fields))
