"""One's own data: as a file, and its deletion on request."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from tests.stories.cards import open_card, with_history


async def file_of(chat, sim, name):
    await chat.says(name, "/my_data")
    said = await chat.says(name, "[📄 Download]")
    assert said[0].startswith("bot: {document my-data.json} 📄 Everything the club holds")
    sent = [c for c in sim.engine.calls if c.method == "sendDocument"][-1]
    file_id = sent.response["document"]["file_id"]
    return json.loads(sim.engine.files.find(file_id).content)


async def test_my_data_is_a_complete_file(chat, club, db, sim):
    await club.admin("Asha")
    await with_history(club, db, person_id=424837855)
    await open_card(chat, "Asha", "424837855")
    for label in ("[🚫 Ban]", "Rude to Ravi", "[♻️ Unban]", "[💬 Message]", "Welcome back"):
        await chat.says("Asha", label)
    data = await file_of(chat, sim, "Anna")
    assert data["person"] | {"first_seen_at": ""} == {
        "telegram_id": 424837855,
        "username": "anna",
        "display_name": "Anna",
        "language_code": "en",
        "role": "member",
        "office": None,
        "reachable": True,
        "first_seen_at": "",
    }
    assert data["profile"]["weight_grams"] == 62500
    assert data["profile"]["photo_file_id"] == "photo-1"
    assert [one["status"] for one in data["registrations"]] == ["approved"]
    assert [(ban["reason"], bool(ban["lifted_at"])) for ban in data["bans"]] == [
        ("Rude to Ravi", True)
    ]
    assert [entry["action"] for entry in data["audit"]] == [
        "member banned",
        "member unbanned",
        "member messaged",
    ]
    assert {entry["by"] for entry in data["audit"]} == {"admin"}
    assert [notice["kind"] for notice in data["notices"]] == ["banned", "unbanned", "from-the-club"]
    assert data["notices"][2]["payload"] == {"text": "Welcome back"}
    assert "Asha" not in json.dumps(data)
    assert set(data) <= set(data["meaning"]) | {"meaning"}
    assert data["taken_at"].endswith("Z")
    taken = datetime.fromisoformat(data["taken_at"])
    assert abs((datetime.now(UTC) - taken).total_seconds()) < 60


async def test_what_an_admin_did_to_others_names_nobody(chat, club, sim):
    await club.admin("Asha")
    await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[💬 Message]")
    await chat.says("Asha", "Hello")
    data = await file_of(chat, sim, "Asha")
    about = "somebody else, or the club"
    assert [(e["action"], e["by"], e["about"]) for e in data["audit"]] == [
        ("member messaged", "you", about)
    ]
    assert data["audit"][0]["after"] == {}
    assert "Anna" not in json.dumps(data)


async def test_a_visitor_has_data_too(chat, club, sim):
    club.visitor("Ravi")
    data = await file_of(chat, sim, "Ravi")
    assert data["profile"] is None
    assert data["registrations"] == []


async def test_delete_my_data_and_come_back_as_a_new_visitor(chat, club, db):
    anna = await with_history(club, db, person_id=424837855)
    await chat.play("""
        Anna: /menu
        bot: ☰ Our club
            🔒 You have no subscription yet. Tap Subscribe to choose one.
            <...> [🔐 My data] <...>
        Anna: [🔐 My data]
        bot*: 🔐 My data
            <...> [📄 Download] [🗑 Delete my data] [⬅️ Back]
        Anna: [🗑 Delete my data]
        bot*: 🗑 Delete everything about you? This cannot be undone.

            What goes
            • name, username and Telegram id
            • 1 profile
            • 1 photo
            • 1 registration
            • 0 messages
            What stays, without the name
            • 0 audit entries
            A photo itself <...>
            If you write to me again, you start as a new visitor. [🗑 Yes, delete] [⬅️ Back]
        Anna: [🗑 Yes, delete]
        bot*: 🗑 Your data is deleted.

            Gone
            • name, username and Telegram id
            • 1 profile
            • 1 photo
            • 1 registration
            • 0 messages
            Kept, without the name
            • 0 audit entries
            A photo itself <...>
            Thank you for having been with us. 👋 [☰ Menu]
    """)
    async with db.reading() as repos:
        assert await repos.people.find_by_telegram_id(424837855) is None
        assert (await repos.people.find(anna.id)).is_deleted
        entries = await repos.audit.list_about(anna.id)
    assert [entry.action for entry in entries] == ["member deleted themselves"]
    assert "Role: visitor" in "\n".join(await chat.says("Anna", "/whoami"))


async def test_a_double_tap_on_delete_my_data_leaves_nothing_behind(chat, club, sim, db):
    await club.member("Anna", person_id=424837855)
    await chat.says("Anna", "/my_data")
    await chat.says("Anna", "[🗑 Delete my data]")
    taps = [chat.act("Anna", "[🗑 Yes, delete]") for _ in range(2)]
    await asyncio.gather(*map(sim.engine.handled, taps))
    toasts = [c.params.get("text") for c in sim.engine.calls if c.method == "answerCallbackQuery"]
    assert toasts[-2:] == [None, "Your data has been deleted already."]
    assert sim.engine.chat_messages(424837855)[-1].text.startswith("🗑 Your data is deleted.")
    async with db.reading() as repos:
        assert await repos.people.find_by_telegram_id(424837855) is None


async def test_an_old_button_deletes_nobody_who_came_back(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/my_data")
    await chat.says("Anna", "[🗑 Delete my data]")
    forged = chat.buttons("Anna")["🗑 Yes, delete"]
    mira = await club.member("Mira")
    await chat.says("Mira", "/menu")
    user = club.people["Mira"]
    await chat.engine.handled(chat.engine.press(user, user.id, 1, forged[1]))
    assert (await club.again(mira)).is_member


@pytest.mark.parametrize("label", ["[🗑 Delete my data]", "forged"])
async def test_owners_and_offices_are_told_why_not(chat, club, settings, sim, label):
    people = {
        "Olga": await club.owner("Olga"),
        "Asha": await club.admin("Asha"),
        "Sami": await club.staff("Sami"),
    }
    relieved = "You hold a post in the club. Ask an owner to relieve you of it first."
    expected = {"Olga": "The club needs at least one owner.", "Asha": relieved, "Sami": relieved}
    for name, sentence in expected.items():
        await chat.says(name, "/my_data")
        if label == "forged":
            user = club.people[name]
            data = f"data-del-yes:{people[name].id}"
            screen = sim.engine.chat_messages(user.id)[-1]
            await sim.engine.handled(sim.engine.press(user, user.id, screen.id, data))
        else:
            await chat.says(name, label)
        answer = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"][-1]
        assert answer.params["text"] == sentence
        assert (await club.again(people[name])).office


async def test_an_owner_of_the_environment_is_named_there(chat, club):
    await club.known("Olga", person_id=4242)
    await club.owner("Vera")
    await chat.app.services.people.name_owners((4242,))
    await chat.says("Olga", "/my_data")
    said = await chat.says("Olga", "[🗑 Delete my data]")
    assert said == ["bot: (!This owner is named in OWNER_IDS and can only be removed there.)"]
    await chat.says("Vera", "/my_data")
    said = await chat.says("Vera", "[🗑 Delete my data]")
    assert "Ask an owner to relieve you" in said[0]
