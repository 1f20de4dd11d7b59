"""The item_uploads table: files that were shown to an admin and may still be applied."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from bot.db._rows import Connection
from bot.models.item_uploads import JudgedRow, Preview

_ROWS: Final = TypeAdapter(tuple[JudgedRow, ...])


class ItemUploadRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, preview: Preview, *, by: int) -> None:
        sql = """
            INSERT INTO item_uploads (operation_id, made_by, rows, ignored)
            VALUES ($1, $2, $3, $4)
        """
        rows = _dumped(preview.rows)
        await self._conn.execute(sql, preview.operation_id, by, rows, list(preview.ignored))

    async def find(self, operation_id: UUID, *, by: int) -> Preview | None:
        """``None``: never there, pruned, or another admin's."""
        sql = "SELECT rows, ignored FROM item_uploads WHERE operation_id = $1 AND made_by = $2"
        found = await self._conn.fetchrow(sql, operation_id, by)
        if found is None:
            return None
        return Preview(
            operation_id=operation_id,
            rows=_ROWS.validate_python(found["rows"]),
            ignored=tuple(found["ignored"]),
        )


def _dumped(rows: Sequence[JudgedRow]) -> object:
    return _ROWS.dump_python(tuple(rows), mode="json")
