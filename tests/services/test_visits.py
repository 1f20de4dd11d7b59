"""Which day a visit is of: the club's calendar, not the server's."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.errors.visits import CardOfAnotherDay
from bot.services.visits import VisitService
from tests.club import founded

THE_24TH, THE_25TH = date(2026, 11, 24), date(2026, 11, 25)
MIDNIGHT = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # in Kolkata


@pytest.mark.parametrize(
    ("now", "today", "other"),
    [
        (MIDNIGHT.replace(minute=29), THE_24TH, THE_25TH),
        (MIDNIGHT, THE_25TH, THE_24TH),
    ],
)
async def test_the_day_changes_at_the_clubs_midnight(db, club, now, today, other):
    await founded(db)
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    visits = VisitService(db, now=lambda: now)
    await visits.mark(anna.id, today, by=asha)
    with pytest.raises(CardOfAnotherDay):
        await visits.mark(anna.id, other, by=asha)
    with pytest.raises(CardOfAnotherDay):
        await visits.unmark(anna.id, other, by=asha)
    async with db.reading() as repos:
        assert await repos.visits.find_last(anna.id) == today


async def test_whoever_marks_at_once_there_is_one_visit_and_one_entry(db, club):
    await founded(db)
    admins = [await club.admin(name) for name in ("Asha", "Bina", "Chen")]
    anna = await club.member("Anna")
    visits = VisitService(db, now=lambda: MIDNIGHT)
    await asyncio.gather(*(visits.mark(anna.id, THE_25TH, by=admin) for admin in admins))
    async with db.reading() as repos:
        assert [visit.day for visit in await repos.visits.list_of(anna.id)] == [THE_25TH]
        assert len(await repos.audit.list_about(anna.id)) == 1
