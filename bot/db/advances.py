"""What is paid ahead, its tax, and what became of it: rows are added and read, never changed."""

from collections.abc import Sequence
from typing import Any

from bot.db._money import take_totals
from bot.db._rows import Connection
from bot.models.advances import Advance, AdvanceUse, OpenAdvance, Voucher
from bot.models.items import ItemKind
from bot.models.tax import TaxType

_COLUMNS = "kind, code, place_of_supply, tax_type, rate_bps"
_SUMS = "taxable_paise, cgst_paise, sgst_paise, igst_paise, 0 AS round_off_paise"


class AdvanceRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, payment_id: int, advance: Advance) -> None:
        sql = """
            INSERT INTO advances
                   (payment_id, kind, code, place_of_supply, tax_type, rate_bps, taxable_paise,
                    cgst_paise, sgst_paise, igst_paise, total_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
        sums = advance.totals
        await self._conn.execute(
            sql,
            payment_id,
            advance.kind,
            advance.code,
            advance.place_of_supply,
            advance.tax_type,
            advance.rate_bps,
            *(sums.taxable_paise, sums.cgst_paise, sums.sgst_paise, sums.igst_paise),
            sums.total_paise,
        )

    async def find(self, payment_id: int) -> Advance | None:
        sql = f"SELECT {_COLUMNS}, {_SUMS} FROM advances WHERE payment_id = $1"
        row = await self._conn.fetchrow(sql, payment_id)
        return advance_from(dict(row)) if row else None

    async def list_open(self, payment_ids: Sequence[int]) -> dict[int, OpenAdvance]:
        """Those of these payments of which something is left, by payment."""
        sql = f"""
            SELECT payment_id, b.used_paise, b.unused_paise, {_COLUMNS}, {_SUMS}
              FROM advances a
              JOIN advance_balances b USING (payment_id)
             WHERE payment_id = ANY($1)
               AND b.left_paise > 0
        """
        found = {}
        for row in await self._conn.fetch(sql, payment_ids):
            fields: dict[str, Any] = dict(row)
            payment_id = fields.pop("payment_id")
            found[payment_id] = OpenAdvance(
                used_paise=fields.pop("used_paise"),
                unused_paise=fields.pop("unused_paise"),
                advance=advance_from(fields),
            )
        return found

    async def add_use(self, use: AdvanceUse) -> None:
        sql = """
            INSERT INTO advance_uses
                   (payment_id, allocation_id, refund_id, taxable_paise, cgst_paise, sgst_paise,
                    igst_paise, total_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
        sums = use.totals
        await self._conn.execute(
            sql,
            *(use.payment_id, use.allocation_id, use.refund_id),
            *(sums.taxable_paise, sums.cgst_paise, sums.sgst_paise, sums.igst_paise),
            sums.total_paise,
        )

    async def list_vouchers(self, payment_id: int) -> tuple[Voucher, ...]:
        """By which something of it went back, the oldest first."""
        sql = """
            SELECT x.id AS refund_id, x.number
              FROM advance_uses u
              JOIN refund_vouchers v USING (refund_id)
              JOIN refunds x ON x.id = v.refund_id
             WHERE u.payment_id = $1
             ORDER BY x.id
        """
        return tuple(Voucher(**row) for row in await self._conn.fetch(sql, payment_id))


def advance_from(fields: dict[str, Any]) -> Advance:
    """From the columns of the table."""
    sums = take_totals(fields)
    kind = ItemKind(fields["kind"]) if fields["kind"] else None
    known = {**fields, "kind": kind, "tax_type": TaxType(fields["tax_type"])}
    return Advance(**known, totals=sums)
