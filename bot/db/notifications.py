"""What people do with their notices, and the notice_preferences table."""

from collections.abc import Collection
from datetime import time
from typing import NamedTuple

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.db.notices import notice
from bot.models.notices import NoticeKind
from bot.models.notifications import (
    SHOWN,
    USUAL_QUIET_HOURS,
    Delivery,
    Notification,
    Opened,
    Preferences,
    QuietHours,
    Topic,
)


class Counts(NamedTuple):
    total: int
    unread: int
    newest_id: int  # 0: there are none


class NotificationRepo:
    """Every statement is bounded to one person's own notices: another's id finds nothing."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def count(self, person_id: int) -> Counts:
        sql = """
            SELECT count(*) AS total, count(*) FILTER (WHERE read_at IS NULL) AS unread,
                   coalesce(max(id), 0) AS newest_id
              FROM notices
             WHERE recipient_id = $1 AND hidden_at IS NULL AND kind = ANY ($2)
        """
        return Counts(**sure(await self._conn.fetchrow(sql, person_id, SHOWN)))

    async def count_unread(self, person_id: int) -> int:
        """Served by its own index: asked for with every menu."""
        sql = """
            SELECT count(*)
              FROM notices
             WHERE recipient_id = $1 AND read_at IS NULL AND hidden_at IS NULL AND kind = ANY ($2)
        """
        return int(await self._conn.fetchval(sql, person_id, SHOWN))

    async def list_latest(self, person_id: int, *, limit: int, offset: int) -> list[Notification]:
        sql = """
            SELECT id, kind, payload ->> 'text' AS words, created_at,
                   read_at IS NOT NULL AS is_read
              FROM notices
             WHERE recipient_id = $1 AND hidden_at IS NULL AND kind = ANY ($2)
             ORDER BY id DESC
             LIMIT $3 OFFSET $4
        """
        rows = await self._conn.fetch(sql, person_id, SHOWN, limit, offset)
        return [Notification(**{**row, "kind": NoticeKind(row["kind"])}) for row in rows]

    async def open(self, notice_id: int, *, of: int) -> Opened | None:
        """Mark one read and hand it out. ``None``: no such notice, deleted, or another's."""
        sql = """
            UPDATE notices n
               SET read_at = coalesce(read_at, now())
              FROM people p
             WHERE n.id = $1
               AND n.recipient_id = $2
               AND n.hidden_at IS NULL
               AND n.kind = ANY ($3)
               AND p.id = n.recipient_id
               AND p.telegram_id IS NOT NULL
            RETURNING n.id, n.kind, n.recipient_id, p.telegram_id AS chat_id, n.subject_id,
                      n.payload, n.attempts, n.message_id, n.refresh, n.created_at
        """
        row = await self._conn.fetchrow(sql, notice_id, of, SHOWN)
        if row is None:
            return None
        fields = dict(row)
        return Opened(created_at=fields.pop("created_at"), notice=notice(fields))

    async def mark_read(self, *, of: int, up_to: int) -> None:
        sql = """
            UPDATE notices
               SET read_at = now()
             WHERE recipient_id = $1 AND id <= $2 AND read_at IS NULL
        """
        await self._conn.execute(sql, of, up_to)

    async def hide(self, notice_id: int, *, of: int) -> bool:
        """The row stays for the outbox and the books. ``False``: not theirs, or not there."""
        sql = """
            UPDATE notices
               SET hidden_at = coalesce(hidden_at, now())
             WHERE id = $1 AND recipient_id = $2 AND kind = ANY ($3)
            RETURNING id
        """
        return await self._conn.fetchval(sql, notice_id, of, SHOWN) is not None

    async def hide_read(self, *, of: int, up_to: int) -> int:
        """Returns how many."""
        sql = """
            WITH hidden AS (
                UPDATE notices
                   SET hidden_at = now()
                 WHERE recipient_id = $1 AND id <= $2
                   AND read_at IS NOT NULL AND hidden_at IS NULL AND kind = ANY ($3)
                RETURNING 1)
            SELECT count(*) FROM hidden
        """
        return int(await self._conn.fetchval(sql, of, up_to, SHOWN))

    async def find_preferences(self, person_id: int) -> Preferences | None:
        """``None``: they never chose."""
        return (await self.list_preferences([person_id])).get(person_id)

    async def list_preferences(self, person_ids: Collection[int]) -> dict[int, Preferences]:
        """By person; whoever never chose is left out."""
        sql = """
            SELECT person_id, choices, is_quiet, quiet_from, quiet_to
              FROM notice_preferences
             WHERE person_id = ANY ($1)
        """
        rows = await self._conn.fetch(sql, list(person_ids))
        return {row["person_id"]: _preferences(row) for row in rows}

    async def choose(self, topic: Topic, delivery: Delivery, *, of: int) -> None:
        sql = """
            INSERT INTO notice_preferences AS p (person_id, choices)
            VALUES ($1, $2)
            ON CONFLICT (person_id) DO UPDATE
               SET choices = p.choices || excluded.choices
        """
        await self._conn.execute(sql, of, {topic.value: delivery.value})

    async def keep_quiet(self, *, of: int, is_quiet: bool) -> None:
        sql = """
            INSERT INTO notice_preferences (person_id, is_quiet)
            VALUES ($1, $2)
            ON CONFLICT (person_id) DO UPDATE
               SET is_quiet = excluded.is_quiet
        """
        await self._conn.execute(sql, of, is_quiet)

    async def set_quiet_hours(self, hours: QuietHours, *, of: int) -> None:
        """Who sets them wants them kept."""
        sql = """
            INSERT INTO notice_preferences (person_id, is_quiet, quiet_from, quiet_to)
            VALUES ($1, true, $2, $3)
            ON CONFLICT (person_id) DO UPDATE
               SET is_quiet = true, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to
        """
        await self._conn.execute(sql, of, hours.starts, hours.ends)


def _preferences(row: Record) -> Preferences:
    """A topic or a delivery of a newer version is left out: a rolled-back worker still sends."""
    topics, deliveries = set(Topic), set(Delivery)
    return Preferences(
        choices={
            Topic(topic): Delivery(delivery)
            for topic, delivery in row["choices"].items()
            if topic in topics and delivery in deliveries
        },
        is_quiet=row["is_quiet"],
        quiet_hours=_hours(row["quiet_from"], row["quiet_to"]),
    )


def _hours(starts: time | None, ends: time | None) -> QuietHours:
    if starts is None or ends is None:
        return USUAL_QUIET_HOURS
    return QuietHours(starts=starts, ends=ends)
