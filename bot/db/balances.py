"""How far invoices are settled, and by what: it follows from the rows of money."""

from bot.db._rows import Connection, sure
from bot.models.invoices import Balance, CreditedBy, PaidBy


class BalanceRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, invoice_id: int) -> Balance:
        sql = """
            SELECT b.total_paise, b.credited_paise, b.allocated_paise, i.due_on
              FROM invoice_balances b
              JOIN invoices i ON i.id = b.invoice_id
             WHERE b.invoice_id = $1
        """
        return Balance(**sure(await self._conn.fetchrow(sql, invoice_id)))

    async def payments(self, invoice_id: int) -> tuple[PaidBy, ...]:
        """Also those that it has nothing of any more; the oldest first."""
        sql = """
            SELECT p.id AS payment_id, p.number, a.paise AS amount_paise, b.unused_paise,
                   b.refunded_paise > 0 AS is_booked_back
              FROM (SELECT payment_id, sum(amount_paise)::bigint AS paise
                      FROM allocations
                     WHERE invoice_id = $1
                     GROUP BY payment_id) AS a
              JOIN payments p ON p.id = a.payment_id
              JOIN payment_balances b ON b.payment_id = p.id
             ORDER BY p.id
        """
        rows = await self._conn.fetch(sql, invoice_id)
        return tuple(PaidBy(**dict(row)) for row in rows)

    async def credit_notes(self, invoice_id: int) -> tuple[CreditedBy, ...]:
        """The oldest first."""
        sql = """
            SELECT id AS note_id, number, total_paise
              FROM credit_notes
             WHERE invoice_id = $1
             ORDER BY id
        """
        rows = await self._conn.fetch(sql, invoice_id)
        return tuple(CreditedBy(**dict(row)) for row in rows)
