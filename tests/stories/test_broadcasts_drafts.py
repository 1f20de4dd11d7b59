"""Drafts belong to all admins: what two of them do at once, and buttons under an older text."""

import asyncio

from tests.stories.broadcasting import draft, tap
from tests.stories.telling import forge, told


async def test_two_admins_at_once_send_it_once(chat, club, sim):
    await club.admin("Asha")
    await club.admin("Ravi")
    await club.member("Anna")
    await draft(chat)
    await chat.says("Ravi", "/admin")
    await tap(chat, "Ravi", "📣 Broadcast")
    await tap(chat, "Ravi", "📝 “Closed on Sunday”")
    label = "[🚀 Send now · 1 person]"
    await asyncio.gather(*(sim.engine.handled(chat.act(who, label)) for who in ("Asha", "Ravi")))
    alerts = [call.params.get("text") or "" for call in sim.engine.calls[-40:]]
    assert sum("has sent it already" in text for text in alerts) == 1
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == ["Closed on Sunday"]


async def test_a_double_tap_sends_it_once(chat, club, sim):
    await club.admin("Asha")
    await club.member("Anna")
    await draft(chat)
    taps = [chat.act("Asha", "[🚀 Send now · 1 person]") for _ in range(2)]
    await asyncio.gather(*map(sim.engine.handled, taps))
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == ["Closed on Sunday"]


async def test_a_draft_is_everybody_s_and_a_press_on_an_older_one_shows_the_newest(chat, club):
    await club.admin("Asha")
    await club.admin("Ravi")
    await club.member("Anna")
    await draft(chat, "Closed on Sundey")
    await chat.says("Ravi", "/admin")
    await tap(chat, "Ravi", "📣 Broadcast")
    await tap(chat, "Ravi", "📝")
    await tap(chat, "Ravi", "✏️ Change the text")
    await chat.says("Ravi", "Closed on Sunday")
    await chat.play("""
        Asha: [🚀 Send now · 1 person]
        bot: (!Somebody has changed it meanwhile. This is the newest.)
        bot*: Closed on Sunday [🚀 Send now · 1 person] <...>
        Asha: [🚀 Send now · 1 person]
        bot*: 📣 Broadcast
            🚀 It is on its way. <...>
        bot: 📣 Broadcast, <...>
            <...>
            <...>
            <...>

            <...>
            <...>
            <...>
            <...>
        Ravi: [🗑 Discard]
        bot: (!Asha has sent it already. See 📣 Broadcast for how far it has come.)
    """)
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == ["Closed on Sunday"]


async def test_who_answers_a_question_about_a_text_changed_meanwhile_leaves_it_alone(chat, club):
    for name in ("Asha", "Ravi"):
        await club.admin(name)
    await draft(chat, "First")
    await tap(chat, "Asha", "✏️ Change the text")
    await chat.says("Ravi", "/admin")
    for label in ("📣 Broadcast", "📝", "👥 Change the audience", "Staff"):
        await tap(chat, "Ravi", label)
    said = await chat.says("Asha", "Second")
    assert said == [
        "bot: Somebody has changed it meanwhile. Open it again from 📣 Broadcast. [☰ Menu]"
    ]
    await chat.says("Asha", "/admin")
    await tap(chat, "Asha", "📣 Broadcast")
    said = await tap(chat, "Asha", "📝 “First”")
    assert "[👥 Change the audience (Staff)]" in said[0]


async def test_a_discarded_draft_is_gone_for_everyone(chat, club):
    await club.admin("Asha")
    await draft(chat)
    await chat.play("""
        Asha: [🗑 Discard]
        bot: (Discarded.)
        bot*: 📣 Broadcast
            Nothing here yet. <...>
    """)
    assert await forge(chat, "Asha", "bc-open:1") == "This broadcast is not there any more."
    assert await forge(chat, "Asha", "bc-send:1:1") == "This broadcast is not there any more."


async def test_the_list_has_pages_newest_first(chat, club):
    await club.admin("Asha")
    for number in range(7):
        await draft(chat, f"No. {number}")
    await chat.says("Asha", "/admin")
    first = "\n".join(await tap(chat, "Asha", "📣 Broadcast"))
    assert "📣 Broadcast, page 1 of 2" in first
    assert first.index("“No. 6”") < first.index("“No. 1”")
    assert "“No. 0”" in "\n".join(await chat.says("Asha", "[2 ▶]"))
    assert "“No. 6”" in "\n".join(await chat.says("Asha", "[◀ 1]"))
