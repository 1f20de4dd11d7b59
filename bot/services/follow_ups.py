"""Messages to members who stay away: their texts and switches, and to whom they are owed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.db.database import Database, Repos
from bot.models.audit import AuditAction
from bot.models.follow_ups import (
    TEXT_UNITS,
    FollowUp,
    FollowUps,
    Greeting,
    Occasion,
    missed_its_day,
)
from bot.models.jobs import Job, SendFollowUps
from bot.models.notices import Notice
from bot.models.people import Person, Role
from bot.models.templates import check
from bot.services._authority import require_admin
from bot.services._clock import utc_now


class FollowUpService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def overview(self) -> FollowUps:
        async with self._db.reading() as repos:
            return FollowUps(
                steps=await repos.follow_ups.list_steps(),
                interval_days=await repos.follow_ups.get_interval(),
            )

    async def get(self, occasion: Occasion) -> FollowUp:
        async with self._db.reading() as repos:
            return await repos.follow_ups.get(occasion)

    async def rewrite(self, occasion: Occasion, *, text: str, html: str, by: Person) -> FollowUp:
        """Say something else on an occasion; ``text`` is ``html`` without its formatting.

        Raises:
            UnknownPlaceholder, TemplateTooLong: it cannot go to anyone.
            NotAllowed: for admins only.
        """
        check(text, occasion.placeholders, limit=TEXT_UNITS)
        return await self._change(occasion, {"html": html}, by)

    async def switch(self, occasion: Occasion, *, on: bool, by: Person) -> FollowUp:
        """Say it from now on, or not; as it is already changes nothing.

        Raises:
            NotAllowed: for admins only.
        """
        return await self._change(occasion, {"is_on": on}, by)

    async def set_interval(self, days: int, *, by: Person) -> None:
        """Let at least so many days lie between two follow-ups to one person.

        Raises:
            NotAllowed: for admins only.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            was = await tx.follow_ups.hold_interval()
            if was != days:
                await tx.follow_ups.save_interval(days)
                await _record(tx, {"interval_days": was}, {"interval_days": days}, by=admin)

    async def send(self, job: Job[SendFollowUps]) -> None:
        """Owe the club's day its follow-ups; a day that is over has none.

        Raises:
            JobTaken: another worker does it.
        """
        day = job.task.day
        async with self._db.transaction() as tx:
            club = await tx.club.get()
            if day == club.day(self._now()):
                interval = await tx.follow_ups.hold_interval()
                await tx.follow_ups.owe(day, timezone=club.timezone, interval_days=interval)
            await tx.jobs.complete(job)

    async def greeting(self, notice: Notice) -> Greeting | None:
        """What a notice says now. ``None``: the reason is gone, or it would come too late.

        They came in, are no member any more or in office, or an admin switched the step off. What
        stands in the chat already stays as it is.
        """
        since = date.fromisoformat(notice.payload["since"])
        async with self._db.reading() as repos:
            person = await repos.people.find(notice.recipient_id)
            step = await repos.follow_ups.find_after(notice.subject_id or 0)
            last = await repos.visits.find_last(notice.recipient_id)
            too_late = missed_its_day(notice, (await repos.club.get()).day(self._now()))
        if person is None or step is None or too_late:
            return None
        wanted = step.is_on and person.role is Role.MEMBER and (last is None or last <= since)
        if notice.message_id is None and not wanted:
            return None
        days = (date.fromisoformat(notice.payload["day"]) - since).days
        return Greeting(html=step.html, to=person, days=days)

    async def _change(self, occasion: Occasion, facts: dict[str, Any], by: Person) -> FollowUp:
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            was = await tx.follow_ups.hold(occasion)
            becomes = replace(was, **facts)
            if becomes != was:
                await tx.follow_ups.save(becomes)
                before = {name: getattr(was, name) for name in facts}
                named = {"occasion": occasion.value}
                await _record(tx, named | before, named | facts, by=admin)
        return becomes


async def _record(tx: Repos, before: dict[str, Any], after: dict[str, Any], *, by: Person) -> None:
    await tx.audit.add(AuditAction.FOLLOW_UP_CHANGED, by=by, before=before, after=after)
