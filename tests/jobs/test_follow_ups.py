"""Who is written to for staying away: the largest step reached, once per absence, not too often."""

import asyncio
import time
from datetime import datetime, timedelta

import pytest

from bot.errors import JobTaken
from bot.models.follow_ups import Occasion
from bot.models.people import Office
from bot.models.subscriptions import ChangeKind
from tests.club import founded
from tests.jobs.calendar import AWAY, DAY, Calendar, opened
from tests.jobs.tasks import ledger_of
from tests.stories.memberships import changed, subscribed


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


@pytest.fixture
async def calendar(db, services, ledger, club):
    return await opened(db, services, ledger, club)


async def joined(ledger, person, at: str) -> None:
    await ledger.conn.execute(
        "UPDATE profiles SET joined_at = $2 WHERE person_id = $1",
        person.id,
        datetime.fromisoformat(at),
    )


@pytest.mark.parametrize(
    ("days_away", "step"),
    [(0, None), (6, None), (7, 7), (13, 7), (14, 14), (29, 14), (30, 30), (400, 30)],
)
async def test_the_largest_step_that_is_reached_is_said(calendar, club, days_away, step):
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=days_away + 5)
    await calendar.came_in(anna, days_ago=days_away)
    assert await calendar.morning() == ([(anna.id, step)] if step else [])


async def test_an_absence_has_each_step_once(calendar, club):
    anna = await club.member("Anna")
    await calendar.came_in(anna)
    said = {}
    for day in range(1, 100):
        for person_id, step in await calendar.morning(days_later=1):
            said[day] = (person_id, step)
    assert said == {7: (anna.id, 7), 14: (anna.id, 14), 30: (anna.id, 30)}


async def test_who_came_back_and_stays_away_again_is_written_to_again(calendar, club):
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=7)
    assert await calendar.morning() == [(anna.id, 7)]
    await calendar.came_in(anna)
    assert await calendar.morning(days_later=6) == []
    assert await calendar.morning(days_later=1) == [(anna.id, 7)]


async def test_between_two_to_one_person_lies_the_interval(calendar, club):
    await calendar.follow_ups.set_interval(10, by=calendar.vera)
    anna = await club.member("Anna")
    await calendar.came_in(anna)
    said = [(day, await calendar.morning(days_later=1)) for day in range(1, 40)]
    assert [(day, owed[0][1]) for day, owed in said if owed] == [(7, 7), (17, 14), (30, 30)]


async def test_the_interval_also_holds_from_one_absence_to_the_next(calendar, club):
    await calendar.follow_ups.set_interval(20, by=calendar.vera)
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=7)
    assert await calendar.morning() == [(anna.id, 7)]
    await calendar.came_in(anna)
    said = [(day, await calendar.morning(days_later=1)) for day in range(1, 30)]
    assert [(day, owed[0][1]) for day, owed in said if owed] == [(20, 14)]


async def test_a_smaller_step_is_not_said_after_a_larger_one(calendar, club):
    for occasion in AWAY[:2]:
        await calendar.follow_ups.switch(occasion, on=False, by=calendar.vera)
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=30)
    assert await calendar.morning() == [(anna.id, 30)]
    await calendar.follow_ups.switch(Occasion.AWAY_30, on=False, by=calendar.vera)
    await calendar.follow_ups.switch(Occasion.AWAY_14, on=True, by=calendar.vera)
    assert await calendar.morning(days_later=10) == []


async def test_a_step_that_is_off_is_not_said(calendar, club):
    await calendar.follow_ups.switch(Occasion.AWAY_14, on=False, by=calendar.vera)
    anna = await club.member("Anna")
    await calendar.came_in(anna)
    said = [(day, await calendar.morning(days_later=1)) for day in range(1, 40)]
    assert [(day, owed[0][1]) for day, owed in said if owed] == [(7, 7), (30, 30)]


async def test_a_new_club_writes_to_nobody(db, services, ledger, club):
    await founded(db)
    anna = await club.member("Anna")
    await joined(ledger, anna, "2025-01-01T00:00:00+00:00")
    assert await Calendar(db, services, ledger).morning() == []


@pytest.mark.parametrize(
    ("at", "owed"),
    [("2026-11-17T18:29:00+00:00", True), ("2026-11-17T18:30:00+00:00", False)],
)
async def test_who_never_came_is_away_since_the_clubs_day_on_which_they_joined(
    calendar, club, ledger, at, owed
):
    """18:30 UTC is midnight in Kolkata: from then on it is the 18th."""
    anna = await club.member("Anna")
    await joined(ledger, anna, at)
    assert await calendar.morning() == ([(anna.id, 7)] if owed else [])


async def test_only_members_are_written_to(calendar, club, db, services, ledger):
    names = ("Banned", "Blocked", "Left", "Staff", "Frozen")
    gone = [await club.member(name) for name in names]
    for person in gone:
        await calendar.came_in(person, days_ago=20)
    banned, blocked, left, staff, frozen = gone
    number = await subscribed(db, frozen, ends_in=5, today=DAY)
    await changed(db, number, ChangeKind.FREEZE, on=DAY, days=9, delta=9)
    await club.known("Ravi")
    await services.bans.ban(banned.id, reason="x", by=calendar.vera)
    await services.people.changed_reachability(blocked.telegram_id, reachable=False)
    await services.privacy.leave(left.id, me=left)
    async with db.transaction() as tx:
        await tx.people.set_office(staff.id, Office.STAFF)
    assert await calendar.morning() == []


async def test_a_job_done_twice_and_by_two_at_once_writes_once(calendar, club, services):
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=7)
    jobs = [await calendar.job() for _ in range(3)]
    await asyncio.gather(*map(calendar.follow_ups.send, jobs))
    with pytest.raises(JobTaken):
        await calendar.follow_ups.send(jobs[0])
    count = "SELECT count(*) FROM notices WHERE kind = 'follow-up'"
    assert await calendar.ledger.conn.fetchval(count) == 1
    assert await calendar.morning() == []


async def test_the_job_of_a_day_that_is_over_is_done_without_a_word(calendar, club, ledger):
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=10)
    job = await calendar.job(DAY - timedelta(days=1))
    await calendar.follow_ups.send(job)
    assert (await ledger.job(job.id))["done_at"]
    assert await ledger.conn.fetchval("SELECT count(*) FROM follow_ups_sent") == 0


async def test_thousands_are_one_statement_and_quick(calendar, ledger):
    await ledger.conn.execute("""
        WITH new AS (INSERT INTO people (telegram_id, display_name)
                     SELECT 10000000 + n, 'Mk' || n FROM generate_series(1, 2500) n RETURNING id)
        INSERT INTO profiles (person_id, full_name, search_name, phone, phone_verified, age, gender,
                              weight_grams)
        SELECT id, 'Mk', 'mk', '+919876543210', true, 28, 'other', 60000 FROM new
    """)
    await ledger.conn.execute(
        """
        INSERT INTO visits (person_id, day)
        SELECT person_id, $1::date - 10 * n - person_id::integer % 9
          FROM profiles, generate_series(0, 9) n
        """,
        DAY,
    )
    begun = time.monotonic()
    owed = await calendar.morning()
    assert time.monotonic() - begun < 15
    away = "SELECT count(*) FROM (SELECT max(day) AS last FROM visits GROUP BY person_id) v"
    expected = await ledger.conn.fetchval(f"{away} WHERE last <= $1::date - 7", DAY)
    assert len(owed) == expected > 500
    assert await calendar.morning() == []
