"""The broadcasts table: written, sent once, paused, stopped."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection, storable
from bot.models.broadcasts import (
    Broadcast,
    BroadcastStatus,
    Content,
    NewBroadcast,
    Segment,
    SegmentKind,
)

_COLUMNS = """
    b.id, b.segment, b.days, b.picked, b.html, b.file_kind, b.file_id, b.revision, b.status,
    b.created_at, b.created_by, b.starts_at, b.scheduled_by, b.started_at, b.started_by, b.ended_at,
    b.is_changing, b.retracted_at, b.plan_id, l.name AS plan_name,
    coalesce(cf.full_name, nullif(cp.display_name, '')) AS created_by_name,
    coalesce(sf.full_name, nullif(sp.display_name, '')) AS started_by_name
"""
_TABLES = """
    broadcasts b
    LEFT JOIN people cp ON cp.id = b.created_by
    LEFT JOIN profiles cf ON cf.person_id = b.created_by
    LEFT JOIN people sp ON sp.id = b.started_by
    LEFT JOIN profiles sf ON sf.person_id = b.started_by
    LEFT JOIN plans l ON l.id = b.plan_id
"""
_REPORT_SECONDS = 2  # between two looks at the progress, whoever looks


class BroadcastRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, new: NewBroadcast, *, by: int) -> int | None:
        """Returns its number; ``None``: this operation has made one already."""
        sql = """
            INSERT INTO broadcasts
                   (operation_id, created_by, segment, days, picked, html, file_kind, file_id,
                    plan_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (operation_id) DO NOTHING
            RETURNING id
        """
        segment, content = new.segment, new.content
        added: int | None = await self._conn.fetchval(
            sql,
            new.operation_id,
            by,
            segment.kind,
            segment.days,
            list(segment.people),
            storable(content.html),
            content.file_kind,
            content.file_id,
            segment.plan_id,
        )
        return added

    async def find_made_by(self, operation_id: UUID) -> int | None:
        sql = "SELECT id FROM broadcasts WHERE operation_id = $1 AND status <> 'discarded'"
        made: int | None = await self._conn.fetchval(sql, operation_id)
        return made

    async def find(self, broadcast_id: int) -> Broadcast | None:
        sql = f"SELECT {_COLUMNS} FROM {_TABLES} WHERE b.id = $1 AND b.status <> 'discarded'"
        row = await self._conn.fetchrow(sql, broadcast_id)
        return _broadcast(row) if row else None

    async def hold(self, broadcast_id: int) -> Broadcast | None:
        """As ``find``, locked until the transaction ends: one admin at a time."""
        sql = "SELECT FROM broadcasts WHERE id = $1 FOR NO KEY UPDATE"
        await self._conn.execute(sql, broadcast_id)
        return await self.find(broadcast_id)

    async def count(self) -> int:
        sql = "SELECT count(*) FROM broadcasts WHERE status <> 'discarded'"
        return int(await self._conn.fetchval(sql))

    async def list_latest(self, *, limit: int, offset: int) -> list[Broadcast]:
        sql = f"""
            SELECT {_COLUMNS}
              FROM {_TABLES}
             WHERE b.status <> 'discarded'
             ORDER BY b.id DESC
             LIMIT $1 OFFSET $2
        """
        return [_broadcast(row) for row in await self._conn.fetch(sql, limit, offset)]

    async def set_content(self, broadcast_id: int, content: Content) -> None:
        sql = """
            UPDATE broadcasts
               SET html = $2, file_kind = $3, file_id = $4, revision = revision + 1
             WHERE id = $1
        """
        html = storable(content.html)
        await self._conn.execute(sql, broadcast_id, html, content.file_kind, content.file_id)

    async def set_segment(self, broadcast_id: int, segment: Segment) -> None:
        sql = """
            UPDATE broadcasts
               SET segment = $2, days = $3, picked = $4, plan_id = $5, revision = revision + 1
             WHERE id = $1
        """
        people = list(segment.people)
        await self._conn.execute(
            sql, broadcast_id, segment.kind, segment.days, people, segment.plan_id
        )

    async def set_status(self, broadcast_id: int, status: BroadcastStatus) -> None:
        """Between the states of one that is not started, or of one that is."""
        sql = "UPDATE broadcasts SET status = $2, ended_at = NULL WHERE id = $1"
        await self._conn.execute(sql, broadcast_id, status)

    async def schedule(self, broadcast_id: int, *, at: datetime, by: int) -> None:
        sql = """
            UPDATE broadcasts
               SET status = 'scheduled', starts_at = $2, scheduled_by = $3
             WHERE id = $1
        """
        await self._conn.execute(sql, broadcast_id, at, by)

    async def start(self, broadcast_id: int, *, by: int) -> None:
        sql = """
            UPDATE broadcasts
               SET status = 'running', started_at = now(), started_by = $2
             WHERE id = $1
        """
        await self._conn.execute(sql, broadcast_id, by)

    async def begin_changing(self, broadcast_id: int) -> None:
        sql = "UPDATE broadcasts SET is_changing = true WHERE id = $1"
        await self._conn.execute(sql, broadcast_id)

    async def retract(self, broadcast_id: int) -> None:
        sql = """
            UPDATE broadcasts
               SET status = 'stopped', retracted_at = now(), is_changing = true, ended_at = NULL
             WHERE id = $1
        """
        await self._conn.execute(sql, broadcast_id)

    async def claim_to_report(self) -> list[Broadcast]:
        """Those whose progress is to be looked at now, by us and nobody else."""
        sql = """
            UPDATE broadcasts
               SET reported_at = now()
             WHERE id IN (SELECT id
                            FROM broadcasts
                           WHERE (ended_at IS NULL AND started_at IS NOT NULL OR is_changing)
                             AND (reported_at IS NULL
                                  OR reported_at < now() - make_interval(secs => $1))
                             FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING id
        """
        rows = await self._conn.fetch(sql, _REPORT_SECONDS)
        return await self._list([row["id"] for row in rows])

    async def end(self, broadcast_id: int, status: BroadcastStatus) -> None:
        """Nothing waits any more."""
        sql = "UPDATE broadcasts SET status = $2, ended_at = now() WHERE id = $1"
        await self._conn.execute(sql, broadcast_id, status)

    async def end_changing(self, broadcast_id: int) -> None:
        sql = "UPDATE broadcasts SET is_changing = false WHERE id = $1"
        await self._conn.execute(sql, broadcast_id)

    async def _list(self, ids: Collection[int]) -> list[Broadcast]:
        if not ids:
            return []
        sql = f"SELECT {_COLUMNS} FROM {_TABLES} WHERE b.id = ANY ($1)"
        return [_broadcast(row) for row in await self._conn.fetch(sql, list(ids))]


def _broadcast(row: Record) -> Broadcast:
    fields = dict(row)
    segment = Segment(
        kind=SegmentKind(fields.pop("segment")),
        days=fields.pop("days"),
        people=tuple(fields.pop("picked")),
        plan_id=fields.pop("plan_id"),
        plan_name=fields.pop("plan_name"),
    )
    content = Content(
        html=fields.pop("html"), file_kind=fields.pop("file_kind"), file_id=fields.pop("file_id")
    )
    fields["status"] = BroadcastStatus(fields["status"])
    return Broadcast(segment=segment, content=content, **fields)
