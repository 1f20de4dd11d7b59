"""Payments, what they settle, and refunds: rows are added and read, never changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from bot.db._money import series, with_account
from bot.db._rows import Connection, sure
from bot.db.advances import AdvanceRepo
from bot.models.payments import (
    Account,
    Allocation,
    Due,
    Method,
    NewPayment,
    NewRefund,
    Payment,
    PaymentLine,
    Refund,
    RefundKind,
    Settled,
    Unused,
)

_NAME = "coalesce(f.full_name, nullif(p.display_name, ''))"


class PaymentRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def dues(self, account: Account) -> list[Due]:
        """The account's invoices of which something is due, the oldest first."""
        sql = """
            SELECT b.invoice_id, i.number, i.due_on, b.due_paise
              FROM invoice_balances b
              JOIN invoices i ON i.id = b.invoice_id
             WHERE (i.person_id = $1 OR i.id = $2)
               AND b.due_paise > 0
             ORDER BY i.due_on, i.id
        """
        rows = await self._conn.fetch(sql, account.person_id, account.walk_in_id)
        return [Due(**dict(row)) for row in rows]

    async def unused(self, account: Account) -> list[Unused]:
        """The account's payments of which something is left, the oldest first: its credit."""
        sql = """
            SELECT payment_id, unused_paise
              FROM payment_balances
             WHERE (person_id = $1 OR walk_in_id = $2)
               AND unused_paise > 0
             ORDER BY payment_id
        """
        rows = await self._conn.fetch(sql, account.person_id, account.walk_in_id)
        return [Unused(**dict(row)) for row in rows]

    async def refundable(self, account: Account) -> list[Unused]:
        """As ``unused``, of money that came in: a reward is spent, never paid out."""
        sql = """
            SELECT b.payment_id, b.unused_paise
              FROM payment_balances b
              JOIN payments p ON p.id = b.payment_id
             WHERE (b.person_id = $1 OR b.walk_in_id = $2)
               AND b.unused_paise > 0 AND p.kind = 'money'
             ORDER BY b.payment_id
        """
        rows = await self._conn.fetch(sql, account.person_id, account.walk_in_id)
        return [Unused(**dict(row)) for row in rows]

    async def add(self, new: NewPayment) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO payments
                   (number, prefix, year, serial, operation_id, person_id, walk_in_id, purpose,
                    received_at, recorded_by, total_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            RETURNING id
        """
        receipt = new.receipt
        row = await self._conn.fetchrow(
            sql,
            *series(new.numbered),
            new.operation_id,
            receipt.account.person_id,
            receipt.account.walk_in_id,
            receipt.purpose,
            new.received_at,
            new.recorded_by,
            receipt.total_paise,
        )
        payment_id = int(sure(row)["id"])
        await self._add_lines("payment", payment_id, receipt.lines)
        return payment_id

    async def add_allocation(self, made: Allocation, *, at: datetime, by: int) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO allocations (payment_id, invoice_id, amount_paise, allocated_at,
                                     recorded_by)
            VALUES ($1, $2, $3, $4, $5)
            RETURNING id
        """
        row = await self._conn.fetchrow(
            sql, made.payment_id, made.invoice_id, made.amount_paise, at, by
        )
        return int(sure(row)["id"])

    async def allocations(
        self, *, of_invoice: int | None = None, of_payment: int | None = None
    ) -> list[Allocation]:
        """Net of what was given back; the newest payment first."""
        sql = """
            SELECT payment_id, invoice_id, sum(amount_paise)::bigint AS amount_paise
              FROM allocations
             WHERE invoice_id = $1 OR payment_id = $2
             GROUP BY payment_id, invoice_id
            HAVING sum(amount_paise) <> 0
             ORDER BY payment_id DESC, invoice_id DESC
        """
        rows = await self._conn.fetch(sql, of_invoice, of_payment)
        return [Allocation(**dict(row)) for row in rows]

    async def find_id(self, operation_id: UUID) -> int | None:
        sql = "SELECT id FROM payments WHERE operation_id = $1"
        found: int | None = await self._conn.fetchval(sql, operation_id)
        return found

    async def find(self, payment_id: int) -> Payment | None:
        sql = f"""
            SELECT x.id, x.number, x.person_id, x.walk_in_id, x.purpose, x.received_at,
                   {_NAME} AS recorded_by, b.total_paise, b.refunded_paise, b.unused_paise,
                   x.kind = 'reward' AS is_reward,
                   coalesce(of.full_name, nullif(o.display_name, ''), r.payer_name, '')
                       AS payer_name
              FROM payments x
              JOIN payment_balances b ON b.payment_id = x.id
              JOIN people p ON p.id = x.recorded_by
              LEFT JOIN profiles f ON f.person_id = p.id
              LEFT JOIN people o ON o.id = x.person_id
              LEFT JOIN profiles of ON of.person_id = o.id
              LEFT JOIN receipts r ON r.payment_id = x.id
             WHERE x.id = $1
        """
        row = await self._conn.fetchrow(sql, payment_id)
        if row is None:
            return None
        advances = AdvanceRepo(self._conn)
        return Payment(
            **with_account(row),
            lines=await self.lines("payment", payment_id),
            settled=await self._settled(payment_id),
            advance=await advances.find(payment_id),
            vouchers=await advances.list_vouchers(payment_id),
        )

    async def list_of_invoice(self, invoice_id: int) -> list[int]:
        """The ids of the payments that it has something of, the newest first."""
        return [each.payment_id for each in await self.allocations(of_invoice=invoice_id)]

    async def add_refund(self, new: NewRefund) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO refunds
                   (number, prefix, year, serial, operation_id, kind, person_id, walk_in_id,
                    reason, refunded_at, recorded_by, total_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            RETURNING id
        """
        row = await self._conn.fetchrow(
            sql,
            *series(new.numbered),
            new.operation_id,
            new.kind,
            new.account.person_id,
            new.account.walk_in_id,
            new.reason,
            new.refunded_at,
            new.recorded_by,
            new.total_paise,
        )
        refund_id = int(sure(row)["id"])
        await self._add_lines("refund", refund_id, new.lines)
        sources = """
            INSERT INTO refund_sources (refund_id, payment_id, amount_paise)
            VALUES ($1, $2, $3)
        """
        taken = [(refund_id, each.payment_id, each.unused_paise) for each in new.sources]
        await self._conn.executemany(sources, taken)
        return refund_id

    async def find_refund_id(self, operation_id: UUID) -> int | None:
        sql = "SELECT id FROM refunds WHERE operation_id = $1"
        found: int | None = await self._conn.fetchval(sql, operation_id)
        return found

    async def find_refund(self, refund_id: int) -> Refund | None:
        sql = f"""
            SELECT x.id, x.number, x.kind, x.person_id, x.walk_in_id, x.reason, x.refunded_at,
                   {_NAME} AS recorded_by, x.total_paise
              FROM refunds x
              JOIN people p ON p.id = x.recorded_by
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE x.id = $1
        """
        row = await self._conn.fetchrow(sql, refund_id)
        if row is None:
            return None
        fields = with_account(row)
        return Refund(
            **{**fields, "kind": RefundKind(fields["kind"])},
            lines=await self.lines("refund", refund_id),
        )

    async def _add_lines(self, of: str, document_id: int, lines: Sequence[PaymentLine]) -> None:
        sql = f"""
            INSERT INTO {of}_lines ({of}_id, position, method, amount_paise, reference)
            VALUES ($1, $2, $3, $4, $5)
        """
        values = [
            (document_id, position, line.method, line.amount_paise, line.reference)
            for position, line in enumerate(lines, 1)
        ]
        await self._conn.executemany(sql, values)

    async def lines(self, of: str, document_id: int) -> tuple[PaymentLine, ...]:
        """In their order; ``of``: payment or refund."""
        sql = f"""
            SELECT method, amount_paise, reference
              FROM {of}_lines
             WHERE {of}_id = $1
             ORDER BY position
        """
        return tuple(payment_line(row) for row in await self._conn.fetch(sql, document_id))

    async def _settled(self, payment_id: int) -> tuple[Settled, ...]:
        sql = """
            SELECT a.invoice_id, i.number, sum(a.amount_paise)::bigint AS amount_paise, b.due_paise
              FROM allocations a
              JOIN invoices i ON i.id = a.invoice_id
              JOIN invoice_balances b ON b.invoice_id = a.invoice_id
             WHERE a.payment_id = $1
             GROUP BY a.invoice_id, i.number, b.due_paise
            HAVING sum(a.amount_paise) <> 0
             ORDER BY a.invoice_id
        """
        rows = await self._conn.fetch(sql, payment_id)
        return tuple(Settled(**dict(row)) for row in rows)


def payment_line(row: Record) -> PaymentLine:
    return PaymentLine(**{**row, "method": Method(row["method"])})
