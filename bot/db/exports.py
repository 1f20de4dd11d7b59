"""What exports read: whole tables by periods, in pages, inside one snapshot."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asyncpg import Record

from bot.db._money import take_totals, with_account
from bot.db._rows import Connection
from bot.db.invoices import InvoiceRepo
from bot.models.credit_notes import CreditedLine, CreditNote
from bot.models.exports import Billed, Credited, Held, Owed, Returned
from bot.models.payments import Method, Payment, PaymentLine, Refund, RefundKind, Settled

_RECORDER: Final = "coalesce(f.full_name, nullif(p.display_name, ''))"
_OWNER: Final = "coalesce(of.full_name, nullif(o.display_name, ''), w.buyer ->> 'name', '')"


class ExportRepo:
    """Pages go by id: ``after`` is the last id of the page before, 0 for the first.

    A period is from ``since`` until just before ``until``.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def count_issued(self, since: datetime, until: datetime) -> int:
        """Invoices and credit notes."""
        sql = """
            SELECT (SELECT count(*) FROM invoices WHERE issued_at >= $1 AND issued_at < $2)
                 + (SELECT count(*) FROM credit_notes WHERE issued_at >= $1 AND issued_at < $2)
        """
        return int(await self._conn.fetchval(sql, since, until))

    async def count_moved(self, since: datetime, until: datetime) -> int:
        """Payments and refunds; rewards move no money."""
        sql = """
            SELECT (SELECT count(*) FROM payments
                     WHERE received_at >= $1 AND received_at < $2 AND kind = 'money')
                 + (SELECT count(*) FROM refunds
                     WHERE refunded_at >= $1 AND refunded_at < $2 AND kind <> 'taken-back')
        """
        return int(await self._conn.fetchval(sql, since, until))

    async def billed(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> list[Billed]:
        sql = """
            SELECT i.id, b.credited_paise, b.allocated_paise
              FROM (SELECT id
                      FROM invoices
                     WHERE issued_at >= $1 AND issued_at < $2 AND id > $3
                     ORDER BY id
                     LIMIT $4) AS i
              JOIN invoice_balances b ON b.invoice_id = i.id
             ORDER BY i.id
        """
        rows = await self._conn.fetch(sql, since, until, after, limit)
        invoices = await InvoiceRepo(self._conn).list_some([row["id"] for row in rows])
        return [
            Billed(
                invoice=invoices[row["id"]],
                credited_paise=row["credited_paise"],
                paid_paise=row["allocated_paise"],
            )
            for row in rows
        ]

    async def credited(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> list[Credited]:
        sql = """
            SELECT id, number, invoice_id, reason, issued_at, taxable_paise, cgst_paise,
                   sgst_paise, igst_paise, round_off_paise
              FROM credit_notes
             WHERE issued_at >= $1 AND issued_at < $2 AND id > $3
             ORDER BY id
             LIMIT $4
        """
        rows = await self._conn.fetch(sql, since, until, after, limit)
        invoices = await InvoiceRepo(self._conn).list_some([row["invoice_id"] for row in rows])
        lines, closes = await self._credited_lines([row["id"] for row in rows])
        made = []
        for row in rows:
            fields: dict[str, Any] = dict(row)
            note = CreditNote(
                totals=take_totals(fields),
                invoice=invoices[fields.pop("invoice_id")],
                lines=tuple(lines.get(row["id"], ())),
                **fields,
            )
            made.append(Credited(note=note, closes=frozenset(closes.get(row["id"], ()))))
        return made

    async def payments(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> list[Payment]:
        sql = f"""
            SELECT x.id, x.number, x.person_id, x.walk_in_id, x.purpose, x.received_at,
                   {_RECORDER} AS recorded_by, {_OWNER} AS payer_name,
                   b.total_paise, b.refunded_paise, b.unused_paise
              FROM (SELECT *
                      FROM payments
                     WHERE received_at >= $1 AND received_at < $2 AND id > $3
                       AND kind = 'money'
                     ORDER BY id
                     LIMIT $4) AS x
              JOIN payment_balances b ON b.payment_id = x.id
              JOIN people p ON p.id = x.recorded_by
              LEFT JOIN profiles f ON f.person_id = p.id
              LEFT JOIN people o ON o.id = x.person_id
              LEFT JOIN profiles of ON of.person_id = o.id
              LEFT JOIN invoices w ON w.id = x.walk_in_id
             ORDER BY x.id
        """
        rows = await self._conn.fetch(sql, since, until, after, limit)
        ids = [row["id"] for row in rows]
        lines, settled = await self._lines("payment", ids), await self._settled(ids)
        return [
            Payment(
                **with_account(row),
                lines=tuple(lines.get(row["id"], ())),
                settled=tuple(settled.get(row["id"], ())),
            )
            for row in rows
        ]

    async def returned(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> list[Returned]:
        sql = f"""
            SELECT x.id, x.number, x.kind, x.person_id, x.walk_in_id, x.reason, x.refunded_at,
                   x.total_paise, {_RECORDER} AS recorded_by, {_OWNER} AS payer_name,
                   ARRAY(SELECT y.number
                           FROM refund_sources s
                           JOIN payments y ON y.id = s.payment_id
                          WHERE s.refund_id = x.id
                          ORDER BY y.id) AS receipts
              FROM refunds x
              JOIN people p ON p.id = x.recorded_by
              LEFT JOIN profiles f ON f.person_id = p.id
              LEFT JOIN people o ON o.id = x.person_id
              LEFT JOIN profiles of ON of.person_id = o.id
              LEFT JOIN invoices w ON w.id = x.walk_in_id
             WHERE x.refunded_at >= $1 AND x.refunded_at < $2 AND x.id > $3
               AND x.kind <> 'taken-back'
             ORDER BY x.id
             LIMIT $4
        """
        rows = await self._conn.fetch(sql, since, until, after, limit)
        lines = await self._lines("refund", [row["id"] for row in rows])
        return [_returned(row, lines.get(row["id"], [])) for row in rows]

    async def owed(self, *, limit: int) -> list[Owed]:
        """Every open invoice, the oldest first."""
        sql = f"""
            SELECT w.person_id, CASE WHEN w.person_id IS NULL THEN w.id END AS walk_in_id,
                   {_OWNER} AS name, w.number, w.issued_at, w.due_on,
                   b.total_paise, b.credited_paise, b.allocated_paise AS paid_paise, b.due_paise
              FROM invoice_balances b
              JOIN invoices w ON w.id = b.invoice_id
              LEFT JOIN people o ON o.id = w.person_id
              LEFT JOIN profiles of ON of.person_id = o.id
             WHERE b.due_paise > 0
             ORDER BY w.id
             LIMIT $1
        """
        return [Owed(**with_account(row)) for row in await self._conn.fetch(sql, limit)]

    async def held(self, *, limit: int) -> list[Held]:
        """Every account with credit."""
        sql = f"""
            SELECT b.person_id, b.walk_in_id, {_OWNER} AS name,
                   sum(b.unused_paise)::bigint AS paise
              FROM payment_balances b
              LEFT JOIN people o ON o.id = b.person_id
              LEFT JOIN profiles of ON of.person_id = o.id
              LEFT JOIN invoices w ON w.id = b.walk_in_id
             WHERE b.unused_paise > 0
             GROUP BY b.person_id, b.walk_in_id, {_OWNER}
             ORDER BY min(b.payment_id)
             LIMIT $1
        """
        return [Held(**with_account(row)) for row in await self._conn.fetch(sql, limit)]

    async def _credited_lines(
        self, note_ids: Sequence[int]
    ) -> tuple[dict[int, list[CreditedLine]], dict[int, list[int]]]:
        """By note: its lines, and the positions of those that it takes back to the end."""
        sql = """
            SELECT c.credit_note_id, c.position, c.taxable_paise, c.cgst_paise, c.sgst_paise,
                   c.igst_paise,
                   (SELECT sum(e.taxable_paise + e.cgst_paise + e.sgst_paise + e.igst_paise)
                      FROM credit_note_lines e
                     WHERE e.invoice_id = c.invoice_id AND e.position = c.position
                       AND e.credit_note_id <= c.credit_note_id)
                   = l.taxable_paise + l.cgst_paise + l.sgst_paise + l.igst_paise AS closes
              FROM credit_note_lines c
              JOIN invoice_lines l ON l.invoice_id = c.invoice_id AND l.position = c.position
             WHERE c.credit_note_id = ANY($1)
             ORDER BY c.credit_note_id, c.position
        """
        lines: dict[int, list[CreditedLine]] = {}
        closes: dict[int, list[int]] = {}
        for row in await self._conn.fetch(sql, note_ids):
            fields = dict(row)
            note_id = fields.pop("credit_note_id")
            if fields.pop("closes"):
                closes.setdefault(note_id, []).append(fields["position"])
            lines.setdefault(note_id, []).append(CreditedLine(**fields))
        return lines, closes

    async def _lines(self, of: str, ids: Sequence[int]) -> dict[int, list[PaymentLine]]:
        """``of``: payment or refund."""
        sql = f"""
            SELECT {of}_id AS id, method, amount_paise, reference
              FROM {of}_lines
             WHERE {of}_id = ANY($1)
             ORDER BY {of}_id, position
        """
        found: dict[int, list[PaymentLine]] = {}
        for row in await self._conn.fetch(sql, ids):
            fields = dict(row)
            fields["method"] = Method(fields["method"])
            found.setdefault(fields.pop("id"), []).append(PaymentLine(**fields))
        return found

    async def _settled(self, payment_ids: Sequence[int]) -> dict[int, list[Settled]]:
        sql = """
            SELECT a.payment_id, a.invoice_id, i.number, a.amount_paise, b.due_paise
              FROM (SELECT payment_id, invoice_id, sum(amount_paise)::bigint AS amount_paise
                      FROM allocations
                     WHERE payment_id = ANY($1)
                     GROUP BY payment_id, invoice_id
                    HAVING sum(amount_paise) <> 0) AS a
              JOIN invoices i ON i.id = a.invoice_id
              JOIN invoice_balances b ON b.invoice_id = a.invoice_id
             ORDER BY a.payment_id, a.invoice_id
        """
        found: dict[int, list[Settled]] = {}
        for row in await self._conn.fetch(sql, payment_ids):
            fields = dict(row)
            found.setdefault(fields.pop("payment_id"), []).append(Settled(**fields))
        return found


def _returned(row: Record, lines: Sequence[PaymentLine]) -> Returned:
    fields = with_account(row)
    payer_name, receipts = fields.pop("payer_name"), tuple(fields.pop("receipts"))
    kind = RefundKind(fields.pop("kind"))
    refund = Refund(**fields, kind=kind, lines=tuple(lines))
    return Returned(refund=refund, payer_name=payer_name, receipts=receipts)
