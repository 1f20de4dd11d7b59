"""The birthdays table, and who was congratulated."""

from collections.abc import Sequence
from datetime import date

from bot.db._rows import Connection
from bot.models.birthdays import Birthday
from bot.models.follow_ups import Occasion
from bot.models.notices import NoticeKind


class BirthdayRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def find(self, person_id: int) -> Birthday | None:
        sql = "SELECT day, month, year FROM birthdays WHERE person_id = $1"
        row = await self._conn.fetchrow(sql, person_id)
        return Birthday(**row) if row else None

    async def save(self, birthday: Birthday, *, of: int) -> None:
        sql = """
            INSERT INTO birthdays (person_id, day, month, year)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (person_id) DO UPDATE
               SET day = excluded.day, month = excluded.month, year = excluded.year
        """
        await self._conn.execute(sql, of, birthday.day, birthday.month, birthday.year)

    async def remove(self, *, of: int) -> None:
        await self._conn.execute("DELETE FROM birthdays WHERE person_id = $1", of)

    async def owe_greetings(self, on: date, *, to_those_of: Sequence[int]) -> int:
        """Owe everybody of these days of the month their greeting; returns to how many.

        Once a person and year; to members and people in office; nobody if greetings are off.
        Whoever is about to be told is locked: a deletion under way leaves nothing behind.
        """
        sql = """
            WITH greeted AS (
                INSERT INTO birthday_greetings (person_id, year)
                SELECT b.person_id, extract(year FROM $1::date)
                  FROM birthdays b
                  JOIN people p ON p.id = b.person_id
                 WHERE b.month = extract(month FROM $1::date)
                   AND b.day = ANY ($2)
                   AND p.banned_at IS NULL
                   AND p.is_reachable
                   AND (p.office IS NOT NULL
                        OR EXISTS (SELECT FROM profiles WHERE person_id = p.id))
                   AND EXISTS (SELECT FROM follow_up_steps WHERE occasion = $3 AND is_on)
                 ORDER BY p.id
                   FOR SHARE OF p
                ON CONFLICT (person_id, year) DO NOTHING
                RETURNING person_id, year),
            owed AS (
                INSERT INTO notices (kind, recipient_id, payload, dedupe_key)
                SELECT $4::text, person_id, jsonb_build_object('day', $1::date),
                       concat_ws(':', $4::text, person_id, year)
                  FROM greeted
                RETURNING 1)
            SELECT count(*) FROM owed
        """
        return int(
            await self._conn.fetchval(
                sql, on, list(to_those_of), Occasion.BIRTHDAY, NoticeKind.BIRTHDAY
            )
        )
