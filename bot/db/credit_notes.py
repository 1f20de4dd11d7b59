"""Credit notes: rows are added and read, never changed."""

from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._money import series, sums, take_totals
from bot.db._rows import Connection, sure
from bot.db.invoices import InvoiceRepo
from bot.models.credit_notes import CreditedLine, CreditNote, NewCreditNote
from bot.models.invoices import Invoice


class CreditNoteRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, new: NewCreditNote) -> int:
        """Returns its id."""
        sql = """
            INSERT INTO credit_notes
                   (number, prefix, year, serial, operation_id, invoice_id, reason, issued_at,
                    issued_by, taxable_paise, cgst_paise, sgst_paise, igst_paise, round_off_paise,
                    total_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            RETURNING id
        """
        note_id = int(sure(await self._conn.fetchrow(sql, *_header(new)))["id"])
        lines = """
            INSERT INTO credit_note_lines
                   (credit_note_id, invoice_id, position, taxable_paise, cgst_paise, sgst_paise,
                    igst_paise)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
        values = [(note_id, new.invoice_id, *_of_line(line)) for line in new.lines]
        await self._conn.executemany(lines, values)
        return note_id

    async def find_id(self, operation_id: UUID) -> int | None:
        sql = "SELECT id FROM credit_notes WHERE operation_id = $1"
        found: int | None = await self._conn.fetchval(sql, operation_id)
        return found

    async def total_of(self, operation_id: UUID) -> int:
        """What that operation has credited, in paise; 0: it has made no credit note."""
        sql = "SELECT total_paise FROM credit_notes WHERE operation_id = $1"
        return int(await self._conn.fetchval(sql, operation_id) or 0)

    async def find(self, note_id: int) -> CreditNote | None:
        sql = """
            SELECT id, number, invoice_id, reason, issued_at, taxable_paise, cgst_paise,
                   sgst_paise, igst_paise, round_off_paise
              FROM credit_notes
             WHERE id = $1
        """
        row = await self._conn.fetchrow(sql, note_id)
        return await self._note(row, await self._invoice(row["invoice_id"])) if row else None

    async def list_of_invoice(self, invoice_id: int) -> list[CreditNote]:
        """The oldest first."""
        sql = """
            SELECT id, number, invoice_id, reason, issued_at, taxable_paise, cgst_paise,
                   sgst_paise, igst_paise, round_off_paise
              FROM credit_notes
             WHERE invoice_id = $1
             ORDER BY id
        """
        rows = await self._conn.fetch(sql, invoice_id)
        if not rows:
            return []
        invoice = await self._invoice(invoice_id)
        return [await self._note(row, invoice) for row in rows]

    async def _invoice(self, invoice_id: int) -> Invoice:
        invoice = await InvoiceRepo(self._conn).find(invoice_id)
        if invoice is None:
            raise RuntimeError("a credit note of no invoice")
        return invoice

    async def _note(self, row: Record, invoice: Invoice) -> CreditNote:
        fields: dict[str, Any] = dict(row)
        del fields["invoice_id"]
        totals, lines = take_totals(fields), await self._lines(fields["id"])
        return CreditNote(**fields, invoice=invoice, totals=totals, lines=lines)

    async def _lines(self, note_id: int) -> tuple[CreditedLine, ...]:
        sql = """
            SELECT position, taxable_paise, cgst_paise, sgst_paise, igst_paise
              FROM credit_note_lines
             WHERE credit_note_id = $1
             ORDER BY position
        """
        return tuple(CreditedLine(**dict(row)) for row in await self._conn.fetch(sql, note_id))


def _header(new: NewCreditNote) -> tuple[object, ...]:
    """In the order of ``CreditNoteRepo.add``."""
    return (
        *series(new.numbered),
        new.operation_id,
        new.invoice_id,
        new.reason,
        new.issued_at,
        new.issued_by,
        *sums(new.totals),
    )


def _of_line(line: CreditedLine) -> tuple[int, ...]:
    return (
        line.position,
        line.taxable_paise,
        line.cgst_paise,
        line.sgst_paise,
        line.igst_paise,
    )
