"""Reading the audit log: page by page in chat, or whole as an Excel file."""

import asyncio
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import orjson

from bot.db.database import Database
from bot.models.audit import AuditAction, AuditEntry, AuditExport, AuditPage
from bot.models.people import Person
from bot.services._authority import require_owner
from bot.services._pages import nearest
from bot.services._spreadsheet import Cell, Spreadsheet

PAGE: Final = 8
EXPORT_LIMIT: Final = 50_000
_FETCH: Final = 2_000
_ID_MAX: Final = 2**63 - 1
_COLUMNS: Final = (
    ("id", 8),
    ("time (UTC)", 26),
    ("time (club)", 19),
    ("actor", 24),
    ("actor role", 10),
    ("action", 24),
    ("subject", 24),
    ("before", 40),
    ("after", 40),
    ("update id", 14),
)


class AuditService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def page(self, number: int) -> AuditPage:
        """A page, newest first; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            number, pages = nearest(number, of=await repos.audit.count(), size=PAGE)
            entries = await repos.audit.list_latest(limit=PAGE, offset=number * PAGE)
        return AuditPage(number=number, pages=pages, entries=entries)

    async def export(self, *, by: Person, limit: int = EXPORT_LIMIT) -> AuditExport:
        """The newest ``limit`` entries as an Excel file; the export is an entry itself.

        Raises:
            NotAllowed: for owners only.
        """
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            total = await tx.audit.count() + 1
            await tx.audit.add(
                AuditAction.AUDIT_EXPORTED, by=owner, after={"entries": min(total, limit)}
            )
            zone = (await tx.club.get()).zone
        content, entries = await self._write(zone, limit)
        return AuditExport(
            content=content, entries=entries, of=max(total, entries), at=datetime.now(UTC)
        )

    async def _write(self, zone: ZoneInfo, limit: int) -> tuple[bytes, int]:
        """Fetch in pages and write off the event loop, so that nobody waits for a long log."""
        sheet = await asyncio.to_thread(Spreadsheet, "Audit log", _COLUMNS)
        before, left = _ID_MAX, limit
        while left:
            async with self._db.reading() as repos:
                entries = await repos.audit.list_before(before, limit=min(left, _FETCH))
            if not entries:
                break
            await asyncio.to_thread(sheet.write, [_row(entry, zone) for entry in entries])
            before, left = entries[-1].id, left - len(entries)
        return await asyncio.to_thread(sheet.finish), limit - left


def _row(entry: AuditEntry, zone: ZoneInfo) -> tuple[Cell, ...]:
    return (
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        entry.actor,
        entry.actor_role,
        entry.action,
        entry.subject,
        orjson.dumps(entry.before).decode(),
        orjson.dumps(entry.after).decode(),
        entry.update_id,
    )
