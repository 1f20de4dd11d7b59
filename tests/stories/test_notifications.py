"""What people do with what the club told them."""

import asyncio

import pytest

from tests.stories.cards import open_card
from tests.stories.registering import register
from tests.stories.telling import forge, press, told, write


async def test_what_the_club_told_is_read_again_and_tidied(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await write(chat, "Bring a towel")
    await write(chat, "We open at 7")
    await chat.play("""
        Anna: /menu
        bot: ☰ Our club
            🔒 You have no subscription yet. Tap Subscribe to choose one.
            <...> [🔔 Notifications (2)] <...>
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
            🔒 You have no subscription yet. Tap Subscribe to choose one.
            <...> [🔔 Notifications] <...>
    """)


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
