"""Reminders of what is due: to whom they are owed, and what they name."""

from datetime import date, datetime
from typing import Final

from bot.db._rows import Connection
from bot.models.dues_reminders import CATCH_UP_DAYS, STEPS
from bot.models.notices import NoticeKind

# Nobody is reminded of what they have reported a payment for, or do not accept, until an admin has
# looked at it.
_CONTESTED: Final = """
    (EXISTS (SELECT FROM claims c WHERE c.invoice_id = i.id AND c.status = 'waiting')
     OR EXISTS (SELECT FROM invoice_rejections r
                 WHERE r.invoice_id = i.id AND r.settled_at IS NULL))
"""
# $1: the day, $2: the club's zone, $3: the steps, $4: the kind of notice, $5: for how many days
# the last step may be made up. On its day of issue the invoice itself has told them.
# Who is due is locked, and looked at again: a deletion under way leaves nothing of theirs behind.
_OWE: Final = f"""
    WITH due AS (
        SELECT i.id AS invoice_id, p.id AS person_id, reached.step
          FROM invoices i
          JOIN invoice_balances b ON b.invoice_id = i.id
          JOIN people p ON p.id = i.person_id
         CROSS JOIN LATERAL (
               SELECT max(step) AS step
                 FROM unnest($3::smallint[]) AS step
                WHERE i.due_on + step <= $1) reached
         WHERE b.due_paise > 0
           AND p.telegram_id IS NOT NULL AND p.is_reachable AND p.banned_at IS NULL
           AND reached.step IS NOT NULL
           AND i.due_on + (SELECT max(step) FROM unnest($3::smallint[]) AS step) + $5::integer > $1
           AND (i.issued_at AT TIME ZONE $2)::date < $1
           AND NOT {_CONTESTED}
           AND NOT EXISTS (SELECT
                             FROM dues_reminders d
                            WHERE d.invoice_id = i.id AND d.step >= reached.step)
         ORDER BY p.id
           FOR SHARE OF p),
    said AS (
        INSERT INTO dues_reminders (invoice_id, step, reminded_on)
        SELECT invoice_id, step, $1
          FROM due
        ON CONFLICT (invoice_id, step) DO NOTHING
        RETURNING invoice_id),
    owed AS (
        INSERT INTO notices (kind, recipient_id, payload, dedupe_key)
        SELECT $4::text, person_id,
               jsonb_build_object('day', $1::date,
                                  'invoices', jsonb_agg(invoice_id ORDER BY invoice_id)),
               concat_ws(':', $4::text, person_id, $1::date)
          FROM due
          JOIN said USING (invoice_id)
         GROUP BY person_id
        ON CONFLICT (dedupe_key) DO NOTHING
        RETURNING 1)
    SELECT count(*) FROM owed
"""


class DuesReminderRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def owe(self, on: date, *, timezone: str) -> int:
        """Owe everybody what they are to be reminded of on a day; returns to how many people.

        Of the steps that an invoice has reached the latest, unless that one or a later one was
        said; one message to a person, and none where an admin has reminded them that day.
        """
        kind = NoticeKind.DUES_REMINDER
        owed = await self._conn.fetchval(_OWE, on, timezone, list(STEPS), kind, CATCH_UP_DAYS)
        return int(owed)

    async def contested(self, person_id: int) -> set[int]:
        """The invoices of a person that nobody is to remind them of now."""
        sql = f"SELECT i.id FROM invoices i WHERE i.person_id = $1 AND {_CONTESTED}"
        return {row["id"] for row in await self._conn.fetch(sql, person_id)}

    async def last_at(self, person_id: int) -> datetime | None:
        """When they were last reminded, by whomever."""
        sql = "SELECT max(created_at) FROM notices WHERE recipient_id = $1 AND kind = $2"
        at: datetime | None = await self._conn.fetchval(sql, person_id, NoticeKind.DUES_REMINDER)
        return at
