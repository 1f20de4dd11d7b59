"""What exports read of money that is paid ahead, in pages, inside one snapshot."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asyncpg import Record

from bot.db._money import take_totals
from bot.db._rows import Connection
from bot.db.advances import advance_from
from bot.models.exports import AheadUse, TakenAhead, UsedAhead

_ADVANCE: Final = """
    a.kind, a.code, a.place_of_supply, a.tax_type, a.rate_bps, a.taxable_paise, a.cgst_paise,
    a.sgst_paise, a.igst_paise, 0 AS round_off_paise
"""
# Each use with its moment and the number of what it was used by.
_USES: Final = f"""
    SELECT u.id, u.payment_id, '{AheadUse.ADJUSTED}' AS use, i.number, l.allocated_at AS at
      FROM advance_uses u
      JOIN allocations l ON l.id = u.allocation_id
      JOIN invoices i ON i.id = l.invoice_id
     UNION ALL
    SELECT u.id, u.payment_id,
           CASE r.kind WHEN 'refund' THEN '{AheadUse.REFUNDED}' ELSE '{AheadUse.VOID}' END,
           r.number, r.refunded_at
      FROM advance_uses u
      JOIN refunds r ON r.id = u.refund_id
"""


class AheadRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def count(self, since: datetime, until: datetime) -> int:
        """What was paid ahead in a period, and what became of it in one."""
        sql = f"""
            SELECT (SELECT count(*)
                      FROM advances
                      JOIN payments p ON p.id = payment_id
                     WHERE p.received_at >= $1 AND p.received_at < $2)
                 + (SELECT count(*) FROM ({_USES}) AS u WHERE u.at >= $1 AND u.at < $2)
        """
        return int(await self._conn.fetchval(sql, since, until))

    async def taken(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> Sequence[TakenAhead]:
        sql = f"""
            SELECT p.id, p.number,
                   EXISTS (SELECT FROM refund_sources s JOIN refunds r ON r.id = s.refund_id
                            WHERE s.payment_id = p.id AND r.kind = 'reversal') AS is_void,
                   {_ADVANCE}
              FROM advances a
              JOIN payments p ON p.id = a.payment_id
             WHERE p.received_at >= $1 AND p.received_at < $2 AND p.id > $3
             ORDER BY p.id
             LIMIT $4
        """
        rows = await self._conn.fetch(sql, since, until, after, limit)
        return [_taken(row) for row in rows]

    async def used(
        self, since: datetime, until: datetime, *, after: int, limit: int
    ) -> Sequence[UsedAhead]:
        sql = f"""
            SELECT x.id, x.payment_id, x.use, x.number, x.at, p.number AS receipt, p.received_at,
                   r.payer_name, u.taxable_paise AS used_taxable, u.cgst_paise AS used_cgst,
                   u.sgst_paise AS used_sgst, u.igst_paise AS used_igst, {_ADVANCE}
              FROM ({_USES}) AS x
              JOIN advance_uses u ON u.id = x.id
              JOIN advances a ON a.payment_id = x.payment_id
              JOIN payments p ON p.id = x.payment_id
              JOIN receipts r ON r.payment_id = x.payment_id
             WHERE x.at >= $1 AND x.at < $2 AND x.id > $3
             ORDER BY x.id
             LIMIT $4
        """
        rows = await self._conn.fetch(sql, since, until, after, limit)
        return [_used(row) for row in rows]


def _taken(row: Record) -> TakenAhead:
    fields: dict[str, Any] = dict(row)
    known = {name: fields.pop(name) for name in ("number", "is_void")}
    return TakenAhead(payment_id=fields.pop("id"), **known, advance=advance_from(fields))


def _used(row: Record) -> UsedAhead:
    fields: dict[str, Any] = dict(row)
    heads = ("taxable", "cgst", "sgst", "igst")
    sums = {f"{head}_paise": fields.pop(f"used_{head}") for head in heads}
    names = ("id", "payment_id", "number", "at", "receipt", "received_at", "payer_name")
    known = {name: fields.pop(name) for name in names}
    use = AheadUse(fields.pop("use"))
    totals = take_totals({**sums, "round_off_paise": 0})
    return UsedAhead(**known, use=use, totals=totals, advance=advance_from(fields))
