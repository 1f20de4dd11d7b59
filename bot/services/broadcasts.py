"""Broadcasts before they are sent: written, looked at, sent once, at once or later."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.broadcasts import (
    BroadcastChanged,
    BroadcastGone,
    BroadcastStarted,
    MomentPassed,
    NobodyToTell,
)
from bot.errors.plans import PlanGone
from bot.models.audit import AuditAction
from bot.models.broadcasts import (
    LATE,
    Broadcast,
    BroadcastCard,
    Broadcasts,
    BroadcastStatus,
    Content,
    NewBroadcast,
    Segment,
    SegmentKind,
)
from bot.models.jobs import Job, StartBroadcast
from bot.models.notices import NoticeKind
from bot.models.people import Person
from bot.services._authority import require_admin
from bot.services._pages import nearest

PAGE: Final = 6
FARTHEST: Final = timedelta(days=366)


class BroadcastService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def count_reach(self, segment: Segment) -> int:
        """How many people it would go to now."""
        async with self._db.reading() as repos:
            return await repos.recipients.count_reach(segment)

    async def count_by_plan(self, kind: SegmentKind) -> dict[Segment, int]:
        """How many it would go to now: of any plan, then of each that somebody there has."""
        async with self._db.reading() as repos:
            anybody = Segment(kind=kind)
            counted = {anybody: await repos.recipients.count_reach(anybody)}
            for plan in await repos.plans.list(only_on_sale=False):
                segment = Segment(kind=kind, plan_id=plan.id, plan_name=plan.name)
                if reach := await repos.recipients.count_reach(segment):
                    counted[segment] = reach
        return counted

    async def segment_of_plan(self, kind: SegmentKind, plan_id: int) -> Segment:
        """``plan_id`` 0: of any.

        Raises:
            PlanGone: never there.
        """
        if not plan_id:
            return Segment(kind=kind)
        async with self._db.reading() as repos:
            plan = await repos.plans.find(plan_id)
        if plan is None:
            raise PlanGone
        return Segment(kind=kind, plan_id=plan.id, plan_name=plan.name)

    async def page(self, number: int) -> Broadcasts:
        """Newest first; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            number, pages = nearest(number, of=await repos.broadcasts.count(), size=PAGE)
            listed = await repos.broadcasts.list_latest(limit=PAGE, offset=number * PAGE)
        return Broadcasts(number=number, pages=pages, broadcasts=listed)

    async def card(self, broadcast_id: int) -> BroadcastCard:
        """One as it is now, with whom it would reach, or how far it has come.

        Raises:
            BroadcastGone: discarded, or never there.
        """
        async with self._db.reading() as repos:
            broadcast = await repos.broadcasts.find(broadcast_id)
            if broadcast is None:
                raise BroadcastGone
            if broadcast.started_at is None:
                reach = await repos.recipients.count_reach(broadcast.segment)
                return BroadcastCard(broadcast=broadcast, reach=reach)
            return BroadcastCard(
                broadcast=broadcast,
                progress=await repos.recipients.count(broadcast_id),
                may_retry=await repos.recipients.count_worth_a_try(broadcast_id),
            )

    async def made_by(self, operation_id: UUID) -> int:
        """The draft that this operation has made.

        Raises:
            BroadcastGone: none.
        """
        async with self._db.reading() as repos:
            made = await repos.broadcasts.find_made_by(operation_id)
        if made is None:
            raise BroadcastGone
        return made

    async def add(self, new: NewBroadcast, *, by: Person) -> int | None:
        """Keep a draft, which every admin sees; once per operation: ``None`` the second time.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            return await tx.broadcasts.add(new, by=admin.id)

    async def set_content(
        self, broadcast_id: int, content: Content, *, revision: int, by: Person
    ) -> None:
        """Write it anew, while it is not sent.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStarted, BroadcastChanged.
        """
        async with self._db.transaction() as tx:
            _, broadcast = await hold(tx, broadcast_id, by)
            _must_be_open(broadcast)
            if broadcast.content == content:
                return
            _must_be_seen(broadcast, revision)
            await tx.broadcasts.set_content(broadcast_id, content)

    async def set_segment(
        self, broadcast_id: int, segment: Segment, *, revision: int, by: Person
    ) -> None:
        """Have it go to others, while it is not sent.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStarted, BroadcastChanged.
        """
        async with self._db.transaction() as tx:
            _, broadcast = await hold(tx, broadcast_id, by)
            _must_be_open(broadcast)
            if broadcast.segment == segment:
                return
            _must_be_seen(broadcast, revision)
            await tx.broadcasts.set_segment(broadcast_id, segment)

    async def discard(self, broadcast_id: int, *, revision: int, by: Person) -> None:
        """Drop a draft, or a scheduled one.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStarted, BroadcastChanged.
        """
        async with self._db.transaction() as tx:
            _, broadcast = await hold(tx, broadcast_id, by)
            _must_be_open(broadcast)
            _must_be_seen(broadcast, revision)
            await tx.broadcasts.set_status(broadcast_id, BroadcastStatus.DISCARDED)

    async def send(self, broadcast_id: int, *, revision: int, by: Person) -> None:
        """Send it now, as it was at this revision. One broadcast is sent once, whoever asks.

        Raises:
            NotAllowed, BroadcastGone.
            BroadcastStarted: somebody was first.
            BroadcastChanged: it is not what was looked at.
            NobodyToTell: its segment is empty.
        """
        async with self._db.transaction() as tx:
            admin, broadcast = await hold(tx, broadcast_id, by)
            if broadcast.started_at and await tx.audit.has_own(AuditAction.BROADCAST_SENT):
                return
            _must_be_open(broadcast)
            _must_be_seen(broadcast, revision)
            many = await _start(tx, broadcast, by=admin.id)
            await record(tx, AuditAction.BROADCAST_SENT, broadcast_id, by=admin, recipients=many)

    async def schedule(self, broadcast_id: int, *, revision: int, at: datetime, by: Person) -> None:
        """Have it sent at a moment; whom it goes to is found then. A second one moves it.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStarted, BroadcastChanged.
            MomentPassed: ``at`` has passed, or is more than a year away.
        """
        delay = at - datetime.now(UTC)
        if not timedelta(0) < delay < FARTHEST:
            raise MomentPassed
        async with self._db.transaction() as tx:
            admin, broadcast = await hold(tx, broadcast_id, by)
            _must_be_open(broadcast)
            _must_be_seen(broadcast, revision)
            if (broadcast.status, broadcast.starts_at) == (BroadcastStatus.SCHEDULED, at):
                return
            await tx.broadcasts.schedule(broadcast_id, at=at, by=admin.id)
            task = StartBroadcast(broadcast_id=broadcast_id, at=at)
            await tx.jobs.add(task, delay_seconds=delay.total_seconds())
            when = at.isoformat(timespec="minutes")
            await record(tx, AuditAction.BROADCAST_SCHEDULED, broadcast_id, by=admin, at=when)

    async def unschedule(self, broadcast_id: int, *, by: Person) -> None:
        """Make it a draft again; one that is a draft stays so.

        Raises:
            NotAllowed, BroadcastGone, BroadcastStarted.
        """
        async with self._db.transaction() as tx:
            admin, broadcast = await hold(tx, broadcast_id, by)
            _must_be_open(broadcast)
            if broadcast.status is BroadcastStatus.SCHEDULED:
                await tx.broadcasts.set_status(broadcast_id, BroadcastStatus.DRAFT)
                await record(tx, AuditAction.BROADCAST_UNSCHEDULED, broadcast_id, by=admin)

    async def start(self, job: Job[StartBroadcast]) -> None:
        """Send what was scheduled for this moment, unless it was called off, moved, or sent.

        Hours late, or with nobody to tell, it becomes a draft again, and its admin hears of it.

        Raises:
            JobTaken: another worker does it.
        """
        task = job.task
        async with self._db.transaction() as tx:
            broadcast = await tx.broadcasts.hold(task.broadcast_id)
            if _is_due(broadcast, task.at) and broadcast and broadcast.scheduled_by:
                try:
                    _must_be_timely(task.at)
                    await _start(tx, broadcast, by=broadcast.scheduled_by)
                except (MomentPassed, NobodyToTell):
                    await tx.broadcasts.set_status(broadcast.id, BroadcastStatus.DRAFT)
                    await show_progress(tx, broadcast.id, to=broadcast.scheduled_by)
            await tx.jobs.complete(job)


async def hold(tx: Repos, broadcast_id: int, by: Person) -> tuple[Person, Broadcast]:
    """The admin and the broadcast as they are now, both locked.

    Raises:
        NotAllowed: ``by`` is an admin no longer.
        BroadcastGone: discarded, or never there.
    """
    admin = await require_admin(tx, by)
    broadcast = await tx.broadcasts.hold(broadcast_id)
    if broadcast is None:
        raise BroadcastGone
    return admin, broadcast


async def record(
    tx: Repos, action: AuditAction, broadcast_id: int, *, by: Person, **facts: int | str
) -> None:
    await tx.audit.add(action, by=by, after={"broadcast": broadcast_id, **facts})


async def show_progress(tx: Repos, broadcast_id: int, *, to: int) -> None:
    """Owe one admin the screen with its progress, or have the one that they have drawn again."""
    kind = NoticeKind.BROADCAST_PROGRESS
    key = f"{kind}:{broadcast_id}:{to}"
    if not await tx.notices.add(kind, to=to, subject_id=broadcast_id, dedupe_key=key):
        await tx.notices.refresh(kind, subject_id=broadcast_id)


async def _start(tx: Repos, broadcast: Broadcast, *, by: int) -> int:
    """Owe it to everyone of its segment; returns how many."""
    many = await tx.recipients.add_all(broadcast.id, broadcast.segment)
    if not many:
        raise NobodyToTell
    await tx.broadcasts.start(broadcast.id, by=by)
    await show_progress(tx, broadcast.id, to=by)
    return many


def _must_be_open(broadcast: Broadcast) -> None:
    if not broadcast.status.is_open:
        raise BroadcastStarted(by=broadcast.started_by_name or "Someone")


def _must_be_seen(broadcast: Broadcast, revision: int) -> None:
    if broadcast.revision != revision:
        raise BroadcastChanged


def _must_be_timely(at: datetime) -> None:
    if datetime.now(UTC) - at > LATE:
        raise MomentPassed


def _is_due(broadcast: Broadcast | None, at: datetime) -> bool:
    return (
        broadcast is not None
        and broadcast.status is BroadcastStatus.SCHEDULED
        and broadcast.starts_at == at
    )
