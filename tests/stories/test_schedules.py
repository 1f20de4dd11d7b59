"""Recurring jobs, looked at and set from the settings."""


async def test_an_owner_sets_the_hour_of_one_and_switches_another_off(chat, club):
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[⚙️ Settings]")
    await chat.play("""
        Vera: [⏰ Recurring jobs]
        bot*: ⏰ Recurring jobs
            Once a day, by the club’s clock.

            Clean-up removes what nobody needs any more.
            Last: never. Next: <...>, 03:30.

            Check of the records looks for records that contradict each other, and tells owners.
            Last: never. Next: <...>, 04:00.

            Birthdays congratulates everybody whose birthday it is.
            Last: never. Next: <...>, 09:00.

            Renewals reminds members whose subscription ends, and tells admins who was locked.
            Last: never. Next: <...>, 09:00.

            Follow-ups writes to members who have not come in for a while.
            Last: never. Next: <...>, 09:00.

            Dues reminders reminds of what is due: the day before, on the day, 3 and 7 days later.
            Last: never. Next: <...>, 11:00. [🕒 Clean-up: 03:30] [🔔 On] <...>04:00] [🔔 On] <...>
        Vera: [🕒 Clean-up: 03:30]
        bot*: Clean-up: at what time of day?
            Send hours and minutes, like 07:30. [⬅️ Back] [✖️ Cancel]
        Vera: half past seven
        bot: “half past seven” is not a time of day. Send hours and minutes like 07:30. <...>
        Vera: 7:30
        bot: ✅ Clean-up: 07:30

            ⏰ Recurring jobs
            Once a day, by the club’s clock.

            Check of the records looks for records that contradict each other, and tells owners.
            Last: never. Next: <...>, 04:00.

            Clean-up removes what nobody needs any more.
            Last: never. Next: <...>, 07:30.

            Birthdays congratulates everybody whose birthday it is.
            Last: never. Next: <...>, 09:00.

            Renewals reminds members whose subscription ends, and tells admins who was locked.
            Last: never. Next: <...>, 09:00.

            Follow-ups writes to members who have not come in for a while.
            Last: never. Next: <...>, 09:00.

            Dues reminders reminds of what is due: the day before, on the day, 3 and 7 days later.
            Last: never. Next: <...>, 11:00. <...> [🕒 Dues reminders: 11:00] [🔔 On] [⬅️ Back]
        Vera: [🔔 On]
        bot*: ⏰ Recurring jobs
            Once a day, by the club’s clock.

            Check of the records looks for records that contradict each other, and tells owners.
            Last: never. Next: <...>, 04:00.

            Clean-up removes what nobody needs any more.
            Last: never. Next: <...>, 07:30.

            Birthdays congratulates everybody whose birthday it is.
            Last: never. Next: <...>, 09:00.

            Renewals reminds members whose subscription ends, and tells admins who was locked.
            Last: never. Next: <...>, 09:00.

            Follow-ups writes to members who have not come in for a while.
            Last: never. Next: <...>, 09:00.

            Dues reminders reminds of what is due: the day before, on the day, 3 and 7 days later.
            Last: never. Next: off. <...> [🔔 On] [🕒 Dues reminders: 11:00] [🔕 Off] [⬅️ Back]
    """)
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "changed the recurring job nightly clean-up: its hour: “03:30” → “07:30”" in log
    assert "switched: on → off" in log


async def test_leaving_the_question_changes_nothing(chat, club):
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    for press in ("[⚙️ Settings]", "[⏰ Recurring jobs]", "[🕒 Clean-up: 03:30]"):
        await chat.says("Vera", press)
    assert "Next:" in "\n".join(await chat.says("Vera", "[⬅️ Back]"))
    assert "know" not in "\n".join(await chat.says("Vera", "/menu"))
    assert "Recurring" not in "\n".join(await chat.says("Vera", "07:30"))


async def test_an_admin_looks_and_may_not_touch(chat, club):
    await club.owner("Vera")
    await club.admin("Asha")
    for name, panel in (("Vera", "/owner"), ("Asha", "/admin")):
        await chat.says(name, panel)
        await chat.says(name, "[⚙️ Settings]")
        await chat.says(name, "[⏰ Recurring jobs]")
    assert list(chat.buttons("Asha"))[-1] == "⬅️ Back"
    assert "🕒 Clean-up: 03:30" not in chat.buttons("Asha")
    asha, engine = club.people["Asha"], chat.engine
    for label in ("🕒 Clean-up: 03:30", "🔔 On"):
        _, data = chat.buttons("Vera")[label]
        newest = engine.chat_messages(asha.id)[-1].id
        await engine.handled(engine.press(asha, asha.id, newest, data))
        answer = next(c for c in reversed(engine.calls) if c.method == "answerCallbackQuery")
        assert answer.params["text"] == "This is for owners of the club only."
