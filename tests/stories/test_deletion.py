"""Deleting people from their card: asked, done once, reported."""

import asyncio
from uuid import uuid4

from tests.stories.cards import open_card, with_history
from tests.stories.memberships import subscribed
from tests.stories.test_my_subscription import in_days


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
            A photo itself lies with Telegram<...> [🗑 Yes, delete] [✖️ Cancel] [⬅️ Back]
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
            Role: visitor
            Membership: none yet <...>
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
    assert toasts[-2:] == [None, None]  # the second tap is shown what the first one did
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
            operation = f":{uuid4().hex}" if prefix == "mem-del-yes" else ""
            data = f"{prefix}:{person_id}{operation}"
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
    assert await chat.says("Ben", "rude") == [
        "bot: This is for admins of the club only. [✖️ Cancel]"
    ]


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


async def test_the_question_before_a_deletion_is_cancelled_and_takes_no_words(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=3)
    await open_card(chat, "Asha", "@anna")
    asked = "\n".join(await chat.says("Asha", "[🗑 Delete]"))
    assert f"Their subscription until {in_days(3)} ends with it." in asked
    assert "tap one of the buttons" in "".join(await chat.says("Asha", "yes"))
    assert "Cancelled" in "".join(await chat.says("Asha", "/cancel"))
    assert (await club.again(anna)).is_member
