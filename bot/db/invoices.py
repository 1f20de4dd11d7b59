"""Issued documents and their numbers: rows are added and read, never changed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from asyncpg import Record

from bot.db._money import sums, take_totals
from bot.db._rows import Connection, sure
from bot.db.balances import BalanceRepo
from bot.models.business import GstScheme
from bot.models.invoices import (
    Balance,
    Buyer,
    DocumentKind,
    Invoice,
    InvoiceCard,
    InvoiceEntry,
    InvoiceLine,
    NewInvoice,
    Seller,
)
from bot.models.items import ItemKind
from bot.models.tax import Taxed, TaxType

_COLUMNS = """
    id, number, kind, issued_at, supplied_on, due_on, person_id, seller, buyer, place_of_supply,
    tax_type, inclusive, taxable_paise, cgst_paise, sgst_paise, igst_paise, round_off_paise
"""


class InvoiceRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def next_serial(self, prefix: str, year: int) -> int | None:
        """The next number of a series, ours once this transaction is committed, and no gap if not.

        Everyone else who issues in this series waits until then. ``None``: it is used up, or
        sealed.
        """
        sql = """
            INSERT INTO document_series AS s (prefix, year, last)
            VALUES ($1, $2, 1)
            ON CONFLICT (prefix, year) DO UPDATE
               SET last = s.last + 1
             WHERE s.last < 999999 AND NOT s.is_sealed
            RETURNING last
        """
        serial: int | None = await self._conn.fetchval(sql, prefix, year)
        return serial

    async def is_sealed(self, prefix: str, year: int) -> bool:
        """Whether a restored backup put an end to this series."""
        sql = "SELECT is_sealed FROM document_series WHERE prefix = $1 AND year = $2"
        return bool(await self._conn.fetchval(sql, prefix, year))

    async def add(self, new: NewInvoice) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO invoices
                   (number, prefix, year, serial, draft_id, part, kind, issued_at, issued_by,
                    supplied_on, due_on, person_id, seller, buyer, place_of_supply, tax_type,
                    inclusive, taxable_paise, cgst_paise, sgst_paise, igst_paise, round_off_paise,
                    total_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                    $19, $20, $21, $22, $23)
            RETURNING id
        """
        row = await self._conn.fetchrow(sql, *_header(new))
        invoice_id = int(sure(row)["id"])
        await self._add_lines(invoice_id, new.document.lines)
        return invoice_id

    async def hold(self, invoice_id: int) -> None:
        """Lock it until the transaction ends: the account of a walk-in customer."""
        # No row lock: the workers' role may not change invoices, and that would be asked for.
        sql = "SELECT pg_advisory_xact_lock(hashtextextended('invoice:' || $1::bigint, 0))"
        await self._conn.execute(sql, invoice_id)

    async def due(self, invoice_id: int) -> int:
        """What is not settled, in paise; below zero while more is settled than asked."""
        sql = "SELECT due_paise FROM invoice_balances WHERE invoice_id = $1"
        return int(await self._conn.fetchval(sql, invoice_id))

    async def find(self, invoice_id: int) -> Invoice | None:
        sql = f"SELECT {_COLUMNS} FROM invoices WHERE id = $1"
        row = await self._conn.fetchrow(sql, invoice_id)
        return _invoice(row, await self._lines(invoice_id)) if row else None

    async def list_some(self, ids: Sequence[int]) -> dict[int, Invoice]:
        """Those of these ids, in two statements however many they are."""
        sql = "SELECT * FROM invoice_lines WHERE invoice_id = ANY($1) ORDER BY invoice_id, position"
        lines: dict[int, list[InvoiceLine]] = {}
        for row in await self._conn.fetch(sql, ids):
            lines.setdefault(row["invoice_id"], []).append(_line(row))
        sql = f"SELECT {_COLUMNS} FROM invoices WHERE id = ANY($1)"
        rows = await self._conn.fetch(sql, ids)
        return {row["id"]: _invoice(row, tuple(lines.get(row["id"], ()))) for row in rows}

    async def list_of(self, person_id: int) -> list[Invoice]:
        """Everything that one person was billed, oldest first."""
        sql = f"SELECT {_COLUMNS} FROM invoices WHERE person_id = $1 ORDER BY id"
        rows = await self._conn.fetch(sql, person_id)
        return [_invoice(row, await self._lines(row["id"])) for row in rows]

    async def find_card(self, invoice_id: int, *, today: date) -> InvoiceCard | None:
        sql = """
            SELECT coalesce(f.full_name, nullif(p.display_name, '')) AS issued_by,
                   coalesce(b.telegram_id IS NOT NULL AND b.is_reachable, false) AS is_reachable,
                   (SELECT reason
                      FROM invoice_rejections
                     WHERE invoice_id = i.id AND settled_at IS NULL) AS not_accepted
              FROM invoices i
              JOIN people p ON p.id = i.issued_by
              LEFT JOIN profiles f ON f.person_id = p.id
              LEFT JOIN people b ON b.id = i.person_id
             WHERE i.id = $1
        """
        invoice, row = await self.find(invoice_id), await self._conn.fetchrow(sql, invoice_id)
        if invoice is None or row is None:
            return None
        balances = BalanceRepo(self._conn)
        return InvoiceCard(
            **row,
            invoice=invoice,
            today=today,
            balance=await balances.get(invoice_id),
            payments=await balances.payments(invoice_id),
            credit_notes=await balances.credit_notes(invoice_id),
        )

    async def list_of_draft(self, draft_id: int) -> list[InvoiceEntry]:
        """What became of a draft, in order."""
        sql = f"{_ENTRIES} WHERE i.draft_id = $1 ORDER BY i.part"
        return [_entry(row) for row in await self._conn.fetch(sql, draft_id)]

    async def count(self, *, of: int | None = None) -> int:
        """``of``: one person's."""
        sql = "SELECT count(*) FROM invoices WHERE $1::bigint IS NULL OR person_id = $1"
        return int(await self._conn.fetchval(sql, of))

    async def list_latest(
        self, *, limit: int, offset: int, of: int | None = None
    ) -> list[InvoiceEntry]:
        sql = f"""
            {_ENTRIES}
             WHERE $3::bigint IS NULL OR i.person_id = $3
             ORDER BY i.id DESC
             LIMIT $1 OFFSET $2
        """
        return [_entry(row) for row in await self._conn.fetch(sql, limit, offset, of)]

    async def _add_lines(self, invoice_id: int, lines: tuple[InvoiceLine, ...]) -> None:
        sql = """
            INSERT INTO invoice_lines
                   (invoice_id, position, name, kind, code, quantity, price_paise, discount_bps,
                    base_paise, discount_paise, shared_paise, taxable_paise, rate_bps, cgst_paise,
                    sgst_paise, igst_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """
        await self._conn.executemany(
            sql,
            [(invoice_id, position, *_of_line(line)) for position, line in enumerate(lines, 1)],
        )

    async def _lines(self, invoice_id: int) -> tuple[InvoiceLine, ...]:
        sql = "SELECT * FROM invoice_lines WHERE invoice_id = $1 ORDER BY position"
        return tuple(_line(row) for row in await self._conn.fetch(sql, invoice_id))


def _header(new: NewInvoice) -> tuple[object, ...]:
    """In the order of ``InvoiceRepo.add``."""
    document = new.document
    return (
        new.number,
        new.prefix,
        new.year,
        new.serial,
        new.draft_id,
        new.part,
        document.kind,
        new.issued_at,
        new.issued_by,
        new.supplied_on,
        new.due_on,
        new.person_id,
        asdict(new.seller),
        asdict(new.buyer),
        document.place_of_supply,
        document.tax_type,
        new.inclusive,
        *sums(document.totals),
    )


def _of_line(line: InvoiceLine) -> tuple[object, ...]:
    """In the order of ``InvoiceRepo._add_lines``."""
    return (
        line.name,
        line.kind,
        line.code,
        line.quantity,
        line.price_paise,
        line.discount_bps,
        line.taxed.base_paise,
        line.taxed.discount_paise,
        line.taxed.shared_paise,
        line.taxed.taxable_paise,
        line.taxed.rate_bps,
        line.taxed.cgst_paise,
        line.taxed.sgst_paise,
        line.taxed.igst_paise,
    )


_ENTRIES = """
    SELECT i.id, i.number, i.kind, i.issued_at, i.buyer ->> 'name' AS buyer_name, i.total_paise,
           b.credited_paise, b.allocated_paise, i.due_on
      FROM invoices i
      JOIN invoice_balances b ON b.invoice_id = i.id
"""


def _entry(row: Record) -> InvoiceEntry:
    fields: dict[str, Any] = dict(row)
    balance = Balance(
        total_paise=fields["total_paise"],
        credited_paise=fields.pop("credited_paise"),
        allocated_paise=fields.pop("allocated_paise"),
        due_on=fields.pop("due_on"),
    )
    return InvoiceEntry(**{**fields, "kind": DocumentKind(fields["kind"])}, balance=balance)


def _invoice(row: Record, lines: tuple[InvoiceLine, ...]) -> Invoice:
    fields: dict[str, Any] = dict(row)
    totals = take_totals(fields)
    return Invoice(
        **{
            **fields,
            "kind": DocumentKind(fields["kind"]),
            "tax_type": TaxType(fields["tax_type"]),
            "seller": seller_of(fields["seller"]),
            "buyer": Buyer(**fields["buyer"]),
        },
        lines=lines,
        totals=totals,
    )


def seller_of(kept: dict[str, Any]) -> Seller:
    return Seller(**{**kept, "scheme": GstScheme(kept["scheme"])})


def _line(row: Record) -> InvoiceLine:
    taxed = Taxed(
        base_paise=row["base_paise"],
        discount_paise=row["discount_paise"],
        shared_paise=row["shared_paise"],
        taxable_paise=row["taxable_paise"],
        rate_bps=row["rate_bps"],
        cgst_paise=row["cgst_paise"],
        sgst_paise=row["sgst_paise"],
        igst_paise=row["igst_paise"],
    )
    return InvoiceLine(
        name=row["name"],
        kind=ItemKind(row["kind"]) if row["kind"] else None,
        code=row["code"],
        quantity=row["quantity"],
        price_paise=row["price_paise"],
        discount_bps=row["discount_bps"],
        taxed=taxed,
    )
