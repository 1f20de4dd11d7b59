"""Whom a broadcast is for: the club's own groups, or a list picked by hand."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from tests.stories.broadcasting import begin, draft, read, send, tap
from tests.stories.cards import open_card
from tests.stories.telling import told


@pytest.fixture
async def visited(database_url):
    """``await visited(person, days_ago)``: they came in on that day, and joined a year ago."""
    conn = await asyncpg.connect(database_url)

    async def visit(person, days_ago: int | None) -> None:
        joined = datetime.now(UTC) - timedelta(days=365)
        sql = "UPDATE profiles SET joined_at = $2 WHERE person_id = $1"
        await conn.execute(sql, person.id, joined)
        if days_ago is not None:
            sql = """
                INSERT INTO visits (person_id, day)
                SELECT $1, (now() AT TIME ZONE timezone)::date - $2::integer FROM club
            """
            await conn.execute(sql, person.id, days_ago)

    yield visit
    await conn.close()


@pytest.mark.parametrize(
    ("steps", "label", "readers"),
    [
        (["Everyone"], "Everyone", {"Anna", "Mira", "Ravi", "Zoya"}),
        (["Active, last 30 days"], "Active, last 30 days", {"Anna", "Mira"}),
        (["Staff"], "Staff", {"Sunil", "Asha"}),
        (["Absent for …", "14 days"], "Absent for 14 days", {"Mira", "Ravi", "Zoya"}),
        (["Absent for …", 31], "Absent for 31 days", {"Ravi", "Zoya"}),
        (["Absent for …", "365 days"], "Absent for 365 days", {"Zoya"}),
    ],
)
async def test_each_audience_is_told_and_nobody_else(chat, club, visited, steps, label, readers):
    await club.admin("Asha")
    await club.staff("Sunil")
    await club.known("Stranger")
    for name, days_ago in (("Anna", 1), ("Mira", 20), ("Ravi", 40), ("Zoya", None)):
        await visited(await club.member(name), days_ago)
    await begin(chat, audience=steps[0])
    for step in steps[1:]:
        known = any(each.startswith(str(step)) for each in chat.buttons("Asha"))
        await (tap(chat, "Asha", step) if known else chat.says("Asha", str(step)))
    preview = "".join(await chat.says("Asha", "Closed on Sunday"))
    assert f"[🚀 Send now · {len(readers)} " in preview
    assert f"[👥 Change the audience ({label})]" in preview
    await tap(chat, "Asha", "🚀 Send now")
    await chat.sends_broadcasts()
    sent = {
        each: [m.text for m in read(chat, each) if m.sender is chat.engine.bot]
        for each in club.people
    }
    assert {each for each, texts in sent.items() if "Closed on Sunday" in texts} == readers


@pytest.mark.parametrize("typed", ["0", "3651", "-7", "two weeks", "٧", "1e3", "{photo}"])
async def test_what_is_no_number_of_days_is_asked_again(chat, club, typed):
    await club.admin("Asha")
    await begin(chat, audience="Absent for …")
    assert "is not a number of days" in "".join(await chat.says("Asha", typed))
    assert "What do you want to tell them?" in "".join(await chat.says("Asha", " 3650 days "))


async def test_people_are_picked_by_name_id_username_and_phone(chat, club):
    await club.admin("Asha")
    anna = await club.member("Anna", phone="+919800000001")
    await club.member("Mira", phone="+919800000002")
    await club.member("Ravi", phone="+919800000003")
    await club.member("Ravindra", phone="+919800000004")
    await club.known("Zoya", phone="+919800000005")
    await begin(chat, audience="Pick people")
    assert "✅ Done" not in chat.buttons("Asha")
    found = await chat.says("Asha", f"{anna.telegram_id}\nravi\n\nx\nnobody at all\n98000 00002")
    assert "\n".join(found) == (
        "bot: 📣 Broadcast\n"
        "    2 people on the list so far.\n"
        "    ✅ Found: Anna Rao, Mira Rao.\n"
        "    ❓ Nobody for “x”, “nobody at all”.\n"
        "    👥 Several for “ravi”: send an id or an @username.\n"
        "    Send more, or tap ✅ Done. [✅ Done] [⬅️ Back] [✖️ Cancel]"
    )
    assert "3 people on the list" in "".join(await chat.says("Asha", "@ravindra\nanna"))
    assert "4 people on the list" in "".join(await chat.says("Asha", "{contact of Zoya}"))
    assert "Send an id like" in "".join(await chat.says("Asha", "{photo}"))
    await tap(chat, "Asha", "✅ Done")
    assert "[👥 Change the audience (4 people picked by hand)]" in "".join(
        await chat.says("Asha", "Just for you")
    )
    await tap(chat, "Asha", "🚀 Send now · 4 people")
    await chat.sends_broadcasts()
    reached = {each for each in club.people if "Just for you" in told(chat, each)[-1:]}
    assert reached == {"Anna", "Mira", "Ravindra", "Zoya"}


async def test_a_list_without_anybody_is_none_and_a_list_has_an_end(chat, club):
    await club.admin("Asha")
    await begin(chat, audience="Pick people")
    asha, engine = club.people["Asha"], chat.engine
    said = await chat.says("Asha", "nobody")
    assert "Please send a clearer line." in "".join(said)
    message = engine.chat_messages(asha.id)[-1].id
    await engine.handled(engine.press(asha, asha.id, message, "bc-picked"))
    assert engine.calls[-1].params["text"].startswith("Nobody is on the list yet.")
    ids = [(await club.known(f"P{number}")).telegram_id for number in range(201)]
    lines = "\n".join(map(str, ids[:100]))
    assert "100 people on the list" in "".join(await chat.says("Asha", lines))
    said = await chat.says("Asha", "\n".join(map(str, ids[100:])))
    assert said[0].startswith("bot: A list holds at most 200 people.")
    said = await chat.says("Asha", "\n".join(["an"] * 201))
    assert said[0].startswith("bot: A list holds at most 200 people.")
    lines = "\n".join(map(str, ids[100:200]))
    assert "200 people on the list" in "".join(await chat.says("Asha", lines))


async def test_the_audience_of_a_draft_is_changed_and_the_text_stays(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await draft(chat)
    await chat.play("""
        Asha: [👥 Change the audience (Everyone)]
        bot*: 📣 Broadcast
            Who is to read it? <...>
        Asha: [⬅️ Back]
        bot*: Closed on Sunday [🚀 Send now · 1 person] <...>
        Asha: [👥 Change the audience (Everyone)]
        bot*: 📣 Broadcast
            Who is to read it? <...>
        Asha: [Absent for … days]
        bot*: 📣 Broadcast
            Since how many days <...> [7 days] [14 days] [30 days] [⬅️ Back] [✖️ Cancel]
        Asha: [7 days]
        bot*: Closed on Sunday [🚀 Send now · 0 people] <...>
    """)


async def test_who_is_banned_meanwhile_does_not_get_it(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await club.member("Mira")
    await draft(chat, "Still a secret")
    await tap(chat, "Asha", "🚀 Send now")
    await open_card(chat, "Asha", "mira")
    await chat.says("Asha", "[🚫 Ban]")
    await chat.says("Asha", "Rude")
    await chat.sends_broadcasts()
    assert "Still a secret" in told(chat, "Anna")
    assert "Still a secret" not in told(chat, "Mira")
    await send(chat, "After the ban")
    await chat.sends_broadcasts()
    assert "After the ban" not in told(chat, "Mira")
