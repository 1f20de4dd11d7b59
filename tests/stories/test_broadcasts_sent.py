"""A broadcast on its way and after: paused, stopped, tried again, edited, deleted, reported."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from tests.stories.broadcasting import read, screen, send, tap
from tests.stories.telling import forge, told

NEWS = "Closed on Sunday"


async def crowd(club, *names) -> None:
    await club.admin("Asha")
    for name in names:
        await club.member(name)


async def test_pause_holds_it_and_go_on_sends_the_rest(chat, club):
    await crowd(club, "Anna", "Mira")
    await send(chat)
    said = "\n".join(await tap(chat, "Asha", "⏸ Pause"))
    assert "bot*: 📣 Broadcast, paused" in said
    assert "[▶️ Go on] [⏹ Stop]" in said
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == []
    said = "\n".join(await tap(chat, "Asha", "▶️ Go on"))
    assert "bot*: 📣 Broadcast, on its way" in said
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == told(chat, "Mira") == [NEWS]


async def test_stop_lets_nobody_else_have_it_and_the_rest_may_be_tried_again(chat, club):
    await crowd(club, "Anna", "Mira")
    await send(chat)
    await tap(chat, "Asha", "⏹ Stop")
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == []
    assert "📣 Broadcast, stopped" in screen(chat, "Asha")
    assert "⏹ Stopped: 2" in screen(chat, "Asha")
    said = await tap(chat, "Asha", "🔁 Try the 2 again")
    assert said[0] == "bot: (Trying 2 people again.)"
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == told(chat, "Mira") == [NEWS]
    assert "📣 Broadcast, done" in screen(chat, "Asha")


async def test_a_press_that_comes_too_late_is_told_so(chat, club):
    await crowd(club, "Anna")
    await send(chat)
    await chat.sends_broadcasts()
    for action in ("bc-pause:1", "bc-go:1", "bc-stop:1"):
        assert "nothing of it to stop or change" in await forge(chat, "Asha", action)


async def test_who_cannot_be_reached_and_who_wants_no_news_are_counted(chat, club):
    await crowd(club, "Anna", "Mira", "Ravi", "Zoya")
    await chat.says("Anna", "{blocks}")
    chat.engine.faults.add(method="sendMessage", chat_id=club.people["Mira"].id, status=403)
    await chat.says("Zoya", "/notifications")
    for label in ("⚙️ What reaches me", "🔔 News from the club", "🌙 News from the club"):
        await tap(chat, "Zoya", label)
    await send(chat)
    await chat.sends_broadcasts()
    assert screen(chat, "Asha").splitlines()[5:] == [
        "✅ Sent: 1",
        "❌ Failed: 0",
        "🚫 Blocked or gone: 2",
        "🔕 Not wanted: 1",
        "⏳ Left: 0",
    ]
    assert told(chat, "Ravi") == [NEWS]
    assert NEWS not in told(chat, "Zoya")
    assert not [label for label in chat.buttons("Asha") if label.startswith("🔁")]


async def test_quiet_hours_are_kept_and_counted(chat, club):
    await crowd(club, "Anna", "Mira")
    hour = datetime.now(ZoneInfo("Asia/Kolkata")).hour
    await chat.says("Anna", "/notifications")
    for label in ("⚙️ What reaches me", "🔔 News from the club", "✏️ "):
        await tap(chat, "Anna", label)
    await chat.says("Anna", f"{hour}-{(hour + 2) % 24}")
    await send(chat)
    await chat.sends_broadcasts()
    assert "🌙 After quiet hours: 1\n⏳ Left: 0" in screen(chat, "Asha")
    assert "on its way" in screen(chat, "Asha")
    assert NEWS not in told(chat, "Anna")
    await tap(chat, "Anna", "🌙 Quiet hours: on")
    await chat.sends_broadcasts()
    assert told(chat, "Anna")[-1] == NEWS
    assert "📣 Broadcast, done" in screen(chat, "Asha")


async def test_those_whom_it_failed_to_reach_are_tried_again(chat, club):
    await crowd(club, "Anna", "Mira")
    refusal = "Bad Request: something of Telegram's"
    anna = club.people["Anna"].id
    chat.engine.faults.add(
        method="sendMessage", chat_id=anna, status=400, description=refusal, times=1
    )
    await send(chat)
    await chat.sends_broadcasts()
    assert "✅ Sent: 1\n❌ Failed: 1" in screen(chat, "Asha")
    await tap(chat, "Asha", "🔁 Try the 1 again")
    await chat.sends_broadcasts()
    assert "✅ Sent: 2\n❌ Failed: 0" in screen(chat, "Asha")
    assert told(chat, "Anna") == told(chat, "Mira") == [NEWS]


@pytest.mark.parametrize("photo", [False, True])
async def test_what_was_sent_is_edited_where_it_has_arrived(chat, club, photo):
    await crowd(club, "Anna", "Mira")
    await send(chat, "{photo Closed on Sundey}" if photo else "Closed on Sundey")
    await chat.sends_broadcasts()
    question = "\n".join(await tap(chat, "Asha", "✏️ Edit what was sent"))
    assert question.startswith(f"bot: ✏️ Send the new {'caption' if photo else 'text'}.")
    assert "answer with a text message" in "".join(await chat.says("Asha", "{photo x}"))
    assert "I do not know {day}" in "".join(await chat.says("Asha", "Closed on {day}"))
    said = await chat.says("Asha", "{first_name}, closed on Sunday")
    assert said[0].startswith("bot: ✏️ It is being changed")
    assert len(read(chat, "Anna")) == 1
    await chat.sends_broadcasts()
    (message,) = read(chat, "Anna")
    assert (message.caption if photo else message.text) == "Anna, closed on Sunday"
    assert bool(message.photo) is photo
    assert "“{first_name}, closed on Sunday”" in screen(chat, "Asha")
    assert "to be changed" not in screen(chat, "Asha")


async def test_what_was_sent_is_deleted_from_chats_after_a_question(chat, club):
    await crowd(club, "Anna", "Mira")
    await send(chat)
    await chat.sends_broadcasts()
    said = await tap(chat, "Asha", "🗑 Delete from chats")
    assert said[0] == "bot: 🗑 Delete it from people’s chats?"
    assert "younger than 48 hours" in said[1]
    assert read(chat, "Anna")
    await tap(chat, "Asha", "🗑 Yes, delete it there")
    await chat.sends_broadcasts()
    assert read(chat, "Anna") == read(chat, "Mira") == []
    assert "📣 Broadcast, deleted from chats" in screen(chat, "Asha")
    assert "🗑 Deleted from chats: 2" in screen(chat, "Asha")
    said = "".join(await tap(chat, "Asha", "⬅️ Back"))
    for gone in ("[✏️ Edit", "[🗑 Delete", "[🔁"):
        assert gone not in said
    assert "nothing of it to stop or change" in await forge(chat, "Asha", "bc-edit:1")
    assert "nothing of it to stop or change" in await forge(chat, "Asha", "bc-again:1")


async def test_the_report_says_who_got_it_and_holds_no_formula(chat, club):
    await club.admin("Asha")
    await club.member("Anna", full_name='=HYPERLINK("http://x","y")')
    await club.member("Mira")
    await club.member("Ravi")
    await chat.says("Mira", "{blocks}")
    refusal = "Bad Request: something of Telegram's"
    ravi = club.people["Ravi"].id
    chat.engine.faults.add(method="sendMessage", chat_id=ravi, status=400, description=refusal)
    await send(chat)
    await chat.sends_broadcasts()
    said = await tap(chat, "Asha", "📄 Report")
    assert said[0].startswith("bot: {document broadcast-1-")
    assert "Who got “Closed on Sunday”" in said[0]
    file = next(m.document for m in reversed(read(chat, "Asha")) if m.document)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
    head, *lines = rows.to_python()
    assert head == ["Name", "Telegram id", "State", "Sent at", "Why"]
    ids = {name: str(club.people[name].id) for name in ("Anna", "Mira", "Ravi")}
    assert [line[:3] for line in lines] == [
        ['=HYPERLINK("http://x","y")', ids["Anna"], "sent"],
        ["Mira Rao", ids["Mira"], "blocked"],
        ["Ravi Rao", ids["Ravi"], "failed"],
    ]
    assert [bool(line[3]) for line in lines] == [True, False, False]
    assert [bool(line[4]) for line in lines] == [False, False, True]
    assert "something of Telegram's" in lines[2][4]


async def test_progress_is_not_drawn_over_the_list_and_another_admin_may_steer(chat, club):
    await crowd(club, "Anna", "Mira")
    await club.admin("Ravi")
    await send(chat)
    said = await tap(chat, "Asha", "⬅️ Back")
    assert said[0] == "bot: 📣 Broadcast"  # below: the progress goes on being drawn where it stands
    await chat.says("Ravi", "/admin")
    await tap(chat, "Ravi", "📣 Broadcast")
    said = "\n".join(await tap(chat, "Ravi", "🚀 “Closed on Sunday”"))
    assert "Started by Asha" in said
    said = "\n".join(await tap(chat, "Ravi", "⏸ Pause"))
    assert "bot → Asha*: 📣 Broadcast, paused" in said
    assert "Tap one to see it." in told(chat, "Asha")[-1]


async def test_a_demoted_admin_watches_it_no_longer(chat, club, db):
    asha = await club.admin("Asha")
    await club.member("Anna")
    await send(chat)
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    await club.again(asha)
    await chat.sends_broadcasts()
    assert told(chat, "Asha")[-1] == "📣 This is for admins of the club only."
    assert await forge(chat, "Asha", "bc-stop:1") == "This is for admins of the club only."
    assert told(chat, "Anna") == [NEWS]


async def test_an_edit_comes_to_its_end_though_somebody_has_blocked_the_bot(chat, club):
    await crowd(club, "Anna", "Mira")
    await send(chat)
    await chat.sends_broadcasts()
    await chat.says("Mira", "{blocks}")
    await tap(chat, "Asha", "✏️ Edit what was sent")
    await chat.says("Asha", "Closed on Monday")
    await chat.sends_broadcasts()
    await chat.sends_broadcasts()
    assert (told(chat, "Anna"), told(chat, "Mira")) == (["Closed on Monday"], [NEWS])
    assert "✅ Sent: 2\n❌ Failed: 0\n🚫 Blocked or gone: 0\n⏳ Left: 0" in screen(chat, "Asha")
    assert "to be changed" not in screen(chat, "Asha")
    await chat.says("Mira", "{unblocks}")
    await chat.says("Mira", "/help")
    await tap(chat, "Asha", "🗑 Delete from chats")
    await tap(chat, "Asha", "🗑 Yes, delete it there")
    await chat.sends_broadcasts()
    assert NEWS not in told(chat, "Mira")
    assert "🗑 Deleted from chats: 2" in screen(chat, "Asha")
