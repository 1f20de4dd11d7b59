"""What a restore asks of a database before and after ``pg_restore`` has had its turn."""

from collections.abc import Sequence
from typing import Final

from bot.db._rows import Connection

SKIPPED_IDS: Final = 10_000  # more than a club makes rows of one kind between two backups

# Everything of the club's, but not what belongs to an extension. Grants of the schema stay.
ERASE: Final = """
DO $erase$
DECLARE
    doomed text;
BEGIN
    FOR doomed IN
        SELECT format('%s %I.%I',
                      CASE relkind WHEN 'v' THEN 'VIEW'
                                   WHEN 'm' THEN 'MATERIALIZED VIEW'
                                   WHEN 'S' THEN 'SEQUENCE'
                                   ELSE 'TABLE' END, 'public', relname)
          FROM pg_class c
         WHERE relnamespace = 'public'::regnamespace
           AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
           AND NOT EXISTS (SELECT FROM pg_depend
                            WHERE classid = 'pg_class'::regclass
                              AND objid = c.oid
                              AND deptype IN ('e', 'i', 'a'))
    LOOP
        EXECUTE replace('DROP ' || doomed, ' public.', ' IF EXISTS public.') || ' CASCADE';
    END LOOP;
    FOR doomed IN
        SELECT format('%I.%I', 'public', typname)
          FROM pg_type t
         WHERE typnamespace = 'public'::regnamespace
           AND typtype = 'e'
           AND NOT EXISTS (SELECT FROM pg_depend
                            WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
    LOOP
        EXECUTE 'DROP TYPE IF EXISTS ' || doomed || ' CASCADE';
    END LOOP;
    FOR doomed IN
        SELECT p.oid::regprocedure::text
          FROM pg_proc p
         WHERE pronamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend
                            WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
    LOOP
        EXECUTE 'DROP ROUTINE IF EXISTS ' || doomed || ' CASCADE';
    END LOOP;
END
$erase$;
"""


async def is_empty(conn: Connection) -> bool:
    sql = """
        SELECT NOT EXISTS (SELECT
                             FROM pg_class c
                            WHERE relnamespace = 'public'::regnamespace
                              AND relkind IN ('r', 'p')
                              AND NOT EXISTS (SELECT FROM pg_depend
                                               WHERE classid = 'pg_class'::regclass
                                                 AND objid = c.oid
                                                 AND deptype = 'e'))
    """
    return bool(await conn.fetchval(sql))


async def workers_connected(conn: Connection) -> int:
    sql = """
        SELECT count(*)
          FROM pg_stat_activity
         WHERE datname = current_database()
           AND application_name = 'clubdesk'
    """
    return int(await conn.fetchval(sql))


async def hold_notices(conn: Connection) -> int:
    """Do not send what was about to be sent when the backup was made: it most likely was."""
    sql = """
        WITH held AS (
            UPDATE notices
               SET refused_at = now(), claimed_until = NULL,
                   refusal = 'restored from a backup: most likely sent before'
             WHERE sent_at IS NULL
               AND refused_at IS NULL
               AND due_at <= now()
            RETURNING 1)
        SELECT count(*) FROM held
    """
    return int(await conn.fetchval(sql))


async def hold_broadcasts(conn: Connection) -> None:
    """Make drafts of what was to start since the backup: it most likely did; admins decide anew."""
    await conn.execute("""
        UPDATE broadcasts SET status = 'draft' WHERE status = 'scheduled' AND starts_at <= now()
    """)


async def skip_ids(conn: Connection) -> None:
    """Give out no id that was given out after the backup: old buttons in chats still carry them."""
    sql = """
        SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,
                      coalesce(last_value, 0) + $1)
          FROM pg_sequences
         WHERE schemaname = 'public'
    """
    await conn.fetch(sql, SKIPPED_IDS)


async def seal_series(conn: Connection, own_prefixes: Sequence[str]) -> list[str]:
    """Give no number out again that was given after the backup: these series have ended.

    All that are there, and in this financial year (by the club's clock) also the club's invoices
    and ``own_prefixes``: their first may be of after the backup. Returns the invoices' series of
    this year, if any.
    """
    sql = """
        WITH this AS (
            SELECT extract(year FROM local - interval '3 months')::smallint AS year
              FROM (SELECT now() AT TIME ZONE timezone AS local FROM club) AS clock),
        sealed AS (
            INSERT INTO document_series (prefix, year, last, is_sealed)
            SELECT prefix, year, 0, true
              FROM this, (SELECT invoice_prefix AS prefix FROM business
                          UNION SELECT unnest($1::text[])) AS prefixes
            ON CONFLICT (prefix, year) DO UPDATE SET is_sealed = true)
        SELECT invoice_prefix || '/' || to_char(year % 100, 'FM00') || '-'
               || to_char((year + 1) % 100, 'FM00')
          FROM this, business
    """
    names = [row[0] for row in await conn.fetch(sql, own_prefixes)]
    await conn.execute("UPDATE document_series SET is_sealed = true WHERE NOT is_sealed")
    return names


async def row_counts(conn: Connection) -> dict[str, int]:
    """Rows of every table, by its name."""
    names = await conn.fetch("""
        SELECT quote_ident(relname) AS name
          FROM pg_class
         WHERE relnamespace = 'public'::regnamespace
           AND relkind = 'r'
         ORDER BY relname
    """)
    return {name: await conn.fetchval(f"SELECT count(*) FROM public.{name}") for (name,) in names}
