"""What admins do with members: search, cards, bans."""

from asyncpg import Record

from bot.db._rows import Connection, fold, like
from bot.db.people import PERSON_COLUMNS, PERSON_TABLES, person
from bot.db.registrations import applicant
from bot.db.visits import LAST_VISIT
from bot.models.members import Ban, MemberCard
from bot.models.people import Person

_CARD_COLUMNS = f"""
    p.language_code, p.created_at AS first_seen_at, p.banned_at, p.ban_reason,
    coalesce(bf.full_name, nullif(bp.display_name, '')) AS banned_by_name,
    f.phone, f.phone_verified, f.age, f.gender, f.weight_grams, f.photo_file_id, f.joined_at,
    {LAST_VISIT} AS last_visit_on
"""
_CARD_TABLES = f"""
    {PERSON_TABLES}
    LEFT JOIN people bp ON bp.id = p.banned_by
    LEFT JOIN profiles bf ON bf.person_id = p.banned_by
"""


class MemberRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def find_card(self, person_id: int) -> MemberCard | None:
        sql = f"SELECT {PERSON_COLUMNS}, {_CARD_COLUMNS} FROM {_CARD_TABLES} WHERE p.id = $1"
        row = await self._conn.fetchrow(sql, person_id)
        return _card(row) if row else None

    async def list_by_phone(self, phone: str, *, limit: int) -> list[Person]:
        """Members with this number, then those who ask to become one with it."""
        sql = f"""
            SELECT {PERSON_COLUMNS}
              FROM {PERSON_TABLES}
             WHERE p.id IN (SELECT person_id FROM profiles WHERE phone = $1
                            UNION
                            SELECT person_id FROM registrations
                             WHERE phone = $1 AND status = 'pending')
             ORDER BY f.person_id IS NULL, p.id
             LIMIT $2
        """
        return [person(row) for row in await self._conn.fetch(sql, phone, limit)]

    async def list_by_name(self, part: str, *, limit: int) -> list[Person]:
        """People whose registered or Telegram name holds ``part``, whatever its case or accents."""
        sql = f"""
            SELECT {PERSON_COLUMNS}
              FROM {PERSON_TABLES}
             WHERE p.id IN (SELECT id FROM people WHERE search_name LIKE $1
                            UNION SELECT person_id FROM profiles WHERE search_name LIKE $1)
               AND p.deleted_at IS NULL
             ORDER BY f.person_id IS NULL, coalesce(f.search_name, p.search_name), p.id
             LIMIT $2
        """
        return [person(row) for row in await self._conn.fetch(sql, like(fold(part)), limit)]

    async def ban(self, person_id: int, *, reason: str, by: int) -> bool:
        """``False``: banned already, in office, or gone."""
        sql = """
            UPDATE people
               SET banned_at = now(), ban_reason = $2, banned_by = $3, ban_told_by = NULL
             WHERE id = $1
               AND banned_at IS NULL
               AND office IS NULL
               AND deleted_at IS NULL
            RETURNING id
        """
        return await self._conn.fetchval(sql, person_id, reason, by) is not None

    async def unban(self, person_id: int) -> bool:
        """``False``: not banned."""
        sql = """
            UPDATE people
               SET banned_at = NULL, ban_reason = NULL, banned_by = NULL, ban_told_by = NULL
             WHERE id = $1
               AND banned_at IS NOT NULL
            RETURNING id
        """
        return await self._conn.fetchval(sql, person_id) is not None

    async def claim_ban_notice(self, person_id: int, *, teller: str) -> str | None:
        """The reason, for the one ``teller`` who may tell it, and again to that one if it failed.

        A notice that Telegram refused has told nobody. ``None``: told already, or not banned.
        """
        sql = """
            UPDATE people
               SET ban_told_by = $2
             WHERE id = $1
               AND banned_at IS NOT NULL
               AND (ban_told_by IS NULL OR ban_told_by = $2
                    OR EXISTS (SELECT FROM notices
                                WHERE recipient_id = $1
                                  AND refused_at IS NOT NULL
                                  AND ban_told_by = concat('notice:', notices.id)))
            RETURNING ban_reason
        """
        reason: str | None = await self._conn.fetchval(sql, person_id, teller)
        return reason


def _card(row: Record) -> MemberCard:
    found = person(row)
    return MemberCard(
        person=found,
        language_code=row["language_code"],
        profile=applicant(row) if found.is_member else None,
        ban=_ban(row) if found.is_banned else None,
        first_seen_at=row["first_seen_at"],
        joined_at=row["joined_at"],
        last_visit_on=row["last_visit_on"],
    )


def _ban(row: Record) -> Ban:
    return Ban(
        reason=row["ban_reason"],
        banned_at=row["banned_at"],
        banned_by_name=row["banned_by_name"],
    )
