"""Who came in today, marked on the card."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.keyboards.visits import MarkVisit, UnmarkVisit
from bot.models.people import Office
from bot.texts.format import calendar_day
from tests.stories.cards import open_card
from tests.stories.subscribing import subscribed
from tests.stories.telling import forge
from tests.stories.test_privacy import file_of

CAME_IN, NOT_IN = "🏃 Came in today", "↩️ Not in today"


def club_today():
    return datetime.now(ZoneInfo("Asia/Kolkata")).date()


async def visits_of(db, person) -> list:
    async with db.reading() as repos:
        return [visit.day for visit in await repos.visits.list_of(person.id)]


async def effects(db, person) -> list:
    async with db.reading() as repos:
        return [str(entry.action) for entry in await repos.audit.list_about(person.id)]


async def test_an_admin_marks_who_is_in_and_takes_it_back(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await subscribed(db, anna, asha)
    assert "    No visit yet" in await open_card(chat, "Asha", "anna")
    await chat.play(f"""
        Asha: [🏃 Came in today]
        bot*: 🏃 Marked as in today.

            👤 Anna Rao
            <...>
            <...>
            <...>
            <...>
            <...>
            Last visit: {calendar_day(club_today())} (today)
            Reachable: yes [↩️ Not in today] [💳 Subscription] [🚫 Ban] <...> [🗑 Delete] [⬅️ Back]
        Asha: [↩️ Not in today]
        bot*: ↩️ Today’s mark is taken back.

            👤 Anna Rao
            <...>
            <...>
            <...>
            <...>
            <...>
            No visit yet
            Reachable: yes [🏃 Came in today] [💳 Subscription] [🚫 Ban] <...> [🗑 Delete] [⬅️ Back]
    """)
    assert await visits_of(db, anna) == []
    assert await effects(db, anna) == ["visit marked", "visit unmarked"]


async def test_owners_read_of_it_in_the_audit_log(chat, club, db):
    vera, anna = await club.owner("Vera"), await club.member("Anna")
    await subscribed(db, anna, vera)
    await open_card(chat, "Vera", "anna")
    await chat.says("Vera", f"[{CAME_IN}]")
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert f"Vera (owner) marked as in Anna Rao, {club_today()}" in log


async def test_the_card_says_how_long_ago_the_last_visit_was(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    for days, words in ((3, "3 days ago"), (1, "yesterday")):
        day = club_today() - timedelta(days=days)
        async with db.transaction() as tx:
            await tx.visits.add(anna.id, day)
        card = await open_card(chat, "Asha", "anna")
        assert f"    Last visit: {calendar_day(day)} ({words})" in card
    assert CAME_IN in chat.buttons("Asha")


async def test_only_members_are_marked(chat, club, db):
    await club.admin("Asha")
    ravi = await club.known("Ravi")
    await open_card(chat, "Asha", "ravi")
    assert CAME_IN not in chat.buttons("Asha")
    data = MarkVisit(person_id=ravi.id, day=club_today().toordinal()).pack()
    assert "Only members can be marked as in" in await forge(chat, "Asha", data)
    assert await visits_of(db, ravi) == []


async def test_a_ban_takes_the_button_away_and_an_old_one_is_refused(chat, club, db):
    asha = await club.admin("Asha")
    anna = await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    await chat.app.services.bans.ban(anna.id, reason="x", by=asha)
    assert "Only members can be marked as in" in "".join(await chat.says("Asha", f"[{CAME_IN}]"))
    await open_card(chat, "Asha", "anna")
    assert await visits_of(db, anna) == []


async def test_a_double_tap_and_two_admins_at_once_are_one_visit_that_both_see(chat, club, db):
    anna = await club.member("Anna")
    for name in ("Asha", "Bina"):
        await club.admin(name)
        await open_card(chat, name, "anna")
    await subscribed(db, anna, anna)
    taps = [chat.act(name, f"[{CAME_IN}]") for name in ("Asha", "Bina", "Asha")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert await visits_of(db, anna) == [club_today()]
    assert await effects(db, anna) == ["visit marked"]
    for name in ("Asha", "Bina"):
        assert "(today)" in chat.engine.chat_messages(club.people[name].id)[-1].text
        assert NOT_IN in chat.buttons(name)
    taps = [chat.act(name, f"[{NOT_IN}]") for name in ("Asha", "Bina")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert await visits_of(db, anna) == []
    assert await effects(db, anna) == ["visit marked", "visit unmarked"]


async def test_yesterdays_card_changes_nothing_today(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await subscribed(db, anna, asha)
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", f"[{CAME_IN}]")
    yesterday = (club_today() - timedelta(days=1)).toordinal()
    for button in (MarkVisit, UnmarkVisit):
        data = button(person_id=anna.id, day=yesterday).pack()
        assert "This card is of another day" in await forge(chat, "Asha", data)
    assert await visits_of(db, anna) == [club_today()]


async def test_a_demoted_admin_and_a_deleted_member_are_told(chat, club, db):
    asha = await club.admin("Asha")
    anna = await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    _, data = chat.buttons("Asha")[CAME_IN]
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, Office.STAFF)
    await club.again(asha)
    assert await forge(chat, "Asha", data) == "This is for admins of the club only."
    bina = await club.admin("Bina")
    await chat.says("Bina", "/menu")
    await chat.app.services.privacy.leave(anna.id, me=anna)
    assert "deleted" in await forge(chat, "Bina", data)
    assert await visits_of(db, anna) == []
    assert bina.id


async def test_visits_are_handed_out_counted_and_deleted_with_the_person(chat, club, db, sim):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await subscribed(db, anna, asha)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, club_today() - timedelta(days=1))
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", f"[{CAME_IN}]")
    data = await file_of(chat, sim, "Anna")
    assert [one["day"] for one in data["visits"]] == [
        f"{club_today() - timedelta(days=back)}" for back in (1, 0)
    ]
    taken = datetime.fromisoformat(data["visits"][1]["marked_at"])
    assert abs((datetime.now(UTC) - taken).total_seconds()) < 60
    await chat.says("Anna", "[🗑 Delete my data]")
    assert "    • 2 visits" in await chat.says("Anna", "[🗑 Yes, delete]")
    assert await visits_of(db, anna) == []


async def test_who_marked_a_visit_may_still_leave(chat, club, db):
    asha = await club.admin("Asha")
    anna = await club.member("Anna")
    await subscribed(db, anna, asha)
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", f"[{CAME_IN}]")
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    await chat.app.services.privacy.leave(asha.id, me=await club.again(asha))
    assert await visits_of(db, anna) == [club_today()]
