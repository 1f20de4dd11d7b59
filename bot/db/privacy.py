"""What the club holds of one person, across the tables: counting, handing out, erasing."""

from dataclasses import asdict
from datetime import datetime

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.db.private_money import PrivateMoneyRepo
from bot.models.audit import AuditAction
from bot.models.notices import NoticeKind
from bot.models.privacy import Holdings, PastBan, Told, Trace


class PrivacyRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

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
                       AS audit_entries,
                   (SELECT count(*) FROM notice_preferences WHERE person_id = $1) AS preferences,
                   (SELECT count(*) FROM visits WHERE person_id = $1) AS visits,
                   (SELECT count(*) FROM birthdays WHERE person_id = $1) AS birthdays,
                   (SELECT count(*) FROM referrals WHERE $1 IN (friend_id, referrer_id))
                       AS referrals
        """
        row = sure(await self._conn.fetchrow(sql, person_id))
        money = await PrivateMoneyRepo(self._conn).count(person_id)
        return Holdings(**dict(row), **asdict(money))

    async def delete_profile(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM profiles WHERE person_id = $1", person_id)

    async def delete_registrations(self, person_id: int) -> list[int]:
        """Returns their ids: cards about them stand in the admins' chats."""
        sql = "DELETE FROM registrations WHERE person_id = $1 RETURNING id"
        return [row["id"] for row in await self._conn.fetch(sql, person_id)]

    async def delete_notices(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM notices WHERE recipient_id = $1", person_id)

    async def delete_preferences(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM notice_preferences WHERE person_id = $1", person_id)

    async def delete_visits(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM visits WHERE person_id = $1", person_id)

    async def delete_birthday(self, person_id: int) -> None:
        """And in which years they were congratulated."""
        sql = """
            WITH greetings AS (DELETE FROM birthday_greetings WHERE person_id = $1)
            DELETE FROM birthdays WHERE person_id = $1
        """
        await self._conn.execute(sql, person_id)

    async def delete_follow_ups(self, person_id: int) -> None:
        await self._conn.execute("DELETE FROM follow_ups_sent WHERE person_id = $1", person_id)

    async def delete_drafts(self, person_id: int) -> None:
        """Invoices to them that are being written, and the names in those that were issued.

        What was issued holds its buyer itself, as the law wants it.
        """
        # Two statements: one that was being issued meanwhile is looked at again by the second.
        unissued = "DELETE FROM invoice_drafts WHERE person_id = $1 AND status <> 'issued'"
        await self._conn.execute(unissued, person_id)
        issued = """
            UPDATE invoice_drafts
               SET buyer_name = '-', buyer_phone = NULL, buyer_address = NULL, buyer_state = NULL,
                   buyer_gstin = NULL
             WHERE person_id = $1
        """
        await self._conn.execute(issued, person_id)

    async def anonymise(self, person_id: int) -> None:
        """Keep the row that books and audit point to, nameless."""
        sql = """
            UPDATE people
               SET telegram_id = NULL, username = NULL, display_name = '', search_name = '',
                   language_code = NULL, office = NULL, banned_at = NULL, ban_reason = NULL,
                   banned_by = NULL, ban_told_by = NULL, is_reachable = false, deleted_at = now()
             WHERE id = $1
               AND deleted_at IS NULL
        """
        await self._conn.execute(sql, person_id)

    async def delete_newcomer(self, person_id: int) -> None:
        """Remove someone who has done nothing yet; anyone else stays."""
        sql = """
            DELETE FROM people p
             WHERE id = $1
               AND office IS NULL
               AND banned_at IS NULL
               AND NOT EXISTS (SELECT FROM profiles WHERE person_id = p.id)
               AND NOT EXISTS (SELECT FROM registrations
                                WHERE p.id IN (person_id, decided_by))
               AND NOT EXISTS (SELECT FROM notices WHERE recipient_id = p.id)
               AND NOT EXISTS (SELECT FROM notice_preferences WHERE person_id = p.id)
               AND NOT EXISTS (SELECT FROM visits WHERE p.id IN (person_id, marked_by))
               AND NOT EXISTS (SELECT FROM birthdays WHERE person_id = p.id)
               AND NOT EXISTS (SELECT FROM birthday_greetings WHERE person_id = p.id)
               AND NOT EXISTS (SELECT FROM follow_ups_sent WHERE person_id = p.id)
               AND NOT EXISTS (SELECT FROM audit_log WHERE p.id IN (actor_id, subject_id))
               AND NOT EXISTS (SELECT FROM people WHERE banned_by = p.id)
               AND NOT EXISTS (SELECT FROM broadcasts
                                WHERE p.id IN (created_by, scheduled_by, started_by))
               AND NOT EXISTS (SELECT FROM invoice_drafts
                                WHERE p.id IN (created_by, person_id))
               AND NOT EXISTS (SELECT FROM invoices WHERE p.id IN (issued_by, person_id))
               AND NOT EXISTS (SELECT FROM payments WHERE p.id IN (recorded_by, person_id))
               AND NOT EXISTS (SELECT FROM allocations WHERE p.id = recorded_by)
               AND NOT EXISTS (SELECT FROM refunds WHERE p.id IN (recorded_by, person_id))
               AND NOT EXISTS (SELECT FROM credit_notes WHERE p.id = issued_by)
               AND NOT EXISTS (SELECT FROM payment_requests WHERE p.id IN (raised_by, person_id))
               AND NOT EXISTS (SELECT FROM subscription_requests
                                WHERE p.id IN (decided_by, person_id))
               AND NOT EXISTS (SELECT FROM subscriptions WHERE p.id IN (recorded_by, person_id))
               AND NOT EXISTS (SELECT FROM subscription_changes WHERE p.id = recorded_by)
               AND NOT EXISTS (SELECT FROM referrals WHERE p.id IN (friend_id, referrer_id))
               AND NOT EXISTS (SELECT FROM claims WHERE p.id IN (decided_by, person_id))
               AND NOT EXISTS (SELECT FROM invoice_rejections
                                WHERE p.id IN (settled_by, person_id))
        """
        await self._conn.execute(sql, person_id)

    async def now(self) -> datetime:
        moment: datetime = await self._conn.fetchval("SELECT now()")
        return moment

    async def list_bans(self, person_id: int) -> list[PastBan]:
        """Every ban there was; a ban and its notice are of one transaction, hence of one moment."""
        sql = """
            SELECT b.at AS banned_at, n.payload ->> 'reason' AS reason,
                   (SELECT min(u.at) FROM audit_log u
                     WHERE u.subject_id = b.subject_id AND u.action = $3 AND u.id > b.id)
                       AS lifted_at
              FROM audit_log b
              LEFT JOIN notices n
                     ON n.recipient_id = b.subject_id AND n.kind = $4 AND n.created_at = b.at
             WHERE b.subject_id = $1
               AND b.action = $2
             ORDER BY b.id
        """
        banned, unbanned = AuditAction.MEMBER_BANNED, AuditAction.MEMBER_UNBANNED
        rows = await self._conn.fetch(sql, person_id, banned, unbanned, NoticeKind.BANNED)
        return [PastBan(**dict(row)) for row in rows]

    async def list_traces(self, person_id: int) -> list[Trace]:
        sql = """
            SELECT at, action, actor_role,
                   actor_id IS NOT DISTINCT FROM $1 AS by_you,
                   subject_id IS NOT DISTINCT FROM $1 AS about_you,
                   CASE WHEN subject_id = $1 THEN before ELSE '{}' END AS before,
                   CASE WHEN subject_id = $1 THEN after ELSE '{}' END AS after
              FROM audit_log
             WHERE $1 IN (actor_id, subject_id)
             ORDER BY id
        """
        return [_trace(row) for row in await self._conn.fetch(sql, person_id)]

    async def list_told(self, person_id: int) -> list[Told]:
        sql = """
            SELECT kind, payload, created_at, sent_at, refused_at, withheld, read_at, hidden_at
              FROM notices
             WHERE recipient_id = $1
             ORDER BY id
        """
        return [_told(row) for row in await self._conn.fetch(sql, person_id)]


def _trace(row: Record) -> Trace:
    return Trace(**{**row, "action": AuditAction(row["action"])})


def _told(row: Record) -> Told:
    return Told(**{**row, "kind": NoticeKind(row["kind"])})
