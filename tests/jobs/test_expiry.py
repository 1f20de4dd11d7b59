"""Who is reminded of a subscription's end, and who is told of those that were locked."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import JobTaken
from bot.models.follow_ups import Occasion
from bot.models.jobs import Job, RemindOfExpiry
from bot.models.notices import NoticeKind
from bot.models.people import Office
from bot.models.subscriptions import ChangeKind
from bot.notices import RENDERERS
from bot.services.expiry import ExpiryService
from bot.services.follow_ups import FollowUpService
from bot.services.notices import NoticeService
from tests.club import founded
from tests.jobs.tasks import enqueue, ledger_of
from tests.stories.memberships import asked, changed, subscribed

DAY = date(2026, 3, 30)
NINE = timedelta(hours=3, minutes=30)  # 09:00 in Kolkata


class Mornings:
    """The club's days, each at nine; or at ``at``, a time of the day in UTC."""

    def __init__(self, db, services, ledger) -> None:
        self.db, self.services, self.ledger = db, services, ledger
        self.today, self.at = DAY, NINE
        self.expiry = ExpiryService(db, now=self.now)

    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC) + self.at

    async def job(self, day: date | None = None) -> Job[RemindOfExpiry]:
        task = RemindOfExpiry(day=day or self.today)
        job_id = await enqueue(self.db, task)
        queue_id = (await self.ledger.job(job_id))["queue_id"]
        begun = await self.services.jobs.begin(job_id, queue_id=queue_id)
        return Job(id=job_id, attempt=begun.attempt, task=task)

    async def morning(self, day: date | None = None) -> list[tuple]:
        """Do a day's job; returns who is owed what since: person, occasion, days."""
        self.today = day or self.today
        known = await self.ledger.conn.fetchval("SELECT coalesce(max(id), 0) FROM notices")
        await self.expiry.remind(await self.job())
        sql = """
            SELECT recipient_id, payload ->> 'occasion', (payload ->> 'days')::integer
              FROM notices
             WHERE id > $1 AND kind = 'expiry-reminder'
             ORDER BY 1
        """
        return [tuple(row) for row in await self.ledger.conn.fetch(sql, known)]

    async def has(self, person, ends_in: int, **more) -> int:
        return await subscribed(self.db, person, ends_in=ends_in, today=self.today, **more)

    async def claimed(self):
        notices = await NoticeService(self.db, now=self.now).claim(limit=9)
        return {notice.kind: notice for notice in notices}

    async def said(self, notice) -> str | None:
        class Clocked:
            expiry, club = self.expiry, self.services.club

        reply = await RENDERERS[notice.kind](notice, Clocked)
        return reply.text if reply else None


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


@pytest.fixture
async def mornings(db, services, ledger, club):
    await founded(db)
    return Mornings(db, services, ledger)


async def test_everybody_is_told_how_far_it_is(mornings, club):
    ends = {7: ("ends-soon", 7), 0: ("ends-today", 0), -1: ("in-grace", 7), -10: ("locked", 10)}
    people = {ends_in: await club.member(f"P{n}") for n, ends_in in enumerate(ends)}
    for ends_in, person in people.items():
        await mornings.has(person, ends_in)
    quiet = await club.member("Quiet")
    await mornings.has(quiet, 8)
    expected = [(people[ends_in].id, *said) for ends_in, said in ends.items()]
    assert await mornings.morning() == expected


async def test_a_job_done_twice_and_by_two_at_once_says_it_once(mornings, club):
    await club.admin("Asha")
    anna, mira = await club.member("Anna"), await club.member("Mira")
    await mornings.has(anna, 3)
    await mornings.has(mira, -8)
    jobs = [await mornings.job() for _ in range(3)]
    await asyncio.gather(*map(mornings.expiry.remind, jobs))
    assert await mornings.morning() == []
    assert await mornings.ledger.conn.fetchval("SELECT count(*) FROM notices") == 2


async def test_an_older_attempt_owes_nothing(mornings, club, ledger):
    anna = await club.member("Anna")
    await mornings.has(anna, 3)
    old = await mornings.job()
    row = await ledger.job(old.id)
    await mornings.services.jobs.begin(old.id, queue_id=row["queue_id"])
    with pytest.raises(JobTaken):
        await mornings.expiry.remind(old)
    assert await ledger.conn.fetchval("SELECT count(*) FROM notices") == 0


async def test_a_day_that_is_over_by_the_club_s_clock_has_none(mornings, club):
    anna = await club.member("Anna")
    await mornings.has(anna, 0)
    mornings.at = timedelta(hours=18, minutes=29)  # 23:59 in Kolkata
    before_midnight = await mornings.job()
    mornings.at = timedelta(hours=18, minutes=30)  # midnight: the next day there
    await mornings.expiry.remind(before_midnight)
    assert await mornings.ledger.conn.fetchval("SELECT count(*) FROM notices") == 0


@pytest.mark.parametrize(
    ("zone", "occasion"),
    [("Asia/Kolkata", "ends-today"), ("Pacific/Kiritimati", "in-grace")],
)
async def test_the_day_is_that_of_the_club_s_zone(mornings, club, zone, occasion):
    anna = await club.member("Anna")
    await mornings.has(anna, 0)
    await mornings.ledger.conn.execute("UPDATE club SET timezone = $1", zone)
    mornings.at = timedelta(hours=11)  # 16:30 in Kolkata; in Kiritimati it is 01:00 tomorrow
    day = mornings.now().astimezone(ZoneInfo(zone)).date()
    await mornings.expiry.remind(await mornings.job(day))
    sql = "SELECT payload ->> 'occasion' FROM notices"
    assert await mornings.ledger.conn.fetchval(sql) == occasion


async def test_nobody_is_reminded_who_need_not_be(mornings, club, services):
    vera = await club.owner("Vera")
    names = ("Renewed", "Frozen", "Cancelled", "Asked", "Banned", "Left", "Blocked", "Trainer")
    people = {name: await club.member(name) for name in names}
    numbers = {name: await mornings.has(person, 0) for name, person in people.items()}
    await mornings.has(people["Renewed"], 30)
    db, freeze = mornings.db, ChangeKind.FREEZE
    await changed(db, numbers["Frozen"], freeze, on=DAY, days=5, delta=5)
    await changed(db, numbers["Cancelled"], ChangeKind.CANCEL, on=DAY, delta=-1)
    await asked(services, people["Asked"])
    await services.bans.ban(people["Banned"].id, reason="x", by=vera)
    await services.privacy.leave(people["Left"].id, me=people["Left"])
    await services.people.changed_reachability(people["Blocked"].telegram_id, reachable=False)
    async with db.transaction() as tx:
        await tx.people.set_office(people["Trainer"].id, Office.STAFF)
    assert await mornings.morning() == []


async def test_after_an_outage_the_latest_step_comes_once(mornings, club):
    anna = await club.member("Anna")
    await mornings.has(anna, 7)
    assert await mornings.morning(DAY + timedelta(days=2)) == [(anna.id, "ends-soon", 5)]
    assert await mornings.morning(DAY + timedelta(days=3)) == []
    assert await mornings.morning(DAY + timedelta(days=5)) == [(anna.id, "ends-soon", 2)]
    assert await mornings.morning(DAY + timedelta(days=6)) == [(anna.id, "ends-soon", 1)]


async def test_what_admins_switched_off_is_not_owed(mornings, club):
    vera, anna = await club.owner("Vera"), await club.member("Anna")
    await mornings.has(anna, 0)
    await FollowUpService(mornings.db).switch(Occasion.ENDS_TODAY, on=False, by=vera)
    assert await mornings.morning() == []


async def test_it_is_filled_in_as_admins_wrote_it(mornings, club):
    vera, anna = await club.owner("Vera"), await club.member("Anna")
    await mornings.has(anna, 3)
    await mornings.morning()
    await FollowUpService(mornings.db).rewrite(
        Occasion.ENDS_SOON,
        text="{first_name}: {plan}, {ends}, {days}",
        html="<b>{first_name}</b>: {plan}, {ends}, {days}",
        by=vera,
    )
    owed = (await mornings.claimed())[NoticeKind.EXPIRY_REMINDER]
    assert await mornings.said(owed) == "<b>Anna</b>: 30 Days, 2 Apr 2026, 3"


@pytest.mark.parametrize("reason", ["renewed", "asked", "banned", "office", "off", "frozen"])
async def test_the_reason_is_looked_at_again_when_it_is_sent(mornings, club, services, reason):
    vera, anna = await club.owner("Vera"), await club.member("Anna")
    number = await mornings.has(anna, 3)
    await mornings.morning()
    owed = (await mornings.claimed())[NoticeKind.EXPIRY_REMINDER]
    assert "your 30 Days ends on 2 Apr 2026. Days to go: 3." in await mornings.said(owed)
    if reason == "renewed":
        await mornings.has(anna, 33)
    elif reason == "asked":
        await asked(services, anna)
    elif reason == "banned":
        await services.bans.ban(anna.id, reason="x", by=vera)
    elif reason == "office":
        async with mornings.db.transaction() as tx:
            await tx.people.set_office(anna.id, Office.STAFF)
    elif reason == "off":
        await FollowUpService(mornings.db).switch(Occasion.ENDS_SOON, on=False, by=vera)
    else:
        await changed(mornings.db, number, ChangeKind.FREEZE, on=DAY, days=5, delta=5)
    assert await mornings.said(owed) is None


async def test_a_day_later_it_tells_the_day_s_truth_and_then_nothing(mornings, club):
    anna = await club.member("Anna")
    await mornings.has(anna, 0)
    await mornings.morning()
    owed = (await mornings.claimed())[NoticeKind.EXPIRY_REMINDER]
    mornings.today += timedelta(days=1)
    assert "You may still come in" in await mornings.said(owed)
    await mornings.morning()  # of that day there is another one, which says the same
    assert await mornings.said(owed) is None
    mornings.today += timedelta(days=1)
    assert await mornings.said(owed) is None


async def test_what_was_sent_stays_as_it_was_in_the_list(mornings, club):
    anna = await club.member("Anna")
    await mornings.has(anna, 3)
    await mornings.morning()
    owed = (await mornings.claimed())[NoticeKind.EXPIRY_REMINDER]
    async with mornings.db.transaction() as tx:
        await tx.notices.mark_sent(owed, message_id=7)
        opened = await tx.notifications.open(owed.id, of=anna.id)
    await mornings.has(anna, 33)
    mornings.today += timedelta(days=40)
    assert "Days to go: 3." in await mornings.said(opened.notice)


async def test_admins_hear_in_one_notice_who_was_locked_and_only_then(mornings, club):
    asha, _ = await club.admin("Asha"), await club.staff("Sunil")
    people = [await club.member(f"M{number:02}") for number in range(23)]
    for person in people:
        await mornings.has(person, -8)
    assert await mornings.morning() == []
    sql = "SELECT recipient_id FROM notices WHERE kind = 'locked-list'"
    assert [row[0] for row in await mornings.ledger.conn.fetch(sql)] == [asha.id]
    owed = (await mornings.claimed())[NoticeKind.LOCKED_LIST]
    said = (await mornings.said(owed)).split("\n")
    assert said[0] == "🔒 <b>Locked since 30 Mar 2026</b>"
    assert said[2:] == [*(f"• M{number:02} Rao" for number in range(20)), "and 3 more"]
    await mornings.services.privacy.leave(people[0].id, me=people[0])
    assert "M00" not in await mornings.said(owed)
    await mornings.morning(DAY + timedelta(days=1))
    assert len(await mornings.ledger.conn.fetch(sql)) == 1
    async with mornings.db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    assert await mornings.said(owed) is None
