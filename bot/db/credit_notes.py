"""Credit notes: rows are added and read, never changed."""

from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.db.invoices import InvoiceRepo
from bot.models.credit_notes import CreditedLine, CreditNote, NewCreditNote
from bot.models.tax import Totals

_SUMS = ("taxable_paise", "cgst_paise", "sgst_paise", "igst_paise", "round_off_paise")


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

    async def find(self, note_id: int) -> CreditNote | None:
        sql = """
            SELECT id, number, invoice_id, reason, issued_at, taxable_paise, cgst_paise,
                   sgst_paise, igst_paise, round_off_paise
              FROM credit_notes
             WHERE id = $1
        """
        row = await self._conn.fetchrow(sql, note_id)
        return await self._note(row) if row else None

    async def list_of_invoice(self, invoice_id: int) -> list[CreditNote]:
        """The oldest first."""
        sql = """
            SELECT id, number, invoice_id, reason, issued_at, taxable_paise, cgst_paise,
                   sgst_paise, igst_paise, round_off_paise
              FROM credit_notes
             WHERE invoice_id = $1
             ORDER BY id
        """
        return [await self._note(row) for row in await self._conn.fetch(sql, invoice_id)]

    async def _note(self, row: Record) -> CreditNote:
        fields: dict[str, Any] = dict(row)
        totals = Totals(**{name: fields.pop(name) for name in _SUMS})
        invoice = await InvoiceRepo(self._conn).find(fields.pop("invoice_id"))
        if invoice is None:
            raise RuntimeError("a credit note of no invoice")
        return CreditNote(
            **fields, invoice=invoice, totals=totals, lines=await self._lines(fields["id"])
        )

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
    numbered, totals = new.numbered, new.totals
    return (
        numbered.number,
        numbered.prefix,
        numbered.year,
        numbered.serial,
        new.operation_id,
        new.invoice_id,
        new.reason,
        new.issued_at,
        new.issued_by,
        totals.taxable_paise,
        totals.cgst_paise,
        totals.sgst_paise,
        totals.igst_paise,
        totals.round_off_paise,
        totals.total_paise,
    )


def _of_line(line: CreditedLine) -> tuple[int, ...]:
    return (
        line.position,
        line.taxable_paise,
        line.cgst_paise,
        line.sgst_paise,
        line.igst_paise,
    )
