"""Telling many at once: whom, what, looked at, sent once."""

import pytest

from tests.stories.broadcasting import (
    begin,
    content_of,
    draft,
    read,
    says_formatted,
    screen,
    send,
    tap,
)
from tests.stories.telling import told


async def test_an_admin_tells_everyone_and_watches_it_go(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await club.member("Ravi")
    await chat.play("""
        Asha: /admin
        bot: 🛠 Admin panel
            <...> [📣 Broadcast] <...>
        Asha: [📣 Broadcast]
        bot*: 📣 Broadcast
            Nothing here yet. Tap ➕ New broadcast to <...> [➕ New broadcast] [⬅️ Back]
        Asha: [➕ New broadcast]
        bot*: 📣 Broadcast
            Who is to read it? [Everyone · 2] [Active, last 30 days · 0] [Staff · 1] <...>
        Asha: [Everyone · 2]
        bot*: 📣 Broadcast
            What do you want to tell them? <...>

            {name}, {first_name}, {club} are filled in for each reader. [⬅️ Back] [✖️ Cancel]
        Asha: Hello {first_name}, {club} is closed on Sunday
        bot: Hello Asha, Our club is closed on Sunday [🚀 Send now · 2 people] [📅 Schedule] <...>
        Asha: [🚀 Send now · 2 people]
        bot*: 📣 Broadcast
            🚀 It is on its way. <...> [⬅️ Back]
        bot: 📣 Broadcast, on its way
            “Hello {first_name}, {club} is closed on Sunday”
            To: Everyone, 2 people
            Started by Asha, <...>

            ✅ Sent: 0
            ❌ Failed: 0
            🚫 Blocked or gone: 0
            ⏳ Left: 2 [⏸ Pause] [⏹ Stop] <...> [📄 Report] [⬅️ Back]
        worker: sends
        bot → Anna: Hello Anna, Our club is closed on Sunday
        bot → Asha*: 📣 Broadcast, done
            “Hello {first_name}, {club} is closed on Sunday”
            To: Everyone, 2 people
            Started by Asha, <...>

            ✅ Sent: 2
            ❌ Failed: 0
            🚫 Blocked or gone: 0
            ⏳ Left: 0 <...>
        bot → Ravi: Hello Ravi, Our club is closed on Sunday
    """)


async def test_formatting_is_kept_and_the_preview_is_what_arrives(chat, club):
    await club.admin("Anna")
    await club.member("Ravi", full_name="Anna")
    await begin(chat, "Anna")
    text = "A <b> & {name} 💪 tomorrow, see here"
    link = ("text_link", "here", {"url": "https://x.y/?a=1&b={name}"})
    await says_formatted(chat, "Anna", text, ("bold", "{name} 💪"), ("italic", "tomorrow"), link)
    preview = content_of(read(chat, "Anna")[-1])
    await tap(chat, "Anna", "🚀 Send now")
    await chat.sends_broadcasts()
    assert content_of(read(chat, "Ravi")[-1]) == preview
    shown, _, entities, _ = preview
    assert shown == "A <b> & Anna 💪 tomorrow, see here"
    assert [each["type"] for each in entities] == ["bold", "italic", "text_link"]
    assert entities[0]["length"] == len("Anna ") + 2
    assert entities[2]["url"] == "https://x.y/?a=1&b={name}"


@pytest.mark.parametrize("caption", ["For {first_name}", None])
async def test_a_photo_arrives_with_its_caption(chat, club, caption):
    await club.admin("Asha")
    await club.member("Anna")
    await begin(chat)
    await chat.says("Asha", "{photo " + caption + "}" if caption else "{photo}")
    photo = read(chat, "Asha")[-1]
    assert photo.caption == (caption and "For Asha")
    await tap(chat, "Asha", "🚀 Send now")
    await chat.sends_broadcasts()
    arrived = read(chat, "Anna")[-1]
    assert arrived.photo.content == photo.photo.content
    assert arrived.caption == (caption and "For Anna")
    assert not read(chat, "Asha")[-3].buttons  # the preview is settled
    if caption is None:
        assert "a photo" in screen(chat, "Asha")


async def test_a_document_arrives_and_the_draft_can_be_opened_from_the_list(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await begin(chat)
    await chat.says("Asha", "{document plan.pdf}")
    await tap(chat, "Asha", "⬅️ Back")
    await tap(chat, "Asha", "📝 a document")
    assert read(chat, "Asha")[-1].document.name == "plan.pdf"
    await tap(chat, "Asha", "🚀 Send now")
    await chat.sends_broadcasts()
    assert read(chat, "Anna")[-1].document.name == "plan.pdf"


@pytest.mark.parametrize("what", ["{location}", "{contact}"])
async def test_what_is_no_news_is_asked_again(chat, club, what):
    await club.admin("Asha", phone="+919876500000")
    await begin(chat)
    said = await chat.says("Asha", what)
    assert said[0].startswith("bot: Please send a text, one photo or one document; ")
    assert "[🚀 Send now" in "".join(await chat.says("Asha", "Closed on Sunday"))


async def test_an_album_is_refused_once(chat, club, sim):
    await club.admin("Asha")
    await begin(chat)
    asha, before = club.people["Asha"], len(read(chat, "Asha"))
    for _ in range(2):
        await sim.engine.handled(sim.engine.send_photo(asha, b"x" * 50, album="1"))
    new = [m.text for m in read(chat, "Asha")[before:] if m.text]
    assert len(new) == 1
    assert "one photo" in new[0]


async def test_wrong_placeholders_and_too_long_texts_keep_the_step(chat, club):
    await club.admin("Asha")
    await begin(chat)
    await chat.play("""
        Asha: Hello {nmae}
        bot: I do not know {nmae}. I can fill in {name}, {first_name}, {club}. <...> [✖️ Cancel]
    """)
    assert "may be 118 characters too long" in "".join(
        await chat.says("Asha", "{name}" + "x" * (4096 - 10))
    )
    said = await says_formatted(chat, "Asha", "Hi {name}", ("bold", "Hi {na"))
    assert "formatted in part only" in "".join(said)
    assert "caption" not in "".join(await chat.says("Asha", "x" * 4096))
    assert read(chat, "Asha")[-1].text == "x" * 4096
    await tap(chat, "Asha", "✏️ Change the text")
    assert "{limit}" not in "".join(await chat.says("Asha", "{photo " + "y" * 1024 + "{club}}"))
    assert "1024 fit" in read(chat, "Asha")[-1].text


async def test_cancel_back_and_another_form_leave_nothing_behind(chat, club):
    await club.admin("Asha")
    await begin(chat)
    await chat.play(
        """
        Asha: [✖️ Cancel]
        bot*: Cancelled. Nothing was saved. [⬅️ Back] [☰ Menu]
        Asha: [⬅️ Back]
        bot*: 📣 Broadcast
            Nothing here yet. <...>
        Asha: [➕ New broadcast]
        bot*: 📣 Broadcast
            Who is to read it? <...>
        Asha: hello?
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [Staff · 1]
        bot*: 📣 Broadcast
            What do you want <...>

            <...>
        Asha: [⬅️ Back]
        bot*: 📣 Broadcast
            Who is to read it? <...>
        Asha: [⬅️ Back]
        bot*: 📣 Broadcast
            Nothing here yet. <...>
        Asha: Closed on Sunday
        bot: I did not catch that. <...>
            <...>
    """.replace("I did not catch that. <...>\n            <...>", "I did not catch that. <...>")
    )


async def test_a_demoted_admin_sends_nothing(chat, club, db):
    asha = await club.admin("Asha")
    await club.member("Anna")
    await draft(chat)
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    await club.again(asha)
    said = await tap(chat, "Asha", "🚀 Send now")
    assert said == ["bot: (!This is for admins of the club only.)"]
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == []


async def test_with_nobody_to_tell_it_stays_a_draft(chat, club):
    await club.admin("Asha")
    assert "[🚀 Send now · 0 people]" in "".join(await draft(chat))
    said = await tap(chat, "Asha", "🚀 Send now")
    assert said == ["bot: (!There is nobody to send it to. Change the audience first.)"]
    await send(chat, "For staff", audience="Staff")
    await chat.sends_broadcasts()
    assert "For staff" in told(chat, "Asha")


async def test_the_longest_there_is_can_be_read_again(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await send(chat, "x" * 4096)
    await chat.sends_broadcasts()
    await chat.says("Anna", "/notifications")
    await tap(chat, "Anna", "🔵 News from the club")
    assert [text for text in told(chat, "Anna") if text[0] == "x"] == ["x" * 4096] * 2
