"""Deletion: one transaction, everything or nothing, once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest

from bot.db.invariants import broken
from bot.errors import AlreadyErased, LastOwner, NotAllowed, PersonGone, StillInOffice
from bot.logs import handling
from bot.models.audit import AuditAction
from bot.models.birthdays import Birthday
from bot.models.follow_ups import Occasion
from bot.models.notices import Audience, NoticeKind
from bot.models.people import Office, TelegramUser
from bot.services.members import MemberService
from bot.services.people import PeopleService
from bot.services.privacy import PrivacyService, _erase
from tests.club import applicant, founded
from tests.jobs.tasks import ledger_of
from tests.services.test_bans import known

DAY = date(2026, 11, 24)


@pytest.fixture
def privacy(db, cache) -> PrivacyService:
    return PrivacyService(db, cache)


async def member(db, telegram_id):
    person = await known(db, telegram_id)
    async with db.transaction() as tx:
        filed = await tx.registrations.add(
            person.id, applicant("Anna", photo_file_id="p"), operation_id=uuid4()
        )
        await tx.registrations.add_profile(person.id, applicant("Anna", photo_file_id="p"))
        await tx.notices.add(NoticeKind.COMMANDS, to=person.id)
        await tx.notices.add_for(Audience.ADMINS, NoticeKind.REGISTRATION_CARD, subject_id=filed.id)
        return await tx.people.find(person.id)


async def test_nothing_of_the_person_is_left_in_any_table(privacy, db, database_url):
    admin, anna = await known(db, 1, Office.ADMIN), await member(db, 424837855)
    async with db.transaction() as tx:
        await tx.people.remember(
            user_of(424837855, username="anna_secret", display_name="Anna Secret")
        )
    holdings = await privacy.delete(anna.id, by=admin, operation_id=uuid4())
    assert (holdings.profiles, holdings.photos, holdings.registrations) == (1, 1, 1)
    dump = await everything(database_url)
    for trace in ("424837855", "Anna", "anna_secret", "Secret", "+919876543210"):
        assert trace not in dump


async def test_nothing_of_their_days_in_the_club_is_left(privacy, db, database_url):
    admin, anna = await known(db, 1, Office.ADMIN), await member(db, 2)
    await founded(db)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, DAY - timedelta(days=30), by=admin.id)
        await tx.birthdays.save(Birthday(day=24, month=11, year=1990), of=anna.id)
        await tx.birthdays.owe_greetings(DAY, to_those_of=[24])
        await tx.follow_ups.save(replace(await tx.follow_ups.get(Occasion.AWAY_30), is_on=True))
        assert await tx.follow_ups.owe(DAY, timezone="Asia/Kolkata", interval_days=7) == 1
    holdings = await privacy.delete(anna.id, by=admin, operation_id=uuid4())
    assert (holdings.visits, holdings.birthdays) == (1, 1)
    conn = await asyncpg.connect(database_url)
    for table in ("visits", "birthdays", "birthday_greetings", "follow_ups_sent"):
        assert not await conn.fetch(f"TABLE {table}"), table
    assert await broken(conn) == []
    await conn.close()


@pytest.mark.parametrize("told", ["follow-up", "birthday"])
async def test_who_is_being_deleted_is_owed_nothing_by_a_job_that_runs_meanwhile(
    db, database_url, told
):
    anna = await member(db, 2)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, DAY - timedelta(days=30))
        await tx.birthdays.save(Birthday(day=24, month=11, year=1990), of=anna.id)
        await tx.follow_ups.save(replace(await tx.follow_ups.get(Occasion.AWAY_30), is_on=True))

    async def job() -> int:
        async with db.transaction() as tx:
            if told == "birthday":
                return await tx.birthdays.owe_greetings(DAY, to_those_of=[24])
            return await tx.follow_ups.owe(DAY, timezone="Asia/Kolkata", interval_days=7)

    async with ledger_of(database_url) as ledger:
        async with db.transaction() as tx:
            await tx.people.hold(anna.id)
            running = asyncio.ensure_future(job())
            await ledger.until(
                "SELECT EXISTS (SELECT FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock')"
            )
            await _erase(tx, anna, AuditAction.MEMBER_LEFT, by=anna)
        assert await running == 0
        assert await broken(ledger.conn) == []
        assert await ledger.conn.fetchval("SELECT count(*) FROM notices") == 0


async def test_the_cards_in_the_admins_chats_are_drawn_again(privacy, db):
    admin, anna = await known(db, 1, Office.ADMIN), await member(db, 2)
    async with db.transaction() as tx:
        owed = await tx.notices.claim(limit=9)
        card = next(n for n in owed if n.kind is NoticeKind.REGISTRATION_CARD)
        await tx.notices.mark_sent(card, message_id=5)
    await privacy.delete(anna.id, by=admin, operation_id=uuid4())
    async with db.transaction() as tx:
        again = [n for n in await tx.notices.claim(limit=9) if n.id == card.id]
    assert [(n.message_id, n.refresh) for n in again] == [(5, 1)]


async def test_many_deletions_at_once_are_one(privacy, db):
    admins = [await known(db, 10 + n, Office.ADMIN) for n in range(4)]
    anna = await member(db, 2)
    tries = [privacy.delete(anna.id, by=admin, operation_id=uuid4()) for admin in admins]
    tries += [privacy.leave(anna.id, me=anna) for _ in range(2)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(r, Exception) for r in results) == 1
    gone = {type(r) for r in results if isinstance(r, Exception)}
    assert gone <= {PersonGone, AlreadyErased}


async def test_a_second_tap_reports_the_first_outcome(privacy, db, cache):
    admin, anna, mira = await known(db, 1, Office.ADMIN), await member(db, 2), await member(db, 3)
    asked = uuid4()
    taps = [privacy.delete(anna.id, by=admin, operation_id=asked) for _ in range(3)]
    first, *others = await asyncio.gather(*taps)
    assert others == [first, first]
    with pytest.raises(PersonGone):
        await privacy.delete(anna.id, by=admin, operation_id=uuid4())  # another question
    with handling(8):
        first = await privacy.leave(mira.id, me=mira)
        newcomer = await PeopleService(db, cache).recognise(user_of(3))
        assert await privacy.leave(mira.id, me=newcomer) == first


async def test_a_demoted_admin_deletes_nobody(privacy, db):
    admin, anna = await known(db, 1, Office.ADMIN), await member(db, 2)
    async with db.transaction() as tx:
        await tx.people.set_office(admin.id, Office.STAFF)
    with pytest.raises(NotAllowed):
        await privacy.delete(anna.id, by=admin, operation_id=uuid4())
    async with db.reading() as repos:
        assert (await repos.people.find(anna.id)).is_member


async def test_who_is_needed_cannot_leave(privacy, db):
    owner, second = await known(db, 1, Office.OWNER), await known(db, 2, Office.OWNER)
    with pytest.raises(StillInOffice):
        await privacy.leave(second.id, me=second)
    async with db.transaction() as tx:
        await tx.people.set_office(second.id, None)
    with pytest.raises(LastOwner):
        await privacy.leave(owner.id, me=owner)
    await privacy.leave(second.id, me=second)


async def test_a_ban_cannot_be_shaken_off_by_leaving(privacy, db):
    admin, anna = await known(db, 1, Office.ADMIN), await member(db, 2)
    async with db.transaction() as tx:
        await tx.members.ban(anna.id, reason="x", by=admin.id)
    with pytest.raises(NotAllowed):
        await privacy.leave(anna.id, me=anna)


async def test_an_old_button_of_an_earlier_life_leaves_the_new_one_alone(privacy, db, cache):
    anna = await member(db, 2)
    await privacy.leave(anna.id, me=anna)
    back = await member(db, 2)
    assert back.id != anna.id
    with pytest.raises(AlreadyErased):
        await privacy.leave(anna.id, me=back)
    async with db.reading() as repos:
        assert (await repos.people.find(back.id)).is_member


async def test_whoever_is_deleted_is_a_stranger_again_at_once(privacy, db, cache):
    """Also when the cache knew them a moment ago."""
    people = PeopleService(db, cache)
    admin, anna = await known(db, 1, Office.ADMIN), await member(db, 2)
    await people.recognise(user_of(2))
    await people.recognise(user_of(2))
    await privacy.delete(anna.id, by=admin, operation_id=uuid4())
    assert (await people.recognise(user_of(2))).id != anna.id


async def test_a_message_is_owed_once_per_operation(db):
    members = MemberService(db)
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    operation = uuid4()
    await asyncio.gather(
        *(members.message(anna.id, "Hi", by=admin, operation_id=operation) for _ in range(3))
    )
    async with db.reading() as repos:
        assert len(await repos.privacy.list_told(anna.id)) == 1
        assert len(await repos.audit.list_about(anna.id)) == 1


def user_of(telegram_id, *, username=None, display_name="X") -> TelegramUser:
    return TelegramUser(
        telegram_id=telegram_id, username=username, display_name=display_name, language_code=None
    )


async def everything(database_url) -> str:
    """Every row of every table, as text."""
    conn = await asyncpg.connect(database_url)
    try:
        tables = await conn.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [table["tablename"] for table in tables]
        rows = [await conn.fetch(f"SELECT t::text FROM {n} t") for n in names]  # noqa: S608
    finally:
        await conn.close()
    return "\n".join(row[0] for table in rows for row in table)
