"""What members who stay away are told: set by admins, read as they get it."""

import asyncio
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models.notifications import QuietHours
from tests.stories.telling import forge, press, told
from tests.stories.test_visits import club_today


async def open_follow_ups(chat, who="Asha", panel="/admin"):
    await chat.says(who, panel)
    await chat.says(who, "[⚙️ Settings]")
    return "\n".join(await chat.says(who, "[💌 Follow-ups]"))


async def follow_up(db):
    """As the job of today does; the outbox sends it with the next words said."""
    async with db.transaction() as tx:
        owed = await tx.follow_ups.owe(club_today(), timezone="Asia/Kolkata", interval_days=7)
    assert owed == 1


async def entries(db):
    async with db.reading() as repos:
        return [
            entry
            for entry in await repos.audit.list_latest(limit=20)
            if entry.action == "follow-up changed"
        ]


async def test_an_admin_reads_rewrites_and_switches_one_on(chat, club, db):
    await club.admin("Asha")
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[⚙️ Settings]")
    await chat.play("""
        Asha: [💌 Follow-ups]
        bot*: 💌 Follow-ups
            Sent by themselves to members who have not come in for so long, <...>

            7 days away: off
            👋 Hi {first_name}, we have not seen you for {days} days. <...>

            14 days away: off
            <...>

            30 days away: off
            <...>

            Birthday: on
            🎂 Happy birthday, {first_name}! <...>

            Subscription ends soon: on
            ⏳ {first_name}, your {plan} ends on {ends}. <...>

            Subscription ends today: on
            <...>

            In grace: on
            <...>

            Subscription over: on
            <...>

            Between two follow-ups to one person: 7 days at least; birthdays and <...>
        Asha: [🔕 7 days away: off]
        bot*: 💌 7 days away: off
            To you it would read:

            👋 Hi Asha, we have not seen you for 7 days. <...> [🔔 Switch on] <...>
        Asha: [✏️ Text]
        bot*: ✏️ 7 days away: what should members read?
            Send the whole text, <...> I fill in {name}, {first_name}, {club}, {days}.
            Now:

            👋 Hi {first_name}, <...> [⬅️ Back] [✖️ Cancel]
        Asha: {photo}
        bot: Please answer with a text message. [✖️ Cancel]
        Asha: Dear {nme}
        bot: I do not know {nme}. I can fill in {name}, {first_name}, {club}, {days}. <...>
        Asha: {first_name}, {days} days at < 5 & > 3
        bot: ✅ Saved.

            💌 7 days away: off
            To you it would read:

            Asha, 7 days at < 5 & > 3 [✏️ Text] [🔔 Switch on] [⬅️ Back]
        Asha: [🔔 Switch on]
        bot*: 💌 7 days away: on
            <...>

            <...> [✏️ Text] [🔕 Switch off] [⬅️ Back]
        Asha: [⬅️ Back]
        bot*: 💌 Follow-ups
            <...>

            7 days away: on
            {first_name}, {days} days at < 5 & > 3

            <...>
            <...>

            <...>
            <...>

            <...>
            <...>

            <...>
            <...>

            <...>
            <...>

            <...>
            <...>

            <...>
            <...>

            <...> [🔔 7 days away: on] [🔕 14 days away: off] <...>
    """)
    switched, rewritten = await entries(db)
    assert (switched.before["is_on"], switched.after["is_on"]) == (False, True)
    assert rewritten.after["html"] == "{first_name}, {days} days at &lt; 5 &amp; &gt; 3"


async def test_formatting_is_kept(chat, club, sim):
    await club.admin("Asha")
    await open_follow_ups(chat)
    await chat.says("Asha", "[🔕 14 days away: off]")
    await chat.says("Asha", "[✏️ Text]")
    asha = club.people["Asha"]
    bold = [{"type": "bold", "offset": 4, "length": 12}]
    chat_of_asha = sim.engine.private_chat(asha)
    update = sim.engine._say(asha, chat_of_asha, text="Hi, {first_name}!", entities=bold)
    await sim.engine.handled(update)
    shown = sim.engine.chat_messages(asha.id)[-1]
    assert shown.text.endswith("Hi, Asha!")
    assert (shown.entities[-1]["type"], shown.entities[-1]["length"]) == ("bold", 4)


async def test_birthdays_know_of_no_absence_and_too_long_is_too_long(chat, club):
    await club.admin("Asha")
    await open_follow_ups(chat)
    await chat.says("Asha", "[🔔 Birthday: on]")
    await chat.says("Asha", "[✏️ Text]")
    said = await chat.says("Asha", "{name}, {days} days")
    assert "I can fill in {name}, {first_name}, {club}. Please" in said[0]
    said = await chat.says("Asha", "x" * 3501)
    assert "1 characters too long" in said[0]
    assert "✅ Saved." in (await chat.says("Asha", "x" * 3500))[0]


async def test_the_interval_is_tapped_or_typed(chat, club, db):
    await club.admin("Asha")
    await open_follow_ups(chat)
    await chat.play("""
        Asha: [🔁 Interval: 7 days]
        bot*: 🔁 How many days at least between two follow-ups to one person?
            Now: 7 days. Tap one, or send a number from 1 to 90. [3 days] [14 days] [30 days] <...>
        Asha: 91
        bot: “91” is not a number of days from 1 to 90. Send one like 7. [✖️ Cancel]
        Asha: a week
        bot: “a week” is not <...>
        Asha: {photo}
        bot: Please answer with a text message. [✖️ Cancel]
    """)
    assert "one person: 1 day at least" in "\n".join(await chat.says("Asha", "1"))
    await press(chat, "Asha", "🔁 Interval: 1 day")
    assert "one person: 30 days at least" in await press(chat, "Asha", "30 days")
    assert [entry.after["interval_days"] for entry in await entries(db)] == [30, 1]


async def test_back_and_cancel_leave_everything_as_it_was(chat, club, db):
    await club.admin("Asha")
    before = await open_follow_ups(chat)
    await chat.says("Asha", "[🔕 7 days away: off]")
    await chat.says("Asha", "[✏️ Text]")
    assert "we have not seen you" in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
    assert "I did not catch that" in (await chat.says("Asha", "New text"))[0]
    await open_follow_ups(chat)
    await chat.says("Asha", "[🔁 Interval: 7 days]")
    assert "Cancelled" in "".join(await chat.says("Asha", "[✖️ Cancel]"))
    assert await open_follow_ups(chat) == before
    assert await entries(db) == []


async def test_old_buttons_of_the_interval_do_nothing(chat, club, db):
    await club.admin("Asha")
    await open_follow_ups(chat)
    await chat.says("Asha", "[🔁 Interval: 7 days]")
    _, picked = chat.buttons("Asha")["30 days"]
    await chat.says("Asha", "[⬅️ Back]")
    assert "out of date" in await forge(chat, "Asha", picked)
    for data in ("fup-days:91", "fup-switch:christmas:1:admin", "fup-open:away-8:admin"):
        assert "out of date" in await forge(chat, "Asha", data)
    assert await entries(db) == []


async def test_a_double_tap_and_two_admins_at_once_switch_once(chat, club, db):
    for name in ("Asha", "Bina"):
        await club.admin(name)
        await open_follow_ups(chat, name)
        await chat.says(name, "[🔕 30 days away: off]")
    taps = [chat.act(name, "[🔔 Switch on]") for name in ("Asha", "Bina", "Asha")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    for name in ("Asha", "Bina"):
        assert "30 days away: on" in told(chat, name)[-1]
    assert len(await entries(db)) == 1


async def test_owners_come_from_their_panel_and_read_of_it_in_the_audit_log(chat, club):
    await club.owner("Vera")
    await open_follow_ups(chat, "Vera", "/owner")
    await chat.says("Vera", "[🔕 7 days away: off]")
    await chat.says("Vera", "[🔔 Switch on]")
    for screen in ("💌 Follow-ups", "⚙️ Settings", "👑 Owner panel"):
        assert screen in "\n".join(await chat.says("Vera", "[⬅️ Back]"))
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "changed the follow-up “7 days away”: switched: off → on" in log


async def test_who_stays_away_is_written_to_and_may_turn_it_off(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, club_today() - timedelta(days=8))
        await tx.notifications.keep_quiet(of=anna.id, is_quiet=False)
    await open_follow_ups(chat)
    await chat.says("Asha", "[🔕 7 days away: off]")
    await chat.says("Asha", "[🔔 Switch on]")
    await follow_up(db)
    await chat.says("Anna", "/menu")
    written = "👋 Hi Anna, we have not seen you for 8 days."
    assert [text for text in told(chat, "Anna") if text.startswith(written)]
    await chat.says("Anna", "/notifications")
    assert written in await press(chat, "Anna", "🔵 We have missed you")
    assert "🌙 Greetings and follow-ups" in await press(chat, "Anna", "⚙️ What reaches me")


async def test_who_came_in_before_it_was_sent_hears_nothing(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    hour = datetime.now(ZoneInfo("Asia/Kolkata")).hour
    quiet = QuietHours(starts=time(hour), ends=time((hour + 2) % 24))
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, club_today() - timedelta(days=8))
        await tx.notifications.set_quiet_hours(quiet, of=anna.id)
    await open_follow_ups(chat)
    await chat.says("Asha", "[🔕 7 days away: off]")
    await chat.says("Asha", "[🔔 Switch on]")
    await follow_up(db)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, club_today())
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await chat.says("Anna", "[🌙 Quiet hours: on]")
    assert not [text for text in told(chat, "Anna") if "not seen you" in text]
