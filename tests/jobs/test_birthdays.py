"""Who is congratulated: on the club's day, once a year."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.models.birthdays import Birthday
from bot.models.follow_ups import Occasion
from bot.models.jobs import GreetBirthdays, Job
from bot.models.notices import NoticeKind
from bot.notices import RENDERERS
from bot.services.birthdays import BirthdayService
from bot.services.follow_ups import FollowUpService
from tests.club import founded
from tests.jobs.tasks import enqueue, ledger_of


class Year:
    """Mornings of the club, in Kolkata."""

    def __init__(self, db, services, ledger) -> None:
        self.db, self.services, self.ledger = db, services, ledger
        self.today = date(2026, 11, 24)
        self.birthdays = BirthdayService(db, now=self.now)

    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 3, 30, tzinfo=UTC)

    async def job(self, day: date) -> Job[GreetBirthdays]:
        task = GreetBirthdays(day=day)
        job_id = await enqueue(self.db, task)
        queue_id = (await self.ledger.job(job_id))["queue_id"]
        begun = await self.services.jobs.begin(job_id, queue_id=queue_id)
        return Job(id=job_id, attempt=begun.attempt, task=task)

    async def morning(self, day: date) -> list[int]:
        """Do that day's job; returns who is owed a greeting since."""
        self.today = day
        known = await self.ledger.conn.fetchval("SELECT coalesce(max(id), 0) FROM notices")
        await self.birthdays.greet(await self.job(day))
        rows = await self.ledger.conn.fetch(
            "SELECT recipient_id FROM notices WHERE id > $1 AND kind = 'birthday'", known
        )
        return [row[0] for row in rows]

    async def born(self, person, day: int, month: int, year: int | None = None) -> None:
        await self.birthdays.tell(Birthday(day=day, month=month, year=year), me=person)


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


@pytest.fixture
async def year(db, services, ledger):
    await founded(db)
    return Year(db, services, ledger)


async def test_each_is_greeted_on_their_day_and_every_year(year, club):
    anna, mira = await club.member("Anna"), await club.member("Mira")
    await year.born(anna, 24, 11, 1990)
    await year.born(mira, 25, 11)
    assert await year.morning(date(2026, 11, 23)) == []
    assert await year.morning(date(2026, 11, 24)) == [anna.id]
    assert await year.morning(date(2026, 11, 25)) == [mira.id]
    assert await year.morning(date(2027, 11, 24)) == [anna.id]


@pytest.mark.parametrize(
    ("day", "greeted"),
    [
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
        (date(2028, 2, 28), False),
        (date(2028, 2, 29), True),
        (date(2100, 2, 28), True),
    ],
)
async def test_who_was_born_on_29_february_is_greeted_once_a_year(year, club, day, greeted):
    leap, last = await club.member("Leap"), await club.member("Last")
    await year.born(leap, 29, 2, 2000)
    await year.born(last, 28, 2)
    owed = await year.morning(day)
    assert (leap.id in owed) is greeted
    assert (last.id in owed) is (day.day == 28)


async def test_a_job_done_twice_and_by_two_at_once_greets_once(year, club, ledger):
    anna = await club.member("Anna")
    await year.born(anna, 24, 11)
    jobs = [await year.job(year.today) for _ in range(3)]
    await asyncio.gather(*map(year.birthdays.greet, jobs))
    assert await ledger.conn.fetchval("SELECT count(*) FROM notices") == 1
    assert await year.morning(year.today) == []


async def test_a_birthday_that_is_moved_is_no_second_one_in_the_year(year, club):
    anna = await club.member("Anna")
    await year.born(anna, 24, 11)
    assert await year.morning(date(2026, 11, 24)) == [anna.id]
    await year.birthdays.remove(me=anna)
    await year.born(anna, 25, 11)
    assert await year.morning(date(2026, 11, 25)) == []


async def test_nobody_is_greeted_whom_the_club_does_not_greet(year, club, services):
    vera = await club.owner("Vera")
    people = [await club.member(name) for name in ("Banned", "Blocked", "Left")]
    for person in people:
        await year.born(person, 24, 11)
    banned, blocked, left = people
    await services.bans.ban(banned.id, reason="x", by=vera)
    await services.people.changed_reachability(blocked.telegram_id, reachable=False)
    await services.privacy.leave(left.id, me=left)
    assert await year.morning(date(2026, 11, 24)) == []


async def test_switched_off_greets_nobody_and_a_day_that_is_over_neither(year, club, db):
    vera, anna = await club.owner("Vera"), await club.member("Anna")
    follow_ups = FollowUpService(db)
    await year.born(anna, 24, 11)
    await follow_ups.switch(Occasion.BIRTHDAY, on=False, by=vera)
    assert await year.morning(date(2026, 11, 24)) == []
    await follow_ups.switch(Occasion.BIRTHDAY, on=True, by=vera)
    year.today = date(2026, 11, 25)
    await year.birthdays.greet(await year.job(date(2026, 11, 24)))
    assert await year.ledger.conn.fetchval("SELECT count(*) FROM notices") == 0


async def test_the_greeting_is_said_a_day_late_at_most_and_stays_in_the_list(year, club):
    anna = await club.member("Anna")
    await year.born(anna, 24, 11)
    await year.morning(date(2026, 11, 24))
    async with year.db.transaction() as tx:
        (notice,) = await tx.notices.claim(limit=9)
    assert notice.kind is NoticeKind.BIRTHDAY
    assert "Happy birthday, Anna!" in await said(year, notice)
    year.today += timedelta(days=1)
    assert "Happy birthday" in await said(year, notice)
    year.today += timedelta(days=1)
    assert await said(year, notice) is None
    async with year.db.transaction() as tx:
        await tx.notices.mark_withheld(notice)
        opened = await tx.notifications.open(notice.id, of=anna.id)
    assert "Happy birthday" in await said(year, opened.notice)


async def said(year, notice) -> str | None:
    class Clocked:
        birthdays, club = year.birthdays, year.services.club

    reply = await RENDERERS[notice.kind](notice, Clocked)
    return reply.text if reply else None
