"""Jobs again, by a worker with no more rights on PostgreSQL than in production."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.app import _first_club
from bot.assembly import build_services
from bot.jobs.handlers import HANDLERS
from bot.jobs.runner import Runner
from bot.metrics import Metrics
from bot.models.jobs import (
    CheckRows,
    GreetBirthdays,
    Prune,
    RemindOfDues,
    RemindOfExpiry,
    SendFollowUps,
)
from bot.models.schedules import RECURRING
from tests.jobs.tasks import enqueue, ledger_of


@pytest.fixture
def database_url(app_database_url):
    return app_database_url


async def test_the_restricted_role_schedules_does_and_prunes(database_url, db, cache, settings):
    services = build_services(db, cache)
    await services.club.found(_first_club(settings))
    for day in (9, 10):  # founded on the one; on the other all are due, and not yet too late
        now = datetime(2026, 3, day, 6, 30, tzinfo=UTC)
        runs = await services.schedules.tick(now)
    assert {name for name, run in runs if not run.skipped} == set(RECURRING)
    stopping = asyncio.Event()
    work = asyncio.ensure_future(
        Runner(database_url, services, Metrics(), handlers=HANDLERS).run(stopping)
    )
    async with ledger_of(database_url) as ledger:
        assert await ledger.conn.fetchval("SELECT current_user") == "clubdesk_app"
        today = (await services.club.get()).day(datetime.now(UTC))
        for task in (
            Prune(day=date(2026, 1, 1)),
            CheckRows(day=date(2026, 1, 1)),
            SendFollowUps(day=today),
            GreetBirthdays(day=today),
            RemindOfDues(day=today),
            RemindOfExpiry(day=today),
        ):
            await ledger.until_done(await enqueue(db, task))
        await ledger.until("SELECT count(*) = 12 AND bool_and(done_at IS NOT NULL) FROM jobs")
        assert await ledger.conn.fetchval("SELECT count(*) FROM notices") == 0  # nothing is broken
    stopping.set()
    await work
