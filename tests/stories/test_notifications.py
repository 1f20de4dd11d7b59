"""What people do with what the club told them, and what they let reach them."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.stories.cards import open_card
from tests.stories.registering import register


async def write(chat, text, to="anna"):
    """Asha's message to a member; returns what came of it."""
    await open_card(chat, "Asha", to)
    await chat.says("Asha", "[💬 Message]")
    return await chat.says("Asha", text)


def told(chat, name) -> list[str]:
    """The messages in a person's chat, as they stand now."""
    return [message.text for message in chat.engine.chat_messages(chat.club.people[name].id)]


async def press(chat, who, label) -> str:
    """Press the first button whose label begins so."""
    found = next(each for each in chat.buttons(who) if each.startswith(label))
    return "\n".join(await chat.says(who, f"[{found}]"))


async def forge(chat, who, data) -> str:
    """Press ``data`` under a message of one's own; returns the toast, or the screen."""
    person, engine = chat.club.people[who], chat.engine
    screen, before = engine.chat_messages(person.id)[-1].id, len(engine.calls)
    await engine.handled(engine.press(person, person.id, screen, data))
    said = (str(call.params.get("text") or "") for call in engine.calls[before:])
    return "\n".join(filter(None, said))


async def test_what_the_club_told_is_read_again_and_tidied(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await write(chat, "Bring a towel")
    await write(chat, "We open at 7")
    await chat.play("""
        Anna: /menu
        bot: ☰ Our club
            <...> [🔔 Notifications (2)] [🔐 My data] [❓ Help]
        Anna: [🔔 Notifications (2)]
        bot*: 🔔 Notifications
            2 unread of 2. Tap one <...> [✔️ Mark all read] [⚙️ What reaches me] [⬅️ Back]
    """)
    opened = await press(chat, "Anna", "🔵 “Bring a towel” · ")
    assert "🔔 Message from the club, " in opened
    assert "Bring a towel" in opened
    await chat.play("""
        Anna: [⬅️ Back]
        bot*: 🔔 Notifications
            1 unread of 2. <...> [✔️ Mark all read] [🗑 Delete all read] <...>
        Anna: [✔️ Mark all read]
        bot*: 🔔 Notifications
            All read. Tap one <...> [🗑 Delete all read] [⚙️ What reaches me] [⬅️ Back]
        Anna: /notifications
        bot: 🔔 Notifications
            All read. <...>
    """)
    await press(chat, "Anna", "“We open at 7”")
    await chat.play("""
        Anna: [🗑 Delete]
        bot: (Deleted from your list.)
        bot*: 🔔 Notifications
            All read. <...>
        Anna: [🗑 Delete all read]
        bot: (1 deleted from your list.)
        bot*: 🔔 Notifications
            Nothing here: what the club tells you will stand here. [⚙️ What reaches me] [⬅️ Back]
        Anna: [⬅️ Back]
        bot*: ☰ Our club
            <...> [🔔 Notifications] <...>
    """)


async def test_what_is_turned_off_waits_in_the_list(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await chat.play("""
        Anna: /notifications
        bot: 🔔 Notifications
            Nothing here<...>
        Anna: [⚙️ What reaches me]
        bot*: ⚙️ What reaches me
            All of it stands in your notifications. <...>

            Decisions about me: always, at once. <...>
            Messages from the club: at once
            Quiet hours: on, 20:00–06:00, in the club’s time (Asia/Kolkata) <...>
        Anna: [🔔 Messages from the club: at once]
        bot*: <...>
            <...>

            <...>
            Messages from the club: after quiet hours
            <...>
        Anna: [🌙 Messages from the club: after quiet hours]
        bot*: <...>
            <...>

            <...>
            Messages from the club: no message
            <...>
    """)
    said = await write(chat, "Bring a towel")
    assert not [line for line in said if "Anna" in line and "towel" in line]
    assert "Bring a towel" not in "".join(told(chat, "Anna"))
    assert "1 unread of 1" in "".join(await chat.says("Anna", "/notifications"))
    assert "Bring a towel" in await press(chat, "Anna", "🔵")
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await chat.says("Anna", "[🔕 Messages from the club: no message]")
    assert "Bring a mat" in "\n".join(await write(chat, "Bring a mat"))
    assert "Bring a mat" in told(chat, "Anna")[-1]


async def test_in_quiet_hours_only_decisions_come_and_the_rest_when_they_are_over(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    hour = datetime.now(ZoneInfo("Asia/Kolkata")).hour
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await chat.says("Anna", "[🔔 Messages from the club: at once]")
    await chat.says("Anna", "[✏️ 20:00–06:00]")
    await chat.says("Anna", f"{hour}-{(hour + 2) % 24}")
    await write(chat, "Bring a towel")
    assert "Bring a towel" not in "".join(told(chat, "Anna"))
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🚫 Ban]")
    await chat.says("Asha", "Rude")
    await chat.says("Asha", "[♻️ Unban]")
    assert told(chat, "Anna")[-2].startswith("🚫 You can no longer use this bot.")
    assert told(chat, "Anna")[-1].startswith("♻️ You can use this bot again.")
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    said = "\n".join(await chat.says("Anna", "[🌙 Quiet hours: on]"))
    assert "Quiet hours: off" in said
    assert "Bring a towel" in told(chat, "Anna")[-1]


async def test_quiet_hours_are_typed_or_tapped(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await chat.play("""
        Anna: [✏️ 20:00–06:00]
        bot*: 🌙 From when until when is it to be quiet?
            Now: 20:00–06:00
            Tap one, or send <...> [22:00–07:00] [23:00–08:00] [⬅️ Back] [✖️ Cancel]
        Anna: late
        bot: “late” is not a time of quiet. Send from and to, like 22:00-06:30. [✖️ Cancel]
        Anna: {photo}
        bot: Please answer with a text message. [✖️ Cancel]
        Anna: 8-8
        bot: “8-8” is not <...>
        Anna: 21.30 to 6
        bot: ⚙️ What reaches me
            <...>

            <...>
            Messages from the club: at once
            Quiet hours: on, 21:30–06:00, <...> [🌙 Quiet hours: on] [✏️ 21:30–06:00] [⬅️ Back]
        Anna: [🌙 Quiet hours: on]
        bot*: <...>
            <...>

            <...>
            <...>
            Quiet hours: off, <...> [🌙 Quiet hours: off] [⬅️ Back]
        Anna: [🌙 Quiet hours: off]
        bot*: <...>
            <...>

            <...>
            <...>
            Quiet hours: on, 21:30–06:00, <...>
        Anna: [✏️ 21:30–06:00]
        bot*: 🌙 From when <...>
            <...>
            <...> [20:00–06:00] [22:00–07:00] [23:00–08:00] [⬅️ Back] [✖️ Cancel]
        Anna: [23:00–08:00]
        bot*: <...>
            <...>

            <...>
            <...>
            Quiet hours: on, 23:00–08:00, <...>
        Anna: [✏️ 23:00–08:00]
        bot*: 🌙 From when <...>
            <...>
            <...>
        Anna: [⬅️ Back]
        bot*: <...>
            <...>

            <...>
            <...>
            Quiet hours: on, 23:00–08:00, <...>
        Anna: 9-10
        bot: I did not catch that. <...>
    """)


async def test_an_admin_who_wants_no_cards_finds_them_in_the_list(chat, club):
    await club.admin("Asha")
    club.visitor("Ravi")
    await chat.says("Asha", "/notifications")
    await chat.says("Asha", "[⚙️ What reaches me]")
    await chat.says("Asha", "[🔔 Registrations to review: at once]")
    await chat.says("Asha", "[🌙 Registrations to review: after quiet hours]")
    await register(chat, "Ravi")
    assert "Ravi Rao" not in "".join(told(chat, "Asha"))
    await chat.says("Asha", "/notifications")
    assert "Ravi Rao" in await press(chat, "Asha", "🔵 Registration to review")
    assert "bot → Ravi" in await press(chat, "Asha", "✅ Approve")
    await chat.says("Asha", "/notifications")
    assert "This is settled by now" in await press(chat, "Asha", "Registration to review")


async def test_who_was_rejected_can_still_read_why(chat, club):
    await club.admin("Asha")
    club.visitor("Ravi")
    await register(chat, "Ravi")
    await chat.says("Asha", "[❌ Reject]")
    await chat.says("Asha", "We are full")
    await chat.says("Ravi", "/notifications")
    assert "We are full" in await press(chat, "Ravi", "🔵 Your registration")


async def test_menus_offer_it_from_the_first_registration_on(chat, club, sim):
    await club.admin("Asha")
    club.visitor("Ravi")
    assert "🔔 Notifications" not in "".join(await chat.says("Ravi", "/menu"))
    await register(chat, "Ravi")
    assert "[🔔 Notifications]" in "".join(await chat.says("Ravi", "/menu"))
    names = [name for name, _ in sim.engine.commands_for(club.people["Ravi"])]
    assert "notifications" in names
    assert "notifications" not in await commands_after_withdrawing(chat, sim, "Ravi")
    await chat.says("Ravi", "/notifications")
    assert "Registrations to review" not in await press(chat, "Ravi", "⚙️ What reaches me")


async def commands_after_withdrawing(chat, sim, who) -> list[str]:
    await chat.says(who, "/register")
    await press(chat, who, "↩️")
    return [name for name, _ in sim.engine.commands_for(chat.club.people[who])]


async def test_decisions_cannot_be_turned_off_by_a_forged_button(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/menu")
    for delivery in ("off", "waits"):
        said = await forge(chat, "Anna", f"ntf-choose:decisions:{delivery}")
        assert said == "Decisions about you always reach you, at once."


async def test_other_people_s_numbers_open_and_delete_nothing(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await club.member("Mira")
    await write(chat, "Only for Anna")
    await chat.says("Mira", "/menu")
    for action in ("ntf-open:{}:0", "ntf-del:{}:0"):
        said = {await forge(chat, "Mira", action.format(number)) for number in (1, 987_654)}
        assert said == {"This notification is not there any more."}
    assert "1 unread of 1" in "".join(await chat.says("Anna", "/notifications"))


async def test_a_double_tap_deletes_once_and_shows_the_list(chat, club, sim):
    await club.admin("Asha")
    await club.member("Anna")
    for text in ("one", "two"):
        await write(chat, text)
    await chat.says("Anna", "/notifications")
    await press(chat, "Anna", "🔵")
    taps = [chat.act("Anna", "[🗑 Delete]") for _ in range(2)]
    await asyncio.gather(*map(sim.engine.handled, taps))
    assert told(chat, "Anna")[-1].startswith("🔔 Notifications\n1 unread of 1.")


async def test_the_list_has_pages(chat, club, db):
    anna = await club.member("Anna")
    async with db.transaction() as tx:
        for number in range(10):
            await tx.notices.add("from-the-club", to=anna.id, payload={"text": f"No. {number}"})
    await chat.says("Anna", "/notifications")
    assert "page 2 of 2\n    10 unread of 10" in "\n".join(await chat.says("Anna", "[2 ▶]"))
    assert "No. " in await press(chat, "Anna", "🔵")
    assert "page 2 of 2\n    9 unread of 10" in "\n".join(await chat.says("Anna", "[⬅️ Back]"))


@pytest.mark.parametrize("what", ["/notifications", "ntf-list:0", "ntf-open:1:0", "ntf-choices"])
async def test_the_banned_get_nothing(chat, club, what):
    await club.admin("Asha")
    await club.member("Anna")
    await write(chat, "Bring a towel")
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🚫 Ban]")
    await chat.says("Asha", "Rude")
    before = told(chat, "Anna")
    if what.startswith("/"):
        assert await chat.says("Anna", what) == []
    else:
        assert await forge(chat, "Anna", what) == ""
    assert told(chat, "Anna")[: len(before)] == before


async def test_choices_are_in_one_s_data_and_go_with_it(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await chat.says("Anna", "[🔔 Messages from the club: at once]")
    await chat.says("Anna", "/my_data")
    said = "\n".join(await chat.says("Anna", "[🗑 Delete my data]"))
    assert "• your choices about notifications" in said
    assert "Your data is deleted" in "\n".join(await chat.says("Anna", "[🗑 Yes, delete]"))
