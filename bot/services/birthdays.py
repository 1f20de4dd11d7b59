"""Birthdays: told by their people, congratulated by the club."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime

from bot.db.database import Database, Repos
from bot.errors import NotAllowed, PersonGone
from bot.errors.birthdays import ImpossibleBirthday
from bot.models.birthdays import Birthday, days_celebrated
from bot.models.follow_ups import Greeting, Occasion, missed_its_day
from bot.models.jobs import GreetBirthdays, Job
from bot.models.notices import Notice
from bot.models.people import Person, Role
from bot.services._clock import utc_now


class BirthdayService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def find(self, me: Person) -> Birthday | None:
        async with self._db.reading() as repos:
            return await repos.birthdays.find(me.id)

    async def tell(self, birthday: Birthday, *, me: Person) -> None:
        """Keep somebody's own birthday, in place of what they said before.

        Raises:
            ImpossibleBirthday: there is no such day, or it has not been.
            NotAllowed, PersonGone: not a member any more.
        """
        async with self._changing(me) as tx:
            if not birthday.could_be(await self._today(tx)):
                raise ImpossibleBirthday
            await tx.birthdays.save(birthday, of=me.id)

    async def remove(self, *, me: Person) -> None:
        """Forget it; a second tap finds it forgotten.

        Raises:
            NotAllowed, PersonGone: as in ``tell``.
        """
        async with self._changing(me) as tx:
            await tx.birthdays.remove(of=me.id)

    async def greet(self, job: Job[GreetBirthdays]) -> None:
        """Owe everybody of this birthday their greeting; a day that is over has none.

        Raises:
            JobTaken: another worker does it.
        """
        day = job.task.day
        async with self._db.transaction() as tx:
            if day == await self._today(tx):
                await tx.birthdays.owe_greetings(day, to_those_of=days_celebrated(day))
            await tx.jobs.complete(job)

    async def greeting(self, notice: Notice) -> Greeting | None:
        """What a notice says now. ``None``: nothing any more, or it would come too late."""
        async with self._db.reading() as repos:
            person = await repos.people.find(notice.recipient_id)
            step = await repos.follow_ups.get(Occasion.BIRTHDAY)
            too_late = missed_its_day(notice, await self._today(repos))
        if person is None or person.is_banned or too_late:
            return None
        if notice.message_id is None and not step.is_on:
            return None
        return Greeting(html=step.html, to=person, days=None)

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())

    @asynccontextmanager
    async def _changing(self, me: Person) -> AsyncIterator[Repos]:
        async with self._db.transaction() as tx:
            person = await tx.people.hold(me.id)
            if person is None or person.is_deleted:
                raise PersonGone
            if person.role < Role.MEMBER:
                raise NotAllowed(role="member")
            yield tx
