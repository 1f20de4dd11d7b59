"""The journal: entries are added and read, never changed."""

from bot.db._rows import Connection, sure
from bot.models.books import Entry, Figures, MethodFigures
from bot.models.payments import Method


class BookRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, entry: Entry) -> None:
        """A document that is booked already is a bug, and refused."""
        sql = """
            INSERT INTO journal_entries (kind, document_id, person_id, walk_in_id, booked_at)
            VALUES ($1, $2, $3, $4, $5)
            RETURNING id
        """
        row = await self._conn.fetchrow(
            sql,
            entry.kind,
            entry.document_id,
            entry.account.person_id,
            entry.account.walk_in_id,
            entry.booked_at,
        )
        postings = """
            INSERT INTO journal_postings (entry_id, account, amount_paise)
            VALUES ($1, $2, $3)
        """
        entry_id = sure(row)["id"]
        values = [(entry_id, account, paise) for account, paise in entry.postings.items() if paise]
        await self._conn.executemany(postings, values)

    async def figures(self) -> Figures:
        """Of all documents, not of the journal. In one snapshot if the caller has one."""
        sql = """
            SELECT (SELECT coalesce(sum(total_paise), 0)::bigint FROM invoices) AS invoiced_paise,
                   (SELECT coalesce(sum(total_paise), 0)::bigint FROM credit_notes)
                       AS credited_paise,
                   (SELECT coalesce(sum(total_paise), 0)::bigint FROM payments
                     WHERE kind = 'money') AS received_paise,
                   (SELECT coalesce(sum(total_paise), 0)::bigint FROM refunds
                     WHERE kind <> 'taken-back') AS refunded_paise,
                   (SELECT coalesce(sum(total_paise), 0)::bigint FROM payments
                     WHERE kind = 'reward')
                   - (SELECT coalesce(sum(total_paise), 0)::bigint FROM refunds
                       WHERE kind = 'taken-back') AS rewarded_paise,
                   (SELECT coalesce(sum(due_paise), 0)::bigint FROM invoice_balances)
                       AS outstanding_paise,
                   (SELECT coalesce(sum(unused_paise), 0)::bigint FROM payment_balances)
                       AS credit_paise
        """
        row = sure(await self._conn.fetchrow(sql))
        return Figures(**dict(row), methods=await self._methods())

    async def _methods(self) -> tuple[MethodFigures, ...]:
        sql = """
            SELECT method, sum(received)::bigint AS received_paise,
                   sum(refunded)::bigint AS refunded_paise
              FROM (SELECT method, amount_paise AS received, 0 AS refunded FROM payment_lines
                    UNION ALL
                    SELECT method, 0, amount_paise FROM refund_lines) AS lines
             GROUP BY method
        """
        rows = {row["method"]: row for row in await self._conn.fetch(sql)}
        return tuple(
            MethodFigures(**{**rows[method], "method": method})
            for method in Method
            if method in rows
        )
