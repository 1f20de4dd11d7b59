"""What people let reach them, and when."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.stories.cards import open_card
from tests.stories.registering import register
from tests.stories.telling import forge, press, told, write


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
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
            Greetings and follow-ups: after quiet hours
            Quiet hours: on, 20:00–06:00, in the club’s time (Asia/Kolkata) <...>
        Anna: [🔔 Messages from the club: at once]
        bot*: <...>
            <...>

            <...>
            Messages from the club: after quiet hours
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
            <...>
            <...>
        Anna: [🌙 Messages from the club: after quiet hours]
        bot*: <...>
            <...>

            <...>
            Messages from the club: no message
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
            <...>
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
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
            Greetings and follow-ups: after quiet hours
            Quiet hours: on, 21:30–06:00, <...> [🌙 Quiet hours: on] [✏️ 21:30–06:00] [⬅️ Back]
        Anna: [🌙 Quiet hours: on]
        bot*: <...>
            <...>

            <...>
            <...>
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
            <...>
            Quiet hours: off, <...> [🌙 Quiet hours: off] [⬅️ Back]
        Anna: [🌙 Quiet hours: off]
        bot*: <...>
            <...>

            <...>
            <...>
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
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
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
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
            Invoices and payments: at once
            News from the club: at once
            Reminders: after quiet hours
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


async def test_decisions_cannot_be_turned_off_by_a_forged_button(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/menu")
    for delivery in ("off", "waits"):
        said = await forge(chat, "Anna", f"ntf-choose:decisions:{delivery}")
        assert said == "Decisions about you always reach you, at once."


async def test_choices_are_in_one_s_data_and_go_with_it(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await chat.says("Anna", "[🔔 Messages from the club: at once]")
    await chat.says("Anna", "/my_data")
    said = "\n".join(await chat.says("Anna", "[🗑 Delete my data]"))
    assert "• your choices about notifications" in said
    assert "Your data is deleted" in "\n".join(await chat.says("Anna", "[🗑 Yes, delete]"))
