"""Who owes what and whose credit is held, read from the balances; nothing is written here."""

from datetime import date, datetime

from asyncpg import Record

from bot.db._money import with_account
from bot.db._rows import Connection, sure
from bot.models.payments import Account
from bot.models.receivables import Balance, Holder, OpenInvoice, Overview, PaymentEntry
from bot.models.statements import DocumentType, Posted

_WALK_IN = "CASE WHEN i.person_id IS NULL THEN i.id END"
_NAME = """
    coalesce(f.full_name, nullif(p.display_name, ''), w.buyer ->> 'name', '') AS name
"""
# An account beside its name: a deleted person has none, a walk-in customer has the invoice's.
_NAMED = """
    LEFT JOIN people p ON p.id = a.person_id
    LEFT JOIN profiles f ON f.person_id = a.person_id
    LEFT JOIN invoices w ON w.id = a.walk_in_id
"""
# $1: the club's day.
_OPEN = f"""
    SELECT a.invoice_id, a.number, a.person_id, a.walk_in_id, {_NAME}, a.due_on,
           $1::date - a.due_on AS days, a.due_paise
      FROM (SELECT i.id AS invoice_id, i.number, i.person_id, {_WALK_IN} AS walk_in_id, i.due_on,
                   b.due_paise
              FROM invoice_balances b
              JOIN invoices i ON i.id = b.invoice_id
             WHERE b.due_paise > 0) AS a
    {_NAMED}
"""


class ReceivableRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def overview(self, on: date, *, timezone: str) -> Overview:
        sql = """
            SELECT coalesce(sum(due_paise), 0)::bigint AS outstanding_paise,
                   coalesce(sum(due_paise) FILTER (WHERE days <= 30), 0)::bigint AS up_to_30_paise,
                   coalesce(sum(due_paise) FILTER (WHERE days BETWEEN 31 AND 60), 0)::bigint
                       AS up_to_60_paise,
                   coalesce(sum(due_paise) FILTER (WHERE days BETWEEN 61 AND 90), 0)::bigint
                       AS up_to_90_paise,
                   coalesce(sum(due_paise) FILTER (WHERE days > 90), 0)::bigint AS over_90_paise,
                   count(DISTINCT coalesce(person_id, -id)) AS debtors,
                   coalesce(sum(due_paise) FILTER (WHERE due_on < $1), 0)::bigint AS overdue_paise,
                   count(*) FILTER (WHERE due_on < $1) AS overdue,
                   (SELECT coalesce(sum(unused_paise), 0)::bigint FROM payment_balances)
                       AS credit_paise,
                   (SELECT count(DISTINCT coalesce(person_id, -walk_in_id))
                      FROM payment_balances
                     WHERE unused_paise > 0) AS creditors
              FROM (SELECT i.id, i.person_id, i.due_on, b.due_paise,
                           $1::date - (i.issued_at AT TIME ZONE $2)::date AS days
                      FROM invoice_balances b
                      JOIN invoices i ON i.id = b.invoice_id
                     WHERE b.due_paise > 0) AS open
        """
        return Overview(**sure(await self._conn.fetchrow(sql, on, timezone)))

    async def count_debtors(self) -> tuple[int, int]:
        """How many accounts owe anything, and how much together."""
        sql = """
            SELECT count(DISTINCT coalesce(person_id, -invoice_id)),
                   coalesce(sum(due_paise), 0)::bigint
              FROM invoice_balances
             WHERE due_paise > 0
        """
        return _pair(sure(await self._conn.fetchrow(sql)))

    async def list_debtors(self, *, limit: int, offset: int) -> list[Balance]:
        """The largest first."""
        sql = f"""
            SELECT a.person_id, a.walk_in_id, {_NAME}, a.paise, a.since
              FROM (SELECT i.person_id, {_WALK_IN} AS walk_in_id,
                           sum(b.due_paise)::bigint AS paise, min(i.due_on) AS since
                      FROM invoice_balances b
                      JOIN invoices i ON i.id = b.invoice_id
                     WHERE b.due_paise > 0
                     GROUP BY 1, 2) AS a
            {_NAMED}
             ORDER BY a.paise DESC, a.since, a.person_id, a.walk_in_id
             LIMIT $1 OFFSET $2
        """
        return [Balance(**with_account(row)) for row in await self._conn.fetch(sql, limit, offset)]

    async def count_creditors(self) -> tuple[int, int]:
        """How many accounts have credit, and how much together."""
        sql = """
            SELECT count(DISTINCT coalesce(person_id, -walk_in_id)),
                   coalesce(sum(unused_paise), 0)::bigint
              FROM payment_balances
             WHERE unused_paise > 0
        """
        return _pair(sure(await self._conn.fetchrow(sql)))

    async def list_creditors(self, *, timezone: str, limit: int, offset: int) -> list[Balance]:
        """The largest first."""
        sql = f"""
            SELECT a.person_id, a.walk_in_id, {_NAME}, a.paise, a.since
              FROM (SELECT x.person_id, x.walk_in_id, sum(b.unused_paise)::bigint AS paise,
                           (min(x.received_at) AT TIME ZONE $3)::date AS since
                      FROM payment_balances b
                      JOIN payments x ON x.id = b.payment_id
                     WHERE b.unused_paise > 0
                     GROUP BY 1, 2) AS a
            {_NAMED}
             ORDER BY a.paise DESC, a.since, a.person_id, a.walk_in_id
             LIMIT $1 OFFSET $2
        """
        rows = await self._conn.fetch(sql, limit, offset, timezone)
        return [Balance(**with_account(row)) for row in rows]

    async def count_overdue(self, on: date) -> tuple[int, int]:
        """How many invoices were to be paid before that day, and how much is due on them."""
        sql = """
            SELECT count(*), coalesce(sum(b.due_paise), 0)::bigint
              FROM invoice_balances b
              JOIN invoices i ON i.id = b.invoice_id
             WHERE b.due_paise > 0 AND i.due_on < $1
        """
        return _pair(sure(await self._conn.fetchrow(sql, on)))

    async def list_overdue(self, on: date, *, limit: int, offset: int) -> list[OpenInvoice]:
        """The oldest first."""
        sql = f"""
            {_OPEN}
             WHERE a.due_on < $1
             ORDER BY a.due_on, a.invoice_id
             LIMIT $2 OFFSET $3
        """
        rows = await self._conn.fetch(sql, on, limit, offset)
        return [OpenInvoice(**with_account(row)) for row in rows]

    async def list_open(self, account: Account, on: date) -> list[OpenInvoice]:
        """The account's invoices of which something is due, the oldest first."""
        sql = f"""
            {_OPEN}
             WHERE a.person_id = $2 OR a.walk_in_id = $3
             ORDER BY a.due_on, a.invoice_id
        """
        rows = await self._conn.fetch(sql, on, account.person_id, account.walk_in_id)
        return [OpenInvoice(**with_account(row)) for row in rows]

    async def find_holder(self, account: Account) -> Holder | None:
        """``None``: there is no such account."""
        sql = """
            SELECT coalesce(f.full_name, p.display_name) AS name,
                   p.telegram_id IS NOT NULL AND p.is_reachable AND p.banned_at IS NULL
                       AS is_reachable
              FROM people p
              LEFT JOIN profiles f ON f.person_id = p.id
             WHERE p.id = $1
             UNION ALL
            SELECT buyer ->> 'name', false
              FROM invoices
             WHERE id = $2 AND person_id IS NULL
        """
        row = await self._conn.fetchrow(sql, account.person_id, account.walk_in_id)
        return Holder(**row) if row else None

    async def list_payments(self, account: Account, *, limit: int) -> list[PaymentEntry]:
        """The last ones, and any of which something is left; the newest first."""
        sql = """
            WITH own AS (
                SELECT id, number, received_at, total_paise
                  FROM payments
                 WHERE (person_id = $1 OR walk_in_id = $2) AND kind = 'money')
            SELECT own.id AS payment_id, own.number, own.received_at, own.total_paise
              FROM own
              JOIN payment_balances b ON b.payment_id = own.id
             WHERE b.unused_paise > 0 OR own.id IN (SELECT id FROM own ORDER BY id DESC LIMIT $3)
             ORDER BY own.id DESC
        """
        rows = await self._conn.fetch(sql, account.person_id, account.walk_in_id, limit)
        return [PaymentEntry(**dict(row)) for row in rows]

    async def list_documents(self, account: Account, *, until: datetime) -> list[Posted]:
        """Every document of money of an account, by its moment."""
        sql = """
            SELECT kind, number, at, amount_paise
              FROM (SELECT 'invoice' AS kind, 1 AS rank, id, number, issued_at AS at,
                           total_paise AS amount_paise
                      FROM invoices
                     WHERE person_id = $1 OR (id = $2 AND person_id IS NULL)
                     UNION ALL
                    SELECT 'credit-note', 2, n.id, n.number, n.issued_at, -n.total_paise
                      FROM credit_notes n
                      JOIN invoices i ON i.id = n.invoice_id
                     WHERE i.person_id = $1 OR (i.id = $2 AND i.person_id IS NULL)
                     UNION ALL
                    SELECT CASE kind WHEN 'money' THEN 'payment' ELSE kind END, 3, id, number,
                           received_at, -total_paise
                      FROM payments
                     WHERE person_id = $1 OR walk_in_id = $2
                     UNION ALL
                    SELECT kind, 4, id, number, refunded_at, total_paise
                      FROM refunds
                     WHERE person_id = $1 OR walk_in_id = $2) AS posted
             WHERE at <= $3
             ORDER BY at, rank, id
        """
        rows = await self._conn.fetch(sql, account.person_id, account.walk_in_id, until)
        return [Posted(**{**row, "kind": DocumentType(row["kind"])}) for row in rows]


def _pair(row: Record) -> tuple[int, int]:
    return int(row[0]), int(row[1])
