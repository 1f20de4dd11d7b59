"""Subscriptions that end: their members are reminded, admins hear who was locked."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.db.database import Database, Repos
from bot.models.expiry import (
    NAMED,
    Books,
    LockedList,
    Reminder,
    at_hand,
    due,
    was_locked_last_night,
)
from bot.models.follow_ups import Greeting, Occasion, missed_its_day
from bot.models.jobs import Job, RemindOfExpiry
from bot.models.notices import Audience, Notice, NoticeKind
from bot.models.people import Role
from bot.services._clock import utc_now

_DAY: Final = timedelta(days=1)


class ExpiryService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def remind(self, job: Job[RemindOfExpiry]) -> None:
        """Owe the club's day its reminders, and admins their list; a day that is over has none.

        Raises:
            JobTaken: another worker does it.
        """
        day = job.task.day
        async with self._db.transaction() as tx:
            if day == await self._today(tx):
                await _owe(tx, day)
            await tx.jobs.complete(job)

    async def greeting(self, notice: Notice) -> Greeting | None:
        """What a reminder says now. ``None``: the reason is gone, or it would come too late.

        They have renewed or asked for it, are no member any more or in office, or admins switched
        it off. What stands in the chat already stays as it was.
        """
        async with self._db.reading() as repos:
            today = await self._today(repos)
            person = await repos.people.find(notice.recipient_id)
            if person is None or missed_its_day(notice, today):
                return None
            reminder: Reminder | None = _as_owed(notice)
            if notice.message_id is None:
                reminder = await _still_due(repos, notice, today=today)
                if person.role is not Role.MEMBER:
                    return None
            if reminder is None:
                return None
            step = await repos.follow_ups.get(reminder.occasion)
        if notice.message_id is None and not (step.is_on or _is_by_hand(notice)):
            return None
        return Greeting(
            html=step.html,
            to=person,
            days=reminder.days,
            plan_name=reminder.plan_name,
            ends_on=reminder.ends_on,
        )

    async def locked(self, notice: Notice) -> LockedList | None:
        """Whom an admin hears of. ``None``: they are no admin any more, or all have left."""
        people = [int(each) for each in notice.payload["people"]]
        async with self._db.reading() as repos:
            admin = await repos.people.find(notice.recipient_id)
            names = await repos.expiry.list_names(people)
        if admin is None or admin.role < Role.ADMIN or not names:
            return None
        return LockedList(
            day=date.fromisoformat(notice.payload["day"]),
            names=names,
            more=int(notice.payload["count"]) - len(people),
        )

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


async def _owe(tx: Repos, day: date) -> None:
    rules = await tx.subscription_rules.hold()  # who owes reminders does so alone
    concerned = await tx.expiry.list_concerned(
        first=day - (rules.grace_days + rules.follow_up_days) * _DAY,
        last=day + max(rules.remind_before) * _DAY,
        came_on=day - _DAY,
    )
    ids = [each.person_id for each in concerned]
    bought = await tx.subscriptions.list_of_people(ids)
    came = await tx.visits.list_days(ids)
    reminded = await tx.bulk_changes.list_reminded(ids, day)
    switched_on = {step.occasion for step in await tx.follow_ups.list_steps() if step.is_on}
    locked = []
    for each in concerned:
        person_id = each.person_id
        books = Books(subscriptions=bought[person_id], visits=came[person_id])
        reminder = due(books, today=day, rules=rules)
        may_hear = each.may_hear and person_id not in reminded
        if reminder and may_hear and reminder.occasion in switched_on:
            await _owe_reminder(tx, person_id, reminder, day)
        if was_locked_last_night(books, today=day, rules=rules):
            locked.append(person_id)
    if locked:
        payload = {"day": day.isoformat(), "people": locked[:NAMED], "count": len(locked)}
        kind = NoticeKind.LOCKED_LIST
        await tx.notices.add_for(Audience.ADMINS, kind, subject_id=day.toordinal(), payload=payload)


async def owe_by_hand(tx: Repos, person_id: int, reminder: Reminder, day: date) -> None:
    """A reminder that an admin asks for, to whoever has none of that day.

    It counts as the step that it is of, if that was not said yet; nobody hears it twice.
    """
    by_hand = {"by_hand": True}
    if not await _owe_reminder(tx, person_id, reminder, day, more=by_hand):
        key = f"{NoticeKind.EXPIRY_REMINDER}:{person_id}:{day.isoformat()}"
        await _owe_reminder(tx, person_id, reminder, day, more=by_hand, key=key)


async def _owe_reminder(  # noqa: PLR0913 -- all that a reminder is made of
    tx: Repos,
    person_id: int,
    reminder: Reminder,
    day: date,
    *,
    more: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> bool:
    """``False``: it is owed already."""
    kind, ends_on = NoticeKind.EXPIRY_REMINDER, reminder.ends_on.isoformat()
    return await tx.notices.add(
        kind,
        to=person_id,
        payload={
            "day": day.isoformat(),
            "occasion": reminder.occasion.value,
            "step": reminder.step,
            "plan": reminder.plan_name,
            "ends_on": ends_on,
            "days": reminder.days,
            **(more or {}),
        },
        dedupe_key=key or f"{kind}:{person_id}:{ends_on}:{reminder.step}",
    )


def _is_by_hand(notice: Notice) -> bool:
    return bool(notice.payload.get("by_hand"))


def _as_owed(notice: Notice) -> Reminder:
    said = notice.payload
    return Reminder(
        occasion=Occasion(said["occasion"]),
        step=said["step"],
        plan_name=said["plan"],
        ends_on=date.fromisoformat(said["ends_on"]),
        days=said["days"],
    )


async def _still_due(repos: Repos, notice: Notice, *, today: date) -> Reminder | None:
    """As it would be said today, while it is about the same end; that day's own says it itself."""
    person_id = notice.recipient_id
    if await repos.purchases.find_waiting_of(person_id):
        return None
    is_late = notice.payload["day"] != today.isoformat()
    if is_late and await repos.bulk_changes.list_reminded([person_id], today):
        return None
    books = Books(
        subscriptions=await repos.subscriptions.list_of(person_id),
        visits=[visit.day for visit in await repos.visits.list_of(person_id)],
    )
    said = at_hand if _is_by_hand(notice) else due
    reminder = said(books, today=today, rules=await repos.subscription_rules.get())
    if reminder is None or reminder.ends_on != _as_owed(notice).ends_on:
        return None
    return reminder
