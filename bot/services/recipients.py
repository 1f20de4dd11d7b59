"""A broadcast on its way: paused, stopped, tried again, edited, deleted; how far it has come."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.db.database import Database, Repos
from bot.errors.broadcasts import BroadcastStill
from bot.models.audit import AuditAction
from bot.models.broadcasts import (
    Broadcast,
    BroadcastStatus,
    Content,
    Letter,
    Recipient,
    RecipientState,
)
from bot.models.notices import Notice, NoticeKind
from bot.models.people import Person
from bot.services._spreadsheet import Spreadsheet
from bot.services.broadcasts import hold, record

_COLUMNS: Final = (("Name", 28), ("Telegram id", 16), ("State", 12), ("Sent at", 18), ("Why", 40))
_ON_ITS_WAY: Final = {BroadcastStatus.RUNNING, BroadcastStatus.PAUSED}


class RecipientService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def pause(self, broadcast_id: int, *, by: Person) -> None:
        """Send no more of it for now; what is in the air arrives.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStill.
        """
        await self._turn(
            broadcast_id,
            BroadcastStatus.PAUSED,
            AuditAction.BROADCAST_PAUSED,
            of=BroadcastStatus.RUNNING,
            by=by,
        )

    async def resume(self, broadcast_id: int, *, by: Person) -> None:
        """Go on with one that was paused.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStill.
        """
        await self._turn(
            broadcast_id,
            BroadcastStatus.RUNNING,
            AuditAction.BROADCAST_RESUMED,
            of=BroadcastStatus.PAUSED,
            by=by,
        )

    async def stop(self, broadcast_id: int, *, by: Person) -> None:
        """Let nobody else get it.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStill.
        """
        async with self._db.transaction() as tx:
            admin, broadcast = await _hold_started(tx, broadcast_id, by)
            if broadcast.status is BroadcastStatus.STOPPED:
                return
            _must_be(broadcast, _ON_ITS_WAY)
            await tx.broadcasts.set_status(broadcast_id, BroadcastStatus.STOPPED)
            await tx.recipients.stop(broadcast_id)
            await _changed(tx, AuditAction.BROADCAST_STOPPED, broadcast_id, admin)

    async def try_again(self, broadcast_id: int, *, by: Person) -> int:
        """Send it to those whom it failed to reach, or who were left when it was stopped.

        One that is paused stays so.

        Returns:
            How many that is; with none, nothing changes.

        Raises:
            NotAllowed, BroadcastGone.
            BroadcastStill: not started, or taken back.
        """
        async with self._db.transaction() as tx:
            admin, broadcast = await _hold_started(tx, broadcast_id, by)
            if broadcast.retracted_at:
                raise BroadcastStill
            many = await tx.recipients.try_again(broadcast_id)
            if many:
                if broadcast.status is not BroadcastStatus.PAUSED:
                    await tx.broadcasts.set_status(broadcast_id, BroadcastStatus.RUNNING)
                await _changed(tx, AuditAction.BROADCAST_RETRIED, broadcast_id, admin, many)
        return many

    async def edit(self, broadcast_id: int, html: str, *, by: Person) -> None:
        """Change the text, or the caption, where it has arrived and where it still will.

        Raises:
            NotAllowed, BroadcastGone.
            BroadcastStill: not started, or taken back.
        """
        async with self._db.transaction() as tx:
            admin, broadcast = await _hold_started(tx, broadcast_id, by)
            if broadcast.retracted_at:
                raise BroadcastStill
            was = broadcast.content
            content = Content(html=html, file_kind=was.file_kind, file_id=was.file_id)
            await tx.broadcasts.set_content(broadcast_id, content)
            await tx.broadcasts.begin_changing(broadcast_id)
            await tx.recipients.redraw(broadcast_id)
            await _changed(tx, AuditAction.BROADCAST_EDITED, broadcast_id, admin)

    async def retract(self, broadcast_id: int, *, by: Person) -> None:
        """Delete it from the chats it has arrived in, as far as Telegram lets us, and stop it.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStill.
        """
        async with self._db.transaction() as tx:
            admin, broadcast = await _hold_started(tx, broadcast_id, by)
            if broadcast.retracted_at:
                return
            await tx.recipients.stop(broadcast_id)
            await tx.broadcasts.retract(broadcast_id)
            await tx.recipients.redraw(broadcast_id)
            await _changed(tx, AuditAction.BROADCAST_RETRACTED, broadcast_id, admin)

    async def letter(self, notice: Notice) -> Letter | None:
        """What one recipient is to read. ``None``: nothing any more."""
        async with self._db.reading() as repos:
            return await repos.recipients.find_letter(notice)

    async def removed(self, notice: Notice) -> None:
        """It is out of their chat again."""
        async with self._db.reading() as repos:
            await repos.recipients.mark_removed(notice)

    async def settle(self) -> None:
        """Look how far broadcasts have come, end what has ended, and have the progress drawn.

        Every worker may ask as often as it likes: each broadcast is looked at every two seconds.
        """
        async with self._db.transaction() as tx:
            for broadcast in await tx.broadcasts.claim_to_report():
                await _settle(tx, broadcast)

    async def report(self, broadcast_id: int, *, by: Person, zone: ZoneInfo) -> bytes:
        """Who got it, as an Excel file.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStill.
        """
        async with self._db.transaction() as tx:
            await _hold_started(tx, broadcast_id, by)
            recipients = await tx.recipients.list_all(broadcast_id)
        sheet = Spreadsheet("Recipients", _COLUMNS)
        sheet.write(_line(each, zone) for each in recipients)
        return sheet.finish()

    async def _turn(
        self,
        broadcast_id: int,
        to: BroadcastStatus,
        action: AuditAction,
        *,
        of: BroadcastStatus,
        by: Person,
    ) -> None:
        """From one status to another; one that is there already stays so."""
        async with self._db.transaction() as tx:
            admin, broadcast = await _hold_started(tx, broadcast_id, by)
            if broadcast.status is to:
                return
            _must_be(broadcast, {of})
            await tx.broadcasts.set_status(broadcast_id, to)
            await _changed(tx, action, broadcast_id, admin)


async def _settle(tx: Repos, broadcast: Broadcast) -> None:
    await tx.recipients.write_off(broadcast.id)
    if broadcast.status is BroadcastStatus.STOPPED:
        await tx.recipients.stop(broadcast.id)  # what was in the air and did not arrive
    progress = await tx.recipients.count(broadcast.id)
    if broadcast.ended_at is None and not progress.waiting:
        is_stopped = broadcast.status is BroadcastStatus.STOPPED
        status = BroadcastStatus.STOPPED if is_stopped else BroadcastStatus.DONE
        await tx.broadcasts.end(broadcast.id, status)
    if broadcast.is_changing and not progress.outdated:
        await tx.broadcasts.end_changing(broadcast.id)
    if broadcast.status is not BroadcastStatus.PAUSED:
        await tx.notices.refresh(NoticeKind.BROADCAST_PROGRESS, subject_id=broadcast.id)


async def _hold_started(tx: Repos, broadcast_id: int, by: Person) -> tuple[Person, Broadcast]:
    admin, broadcast = await hold(tx, broadcast_id, by)
    if broadcast.started_at is None:
        raise BroadcastStill
    return admin, broadcast


async def _changed(
    tx: Repos, action: AuditAction, broadcast_id: int, admin: Person, many: int | None = None
) -> None:
    facts = {} if many is None else {"recipients": many}
    await record(tx, action, broadcast_id, by=admin, **facts)
    await tx.notices.refresh(NoticeKind.BROADCAST_PROGRESS, subject_id=broadcast_id)


def _must_be(broadcast: Broadcast, statuses: set[BroadcastStatus]) -> None:
    if broadcast.status not in statuses:
        raise BroadcastStill


def _line(recipient: Recipient, zone: ZoneInfo) -> tuple[str | int | None, ...]:
    sent_at: datetime | None = recipient.sent_at
    at = sent_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if sent_at else None
    why = recipient.refusal if recipient.state is RecipientState.FAILED else None
    return recipient.name, str(recipient.telegram_id), recipient.state.value, at, why
