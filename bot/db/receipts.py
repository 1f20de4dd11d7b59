"""Receipts and refund vouchers as they were given: what comes later does not change them."""

from dataclasses import asdict
from typing import Any

from bot.db._money import take_totals
from bot.db._rows import Connection
from bot.db.advances import AdvanceRepo
from bot.db.invoices import seller_of
from bot.db.payments import PaymentRepo
from bot.models.advances import RefundedAdvance
from bot.models.invoices import Seller
from bot.models.payments import ReceiptPaper, RefundPaper, Settled


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
            lines=await PaymentRepo(self._conn).lines("payment", payment_id),
            settled=await self._settled(payment_id),
            advance=await AdvanceRepo(self._conn).find(payment_id),
        )

    async def add_voucher(self, refund_id: int, seller: Seller) -> None:
        """Keep who gives the money back, and the name of who gets it, as they are now."""
        sql = """
            INSERT INTO refund_vouchers (refund_id, payer_name, seller)
            SELECT x.id, coalesce(f.full_name, nullif(p.display_name, ''), ''), $2
              FROM refunds x
              LEFT JOIN people p ON p.id = x.person_id
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE x.id = $1
        """
        await self._conn.execute(sql, refund_id, asdict(seller))

    async def find_voucher(self, refund_id: int) -> RefundPaper | None:
        """``None``: this refund has none."""
        sql = """
            SELECT x.id, x.number, x.refunded_at, x.reason, x.total_paise, v.payer_name, v.seller
              FROM refund_vouchers v
              JOIN refunds x ON x.id = v.refund_id
             WHERE x.id = $1
        """
        row = await self._conn.fetchrow(sql, refund_id)
        if row is None:
            return None
        return RefundPaper(
            **{**row, "seller": seller_of(row["seller"])},
            lines=await PaymentRepo(self._conn).lines("refund", refund_id),
            advances=await self._refunded(refund_id),
        )

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

    async def _refunded(self, refund_id: int) -> tuple[RefundedAdvance, ...]:
        """The oldest receipt voucher first."""
        sql = """
            SELECT p.id, p.number, p.received_at, p.purpose, u.taxable_paise, u.cgst_paise,
                   u.sgst_paise, u.igst_paise, 0 AS round_off_paise
              FROM advance_uses u
              JOIN payments p ON p.id = u.payment_id
             WHERE u.refund_id = $1
             ORDER BY p.id
        """
        found = []
        for row in await self._conn.fetch(sql, refund_id):
            fields: dict[str, Any] = dict(row)
            advance = await AdvanceRepo(self._conn).find(fields.pop("id"))
            if advance is None:
                raise RuntimeError("what is used of no advance")
            sums = take_totals(fields)
            found.append(RefundedAdvance(**fields, advance=advance, totals=sums))
        return tuple(found)
