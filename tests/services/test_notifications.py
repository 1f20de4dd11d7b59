"""What a person's wishes do to what is owed to them, and whose notices are whose."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import asyncpg
import pytest

from bot.errors import AlwaysTold, NotificationGone, PersonGone
from bot.models.notices import Audience, NoticeKind
from bot.models.notifications import Delivery, Preferences, QuietHours, Topic
from bot.models.people import Office
from bot.services.menu import MenuService
from bot.services.notices import NoticeService
from bot.services.notifications import PAGE, NotificationService
from bot.services.privacy import PrivacyService
from tests.club import founded
from tests.services.test_bans import known

# Tomorrow's, whenever this runs: what is held is due later than the database's own now.
NIGHT = (datetime.now(UTC) + timedelta(days=1)).replace(hour=17, minute=0, second=0, microsecond=0)
MORNING = NIGHT + timedelta(hours=7, minutes=30)  # 22:30 and 06:00 in Kolkata
TEXT = {"text": "Hi"}


@pytest.fixture
async def anna(db):
    await founded(db)
    return await known(db, 2)


@pytest.fixture
def notifications(db) -> NotificationService:
    return NotificationService(db)


async def owe(db, *people, kind=NoticeKind.FROM_THE_CLUB) -> None:
    async with db.transaction() as tx:
        for person in people:
            await tx.notices.add(kind, to=person.id, payload=TEXT)


async def claimed(db, now=NIGHT) -> list[NoticeKind]:
    notices = await NoticeService(db, now=lambda: now).claim(limit=20)
    return [notice.kind for notice in notices]


async def rows(database_url, columns: str) -> list[tuple]:
    conn = await asyncpg.connect(database_url)
    try:
        sql = f"SELECT {columns} FROM notices ORDER BY id"  # noqa: S608 -- of this test
        return [tuple(row) for row in await conn.fetch(sql)]
    finally:
        await conn.close()


async def its_time_comes(database_url) -> None:
    conn = await asyncpg.connect(database_url)
    try:
        assert await conn.execute("UPDATE notices SET due_at = now() WHERE held") == "UPDATE 1"
    finally:
        await conn.close()


async def test_who_never_chose_gets_everything_at_once(db, anna):
    await owe(db, anna)
    await owe(db, anna, kind=NoticeKind.UNBANNED)
    assert await claimed(db) == [NoticeKind.FROM_THE_CLUB, NoticeKind.UNBANNED]


async def test_what_is_off_stands_in_the_list_and_is_never_sent(
    db, anna, notifications, database_url
):
    await notifications.choose(Topic.MESSAGES, Delivery.OFF, me=anna)
    await owe(db, anna)
    assert await claimed(db) == []
    assert (await notifications.inbox(0, me=anna)).unread == 1
    assert await rows(database_url, "withheld, message_id, sent_at IS NULL") == [
        (True, None, False)
    ]
    await notifications.choose(Topic.MESSAGES, Delivery.AT_ONCE, me=anna)
    assert await claimed(db) == []  # it was not held, it is done with


async def test_a_card_that_was_withheld_is_not_drawn_again_either(db, anna, notifications):
    admin = await known(db, 3, Office.ADMIN)
    await notifications.choose(Topic.REGISTRATIONS, Delivery.OFF, me=admin)
    async with db.transaction() as tx:
        await tx.notices.add_for(Audience.ADMINS, NoticeKind.REGISTRATION_CARD, subject_id=9)
        await tx.notices.refresh(NoticeKind.REGISTRATION_CARD, subject_id=9)
    assert await claimed(db) == []
    await notifications.choose(Topic.REGISTRATIONS, Delivery.AT_ONCE, me=admin)
    async with db.transaction() as tx:
        await tx.notices.refresh(NoticeKind.REGISTRATION_CARD, subject_id=9)
    assert await claimed(db) == []


async def test_what_can_wait_is_due_when_the_quiet_ends(db, anna, notifications, database_url):
    await notifications.choose(Topic.MESSAGES, Delivery.AFTER_QUIET_HOURS, me=anna)
    await owe(db, anna)
    await owe(db, anna, kind=NoticeKind.UNBANNED)
    assert await claimed(db) == [NoticeKind.UNBANNED]
    assert (await rows(database_url, "due_at, attempts, held"))[0] == (MORNING, 0, True)


async def test_what_was_held_is_sent_once_the_quiet_is_over(db, anna, notifications, database_url):
    await notifications.choose(Topic.MESSAGES, Delivery.AFTER_QUIET_HOURS, me=anna)
    await owe(db, anna)
    assert await claimed(db) == []
    await its_time_comes(database_url)
    assert await claimed(db) == []  # a worker whose clock is behind
    await its_time_comes(database_url)
    assert await claimed(db, now=MORNING) == [NoticeKind.FROM_THE_CLUB]


@pytest.mark.parametrize("wish", ["at once", "no quiet", "other hours", "off"])
async def test_new_wishes_hold_for_what_waits_already(db, anna, notifications, wish):
    await notifications.choose(Topic.MESSAGES, Delivery.AFTER_QUIET_HOURS, me=anna)
    await owe(db, anna)
    assert await claimed(db) == []
    if wish == "at once":
        await notifications.choose(Topic.MESSAGES, Delivery.AT_ONCE, me=anna)
    elif wish == "no quiet":
        await notifications.keep_quiet(anna, is_quiet=False)
    elif wish == "other hours":
        hours = QuietHours(starts=time(1), ends=time(2))
        await notifications.set_quiet_hours(hours, me=anna)
    else:
        await notifications.choose(Topic.MESSAGES, Delivery.OFF, me=anna)
    sent = [] if wish == "off" else [NoticeKind.FROM_THE_CLUB]
    assert await claimed(db) == sent


async def test_a_crowd_that_sleeps_holds_up_nobody(db, anna, notifications):
    sleepers = [await known(db, 100 + number) for number in range(30)]
    for each in sleepers:
        await notifications.choose(Topic.MESSAGES, Delivery.AFTER_QUIET_HOURS, me=each)
    await owe(db, *sleepers, anna)
    assert await claimed(db) == [NoticeKind.FROM_THE_CLUB]


async def test_the_zone_is_the_club_s(db, notifications):
    await founded(db, timezone="America/New_York")  # where it is noon
    anna = await known(db, 2)
    await notifications.choose(Topic.MESSAGES, Delivery.AFTER_QUIET_HOURS, me=anna)
    await owe(db, anna)
    assert await claimed(db) == [NoticeKind.FROM_THE_CLUB]


async def test_decisions_are_not_to_be_chosen_about(anna, notifications):
    with pytest.raises(AlwaysTold):
        await notifications.choose(Topic.DECISIONS, Delivery.OFF, me=anna)
    assert await notifications.preferences(anna) == Preferences()


async def test_two_choices_at_once_are_both_kept(anna, notifications):
    await asyncio.gather(
        notifications.choose(Topic.MESSAGES, Delivery.OFF, me=anna),
        notifications.choose(Topic.REGISTRATIONS, Delivery.OFF, me=anna),
        notifications.set_quiet_hours(QuietHours(starts=time(1), ends=time(2)), me=anna),
    )
    wishes = await notifications.preferences(anna)
    assert wishes.choices == {Topic.MESSAGES: Delivery.OFF, Topic.REGISTRATIONS: Delivery.OFF}
    assert wishes.quiet_hours == QuietHours(starts=time(1), ends=time(2))


async def test_the_pages_end_where_the_notices_end(db, anna, notifications):
    await owe(db, *[anna] * (PAGE + 1))
    last = await notifications.inbox(99, me=anna)
    assert (last.number, last.pages, last.total, len(last.entries)) == (1, 2, PAGE + 1, 1)
    first = await notifications.inbox(0, me=anna)
    ids = [one.id for one in first.entries]
    assert ids == sorted(ids, reverse=True)
    assert first.newest_id == ids[0]


async def test_wishes_that_change_while_a_sender_looks_at_the_old_ones(db, anna, notifications):
    await notifications.choose(Topic.MESSAGES, Delivery.AFTER_QUIET_HOURS, me=anna)
    await owe(db, anna)
    async with db.transaction() as sender:
        (notice,) = await sender.notices.claim(limit=1)
        changing = asyncio.ensure_future(notifications.keep_quiet(anna, is_quiet=False))
        await asyncio.wait({changing}, timeout=0.3)
        await sender.notices.hold(notice, until=MORNING)
    await changing
    assert await claimed(db) == [NoticeKind.FROM_THE_CLUB]


async def test_another_s_notice_is_as_absent_as_none(db, anna, notifications):
    mira = await known(db, 3)
    await owe(db, anna)
    await owe(db, anna, kind=NoticeKind.COMMANDS)
    ours = (await notifications.inbox(0, me=anna)).newest_id
    for number, person in ((ours, mira), (ours + 1, anna), (987_654, anna)):
        with pytest.raises(NotificationGone):
            await notifications.open(number, me=person)
        with pytest.raises(NotificationGone):
            await notifications.delete(number, me=person)
    await notifications.read_all(ours + 1, me=mira)
    assert await notifications.delete_read(ours + 1, me=mira) == 0
    assert (await notifications.inbox(0, me=anna)).unread == 1


async def test_deleting_before_it_is_sent_loses_nothing(db, anna, notifications):
    await owe(db, anna)
    number = (await notifications.inbox(0, me=anna)).newest_id
    await asyncio.gather(*(notifications.delete(number, me=anna) for _ in range(3)))
    assert (await notifications.inbox(0, me=anna)).total == 0
    assert await claimed(db) == [NoticeKind.FROM_THE_CLUB]
    with pytest.raises(NotificationGone):
        await notifications.open(number, me=anna)


async def test_tidying_up_stops_at_what_was_on_the_screen(db, anna, notifications):
    await owe(db, anna, anna)
    seen = (await notifications.inbox(0, me=anna)).newest_id
    await owe(db, anna)
    await notifications.read_all(seen, me=anna)
    assert (await MenuService(db).of(anna)).unread == 1
    await notifications.read_all(seen + 1, me=anna)
    assert await notifications.delete_read(seen, me=anna) == 2
    assert (await notifications.inbox(0, me=anna)).total == 1


async def test_choices_go_with_the_person(db, cache, anna, notifications, database_url):
    admin = await known(db, 1, Office.ADMIN)
    await notifications.choose(Topic.MESSAGES, Delivery.OFF, me=anna)
    privacy = PrivacyService(db, cache)
    assert (await privacy.export(anna)).preferences.choices == {Topic.MESSAGES: Delivery.OFF}
    results = await asyncio.gather(
        privacy.delete(anna.id, by=admin, operation_id=uuid4()),
        *(notifications.keep_quiet(anna, is_quiet=False) for _ in range(3)),
        return_exceptions=True,
    )
    assert results[0].preferences == 1
    assert {type(one) for one in results[1:]} <= {PersonGone, Preferences}
    conn = await asyncpg.connect(database_url)
    try:
        assert await conn.fetchval("SELECT count(*) FROM notice_preferences") == 0
    finally:
        await conn.close()
