"""The catalogue sent as an Excel file: shown what it would do, then applied, all or nothing."""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

from bot.db.database import Database, Repos
from bot.errors.items import UploadGone
from bot.models.audit import AuditAction
from bot.models.item_uploads import Applied, JudgedRow, Preview, Verdict
from bot.models.people import Person
from bot.services import _item_rows, _item_sheets
from bot.services._authority import require_admin
from bot.services._item_judging import judge


class ItemUploadService:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._one_at_a_time = asyncio.Semaphore(1)  # a file fills memory for a moment

    async def preview(self, content: bytes, *, by: Person) -> Preview:
        """What this file would do to the catalogue as it is; remembered for ``apply``.

        Raises:
            NotAWorkbook, SheetTooLarge, NoItemRows, TooManyRows, ColumnsMissing, ColumnTwice: it
                is no catalogue.
            NotAllowed: for admins only.
        """
        async with self._one_at_a_time:
            read = await asyncio.to_thread(_item_rows.read, content)
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            rows = await asyncio.to_thread(judge, read.rows, await tx.items.list_all())
            shown = Preview(operation_id=uuid4(), rows=rows, ignored=read.ignored)
            await tx.item_uploads.add(shown, by=admin.id)
        return shown

    async def apply(self, operation_id: UUID, *, by: Person) -> Applied | Preview:
        """Do exactly what was shown, all of it, once.

        Returns:
            What was done; or a new preview, and nothing was done: the catalogue has changed since.

        Raises:
            NotAllowed: for admins only.
            UploadGone: too old, or another admin's.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            await tx.items.lock()
            if done := await tx.audit.find_done(AuditAction.ITEMS_UPLOADED, operation_id):
                return Applied(added=done["added"], changed=done["changed"])
            shown = _there(await tx.item_uploads.find(operation_id, by=admin.id))
            given = [each.row for each in shown.rows]
            rows = await asyncio.to_thread(judge, given, await tx.items.hold_all())
            if rows == shown.rows and shown.can_be_applied:
                return await _write(tx, shown, by=admin)
            anew = Preview(operation_id=uuid4(), rows=rows, ignored=shown.ignored)
            await tx.item_uploads.add(anew, by=admin.id)
        return anew

    async def verdicts(
        self, operation_id: UUID, say: Callable[[JudgedRow], Sequence[str]], *, by: Person
    ) -> bytes:
        """Every row of an upload with what comes of it, as an Excel file.

        Raises:
            UploadGone: as in ``apply``.
        """
        async with self._db.reading() as repos:
            shown = _there(await repos.item_uploads.find(operation_id, by=by.id))
        return await asyncio.to_thread(_item_sheets.verdicts, shown.rows, say)

    async def template(self, explained: Sequence[tuple[str, str]]) -> bytes:
        """An Excel file to fill in; ``explained``: each heading, and what goes under it."""
        return await asyncio.to_thread(_item_sheets.template, explained)


async def _write(tx: Repos, shown: Preview, *, by: Person) -> Applied:
    changes = [
        (each.was.id, facts)
        for each in shown.rows
        if each.verdict is Verdict.CHANGE and each.was and (facts := each.facts)
    ]
    fresh = [facts for each in shown.rows if each.verdict is Verdict.ADD and (facts := each.facts)]
    await tx.items.change(changes)
    await tx.items.add(fresh, operation_id=None)
    await tx.audit.add(
        AuditAction.ITEMS_UPLOADED,
        by=by,
        after={"added": len(fresh), "changed": len(changes), "rows": len(shown.rows)},
        operation_id=shown.operation_id,
    )
    return Applied(added=len(fresh), changed=len(changes))


def _there(shown: Preview | None) -> Preview:
    if shown is None:
        raise UploadGone
    return shown
