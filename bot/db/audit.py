"""The audit_log table: rows are added and read, never changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from asyncpg import Record

from bot.db._rows import Connection
from bot.logs import current_update_id
from bot.models.audit import AuditAction, AuditEntry
from bot.models.people import Person

_COLUMNS = """
    a.id, a.at, a.action, a.actor_id, a.actor_role, a.subject_id, a.before, a.after,
    a.update_id,
    coalesce(af.full_name, nullif(ap.display_name, '')) AS actor_name,
    coalesce(sf.full_name, nullif(sp.display_name, '')) AS subject_name
"""
_TABLES = """
    audit_log a
    LEFT JOIN people ap ON ap.id = a.actor_id
    LEFT JOIN profiles af ON af.person_id = a.actor_id
    LEFT JOIN people sp ON sp.id = a.subject_id
    LEFT JOIN profiles sf ON sf.person_id = a.subject_id
"""


class AuditRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(  # noqa: PLR0913 -- keyword-only: the columns of a row
        self,
        action: AuditAction,
        *,
        by: Person,
        subject_id: int | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        operation_id: UUID | None = None,
    ) -> None:
        """Write down what is about to be committed; no names or phones in ``before``/``after``."""
        sql = """
            INSERT INTO audit_log
                   (action, actor_id, actor_role, subject_id, before, after, update_id,
                    operation_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
        await self._conn.execute(
            sql,
            action,
            by.id,
            by.role.name.lower(),
            subject_id,
            dict(before or {}),
            dict(after or {}),
            current_update_id(),
            operation_id,
        )

    async def find_own(self, action: AuditAction, *, subject_id: int) -> dict[str, Any] | None:
        """The ``after`` of what this very update did already: a lost race runs a handler twice."""
        sql = """
            SELECT after
              FROM audit_log
             WHERE subject_id = $1
               AND action = $2
               AND update_id = $3
        """
        found: dict[str, Any] | None = await self._conn.fetchval(
            sql, subject_id, action, current_update_id()
        )
        return found

    async def has_own(self, action: AuditAction) -> bool:
        """Whether this very update did it already, a moment ago; as ``find_own``, about nobody."""
        sql = """
            SELECT EXISTS (SELECT
                             FROM (SELECT action, update_id FROM audit_log ORDER BY id DESC
                                    LIMIT 100) AS newest
                            WHERE action = $1
                              AND update_id = $2)
        """
        return bool(await self._conn.fetchval(sql, action, current_update_id()))

    async def find_outcome(
        self, action: AuditAction, operation_id: UUID, *, subject_id: int
    ) -> dict[str, Any] | None:
        """The ``after`` of what this confirm screen has done already."""
        sql = """
            SELECT after
              FROM audit_log
             WHERE operation_id = $1
               AND action = $2
               AND subject_id = $3
        """
        found: dict[str, Any] | None = await self._conn.fetchval(
            sql, operation_id, action, subject_id
        )
        return found

    async def has_operation(self, operation_id: UUID) -> bool:
        """Whether this confirm screen has taken effect already."""
        sql = "SELECT EXISTS (SELECT FROM audit_log WHERE operation_id = $1)"
        return bool(await self._conn.fetchval(sql, operation_id))

    async def find_done(self, action: AuditAction, operation_id: UUID) -> dict[str, Any] | None:
        """As ``find_outcome``, about nobody."""
        sql = "SELECT after FROM audit_log WHERE operation_id = $1 AND action = $2"
        found: dict[str, Any] | None = await self._conn.fetchval(sql, operation_id, action)
        return found

    async def list_latest(self, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        sql = f"SELECT {_COLUMNS} FROM {_TABLES} ORDER BY a.id DESC LIMIT $1 OFFSET $2"
        return [_entry(row) for row in await self._conn.fetch(sql, limit, offset)]

    async def list_before(self, entry_id: int, *, limit: int) -> list[AuditEntry]:
        """Newest first, from the one before ``entry_id`` on: cheap however far back."""
        sql = f"SELECT {_COLUMNS} FROM {_TABLES} WHERE a.id < $1 ORDER BY a.id DESC LIMIT $2"
        return [_entry(row) for row in await self._conn.fetch(sql, entry_id, limit)]

    async def list_about(self, person_id: int) -> list[AuditEntry]:
        sql = f"SELECT {_COLUMNS} FROM {_TABLES} WHERE a.subject_id = $1 ORDER BY a.id"
        return [_entry(row) for row in await self._conn.fetch(sql, person_id)]

    async def count(self) -> int:
        return int(await self._conn.fetchval("SELECT count(*) FROM audit_log"))


def _entry(row: Record) -> AuditEntry:
    return AuditEntry(**{**row, "action": AuditAction(row["action"])})
