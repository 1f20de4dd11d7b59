"""Receipts as they were given: what becomes of the money later does not change them."""

from dataclasses import asdict

from bot.db._rows import Connection
from bot.db.invoices import seller_of
from bot.db.payments import payment_line
from bot.models.invoices import Seller
from bot.models.payments import PaymentLine, ReceiptPaper, Settled


class ReceiptRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, payment_id: int, seller: Seller) -> None:
        """Keep who took the money, and the name of who gave it, as they are now."""
        sql = """
            INSERT INTO receipts (payment_id, payer_name, seller)
            SELECT x.id, coalesce(f.full_name, nullif(p.display_name, ''),
                                  w.buyer ->> 'name', ''), $2
              FROM payments x
              LEFT JOIN people p ON p.id = x.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
              LEFT JOIN invoices w ON w.id = x.walk_in_id
             WHERE x.id = $1
        """
        await self._conn.execute(sql, payment_id, asdict(seller))

    async def find(self, payment_id: int) -> ReceiptPaper | None:
        sql = """
            SELECT p.id, p.number, p.received_at, p.purpose, p.total_paise, r.payer_name, r.seller
              FROM receipts r
              JOIN payments p ON p.id = r.payment_id
             WHERE p.id = $1
        """
        row = await self._conn.fetchrow(sql, payment_id)
        if row is None:
            return None
        return ReceiptPaper(
            **{**row, "seller": seller_of(row["seller"])},
            lines=await self._lines(payment_id),
            settled=await self._settled(payment_id),
        )

    async def _lines(self, payment_id: int) -> tuple[PaymentLine, ...]:
        sql = """
            SELECT method, amount_paise, reference
              FROM payment_lines
             WHERE payment_id = $1
             ORDER BY position
        """
        return tuple(payment_line(row) for row in await self._conn.fetch(sql, payment_id))

    async def _settled(self, payment_id: int) -> tuple[Settled, ...]:
        """What it was spent on as it was booked, and what was due right after.

        Whoever books on an account holds it, so its allocations are in the order of their ids.
        """
        sql = """
            SELECT a.invoice_id, i.number, a.amount_paise,
                   i.total_paise - n.paise - o.paise AS due_paise
              FROM allocations a
              JOIN payments p ON p.id = a.payment_id AND p.received_at = a.allocated_at
              JOIN invoices i ON i.id = a.invoice_id
             CROSS JOIN LATERAL (SELECT coalesce(sum(total_paise), 0)::bigint AS paise
                                   FROM credit_notes
                                  WHERE invoice_id = i.id AND issued_at < p.received_at) AS n
             CROSS JOIN LATERAL (SELECT coalesce(sum(amount_paise), 0)::bigint AS paise
                                   FROM allocations
                                  WHERE invoice_id = i.id AND id <= a.id) AS o
             WHERE a.payment_id = $1
               AND a.amount_paise > 0
             ORDER BY a.id
        """
        rows = await self._conn.fetch(sql, payment_id)
        return tuple(Settled(**dict(row)) for row in rows)
