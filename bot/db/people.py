"""The people table: SQL in, ``Person`` out."""

from collections.abc import Sequence

from asyncpg import Record

from bot.db._rows import Connection, fold, sure
from bot.models.people import Office, Person, TelegramUser

PERSON_COLUMNS = """
    p.id, p.telegram_id, p.username, p.display_name, f.full_name, p.office, p.from_environment,
    p.banned_at IS NOT NULL AS is_banned,
    f.person_id IS NOT NULL AS is_member,
    EXISTS (SELECT FROM registrations r
             WHERE r.person_id = p.id AND r.status = 'pending') AS is_pending,
    p.is_reachable
"""
PERSON_TABLES = "people p LEFT JOIN profiles f ON f.person_id = p.id"


class PersonRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def find(self, person_id: int) -> Person | None:
        sql = f"SELECT {PERSON_COLUMNS} FROM {PERSON_TABLES} WHERE p.id = $1"
        row = await self._conn.fetchrow(sql, person_id)
        return person(row) if row else None

    async def find_by_telegram_id(self, telegram_id: int) -> Person | None:
        sql = f"SELECT {PERSON_COLUMNS} FROM {PERSON_TABLES} WHERE p.telegram_id = $1"
        row = await self._conn.fetchrow(sql, telegram_id)
        return person(row) if row else None

    async def find_by_username(self, username: str) -> Person | None:
        """The latest of that name: usernames move from one person to another."""
        sql = f"""
            SELECT {PERSON_COLUMNS}
              FROM {PERSON_TABLES}
             WHERE lower(p.username) = lower($1)
             ORDER BY p.id DESC
             LIMIT 1
        """
        row = await self._conn.fetchrow(sql, username)
        return person(row) if row else None

    async def hold(self, person_id: int) -> Person | None:
        """The person, locked until the transaction ends: their role cannot change under us."""
        # Not FOR UPDATE: rows that point to this person may still be written meanwhile.
        await self._conn.execute("SELECT FROM people WHERE id = $1 FOR NO KEY UPDATE", person_id)
        return await self.find(person_id)

    async def hold_both(
        self, one_id: int, other_id: int, *others: int
    ) -> tuple[Person | None, Person | None]:
        """Two people, always locked in the same order: two admins cannot block each other.

        ``others`` are locked with them.
        """
        ids = sorted({one_id, other_id, *others})
        held = {found_id: await self.hold(found_id) for found_id in ids}
        return held[one_id], held[other_id]

    async def lock_offices(self) -> None:
        """One change of offices at a time, so that the last owner cannot leave twice."""
        await self._conn.execute("SELECT pg_advisory_xact_lock(7306513)")

    async def remember(self, user: TelegramUser) -> int:
        """Write down what Telegram says of them now; who writes to us is reachable."""
        sql = """
            INSERT INTO people (telegram_id, username, display_name, search_name, language_code)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (telegram_id) DO UPDATE
               SET username = excluded.username,
                   display_name = excluded.display_name,
                   search_name = excluded.search_name,
                   language_code = excluded.language_code,
                   is_reachable = true
            RETURNING id
        """
        row = await self._conn.fetchrow(
            sql,
            user.telegram_id,
            user.username,
            user.display_name,
            fold(user.display_name),
            user.language_code,
        )
        return int(sure(row)["id"])

    async def mark_reachable(self, telegram_id: int, *, reachable: bool) -> None:
        sql = "UPDATE people SET is_reachable = $2 WHERE telegram_id = $1"
        await self._conn.execute(sql, telegram_id, reachable)

    async def set_office(self, person_id: int, office: Office | None) -> None:
        sql = "UPDATE people SET office = $2 WHERE id = $1"
        await self._conn.execute(sql, person_id, office)

    async def name_owners(self, telegram_ids: Sequence[int]) -> list[int]:
        """Make exactly these the owners of the environment; returns the Telegram ids changed."""
        sql = """
            WITH named AS (
                INSERT INTO people (telegram_id, office, from_environment)
                SELECT unnest($1::bigint[]), 'owner', true
                ON CONFLICT (telegram_id) DO UPDATE
                   SET office = 'owner', from_environment = true,
                       banned_at = NULL, ban_reason = NULL, banned_by = NULL, ban_told_by = NULL
                 WHERE NOT people.from_environment
                RETURNING telegram_id
            ), unnamed AS (
                UPDATE people
                   SET office = NULL, from_environment = false
                 WHERE from_environment AND telegram_id <> ALL ($1::bigint[])
                RETURNING telegram_id
            )
            SELECT telegram_id FROM named UNION ALL SELECT telegram_id FROM unnamed
        """
        return [row["telegram_id"] for row in await self._conn.fetch(sql, list(telegram_ids))]

    async def list_in_office(self, *offices: Office) -> list[Person]:
        sql = f"""
            SELECT {PERSON_COLUMNS}
              FROM {PERSON_TABLES}
             WHERE p.office = ANY ($1)
             ORDER BY p.office DESC, p.id
        """
        return [person(row) for row in await self._conn.fetch(sql, list(offices))]


def person(row: Record) -> Person:
    """Map a row with ``PERSON_COLUMNS`` (and perhaps more)."""
    fields = {name: row[name] for name in Person.__slots__}
    return Person(**{**fields, "office": Office(row["office"]) if row["office"] else None})
