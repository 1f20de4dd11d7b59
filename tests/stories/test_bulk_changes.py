"""Everybody on a list at once: reminded, or given days."""

from uuid import uuid4

from bot.models.audit import AuditAction
from tests.services.exporting import sheets
from tests.stories.memberships import asked, subscribed
from tests.stories.subscribing import day, last_days, open_section
from tests.stories.telling import forge, told
from tests.stories.test_expiry import nine_o_clock


async def expiring(chat, club, db) -> tuple:
    """Asha's club: Anna's ends in three days, Ravi's in five; Tara has asked to renew."""
    asha = await club.admin("Asha")
    anna, ravi, tara = [await club.member(name) for name in ("Anna", "Ravi", "Tara")]
    for person, ends_in in ((anna, 3), (ravi, 5), (tara, 6)):
        await subscribed(db, person, ends_in=ends_in)
        async with db.transaction() as tx:
            await tx.notifications.keep_quiet(of=person.id, is_quiet=False)
    return asha, anna, ravi, tara


async def test_everybody_who_was_not_reminded_today_is(chat, club, db):
    asha, anna, ravi, tara = await expiring(chat, club, db)
    await asked(chat.app.services, tara)
    await open_section(chat)
    await chat.play(f"""
        Asha: [⏳ Expiring (3)]
        bot*: ⏳ Expiring
            3 people. <...> [📨 Remind all] [➕ Extend all] [📤 Excel] [⬅️ Back]
        Asha: [📤 Excel]
        bot: {{document subscriptions-expiring-<...>.xlsx}} ⏳ Expiring on {day()}: 3 people
        Asha: [📨 Remind all]
        bot*: 📨 Remind all: expiring
            2 people would be reminded of the end, with a button to renew:
            • Anna Rao
            • Ravi Rao
            Left out, as they cannot be reached or have asked <...> [✅ Yes, remind 2] [⬅️ Back]
    """)
    said = "\n".join(await chat.says("Asha", "[✅ Yes, remind 2]"))
    assert "✅ 2 people will be reminded." in said
    for who, days in (("Anna", 3), ("Ravi", 5)):  # in any order
        assert f"ends on {day(days)}. Days to go: {days}." in told(chat, who)[-1]
    await chat.play("""
        Asha: [⬅️ Back]
        bot*: ⏳ Expiring
            3 people. <...>
        Asha: [📨 Remind all]
        bot*: 📨 Remind all: expiring
            There is nobody to remind now.
            Reminded today already: 2
            Left out, as they cannot be reached or have asked for a renewal: 1 [⬅️ Back]
    """)
    await nine_o_clock(db, anna, ravi)  # it was said already
    while await chat.app.outbox.send_due():
        pass
    assert [len([t for t in told(chat, who) if "Days to go" in t]) for who in ("Anna", "Ravi")] == [
        1,
        1,
    ]
    (file,) = [
        each.document for each in chat.engine.chat_messages(asha.telegram_id) if each.document
    ]
    (found,) = sheets(file.content).values()
    assert [row["Name"] for row in found] == ["Anna Rao", "Ravi Rao", "Tara Rao"]
    async with db.reading() as repos:
        latest = await repos.audit.list_latest(limit=9)
    assert [(each.action, each.after["count"]) for each in latest][:2] == [
        (AuditAction.SUBSCRIBERS_REMINDED, 2),
        (AuditAction.SUBSCRIBERS_EXPORTED, 3),
    ]


async def test_everybody_gets_days_but_who_was_changed_meanwhile(chat, club, db, monkeypatch):
    monkeypatch.setattr("bot.routers.bulk_changes.AT_ONCE", 2)
    asha, anna, ravi, tara = await expiring(chat, club, db)
    await open_section(chat)
    await chat.says("Asha", "[⏳ Expiring (3)]")
    await chat.play(f"""
        Asha: [➕ Extend all]
        bot*: ➕ Extend all: expiring
            That is 3 people. By how many days? Send a number from 1 to 30. [⬅️ Back] [✖️ Cancel]
        Asha: 31
        bot: “31” is not a number of days. Send one from 1 to 30, like 3. [✖️ Cancel]
        Asha: 2 days
        bot: ➕ Extend all: expiring
            By 2 days. Why? They will read it. Send a few words. [⬅️ Back] [✖️ Cancel]
        Asha: Closed on <Diwali>
        bot: ➕ Extend all: expiring
            3 people, 2 days longer:
            • Anna Rao: {day(3)} → {day(5)}
            • Ravi Rao: {day(5)} → {day(7)}
            • Tara Rao: {day(6)} → {day(8)}
            Reason: Closed on <Diwali> [✅ Yes, extend 3] [⬅️ Back] [✖️ Cancel]
        Asha: well?
        bot: Please tap one of the buttons above. [✖️ Cancel]
    """)
    (ravis,) = await chat.app.services.subscriptions.list_of(ravi.id)
    await chat.app.services.subscriptions.extend(
        ravis.id, days=1, reason="ill", by=asha, operation_id=uuid4()
    )
    _, data = chat.buttons("Asha")["✅ Yes, extend 3"]
    while await chat.app.outbox.send_due():
        pass
    await chat.play(f"""
        Asha: [✅ Yes, extend 3]
        bot*: ➕ Extend all: expiring
            ✅ Extended: 1. They are told.
            Left out, as they were changed, renewed or banned meanwhile: 1
            Tap below for the other 1. [▶️ Go on, 1 left] <...>
        bot → Anna: 💳 30 Days was changed; its last day is {day(5)}.
            Reason: Closed on <Diwali>
        Asha: [▶️ Go on, 1 left]
        bot*: ➕ Extend all: expiring
            ✅ Extended: 2. They are told.
            Left out, as they were changed, renewed or banned meanwhile: 1 [⬅️ Back]
        bot → Tara: 💳 30 Days was changed; its last day is {day(8)}.
            <...>
    """)
    await forge(chat, "Asha", data)
    ends = [await last_days(db, each) for each in (anna, ravi, tara)]
    assert [(f"{end.day} {end:%b %Y}") for (end,) in ends] == [day(5), day(6), day(8)]


async def test_a_list_is_searched_as_members_are(chat, club, db):
    await club.admin("Asha")
    for number in range(9):
        await subscribed(db, await club.member(f"Person{number}"), ends_in=number)
    over = await club.member("Priya", phone="+919876500000")
    await subscribed(db, over, ends_in=-40)
    await open_section(chat)
    await chat.says("Asha", "[🟢 Active (9)]")
    await chat.play(f"""
        Asha: [🔍 Search]
        bot*: 🔍 Search subscriptions
            <...>
            On this list: 🟢 Active [⬅️ Back] [✖️ Cancel]
        Asha: 98765 00000
        bot: Nobody on this list fits “98765 00000”. <...> [✖️ Cancel]
        Asha: person
        bot: 🔍 The first 8 of more. <...> [Person0 Rao · 30 Days · {day(0)}] <...>
        Asha: @person8
        bot: 🔍 1 person fits. <...> [Person8 Rao · 30 Days · {day(8)}] [⬅️ Back] [✖️ Cancel]
        Asha: [⬅️ Back]
        bot*: 🟢 Active, page 1 of 2
            9 people. <...>
    """)
