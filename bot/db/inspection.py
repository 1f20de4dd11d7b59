"""What an operator asks of a database: its clock, its roles' rights, who is in charge."""

from typing import Final, NamedTuple

from bot.db._rows import Connection, sure

# What the bot cannot do without. No UPDATE or DELETE of the audit log is among it.
_NEEDED: Final = {
    "SELECT, INSERT, UPDATE, DELETE": (
        "people", "profiles", "registrations", "club", "notices", "failed_updates",
        "notice_preferences", "visits", "birthdays", "birthday_greetings",
        "business", "logos", "tax_rates", "items", "item_uploads",
        "invoice_drafts", "invoice_draft_lines", "document_series",
        "plans", "promos", "subscription_rules", "subscription_requests",
        "payment_requests", "claims", "claim_lines", "bank_references", "invoice_rejections",
        "broadcasts", "follow_up_steps", "follow_up_interval", "follow_ups_sent",
        "jobs", "schedules", "schedule_runs", "pgqueuer", "pgqueuer_log",
    ),
    "SELECT, INSERT": (
        "audit_log", "invoices", "invoice_lines", "payments", "payment_lines", "allocations",
        "credit_notes", "credit_note_lines", "refunds", "refund_lines", "refund_sources",
        "advances", "advance_uses", "refund_vouchers",
        "journal_entries", "journal_postings", "subscriptions",
        "subscription_changes", "referrals", "rewards",
    ),
}  # fmt: skip


class About(NamedTuple):
    now: float  # seconds since 1970
    encoding: str
    may_create: bool


class AuditLog(NamedTuple):
    guarded: bool  # by its trigger
    may_change: bool  # by right, if the trigger were not


class Club(NamedTuple):
    owners: int
    quarantined: int


class Jobs(NamedTuple):
    """``late_seconds``: how long ago the oldest open one was due; 0: none is."""

    open: float
    dead: float
    late_seconds: float


# A job whose next attempt lies in the future is not late. One without an entry has fallen out of
# the queue, and counts from its last sign of life.
JOBS: Final = """
    SELECT count(*) AS open,
           (SELECT count(*) FROM jobs WHERE dead_at IS NOT NULL) AS dead,
           greatest(0, coalesce(extract(epoch FROM now() - min(
               coalesce(q.execute_after, j.begun_at, j.created_at))), 0))::float8 AS late_seconds
      FROM jobs j
      LEFT JOIN pgqueuer q ON q.id = j.queue_id
     WHERE j.done_at IS NULL AND j.dead_at IS NULL
"""


async def about(conn: Connection) -> About:
    sql = """
        SELECT extract(epoch FROM clock_timestamp())::float8,
               current_setting('server_encoding'),
               has_schema_privilege('public', 'CREATE')
    """
    return About(*sure(await conn.fetchrow(sql)))


async def lacking(conn: Connection) -> list[str]:
    """The rights that this role lacks: ``INSERT on people``."""
    wanted = [
        (table, right)
        for rights, tables in _NEEDED.items()
        for table in tables
        for right in rights.split(", ")
    ]
    sql = """
        SELECT format('%s on %s', wanted.privilege, wanted.name)
          FROM unnest($1::text[], $2::text[]) AS wanted (name, privilege)
         WHERE NOT has_table_privilege(wanted.name, wanted.privilege)
    """
    rows = await conn.fetch(sql, [table for table, _ in wanted], [right for _, right in wanted])
    return [row[0] for row in rows]


async def audit_log(conn: Connection) -> AuditLog:
    sql = """
        SELECT EXISTS (SELECT
                         FROM pg_trigger
                        WHERE tgrelid = 'audit_log'::regclass
                          AND tgname = 'audit_log_append_only'
                          AND tgenabled IN ('O', 'A')),
               has_table_privilege('audit_log', 'UPDATE, DELETE, TRUNCATE')
    """
    return AuditLog(*sure(await conn.fetchrow(sql)))


async def club(conn: Connection) -> Club:
    sql = """
        SELECT (SELECT count(*) FROM people WHERE office = 'owner'),
               (SELECT count(*) FROM failed_updates WHERE quarantined_at IS NOT NULL)
    """
    return Club(*sure(await conn.fetchrow(sql)))


async def sealed_series(conn: Connection) -> str | None:
    """The series in which the club's next invoice would be, if a restore has ended it."""
    sql = """
        SELECT s.prefix || '/' || to_char(s.year % 100, 'FM00') || '-'
               || to_char((s.year + 1) % 100, 'FM00')
          FROM business b
          JOIN document_series s ON s.prefix = b.invoice_prefix AND s.is_sealed
         WHERE s.year = (SELECT extract(year FROM now() AT TIME ZONE timezone
                                                  - interval '3 months') FROM club)
    """
    found: str | None = await conn.fetchval(sql)
    return found


async def jobs(conn: Connection) -> Jobs:
    return Jobs(*sure(await conn.fetchrow(JOBS)))
