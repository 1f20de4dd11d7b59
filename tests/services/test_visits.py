"""Which day a visit is of: the club's calendar, not the server's; and whom the rule lets in."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors.visits import CardOfAnotherDay
from bot.models.notices import Notice, NoticeKind
from bot.models.subscriptions import Access, ChangeKind
from bot.services.visits import VisitService
from tests.club import founded
from tests.stories.memberships import changed, subscribed

THE_24TH, THE_25TH = date(2026, 11, 24), date(2026, 11, 25)
MIDNIGHT = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # in Kolkata
DAY = timedelta(days=1)


async def came(db, person, *days: date) -> None:
    async with db.transaction() as tx:
        for day in days:
            await tx.visits.add(person.id, day)


async def visits_of(db, person) -> list[date]:
    async with db.reading() as repos:
        return [visit.day for visit in await repos.visits.list_of(person.id)]


async def entries_about(db, person) -> list:
    async with db.reading() as repos:
        return await repos.audit.list_about(person.id)


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
    await subscribed(db, anna, ends_in=9, today=today)
    visits = VisitService(db, now=lambda: now)
    await visits.mark(anna.id, today, by=asha)
    with pytest.raises(CardOfAnotherDay):
        await visits.mark(anna.id, other, by=asha)
    with pytest.raises(CardOfAnotherDay):
        await visits.unmark(anna.id, other, by=asha)
    async with db.reading() as repos:
        assert await repos.visits.find_last(anna.id) == today


async def test_whoever_marks_at_once_there_is_one_visit_and_all_hear_the_same(db, club):
    await founded(db)
    admins = [await club.admin(name) for name in ("Asha", "Bina", "Chen")]
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=9, visits=2, today=THE_25TH)
    await came(db, anna, THE_24TH)
    visits = VisitService(db, now=lambda: MIDNIGHT)
    marks = await asyncio.gather(*(visits.mark(anna.id, THE_25TH, by=admin) for admin in admins))
    assert {(each.is_in, each.standing.visits_left) for each in marks} == {(True, 1)}
    assert await visits_of(db, anna) == [THE_24TH, THE_25TH]
    assert len(await entries_about(db, anna)) == 1


async def test_the_last_visit_is_used_once_across_midnight(db, club):
    """Two admins, one on either side of it."""
    await founded(db)
    asha, bina = await club.admin("Asha"), await club.admin("Bina")
    before = VisitService(db, now=lambda: MIDNIGHT - timedelta(seconds=1))
    after = VisitService(db, now=lambda: MIDNIGHT)
    members = [await club.member(name) for name in ("Anna", "Mira", "Ravi", "Sana")]
    for each in members:
        await subscribed(db, each, ends_in=9, visits=1, today=THE_25TH)
    for each in members:
        marks = await asyncio.gather(
            before.mark(each.id, THE_24TH, by=asha), after.mark(each.id, THE_25TH, by=bina)
        )
        assert sorted(mark.is_in for mark in marks) == [False, True]
        assert len(await visits_of(db, each)) == 1


async def test_whom_the_rule_lets_in_and_whom_only_a_reason(db, club):
    await founded(db)
    asha = await club.admin("Asha")
    today = THE_25TH
    visits = VisitService(db, now=lambda: MIDNIGHT)
    cases = {
        # name: (ends in, visits of the plan, came days ago), (lets in, access, needs to renew)
        "Aa": ((0, None, ()), (True, Access.ACTIVE, False)),
        "Ab": ((9, 2, (1,)), (True, Access.ACTIVE, False)),
        "Ac": ((9, 2, (1, 2)), (False, Access.LOCKED, True)),
        "Ad": ((-1, None, ()), (True, Access.GRACE, True)),
        "Ae": ((-7, None, (1, 6)), (True, Access.GRACE, True)),
        "Af": ((-7, None, (1, 2, 6)), (False, Access.LOCKED, True)),
        "Ag": ((-7, None, (1, 6, 7, 8)), (True, Access.GRACE, True)),
        "Ah": ((-8, None, ()), (False, Access.LOCKED, True)),
        "Ai": ((40, None, ()), (False, Access.AHEAD, False)),
        "Aj": (None, (False, Access.NONE, True)),
    }
    for name, (bought, expected) in cases.items():
        person = await club.member(name)
        if bought:
            ends_in, limit, ago = bought
            await subscribed(db, person, ends_in=ends_in, visits=limit, today=today)
            await came(db, person, *(today - each * DAY for each in ago))
        got = await visits.mark(person.id, today, by=asha)
        assert (got.is_in, got.standing.access, got.needs_renewal) == expected, name
        assert (today in await visits_of(db, person)) is expected[0], name
        again = await visits.mark(person.id, today, by=asha)
        assert again == got, name  # the visit does not stand in its own way
        assert (await visits.mark(person.id, today, by=asha, reason="x")).is_in, name
        reasons = [each.after.get("reason") for each in await entries_about(db, person)]
        assert reasons == [None if expected[0] else "x"], name
    sunil = await club.trains(await club.staff("Sunil"), "Sunil")
    assert (await visits.mark(sunil.id, today, by=asha)).is_in  # in office: needs none


async def test_frozen_needs_a_reason_and_cancelled_has_no_grace(db, club):
    await founded(db)
    asha, anna, mira = await club.admin("Asha"), await club.member("Anna"), await club.member("M")
    visits = VisitService(db, now=lambda: MIDNIGHT)
    number = await subscribed(db, anna, ends_in=9, today=THE_25TH)
    await changed(db, number, ChangeKind.FREEZE, on=THE_24TH, days=5, delta=5)
    number = await subscribed(db, mira, ends_in=9, today=THE_25TH)
    await changed(db, number, ChangeKind.CANCEL, on=THE_25TH, delta=-10)
    for person, access in ((anna, Access.FROZEN), (mira, Access.LOCKED)):
        got = await visits.mark(person.id, THE_25TH, by=asha)
        assert (got.is_in, got.standing.access) == (False, access)


async def test_what_is_said_of_renewing_goes_with_its_reason(db, club):
    await founded(db)
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    visits = VisitService(db, now=lambda: MIDNIGHT)
    await subscribed(db, anna, ends_in=-2, today=THE_25TH)
    await visits.mark(anna.id, THE_25TH, by=asha)
    async with db.transaction() as tx:
        (notice,) = await tx.notices.claim(limit=9)
    assert (notice.kind, notice.recipient_id) == (NoticeKind.RENEWAL_ASKED, anna.id)
    assert (await visits.renewal(notice)).standing.grace_visits_left == 3
    await visits.unmark(anna.id, THE_25TH, by=asha)
    assert await visits.renewal(notice) is None
    await visits.mark(anna.id, THE_25TH, by=asha)
    assert await visits.renewal(notice)
    later = VisitService(db, now=lambda: MIDNIGHT + 30 * DAY)
    assert (await later.renewal(notice)).standing.grace_visits_left == 3  # as it was on its day
    await subscribed(db, anna, ends_in=30, today=THE_25TH)
    for service in (visits, later):
        assert await service.renewal(_sent(notice)) is None


def _sent(notice: Notice) -> Notice:
    return replace(notice, message_id=1)
