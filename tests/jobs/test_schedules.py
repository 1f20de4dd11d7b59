"""When recurring jobs are due: by the club's clock, once a day, and not when it is too late.

The clock is a value here: no test waits for a time of day.
"""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import _first_club
from bot.jobs.scheduler import Scheduler
from bot.models.jobs import Prune
from bot.models.schedules import DAYS_BACK, RECURRING, Run, Schedule, ScheduleName
from tests.jobs.tasks import enqueue, ledger_of

KOLKATA, BERLIN = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Berlin")
PRUNE = ScheduleName.PRUNE  # 03:30
FOUNDED = datetime(2026, 1, 10, 12, tzinfo=KOLKATA)


def schedule(**changes) -> Schedule:
    fields = {
        "name": PRUNE,
        "at": time(3, 30),
        "is_on": True,
        "since": datetime(2026, 1, 1, tzinfo=UTC),
        "last": None,
    }
    return Schedule(**{**fields, **changes})


def ran(day: date) -> Run:
    return Run(day=day, due_at=datetime.combine(day, time(3), UTC), skipped=False)


def test_it_is_due_from_its_minute_on():
    last = ran(date(2026, 3, 9))
    before = datetime(2026, 3, 10, 3, 29, 59, tzinfo=KOLKATA)
    assert schedule(last=last).runs_due(before, KOLKATA) == []
    (run,) = schedule(last=last).runs_due(before + timedelta(seconds=1), KOLKATA)
    assert run == Run(
        day=date(2026, 3, 10), due_at=datetime(2026, 3, 9, 22, 0, tzinfo=UTC), skipped=False
    )


def test_midnight_belongs_to_the_day_that_begins():
    (run,) = schedule(at=time(0, 0), last=ran(date(2026, 3, 9))).runs_due(
        datetime(2026, 3, 10, tzinfo=KOLKATA), KOLKATA
    )
    assert run.day == date(2026, 3, 10)


def test_an_hour_that_spring_leaves_out_comes_as_much_later():
    spring = date(2026, 3, 29)  # 02:00 is followed by 03:00
    due = schedule(at=time(2, 30)).due_at(spring, BERLIN)
    assert due.astimezone(BERLIN).time() == time(3, 30)
    assert due == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_hour_that_autumn_repeats_counts_once():
    autumn = date(2026, 10, 25)  # 03:00 is followed by 02:00
    one = schedule(at=time(2, 30), last=ran(autumn - timedelta(days=1)))
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [run.due_at for run in one.runs_due(first, BERLIN)] == [first]
    done = schedule(at=time(2, 30), last=ran(autumn))
    assert done.runs_due(first + timedelta(hours=1), BERLIN) == []
    assert done.next_at(first, BERLIN) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_what_was_missed_for_days_is_done_once_and_the_rest_is_skipped():
    now = datetime(2026, 3, 10, 6, tzinfo=KOLKATA)
    runs = schedule(last=ran(date(2026, 3, 6))).runs_due(now, KOLKATA)
    assert [(run.day.day, run.skipped) for run in runs] == [
        (7, True),
        (8, True),
        (9, True),
        (10, False),
    ]


def test_what_is_later_than_it_may_be_is_skipped():
    late = RECURRING[PRUNE].late
    due = datetime(2026, 3, 10, 3, 30, tzinfo=KOLKATA)
    one = schedule(last=ran(date(2026, 3, 9)))
    assert [run.skipped for run in one.runs_due(due + late, KOLKATA)] == [False]
    too_late = due + late + timedelta(seconds=1)
    assert [run.skipped for run in one.runs_due(too_late, KOLKATA)] == [True]


def test_a_downtime_of_years_is_not_recorded_day_by_day():
    runs = schedule(last=ran(date(2020, 1, 1))).runs_due(FOUNDED, KOLKATA)
    assert len(runs) <= DAYS_BACK + 1
    assert [run.skipped for run in runs].count(False) == 1


def test_a_club_that_moves_west_has_no_second_run_that_day_and_one_that_moves_east_no_gap():
    last = ran(date(2026, 3, 10))
    now = datetime(2026, 3, 10, 4, tzinfo=KOLKATA)
    west, east = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
    assert schedule(last=last).runs_due(now, west) == []
    assert schedule(last=last).runs_due(now + timedelta(hours=20), west) == []
    assert schedule(last=last).next_at(now, west).astimezone(west).date() == date(2026, 3, 11)
    assert schedule(last=last).next_at(now, east).astimezone(east).date() == date(2026, 3, 11)


@pytest.fixture
async def founded(services, settings):
    """A club whose schedules a worker has seen, at noon."""
    await services.club.found(_first_club(settings))
    await services.schedules.tick(FOUNDED)
    return services.schedules


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


async def test_a_new_club_makes_up_for_nothing(founded, ledger):
    assert await ledger.conn.fetchval("SELECT count(*) FROM schedule_runs") == 0
    assert await ledger.conn.fetchval("SELECT count(*) FROM jobs") == 0


async def test_many_schedulers_at_once_enqueue_once(founded, ledger):
    now = FOUNDED + timedelta(hours=17)
    decided = await asyncio.gather(*(founded.tick(now) for _ in range(6)))
    assert sorted(len(one) for one in decided) == [0, 0, 0, 0, 0, 2]
    kinds = [row["kind"] for row in await ledger.conn.fetch("SELECT kind FROM jobs ORDER BY kind")]
    assert kinds == ["check-rows", "prune"]
    assert await ledger.entries() == 2
    assert await founded.tick(now + timedelta(minutes=1)) == []


async def test_a_worker_looks_at_its_clock_and_queues_again_what_was_lost(
    founded, services, db, ledger
):
    await enqueue(db, Prune(day=date(2026, 1, 1)))
    await ledger.conn.execute("DELETE FROM pgqueuer")
    await ledger.conn.execute("UPDATE jobs SET created_at = now() - interval '2 min'")
    morning = FOUNDED + timedelta(hours=15, minutes=30)
    await Scheduler(services, clock=lambda: morning - timedelta(seconds=1)).tick()
    assert await ledger.entries() == 1
    await Scheduler(services, clock=lambda: morning).tick()
    assert await ledger.entries() == 2


async def test_a_skipped_run_is_recorded_and_not_enqueued(founded, ledger):
    await founded.tick(FOUNDED + timedelta(days=1, hours=11, minutes=45))
    rows = await ledger.conn.fetch("SELECT name, skipped FROM schedule_runs ORDER BY name")
    assert [tuple(row) for row in rows] == [
        ("birthdays", True),
        ("check-rows", False),
        ("dues-reminders", True),
        ("expiry", True),
        ("follow-ups", True),
        ("prune", True),
    ]
    assert await ledger.conn.fetchval("SELECT array_agg(kind) FROM jobs") == ["check-rows"]


async def test_switched_off_it_is_not_enqueued_and_on_again_it_makes_up_for_nothing(
    founded, ledger, club
):
    vera = await club.owner("Vera")
    await founded.change(PRUNE, by=vera, now=FOUNDED, on=False)
    tomorrow = FOUNDED + timedelta(days=1)
    decided = dict(await founded.tick(tomorrow))
    assert decided.keys() == set(ScheduleName) - {PRUNE}
    await founded.change(PRUNE, by=vera, now=tomorrow, on=True)
    assert await founded.tick(tomorrow + timedelta(minutes=1)) == []
    assert PRUNE in dict(await founded.tick(tomorrow + timedelta(days=1)))


async def test_an_hour_set_into_the_past_of_today_counts_from_tomorrow(founded, club):
    vera = await club.owner("Vera")
    await founded.change(PRUNE, by=vera, now=FOUNDED, at=time(11, 0))
    assert await founded.tick(FOUNDED + timedelta(minutes=1)) == []
    decided = dict(await founded.tick(FOUNDED + timedelta(hours=23)))
    assert decided[PRUNE].due_at.astimezone(KOLKATA).time() == time(11, 0)


async def test_a_day_that_had_its_run_gets_no_second_one_when_its_hour_is_moved(founded, club):
    vera = await club.owner("Vera")
    morning = FOUNDED + timedelta(hours=17)
    await founded.tick(morning)
    await founded.change(PRUNE, by=vera, now=morning, at=time(22, 0))
    assert PRUNE not in dict(await founded.tick(morning + timedelta(hours=18)))
