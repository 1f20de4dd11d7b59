"""What a person was sent on paper: invoices, receipts, credit notes and refund vouchers."""

from bot.db._rows import Connection
from bot.models.documents import DocumentEntry, PaperKind

_OF_PERSON = """
    SELECT 'invoice' AS kind, i.id, i.number, i.issued_at AS at, i.total_paise, b.due_paise
      FROM invoices i
      JOIN invoice_balances b ON b.invoice_id = i.id
     WHERE i.person_id = $1
     UNION ALL
    SELECT 'receipt', id, number, received_at, total_paise, 0
      FROM payments
     WHERE person_id = $1 AND kind = 'money'
     UNION ALL
    SELECT 'credit-note', n.id, n.number, n.issued_at, n.total_paise, 0
      FROM credit_notes n
      JOIN invoices i ON i.id = n.invoice_id
     WHERE i.person_id = $1
     UNION ALL
    SELECT 'refund-voucher', r.id, r.number, r.refunded_at, r.total_paise, 0
      FROM refund_vouchers v
      JOIN refunds r ON r.id = v.refund_id
     WHERE r.person_id = $1
"""


class DocumentRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def count(self, person_id: int) -> int:
        sql = """
            SELECT (SELECT count(*) FROM invoices WHERE person_id = $1)
                 + (SELECT count(*) FROM payments WHERE person_id = $1 AND kind = 'money')
                 + (SELECT count(*)
                      FROM credit_notes n
                      JOIN invoices i ON i.id = n.invoice_id
                     WHERE i.person_id = $1)
                 + (SELECT count(*)
                      FROM refund_vouchers v
                      JOIN refunds r ON r.id = v.refund_id
                     WHERE r.person_id = $1)
        """
        return int(await self._conn.fetchval(sql, person_id))

    async def list_latest(self, person_id: int, *, limit: int, offset: int) -> list[DocumentEntry]:
        """The newest first; of those of one moment the invoice is the oldest."""
        sql = f"""
            SELECT kind, id, number, at, total_paise, due_paise
              FROM ({_OF_PERSON}) AS documents
             ORDER BY at DESC, kind = 'invoice', id DESC
             LIMIT $2 OFFSET $3
        """
        rows = await self._conn.fetch(sql, person_id, limit, offset)
        return [DocumentEntry(**{**row, "kind": PaperKind(row["kind"])}) for row in rows]
