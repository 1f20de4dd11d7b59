"""What admins do with members: search, cards, bans, deletion."""

from asyncpg import Record

from bot.db._rows import Connection, fold, like, sure
from bot.db.people import PERSON_COLUMNS, PERSON_TABLES, person
from bot.db.registrations import applicant
from bot.models.members import Ban, Holdings, MemberCard
from bot.models.people import Person

_CARD_COLUMNS = """
    p.created_at AS first_seen_at, p.banned_at, p.ban_reason, p.banned_by,
    f.phone, f.phone_verified, f.age, f.gender, f.weight_grams, f.photo_file_id, f.joined_at
"""


class MemberRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def find_card(self, person_id: int) -> MemberCard | None:
        sql = f"SELECT {PERSON_COLUMNS}, {_CARD_COLUMNS} FROM {PERSON_TABLES} WHERE p.id = $1"
        row = await self._conn.fetchrow(sql, person_id)
        return _card(row) if row else None

    async def list_by_phone(self, phone: str) -> list[Person]:
        sql = f"""
            SELECT {PERSON_COLUMNS}
              FROM {PERSON_TABLES}
             WHERE f.phone = $1
             ORDER BY p.id
        """
        return [person(row) for row in await self._conn.fetch(sql, phone)]

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
               SET banned_at = now(), ban_reason = $2, banned_by = $3, ban_told_at = NULL
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
               SET banned_at = NULL, ban_reason = NULL, banned_by = NULL, ban_told_at = NULL
             WHERE id = $1
               AND banned_at IS NOT NULL
            RETURNING id
        """
        return await self._conn.fetchval(sql, person_id) is not None

    async def claim_ban_notice(self, person_id: int) -> str | None:
        """The reason, for the one caller who may tell it; ``None``: told already, or not banned."""
        sql = """
            UPDATE people
               SET ban_told_at = now()
             WHERE id = $1
               AND banned_at IS NOT NULL
               AND ban_told_at IS NULL
            RETURNING ban_reason
        """
        reason: str | None = await self._conn.fetchval(sql, person_id)
        return reason

    async def count_holdings(self, person_id: int) -> Holdings:
        sql = """
            SELECT (SELECT count(*) FROM profiles WHERE person_id = $1) AS profiles,
                   (SELECT count(*) FROM (SELECT photo_file_id FROM profiles WHERE person_id = $1
                                          UNION SELECT photo_file_id FROM registrations
                                                 WHERE person_id = $1) photo
                     WHERE photo_file_id IS NOT NULL) AS photos,
                   (SELECT count(*) FROM registrations WHERE person_id = $1) AS registrations,
                   (SELECT count(*) FROM notices WHERE recipient_id = $1) AS notices,
                   (SELECT count(*) FROM audit_log WHERE $1 IN (actor_id, subject_id))
                       AS audit_entries
        """
        return Holdings(**dict(sure(await self._conn.fetchrow(sql, person_id))))

    async def delete_profile(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM profiles WHERE person_id = $1", person_id)

    async def delete_registrations(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM registrations WHERE person_id = $1", person_id)

    async def delete_notices(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM notices WHERE recipient_id = $1", person_id)

    async def anonymise(self, person_id: int) -> bool:
        """Keep the row that books and audit point to, nameless. ``False``: gone already."""
        sql = """
            UPDATE people
               SET telegram_id = NULL, username = NULL, display_name = '', search_name = '',
                   language_code = NULL, office = NULL, banned_at = NULL, ban_reason = NULL,
                   banned_by = NULL, ban_told_at = NULL, is_reachable = false, deleted_at = now()
             WHERE id = $1
               AND deleted_at IS NULL
            RETURNING id
        """
        return await self._conn.fetchval(sql, person_id) is not None


def _card(row: Record) -> MemberCard:
    found = person(row)
    banned = found.is_banned
    return MemberCard(
        person=found,
        profile=applicant(row) if found.is_member else None,
        ban=Ban(reason=row["ban_reason"], banned_at=row["banned_at"], banned_by=row["banned_by"])
        if banned
        else None,
        first_seen_at=row["first_seen_at"],
        joined_at=row["joined_at"],
    )
