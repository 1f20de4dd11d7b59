"""What a follow-up says when its turn comes: nothing, once the reason is gone."""

from datetime import timedelta

import pytest

from bot.models.follow_ups import Occasion
from bot.notices import RENDERERS
from bot.services.notices import NoticeService
from tests.jobs.calendar import NINE, opened
from tests.jobs.tasks import ledger_of


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


@pytest.fixture
async def calendar(db, services, ledger, club):
    return await opened(db, services, ledger, club)


@pytest.fixture
async def owed(calendar, club):
    """Anna's notice as a sender takes it in hand."""
    calendar.anna = await club.member("Anna")
    await calendar.came_in(calendar.anna, days_ago=7)
    await calendar.morning()
    return await claimed(calendar)


async def claimed(calendar):
    (notice,) = await NoticeService(calendar.db, now=calendar.now).claim(limit=9)
    return notice


async def said(calendar, notice) -> str | None:
    class Clocked:
        follow_ups, club = calendar.follow_ups, calendar.services.club

    reply = await RENDERERS[notice.kind](notice, Clocked)
    return reply.text if reply else None


async def test_it_is_filled_in_when_it_is_sent(calendar, owed):
    await calendar.follow_ups.rewrite(
        Occasion.AWAY_7,
        text="{days} days, {first_name}!",
        html="<b>{days}</b> days, {first_name}!",
        by=calendar.vera,
    )
    assert await said(calendar, owed) == "<b>7</b> days, Anna!"


async def test_the_reason_is_gone_when_they_came_in_since(calendar, owed):
    await calendar.came_in(calendar.anna)
    assert await said(calendar, owed) is None


async def test_the_reason_is_gone_when_the_step_was_switched_off(calendar, owed):
    await calendar.follow_ups.switch(Occasion.AWAY_7, on=False, by=calendar.vera)
    assert await said(calendar, owed) is None


async def test_the_reason_is_gone_when_they_were_banned(calendar, owed):
    await calendar.services.bans.ban(calendar.anna.id, reason="x", by=calendar.vera)
    assert await said(calendar, owed) is None


async def test_quiet_hours_may_lie_between_but_not_days(calendar, owed):
    calendar.today += timedelta(days=1)
    assert "for 7 days" in await said(calendar, owed)
    calendar.today += timedelta(days=1)
    assert await said(calendar, owed) is None


async def test_what_was_sent_is_still_drawn_in_the_list_when_they_are_back(calendar, owed):
    async with calendar.db.transaction() as tx:
        await tx.notices.mark_sent(owed, message_id=7)
    await calendar.came_in(calendar.anna)
    calendar.today += timedelta(days=20)
    async with calendar.db.reading() as repos:
        opened = await repos.notifications.open(owed.id, of=calendar.anna.id)
    assert "for 7 days" in await said(calendar, opened.notice)


async def test_quiet_hours_put_it_off(calendar, club):
    anna = await club.member("Anna")
    await calendar.came_in(anna, days_ago=7)
    await calendar.morning()
    evening = NINE + timedelta(hours=12)
    assert await NoticeService(calendar.db, now=lambda: evening).claim(limit=9) == []
