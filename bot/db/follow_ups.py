"""What is said to members who stay away: texts, switches, the interval, and who was told what."""

from datetime import date
from typing import Final

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.db._standings import standings
from bot.db.visits import LAST_VISIT
from bot.models.follow_ups import FollowUp, Occasion
from bot.models.notices import NoticeKind

_COLUMNS = "occasion, days, html, is_on"
# $1: the day, $2: the club's zone, $3: the interval in days, $4: the kind of notice.
# Who is due is locked, and looked at again: a deletion under way leaves nothing of theirs behind.
# Whoever is frozen stays away with good reason.
_OWE: Final = f"""
    WITH due AS (
        SELECT p.id AS person_id, away.since, reached.days
          FROM people p
          JOIN profiles f ON f.person_id = p.id
         CROSS JOIN LATERAL (
               SELECT coalesce({LAST_VISIT}, (f.joined_at AT TIME ZONE $2)::date) AS since) away
         CROSS JOIN LATERAL (
               SELECT max(days) AS days
                 FROM follow_up_steps
                WHERE is_on AND days <= $1 - away.since) reached
         WHERE p.office IS NULL AND p.banned_at IS NULL AND p.is_reachable
           AND reached.days IS NOT NULL
           AND p.id NOT IN (SELECT person_id
                              FROM ({standings("$1::date")}) AS stand
                             WHERE access = 'frozen')
           AND NOT EXISTS (SELECT
                             FROM follow_ups_sent s
                            WHERE s.person_id = p.id
                              AND (s.sent_on > $1 - $3::integer
                                   OR s.since = away.since AND s.days >= reached.days))
         ORDER BY p.id
           FOR SHARE OF p),
    sent AS (
        INSERT INTO follow_ups_sent (person_id, days, since, sent_on)
        SELECT person_id, days, since, $1
          FROM due
        ON CONFLICT (person_id, days, since) DO NOTHING
        RETURNING person_id, days, since),
    owed AS (
        INSERT INTO notices (kind, recipient_id, subject_id, payload, dedupe_key)
        SELECT $4::text, person_id, days,
               jsonb_build_object('day', $1::date, 'since', since),
               concat_ws(':', $4::text, person_id, days, since)
          FROM sent
        RETURNING 1)
    SELECT count(*) FROM owed
"""


class FollowUpRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def list_steps(self) -> list[FollowUp]:
        """By days of absence; then the birthday, then what is said of a subscription's end."""
        sql = f"SELECT {_COLUMNS} FROM follow_up_steps"
        steps = [_follow_up(row) for row in await self._conn.fetch(sql)]
        return sorted(steps, key=lambda step: list(Occasion).index(step.occasion))

    async def get(self, occasion: Occasion) -> FollowUp:
        sql = f"SELECT {_COLUMNS} FROM follow_up_steps WHERE occasion = $1"
        return _follow_up(sure(await self._conn.fetchrow(sql, occasion)))

    async def hold(self, occasion: Occasion) -> FollowUp:
        """Locked until the transaction ends, so that «before» in the audit is true."""
        sql = f"SELECT {_COLUMNS} FROM follow_up_steps WHERE occasion = $1 FOR UPDATE"
        return _follow_up(sure(await self._conn.fetchrow(sql, occasion)))

    async def find_after(self, days: int) -> FollowUp | None:
        """The one that is said after so many days of absence."""
        sql = f"SELECT {_COLUMNS} FROM follow_up_steps WHERE days = $1"
        row = await self._conn.fetchrow(sql, days)
        return _follow_up(row) if row else None

    async def save(self, step: FollowUp) -> None:
        sql = "UPDATE follow_up_steps SET html = $2, is_on = $3 WHERE occasion = $1"
        await self._conn.execute(sql, step.occasion, step.html, step.is_on)

    async def get_interval(self) -> int:
        """In days."""
        return int(await self._conn.fetchval("SELECT days FROM follow_up_interval"))

    async def hold_interval(self) -> int:
        """In days; locked until the transaction ends: who owes follow-ups does so alone."""
        return int(await self._conn.fetchval("SELECT days FROM follow_up_interval FOR UPDATE"))

    async def save_interval(self, days: int) -> None:
        await self._conn.execute("UPDATE follow_up_interval SET days = $1", days)

    async def owe(self, on: date, *, timezone: str, interval_days: int) -> int:
        """Owe every member who stays away what is due on a day of the club; returns to how many.

        Of the steps that are on, the largest that is reached, unless that one or a larger one was
        said in this absence; and nothing within the interval after whatever was said last.
        """
        owed = await self._conn.fetchval(_OWE, on, timezone, interval_days, NoticeKind.FOLLOW_UP)
        return int(owed)


def _follow_up(row: Record) -> FollowUp:
    return FollowUp(**{**row, "occasion": Occasion(row["occasion"])})
