"""Admins decide on registrations: the first decision wins, and everyone hears the truth."""

import asyncio

from tests.stories.registering import register
from tests.stories.reporting import told_all


async def decide(chat, who: str, label: str) -> None:
    await chat.engine.handled(chat.act(who, f"[{label}]"))


async def test_the_first_decision_wins_and_the_slower_admin_sees_whose_it_was(chat, club):
    await club.admin("Asha")
    await club.admin("Bina")
    club.visitor("Anna", phone="+919876543210")
    await register(chat, "Anna")
    stale = chat.buttons("Bina")["✅ Approve"]
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "bot → Anna" in said
    assert "Approve" not in " ".join(chat.buttons("Bina")), "her card still offers a decision"
    bina = club.people["Bina"]
    update = chat.engine.press(bina, bina.id, *stale)
    await chat.engine.handled(update)
    answers = [c.params["text"] for c in chat.engine.calls if c.params.get("show_alert")]
    assert "Approved by Asha" in answers[-1]
    assert "member" in "\n".join(await chat.says("Anna", "/whoami"))


async def test_two_admins_at_the_same_instant_make_one_decision(chat, club, db):
    await club.admin("Asha")
    await club.admin("Bina")
    for number in range(10):
        name = f"Anna{number}"
        club.visitor(name, phone="+919876543210")
        await register(chat, name)
        await asyncio.gather(decide(chat, "Asha", "✅ Approve"), decide(chat, "Bina", "✅ Approve"))
        while await chat.app.outbox.send_due():
            pass
        told = [
            message.text
            for message in chat.engine.chat_messages(club.people[name].id)
            if message.text and "🎉" in message.text
        ]
        assert len(told) == 1, told
    async with db.reading() as repos:
        decisions = await repos.audit.list_latest(limit=50)
    assert len(decisions) == 10


async def test_a_rejection_tells_the_reason_and_the_way_back(chat, club):
    await club.admin("Asha")
    club.visitor("Anna", phone="+919876543210")
    await register(chat, "Anna")
    await chat.says("Asha", "[❌ Reject]")
    said = "\n".join(await chat.says("Asha", "Please come by <first>"))
    assert "bot → Anna" in said
    assert "Please come by <first>" in said
    assert "visitor" in "\n".join(await chat.says("Anna", "/whoami"))


async def test_a_member_who_forges_the_button_decides_nothing(chat, club, db):
    await club.admin("Asha")
    await club.member("Mallory")
    club.visitor("Anna", phone="+919876543210")
    await register(chat, "Anna")
    _, data = chat.buttons("Asha")["✅ Approve"]
    mallory = club.people["Mallory"]
    update = chat.engine.press(mallory, mallory.id, 1, data)
    await chat.engine.handled(update)
    async with db.reading() as repos:
        assert await repos.registrations.count_pending() == 1


async def test_a_banned_applicant_can_only_be_rejected_until_unbanned(chat, club, db):
    asha, bans = await club.admin("Asha"), chat.app.services.bans
    club.visitor("Anna", phone="+919876543210")
    await register(chat, "Anna")
    async with db.reading() as repos:
        anna = await repos.people.find_by_telegram_id(club.people["Anna"].id)

    async def card() -> str:
        await told_all(chat)
        return chat.engine.chat_messages(asha.telegram_id)[-1].text

    await bans.ban(anna.id, reason="Rude", by=asha)
    assert "🚫 This person is banned." in await card()
    refused = "They are banned. Unban them first, or reject the registration."
    assert await chat.says("Asha", "[✅ Approve]") == [f"bot: (!{refused})"]
    await bans.unban(anna.id, by=asha)
    assert "banned" not in await card()
    await chat.says("Asha", "[✅ Approve]")
    assert "member" in "\n".join(await chat.says("Anna", "/whoami"))
