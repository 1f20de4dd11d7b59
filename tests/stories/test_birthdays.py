"""A person's own birthday: told in many ways, changed, forgotten."""

import asyncio

import pytest

from bot.models.birthdays import Birthday
from tests.stories.registering import register
from tests.stories.telling import forge, press, told
from tests.stories.test_privacy import file_of
from tests.stories.test_visits import club_today


async def open_mine(chat, who="Anna"):
    await chat.says(who, "/menu")
    return await chat.says(who, "[🎂 My birthday]")


async def kept(db, person):
    async with db.reading() as repos:
        return await repos.birthdays.find(person.id)


async def test_it_is_told_changed_and_forgotten(chat, club, db):
    anna = await club.member("Anna")
    await chat.says("Anna", "/menu")
    await chat.play("""
        Anna: [🎂 My birthday]
        bot*: 🎂 My birthday
            I do not know it. Tell me, and the club congratulates you. <...> [✏️ Change] [⬅️ Back]
        Anna: [✏️ Change]
        bot*: 🎂 When is your birthday?
            Send it like 24 Nov, or 24 Nov 1990 if you like. [⬅️ Back] [✖️ Cancel]
        Anna: 24 Nov
        bot: ✅ Thank you, I will remember it.

            🎂 My birthday
            24 Nov [✏️ Change] [🗑 Remove] [⬅️ Back]
        Anna: [✏️ Change]
        bot*: 🎂 When is your birthday?
            <...>
        Anna: 29/2/1996
        bot: ✅ Thank you, I will remember it.

            🎂 My birthday
            29 Feb 1996
            In years without that day I congratulate you on 28 Feb. <...>
        Anna: [🗑 Remove]
        bot*: ✅ I have forgotten it.

            🎂 My birthday
            I do not know it. <...> [✏️ Change] [⬅️ Back]
        Anna: [⬅️ Back]
        bot*: ☰ Our club
            🔒 You have no subscription yet. Tap Subscribe to choose one.
            <...>
    """)
    assert await kept(db, anna) is None


@pytest.mark.parametrize("typed", ["30 Feb", f"24 Nov {club_today().year + 1}", "soon"])
async def test_what_is_no_birthday_is_refused_with_an_example_and_asked_again(
    chat, club, db, typed
):
    anna = await club.member("Anna")
    await open_mine(chat)
    await chat.says("Anna", "[✏️ Change]")
    said = await chat.says("Anna", typed)
    assert "Send it like 24 Nov" in said[0]
    assert said[0].endswith("[✖️ Cancel]")
    assert "text message" in (await chat.says("Anna", "{photo}"))[0]
    assert await kept(db, anna) is None
    assert "Thank you" in (await chat.says("Anna", "24 Nov"))[0]


async def test_cancel_and_back_keep_what_was_told(chat, club, db):
    anna = await club.member("Anna")
    for leaving in ("[✖️ Cancel]", "[⬅️ Back]", "/cancel"):
        await open_mine(chat)
        await chat.says("Anna", "[✏️ Change]")
        await chat.says("Anna", leaving)
        assert "I did not catch that" in (await chat.says("Anna", "24 Nov"))[0]
    assert await kept(db, anna) is None


async def test_a_double_tap_on_remove_and_an_old_button_find_it_forgotten(chat, club, db):
    anna = await club.member("Anna")
    await open_mine(chat)
    await chat.says("Anna", "[✏️ Change]")
    await chat.says("Anna", "24 Nov")
    taps = [chat.act("Anna", "[🗑 Remove]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert "I do not know it" in told(chat, "Anna")[-1]
    assert "I have forgotten it" in await forge(chat, "Anna", "bday-remove")
    assert await kept(db, anna) is None


async def test_only_members_tell_and_everybody_in_office_may(chat, club):
    await club.owner("Vera")
    await club.known("Ravi")
    await register(chat, "Ravi")
    await chat.says("Ravi", "/menu")
    assert "🎂 My birthday" not in chat.buttons("Ravi")
    for data in ("bday-open", "bday-ask", "bday-remove"):
        assert await forge(chat, "Ravi", data) == "This is for members of the club only."
    assert "I do not know it" in "\n".join(await open_mine(chat, "Vera"))


async def test_it_is_handed_out_and_deleted_with_the_person(chat, club, db, sim):
    anna = await club.member("Anna")
    await chat.app.services.birthdays.tell(Birthday(day=24, month=11, year=1990), me=anna)
    data = await file_of(chat, sim, "Anna")
    assert data["birthday"] == {"day": 24, "month": 11, "year": 1990}
    await chat.says("Anna", "[🗑 Delete my data]")
    assert "    • the birthday" in await chat.says("Anna", "[🗑 Yes, delete]")
    assert await kept(db, anna) is None


async def test_the_day_comes_and_the_club_congratulates(chat, club, db):
    anna, today = await club.member("Anna"), club_today()
    await chat.app.services.birthdays.tell(
        Birthday(day=today.day, month=today.month, year=None), me=anna
    )
    async with db.transaction() as tx:
        await tx.notifications.keep_quiet(of=anna.id, is_quiet=False)
        assert await tx.birthdays.owe_greetings(today, to_those_of=[today.day]) == 1
    await chat.says("Anna", "/menu")
    assert [text for text in told(chat, "Anna") if text.startswith("🎂 Happy birthday, Anna!")]
    await chat.says("Anna", "/notifications")
    assert "🎂 Happy birthday, Anna!" in await press(chat, "Anna", "🔵 Happy birthday")
