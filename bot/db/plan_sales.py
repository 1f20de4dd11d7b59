"""What plans have brought: read from their bills, and from what settled these."""

from datetime import date, datetime

from asyncpg import Record

from bot.db._rows import Connection
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


def _sales(row: Record) -> PlanSales:
    fields = dict(row)
    month, name = fields.pop("month"), fields.pop("name")
    return PlanSales(month=month, name=name, sales=Sales(**fields))
