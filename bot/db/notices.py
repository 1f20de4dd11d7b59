"""The notices table: what is still to be told, claimed by one sender at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from asyncpg import Record

from bot.db._rows import Connection
from bot.models.notices import Audience, Notice, NoticeKind

CLAIM_SECONDS = 30  # a sender that dies holds up what it had in hand for so long


class NoticeRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self,
        kind: NoticeKind,
        *,
        to: int,
        subject_id: int | None = None,
        payload: Mapping[str, Any] | None = None,
        dedupe_key: str | None = None,
    ) -> bool:
        """Owe one person a message. ``False``: this ``dedupe_key`` is owed already."""
        sql = """
            INSERT INTO notices (kind, recipient_id, subject_id, payload, dedupe_key)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (dedupe_key) DO NOTHING
            RETURNING id
        """
        added = await self._conn.fetchval(
            sql, kind, to, subject_id, dict(payload or {}), dedupe_key
        )
        return added is not None

    async def add_for(
        self,
        audience: Audience,
        kind: NoticeKind,
        *,
        subject_id: int,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Owe everyone of an audience the same message, once per subject."""
        sql = """
            INSERT INTO notices (kind, recipient_id, subject_id, payload, dedupe_key)
            SELECT $1::text, id, $2::bigint, $4, concat_ws(':', $1::text, $2::bigint, id)
              FROM people
             WHERE office = ANY ($3)
            ON CONFLICT (dedupe_key) DO NOTHING
        """
        await self._conn.execute(sql, kind, subject_id, list(audience.offices), dict(payload or {}))

    async def add_commands(self, telegram_ids: Sequence[int]) -> None:
        """Owe these people the command menu of their role; strangers have no chat to show it in."""
        sql = """
            INSERT INTO notices (kind, recipient_id)
            SELECT $1, id
              FROM people
             WHERE telegram_id = ANY ($2) AND display_name <> ''
        """
        await self._conn.execute(sql, NoticeKind.COMMANDS, list(telegram_ids))

    async def refresh(self, kind: NoticeKind, *, subject_id: int) -> None:
        """Have every message about a subject drawn again, in place; what was withheld has none."""
        sql = """
            UPDATE notices
               SET refresh = refresh + 1
             WHERE kind = $1 AND subject_id = $2 AND NOT withheld
        """
        await self._conn.execute(sql, kind, subject_id)

    async def refresh_settled(self, settled: Mapping[int, int]) -> None:
        """``refresh`` the documents that this has settled, or on which something is due again.

        ``settled``: by the invoice's id, how much less is due on it than before, in paise.
        """
        sql = """
            UPDATE notices n
               SET refresh = n.refresh + 1
              FROM unnest($2::bigint[], $3::bigint[]) AS s (invoice_id, paise)
              JOIN invoice_balances b ON b.invoice_id = s.invoice_id
             WHERE n.kind = $1 AND n.subject_id = s.invoice_id AND NOT n.withheld
               AND (b.due_paise > 0) <> (b.due_paise + s.paise > 0)
        """
        await self._conn.execute(sql, NoticeKind.INVOICE, list(settled), list(settled.values()))

    async def claim(self, *, limit: int) -> list[Notice]:
        """Take what is due; other senders skip it until done or until the claim lapses.

        What is due to people who cannot be reached waits for them to write again.
        """
        which = """
            notices due
            JOIN people ON people.id = due.recipient_id
           WHERE NOT due.is_bulk
             AND (due.sent_at IS NULL OR due.refresh > due.refreshed)
        """
        return await claim_among(self._conn, which, limit=limit)

    async def mark_sent(self, notice: Notice, *, message_id: int | None) -> None:
        sql = """
            UPDATE notices
               SET sent_at = coalesce(sent_at, now()), message_id = coalesce($2, message_id),
                   refreshed = greatest(refreshed, $3), claimed_until = NULL, attempts = 0
             WHERE id = $1
        """
        await self._conn.execute(sql, notice.id, message_id, notice.refresh)

    async def mark_refused(self, notice: Notice, refusal: str) -> None:
        sql = """
            UPDATE notices
               SET refused_at = now(), refusal = $2, claimed_until = NULL
             WHERE id = $1
        """
        await self._conn.execute(sql, notice.id, refusal)

    async def hand_back(self, notice: Notice, *, seconds: float) -> None:
        sql = """
            UPDATE notices
               SET due_at = now() + make_interval(secs => $2), claimed_until = NULL,
                   attempts = greatest(attempts - 1, 0)
             WHERE id = $1
        """
        await self._conn.execute(sql, notice.id, seconds)

    async def mark_withheld(self, notice: Notice) -> None:
        """Done with, and nothing sent: its person wants no message of this kind."""
        sql = """
            UPDATE notices
               SET sent_at = now(), withheld = true, refreshed = refresh, claimed_until = NULL,
                   attempts = 0
             WHERE id = $1
        """
        await self._conn.execute(sql, notice.id)

    async def hold(self, notice: Notice, *, until: datetime) -> None:
        """Let it wait for the end of quiet hours, without counting this claim as an attempt.

        A second at least: a worker whose clock is behind must not find it due again at once.
        """
        sql = """
            UPDATE notices
               SET due_at = greatest($2, now() + interval '1 second'), held = true,
                   claimed_until = NULL, attempts = attempts - 1
             WHERE id = $1
        """
        await self._conn.execute(sql, notice.id, until)

    async def release(self, *, of: int) -> None:
        """Have what was held for one person looked at again: their wishes are new.

        Everything unsent is asked for: so we wait for a sender who is about to hold some of it.
        """
        sql = """
            UPDATE notices
               SET due_at = CASE WHEN held THEN now() ELSE due_at END, held = false
             WHERE recipient_id = $1 AND sent_at IS NULL AND refused_at IS NULL
        """
        await self._conn.execute(sql, of)

    async def postpone(self, notice: Notice, *, seconds: float) -> None:
        sql = """
            UPDATE notices
               SET due_at = now() + make_interval(secs => $2), claimed_until = NULL
             WHERE id = $1
        """
        await self._conn.execute(sql, notice.id, seconds)


def notice(row: Record | dict[str, Any]) -> Notice:
    return Notice(**{**row, "kind": NoticeKind(row["kind"])})


async def claim_among(conn: Connection, which: str, *, limit: int) -> list[Notice]:
    """Claim what is due of ``which``: tables and conditions, ``due`` and ``people`` among them."""
    sql = f"""
        UPDATE notices n
           SET claimed_until = now() + make_interval(secs => $2), attempts = attempts + 1
          FROM people p
         WHERE n.id IN (SELECT due.id
                          FROM {which}
                           AND due.refused_at IS NULL
                           AND due.due_at <= now()
                           AND (due.claimed_until IS NULL OR due.claimed_until < now())
                           AND people.telegram_id IS NOT NULL
                           AND people.is_reachable
                         ORDER BY due.due_at, due.id
                         LIMIT $1
                           FOR UPDATE OF due SKIP LOCKED)
           AND p.id = n.recipient_id
        RETURNING n.id, n.kind, n.recipient_id, p.telegram_id AS chat_id, n.subject_id,
                  n.payload, n.attempts, n.message_id, n.refresh
    """
    rows = await conn.fetch(sql, limit, CLAIM_SECONDS)
    return sorted((notice(row) for row in rows), key=lambda notice: notice.id)
