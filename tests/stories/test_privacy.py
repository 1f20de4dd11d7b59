"""Deleting people, by an admin or by themselves, and their data as a file."""

import asyncio
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.models.registrations import RegistrationStatus
from tests.club import applicant


async def open_card(chat, admin, name):
    await chat.says(admin, "/admin")
    await chat.says(admin, "[👥 Members]")
    return await chat.says(admin, name)


async def with_history(club, db, name="Anna", **details):
    """A member with a photo, an approved registration and what remains in the audit log."""
    person = await club.member(name, photo_file_id="photo-1", **details)
    async with db.transaction() as tx:
        filed = await tx.registrations.add(
            person.id, applicant(name, photo_file_id="photo-1"), operation_id=uuid4()
        )
        await tx.registrations.mark_decided(
            filed.id, RegistrationStatus.APPROVED, by=person.id, reason=None
        )
    return person


async def test_delete_shows_what_goes_asks_and_reports(chat, club, db):
    await club.admin("Asha")
    anna = await with_history(club, db, person_id=424837855)
    await open_card(chat, "Asha", "424837855")
    await chat.play("""
        Asha: [🗑 Delete]
        bot*: 🗑 Delete Anna Rao?

            What goes
            • name, username and Telegram id
            • 1 profile
            • 1 photo
            • 1 registration
            • 0 messages
            What stays, without the name
            • 0 audit entries
            A photo itself lies with Telegram, not with the club: <...> [🗑 Yes, delete] [⬅️ Back]
        Asha: [🗑 Yes, delete]
        bot*: 🗑 Deleted.

            Gone
            • name, username and Telegram id
            • 1 profile
            • 1 photo
            • 1 registration
            • 0 messages
            Kept, without the name
            • 0 audit entries
            A photo itself lies with Telegram, not with the club: <...> [⬅️ Back]
        Asha: [⬅️ Back]
        bot*: 👥 Members
            <...>
        Asha: 424837855
        bot: Nobody found for “424837855”. <...>
        Asha: anna
        bot: Nobody found for “anna”. <...>
        Anna: /whoami
        bot: 🪪 Anna
            Id: 424837855
            <...>
            Role: visitor <...>
    """)
    async with db.reading() as repos:
        left = await repos.members.find_card(anna.id)
        entries = await repos.audit.list_about(anna.id)
    assert left.person.is_deleted
    assert (left.person.display_name, left.person.username, left.profile) == ("", None, None)
    assert [(entry.action, entry.subject_name) for entry in entries] == [("member deleted", None)]
    assert set(entries[0].after.values()) <= {0, 1}  # counts, no names


async def test_delete_can_be_thought_better_of(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🗑 Delete]")
    assert (await chat.says("Asha", "[⬅️ Back]"))[0] == "bot*: 👤 Anna Rao"


async def test_a_double_tap_on_yes_deletes_once(chat, club, sim, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🗑 Delete]")
    taps = [chat.act("Asha", "[🗑 Yes, delete]") for _ in range(2)]
    await asyncio.gather(*map(sim.engine.handled, taps))
    toasts = [c.params.get("text") for c in sim.engine.calls if c.method == "answerCallbackQuery"]
    assert toasts[-2:] == [None, "This person has been deleted."]
    screen = sim.engine.chat_messages(club.people["Asha"].id)[-1]
    assert screen.text.startswith("🗑 Deleted.")
    async with db.reading() as repos:
        assert len(await repos.audit.list_about(anna.id)) == 1


async def test_two_admins_delete_at_once_and_the_second_is_told(chat, club, sim, db):
    await club.admin("Asha")
    await club.admin("Vera")
    anna = await club.member("Anna")
    for admin in ("Asha", "Vera"):
        await open_card(chat, admin, "anna")
        await chat.says(admin, "[🗑 Delete]")
    taps = [chat.act(admin, "[🗑 Yes, delete]") for admin in ("Asha", "Vera")]
    await asyncio.gather(*map(sim.engine.handled, taps))
    toasts = [c.params.get("text") for c in sim.engine.calls if c.method == "answerCallbackQuery"]
    assert sorted(toasts[-2:], key=str) == [None, "This person has been deleted."]
    async with db.reading() as repos:
        assert len(await repos.audit.list_about(anna.id)) == 1


async def test_every_old_button_of_a_deleted_person_says_so(chat, club, db, sim):
    await club.admin("Asha")
    anna = await club.member("Anna")
    asha = club.people["Asha"]
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🗑 Delete]")
    await chat.says("Asha", "[🗑 Yes, delete]")
    screen = sim.engine.chat_messages(asha.id)[-1]
    for prefix in ("mem-show", "mem-ban", "mem-unban", "mem-msg", "mem-del", "mem-del-yes"):
        for person_id in (anna.id, 10**12):
            data = f"{prefix}:{person_id}"
            await sim.engine.handled(sim.engine.press(asha, asha.id, screen.id, data))
            answer = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"][-1]
            assert answer.params["text"] == "This person has been deleted.", data


async def test_an_id_too_large_for_us_is_an_old_button(chat, club, sim):
    await club.admin("Asha")
    asha = club.people["Asha"]
    await chat.says("Asha", "/menu")
    screen = sim.engine.chat_messages(asha.id)[-1]
    for data in (f"mem-show:{2**63}", "mem-del-yes:-1", "mem-ban:", "mem-msg:x"):
        await sim.engine.handled(sim.engine.press(asha, asha.id, screen.id, data))
        answer = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"][-1]
        assert answer.params["text"], data
    texts = [m.text for m in sim.engine.chat_messages(asha.id)]
    assert not [text for text in texts if "went wrong" in text]


async def test_deleting_in_the_middle_of_their_form_is_harmless(chat, club):
    await club.owner("Olga")
    await club.admin("Ben")
    await club.member("Anna")
    await open_card(chat, "Ben", "anna")
    await chat.says("Ben", "[🚫 Ban]")
    await open_card(chat, "Olga", "@ben")
    asked = "\n".join(await chat.says("Olga", "[🗑 Delete]"))
    assert "Their post (admin) goes too." in asked
    await chat.says("Olga", "[🗑 Yes, delete]")
    assert await chat.says("Ben", "rude") == ["bot: This is for admins of the club only."]


async def test_a_deleted_and_banned_person_comes_back_as_a_new_visitor(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await open_card(chat, "Asha", "anna")
    await chat.says("Asha", "[🚫 Ban]")
    await chat.says("Asha", "Rude")
    asked = "\n".join(await chat.says("Asha", "[🗑 Delete]"))
    assert "Their ban ends: who comes back is a new visitor." in asked
    await chat.says("Asha", "[🗑 Yes, delete]")
    assert "Role: visitor" in "\n".join(await chat.says("Anna", "/whoami"))


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
