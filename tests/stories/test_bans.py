"""Bans: one clear notice, then silence; and nobody above oneself."""

import asyncio
from uuid import uuid4

import pytest

from tests.stories.activating import bought, card, desk, wishes_in_cash
from tests.stories.cards import open_card
from tests.stories.reporting import told_all


async def ban(chat, admin, name, reason="Rude"):
    await open_card(chat, admin, name)
    await chat.says(admin, "[🚫 Ban]")
    return await chat.says(admin, reason)


async def test_a_ban_is_told_once_and_then_nothing_answers(chat, club, sim):
    await club.admin("Asha")
    await club.member("Anna")
    await chat.says("Anna", "/menu")
    await open_card(chat, "Asha", "anna")
    await chat.play("""
        Asha: [🚫 Ban]
        bot*: 🚫 Why is Anna Rao to be banned? <...> [✖️ Cancel] [⬅️ Back]
        Asha: Shouted at <Ravi>
        bot: 🚫 Banned. They get one notice with the reason.

            👤 Anna Rao
            <...>
            Role: banned
            <...>
            <...>
            <...>
            No visit yet
            🚫 Banned <...> by Asha
            Reason: Shouted at <Ravi>
            Reachable: yes [💳 Subscription] [♻️ Unban] [💬 Message] <...> [🗑 Delete] [⬅️ Back]
        bot → Anna: 🚫 You can no longer use this bot.
            Reason: Shouted at <Ravi>
            Please talk to the club.
        Anna: /start
        Anna: hello?
        Anna: {photo}
        Anna: [❓ Help]
        Anna: /my_data
    """)
    answers = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"]
    assert "text" not in answers[-1].params  # the spinner stopped, without words
    assert sim.engine.commands_for(club.people["Anna"]) == []


async def test_the_answer_to_what_they_do_may_be_the_one_notice(chat, club, sim):
    """Whichever comes first: here they write before the outbox has sent anything."""
    await club.admin("Asha")
    await club.member("Anna")
    anna = club.people["Anna"]
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🚫 Ban]")
    await sim.engine.handled(chat.act("Asha", "Rude"))
    await sim.engine.handled(chat.act("Anna", "/menu"))
    while await chat.app.outbox.send_due():
        pass
    await sim.engine.handled(chat.act("Anna", "/menu"))
    told = [m.text for m in sim.engine.chat_messages(anna.id) if "no longer" in (m.text or "")]
    assert len(told) == 1


async def test_in_a_group_a_ban_is_not_announced(chat, club, sim):
    await club.admin("Asha")
    await club.member("Anna")
    await ban(chat, "Asha", "anna")
    anna = club.people["Anna"]
    group = sim.engine.add_group("Club", members=[anna])
    await sim.engine.handled(sim.engine.send_text(anna, "/menu@clubdesk_bot", chat_id=group.id))
    said = [m.text for m in sim.engine.chat_messages(group.id) if m.sender is not anna]
    assert not [text for text in said if text and "Rude" in text]


async def test_who_could_not_be_told_hears_when_they_come_back(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await chat.says("Anna", "{blocks}")
    await ban(chat, "Asha", "anna")
    await chat.play("""
        Anna: {unblocks}
        bot: 🚫 You can no longer use this bot.
            Reason: Rude
            Please talk to the club.
        Anna: /start
    """)


async def test_unban_lets_them_in_again_and_says_so(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await ban(chat, "Asha", "anna")
    await chat.play("""
        Asha: [♻️ Unban]
        bot*: ♻️ Unbanned. They get a notice.

            👤 Anna Rao
            <...>
            Role: member
            <...>
            <...>
            <...>
            No visit yet
            ⚠️ No running subscription
            Reachable: yes [🏃 Came in today] [💳 Subscription] [🚫 Ban] <...> [🗑 Delete] [⬅️ Back]
        bot → Anna: ♻️ You can use this bot again. Welcome back! Send /menu.
        Anna: /whoami
        bot: 🪪 Anna Rao
            <...>
            <...>
            Role: member
            Membership: member <...>
    """)
    await ban(chat, "Asha", "anna", "Again")
    assert (await chat.says("Anna", "/start")) == []


async def test_a_second_ban_is_told_again(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await ban(chat, "Asha", "anna")
    await chat.says("Asha", "[♻️ Unban]")
    said = await ban(chat, "Asha", "anna", "Again")
    assert "bot → Anna: 🚫 You can no longer use this bot." in said
    assert said.count("    Reason: Again") == 2  # on the card, and to Anna


@pytest.mark.parametrize("answer", ["{photo}", "{location}"])
async def test_a_reason_is_words(chat, club, answer):
    await club.admin("Asha")
    await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🚫 Ban]")
    assert await chat.says("Asha", answer) == ["bot: Please answer with a text message. [✖️ Cancel]"]
    assert await chat.says("Asha", "x" * 301) == [
        "bot: That is too long: at most 300 characters, please. [✖️ Cancel]"
    ]
    assert "Banned" in (await chat.says("Asha", "x" * 300))[0]


async def test_a_ban_can_be_left_by_cancel_and_by_back(chat, club):
    anna = await club.member("Anna")
    await club.admin("Asha")
    await open_card(chat, "Asha", "anna")
    await chat.play("""
        Asha: [🚫 Ban]
        bot*: 🚫 Why <...>
        Asha: [⬅️ Back]
        bot*: 👤 Anna Rao
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
        Asha: rude
        bot: I did not catch that. <...>
        Asha: [🚫 Ban]
        bot*: 🚫 Why <...>
        Asha: [✖️ Cancel]
        bot*: Cancelled. Nothing was saved. [⬅️ Back] [☰ Menu]
    """)
    assert not (await club.again(anna)).is_banned


async def test_the_slower_admin_hears_that_it_is_done(chat, club):
    await club.admin("Asha")
    await club.admin("Vera")
    await club.member("Anna")
    for admin in ("Asha", "Vera"):
        await open_card(chat, admin, "anna")
        await chat.says(admin, "[🚫 Ban]")
    await chat.says("Asha", "Rude")
    await chat.play("""
        Vera: Rude
        bot: They are banned already. [☰ Menu]
        Vera: Rude
        bot: I did not catch that. <...>
    """)
    for admin in ("Asha", "Vera"):
        await open_card(chat, admin, "anna")
    await chat.says("Asha", "[♻️ Unban]")
    assert await chat.says("Vera", "[♻️ Unban]") == ["bot: (!They are not banned.)"]


async def test_two_admins_ban_at_once_and_one_wins(chat, club, sim, db):
    await club.admin("Asha")
    await club.admin("Vera")
    anna = await club.member("Anna")
    for admin in ("Asha", "Vera"):
        await open_card(chat, admin, "anna")
        await chat.says(admin, "[🚫 Ban]")
    updates = [chat.act("Asha", "One"), chat.act("Vera", "Two")]
    await asyncio.gather(*map(sim.engine.handled, updates))
    async with db.reading() as repos:
        entries = await repos.audit.list_about(anna.id)
    assert [entry.action for entry in entries] == ["member banned"]


async def test_nobody_bans_owners_themselves_or_those_above(chat, club, sim):
    people = {
        "Vera": await club.owner("Vera"),
        "Asha": await club.admin("Asha"),
        "Ben": await club.admin("Ben"),
        "Sami": await club.staff("Sami"),
    }
    for name in people:
        card = await open_card(chat, "Asha", f"@{name}")
        assert "Ban" not in card[-1]
        assert "Delete" not in card[-1]
    asha = club.people["Asha"]
    expected = {
        "Vera": "Owners cannot be banned or deleted.",
        "Asha": "You cannot do this to yourself.",
        "Ben": "Only an owner can do this to someone with a post in the club.",
        "Sami": "Only an owner can do this to someone with a post in the club.",
    }
    for name, sentence in expected.items():
        person_id = people[name].id
        for data in ("mem-ban", "mem-unban", "mem-del", "mem-del-yes"):
            shown = sim.engine.chat_messages(asha.id)[-1]
            operation = f":{uuid4().hex}" if data == "mem-del-yes" else ""
            button = f"{data}:{person_id}{operation}"
            await sim.engine.handled(sim.engine.press(asha, asha.id, shown.id, button))
            answer = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"][-1]
            assert answer.params["text"] == sentence, (name, data)


async def test_an_owner_bans_an_admin_and_takes_the_post(chat, club, db):
    await club.owner("Olga")
    asha = await club.admin("Asha")
    await chat.says("Asha", "/admin")
    await open_card(chat, "Olga", "@asha")
    said = await chat.says("Olga", "[🚫 Ban]")
    assert "They are admin of the club; the ban takes this post." in "\n".join(said)
    await chat.says("Olga", "Took money")
    assert await chat.says("Asha", "[👥 Members]") == []
    async with db.reading() as repos:
        entries = await repos.audit.list_about(asha.id)
    assert [entry.action for entry in entries] == ["office taken", "member banned"]
    await chat.says("Olga", "[♻️ Unban]")
    assert (await club.again(asha)).office is None
    assert await chat.says("Asha", "/admin") == [
        "bot: This is for admins of the club only. [☰ Menu]"
    ]


async def test_what_a_banned_member_asks_for_can_only_be_rejected(chat, club, db):
    asha, anna = await desk(chat, club, db)
    meera, bans = await club.member("Meera"), chat.app.services.bans
    await wishes_in_cash(chat, anna)
    for said in ("[✅ Approve]", "[None of it]"):
        await chat.says("Asha", said)
    await chat.says("Asha", "[As reported: ₹2,500.00]")
    await bans.ban(anna.id, reason="Rude", by=asha)
    await told_all(chat)
    for admin in ("Asha", "Bina"):
        assert "🚫 They are banned: unban them first, or reject this." in card(chat, admin)
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "(!⚠️ Not approved: Anna Rao is banned. Unban them first in 👥 Members" in said
    refused = "Anna Rao is banned. Unban them first: /admin, then 👥 Members. Or tap ❌ Reject."
    assert await chat.says("Bina", "[✅ Approve]") == [f"bot: (!{refused})"]
    assert await bought(db, anna) == []
    await bans.unban(anna.id, by=asha)
    await told_all(chat)
    assert "banned" not in card(chat, "Bina")
    for said in ("[✅ Approve]", "[None of it]", "[As reported: ₹2,500.00]", "[✅ Confirm]"):
        await chat.says("Bina", said)
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]
    await wishes_in_cash(chat, meera)
    await bans.ban(meera.id, reason="Rude", by=asha)
    asked = "\n".join(await chat.says("Bina", "[❌ Reject]"))
    assert "They are banned, and are not told." in asked
    done = "\n".join(await chat.says("Bina", "Not now"))
    assert "Rejected. Meera Rao is not told while banned." in done
    assert "did not approve" not in done
