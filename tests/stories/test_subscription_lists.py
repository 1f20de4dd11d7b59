"""Every list of 💳 Subscriptions: who is on it, the file of it, and the way there and back."""

from datetime import timedelta

import pytest

from bot.models.subscriptions import ChangeKind
from tests.services.exporting import sheets
from tests.stories import memberships
from tests.stories.invoicing import registered
from tests.stories.reporting import told_all
from tests.stories.subscribing import day, open_section, subscribed, today

SINCE = {
    "Active": [0],
    "Ending": [25],
    "Graced": [32],
    "Tomorrow": [29 + 7],
    "Over": [60],
    "Renewed": [20, -10],
    "Later": [-12],
    "Banned": [3],
    "Barred": [-5],
    "Frozen": [5],
}
LISTS = {
    "🟢 Active": {"Active", "Ending", "Renewed"},
    "⏳ Expiring": {"Ending"},
    "🌤 In grace": {"Graced", "Tomorrow"},
    "🔒 Locked tomorrow": {"Tomorrow"},
    "🔴 Expired": {"Over"},
    "❄️ Frozen": {"Frozen"},
    "⏭ Upcoming": {"Renewed", "Later"},
    "🚫 Banned": {"Banned", "Barred"},
}


@pytest.fixture
async def people(chat, club, db):
    """Somebody in every state that there is."""
    asha = await club.admin("Asha")
    people = {name: await club.member(name) for name in SINCE}
    for name, bought in SINCE.items():
        for since in bought:
            number = await subscribed(db, people[name], asha, since=since)
    await memberships.changed(db, number, ChangeKind.FREEZE, days=9, on=today(), delta=9)
    for name in ("Banned", "Barred"):
        await chat.app.services.bans.ban(people[name].id, reason="Rude", by=asha)
    return people


def labels(chat, who="Asha") -> list[str]:
    """Of the newest screen."""
    screen = chat.engine.chat_messages(chat.club.people[who].id)[-1]
    return [each["text"] for row in screen.buttons for each in row]


async def test_everybody_is_on_their_lists_which_lead_to_their_cards_and_back(chat, people):
    await open_section(chat)
    for name, expected in LISTS.items():
        await chat.says("Asha", f"[{name} ({len(expected)})]")
        shown = [label for label in labels(chat) if " · " in label]
        assert {label.partition(" ")[0] for label in shown} == expected, name
        card = "\n".join(await chat.says("Asha", f"[{shown[0]}]"))
        assert ("🚫 Banned: not let in" in card) == (name == "🚫 Banned")
        assert "Plans, rules" in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
    await chat.play(f"""
        Asha: [⏭ Upcoming (2)]
        bot*: ⏭ Upcoming
            2 people. <...> [Later Rao · 30 Days · from {day(12)}] [📤 Excel] [⬅️ Back]
        Asha: [📤 Excel]
        bot: {{document subscriptions-upcoming-<...>.xlsx}} ⏭ Upcoming on <...>: 2 people
        Asha: [Later Rao · 30 Days · from {day(12)}]
        bot*: 💳 Later Rao
            Begins on {day(12)}

            <...>
            <...>

            <...>
            <...>
    """)
    asha = chat.club.people["Asha"]
    (file,) = [each.document for each in chat.engine.chat_messages(asha.id) if each.document]
    (found,) = sheets(file.content).values()
    assert [row["First day"] for row in found] == [today() + timedelta(days=n) for n in (10, 12)]
    await open_section(chat)
    for said in ("[🚫 Banned (2)]", f"[Banned Rao · 30 Days · {day(26)}]"):
        await chat.says("Asha", said)
    member = "\n".join(await chat.says("Asha", "[👤 Member]"))
    assert f"💳 Paid until {day(26)}; the days go by while they are banned" in member


async def test_a_queue_leads_back_to_where_it_was_opened(chat, db, people):
    await registered(db)
    await memberships.asked(chat.app.services, people["Over"])
    await told_all(chat)
    for opened, queue, behind in (
        ("[💳 Subscriptions]", "[🎫 Pending (1)]", "Plans, rules"),
        ("[✅ Approvals (1)]", "[🎫 Subscriptions (1)]", "📝 Registrations"),
    ):
        for said in ("/admin", opened, queue):
            await chat.says("Asha", said)
        (entry,) = [label for label in labels(chat) if label.startswith("🎫 Over Rao")]
        await chat.says("Asha", f"[{entry}]")
        assert entry in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
        assert behind in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
