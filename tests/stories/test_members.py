"""Finding people, their cards, and the club's words to them."""

import pytest

from bot.models.people import Office
from tests.stories.cards import open_search

PROMPT = """
        Asha: /admin
        bot: 🛠 Admin panel
            <...>
        Asha: [👥 Members]
        bot*: 👥 Members
            Whom are you looking for? <...> [✖️ Cancel] [⬅️ Back]"""


async def test_the_card_shows_all_that_is_known(chat, club):
    await club.admin("Asha")
    await club.member("Anna", person_id=424837855)
    await chat.play(f"""{PROMPT}
        Asha: 424837855
        bot: 👤 Anna Rao
            @anna, id 424837855
            Role: member
            Phone: +919876543210 (verified)
            Age: 28, gender: female, weight: 62.5 kg
            Member since <...> 20<...>
            No visit yet
            ⚠️ No running subscription
            Reachable: yes [🏃 Came in today] [💳 Subscription] [🚫 Ban] <...> [🗑 Delete] [⬅️ Back]
        Asha: [⬅️ Back]
        bot*: 👥 Members
            Whom <...>
        Asha: [⬅️ Back]
        bot*: 🛠 Admin panel
            What would you like to do? <...>
        Asha: Anna
        bot: I did not catch that. <...>
    """)


@pytest.mark.parametrize(
    "typed",
    [
        " 424837855",
        "\u00a0424837855\u00a0",
        "\t424837855\n",
        "\u200b424837855\ufeff",
        "\u2003\u2060424837855\u200f",
        "@anna",
        "@ANNA",
        "+91 98765 43210",
        "098765-43210",
        "9876543210",
        "josé",
        "JOSE",
        "ose d’s",
    ],
)
async def test_every_way_to_say_who_finds_one_person(chat, club, typed):
    await club.admin("Asha")
    await club.member("Anna", person_id=424837855, full_name="José D’Souza")
    await club.member("Mira", full_name="Mira Shah", phone="+919000000001")
    await open_search(chat)
    said = await chat.says("Asha", typed)
    assert said[:2] == ["bot: 👤 José D’Souza", "    @anna, id 424837855"]


@pytest.mark.parametrize("typed", ["424.837.855", "-424837855", "٤٢٤", "1" * 25])
async def test_what_is_no_id_is_refused_with_an_example_and_the_form_stays(chat, club, typed):
    await club.admin("Asha")
    await club.member("Anna", person_id=424837855)
    await open_search(chat)
    refused = await chat.says("Asha", typed)
    assert refused == [
        f"bot: “{typed}” is not a Telegram id. Send digits only, like 424837855. [✖️ Cancel]"
    ]
    assert (await chat.says("Asha", "424837855"))[0] == "bot: 👤 Anna Rao"


async def test_nobody_found_says_what_was_searched_and_what_to_send(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await chat.play(f"""{PROMPT}
        Asha: 424837855x
        bot: Nobody found for “424837855x”. Send an id like 424837855, an @username, <...>
        Asha: @nobody
        bot: Nobody found for “@nobody”. <...>
        Asha: 123
        bot: Nobody found for “123”. <...>
        Asha: A
        bot: Please send at least 2 letters of the name, like An. [✖️ Cancel]
        Asha: {{photo}}
        bot: Send an id like 424837855, an @username, a phone like +91 98765 43210, <...>
        Asha: nna
        bot: 👤 Anna Rao
            <...>
            Role: member
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
    """)


async def test_a_very_long_search_is_answered_too(chat, club):
    await club.admin("Asha")
    await open_search(chat)
    assert "Nobody found" in (await chat.says("Asha", "ab" * 2000))[0]


async def test_several_hits_are_buttons_and_another_search_narrows_them(chat, club):
    await club.admin("Asha")
    await club.member("Anna", full_name="Anna Rao")
    await club.member("Rita", full_name="Rita Rao", phone="+919000000001")
    await club.known("Raoul")
    await chat.play(f"""{PROMPT}
        Asha: rao
        bot: 👥 3 people fit. <...> [Anna Rao · member] [Rita Rao · member] [Raoul · visitor] <...>
        Asha: a rao
        bot: 👥 2 people fit. <...> [Anna Rao · member] [Rita Rao · member] <...>
        Asha: [Rita Rao · member]
        bot*: 👤 Rita Rao
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
        Asha: [⬅️ Back]
        bot*: 👥 Members
            <...>
        Asha: raou
        bot: 👤 Raoul
            @raoul, id <...>
            Role: visitor
            Not a member; first seen <...>
            Reachable: yes <...>
    """)


async def test_at_most_eight_hits_are_shown(chat, club):
    await club.admin("Asha")
    for number in range(9):
        await club.member(f"Ravi{number}", full_name=f"Ravi {number}")
    await open_search(chat)
    said = "\n".join(await chat.says("Asha", "ravi"))
    assert said.count(" · member]") == 8
    assert "narrow" in said


async def test_ten_digits_may_be_an_id_and_a_phone(chat, club):
    await club.admin("Asha")
    await club.member("Anna", full_name="Anna Rao", phone="+919876543210")
    await club.member("Ravi", full_name="Ravi Shah", phone="+919000000001", person_id=9876543210)
    await open_search(chat)
    said = await chat.says("Asha", "9876543210")
    assert "[Ravi Shah · member] [Anna Rao · member]" in said[0]


async def test_a_forward_and_a_contact_find_their_person(chat, club, sim):
    await club.admin("Asha")
    await club.known("Anna", person_id=424837855)
    club.people["Anna"].phone = "+919876543210"
    asha = club.people["Asha"]
    await open_search(chat)
    said = await chat.says("Asha", "{contact of Anna}")
    assert said[0] == "bot: 👤 Anna"
    await chat.says("Asha", "[⬅️ Back]")
    origin = {"type": "user", "date": 1, "sender_user": {"id": 424837855, "is_bot": False}}
    origin["sender_user"]["first_name"] = "Anna"
    private = sim.engine.private_chat(asha)
    update = sim.engine._say(asha, private, text="hello", extra={"forward_origin": origin})
    await sim.engine.handled(update)
    assert sim.engine.chat_messages(asha.id)[-1].text.startswith("👤 Anna")


async def test_the_search_can_be_cancelled(chat, club):
    await club.admin("Asha")
    await chat.play(f"""{PROMPT}
        Asha: [✖️ Cancel]
        bot*: Cancelled. Nothing was saved. [⬅️ Back] [☰ Menu]
    """)


async def test_a_message_is_queued_and_comes_once_from_the_club(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await open_search(chat)
    await chat.says("Asha", "anna")
    await chat.play("""
        Asha: [💬 Message]
        bot*: 💬 What should I tell Anna Rao? <...> [✖️ Cancel] [⬅️ Back]
        Asha: {photo}
        bot: Please answer with a text message. [✖️ Cancel]
        Asha: <b>Bring</b> your card & towel
        bot: 💬 Your message is on its way.

            👤 Anna Rao
            <...>
            <...>
            <...>
            <...>
            <...>
            No visit yet
            ⚠️ No running subscription
            Reachable: yes <...>
        bot → Anna: 💬 Our club
            <b>Bring</b> your card & towel
    """)


async def test_a_message_too_long_keeps_the_form_open(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await open_search(chat)
    await chat.says("Asha", "anna")
    await chat.says("Asha", "[💬 Message]")
    said = await chat.says("Asha", "x" * 3001)
    assert said == ["bot: That is too long: at most 3000 characters, please. [✖️ Cancel]"]
    assert (await chat.says("Asha", "&" * 3000))[-1] == f"    {'&' * 3000}"


async def test_whoever_blocked_the_bot_cannot_be_written_to(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await open_search(chat)
    await chat.says("Asha", "anna")
    await chat.says("Anna", "{blocks}")
    await chat.play("""
        Asha: [💬 Message]
        bot: (!They cannot be reached: they blocked the bot or never started it.)
        Asha: [⬅️ Back]
        bot*: 👥 Members
            <...>
    """)
    card = await chat.says("Asha", "anna")
    assert "Reachable: no" in card[-1]
    assert "Message" not in card[-1]


async def test_the_reason_is_asked_and_then_they_block_the_bot(chat, club):
    """The form ends: another text would not reach them either."""
    await club.admin("Asha")
    await club.member("Anna")
    await open_search(chat)
    await chat.says("Asha", "anna")
    await chat.says("Asha", "[💬 Message]")
    await chat.says("Anna", "{blocks}")
    await chat.play("""
        Asha: hello
        bot: They cannot be reached: they blocked the bot or never started it. [☰ Menu]
        Asha: hello
        bot: I did not catch that. <...>
    """)


async def test_a_demoted_admin_and_a_plain_member_press_in_vain(chat, club, sim, db):
    vera = await club.admin("Vera")
    await club.member("Anna")
    await club.member("Mira", full_name="Mira Shah", phone="+919000000001")
    await open_search(chat, "Vera")
    await chat.says("Vera", "mira")
    buttons = chat.buttons("Vera")
    async with db.transaction() as tx:
        await tx.people.set_office(vera.id, None)
    await club.again(vera)
    for label in ("🚫 Ban", "💬 Message", "🗑 Delete"):
        said = await chat.says("Vera", f"[{label}]")
        assert said == ["bot: (!This is for admins of the club only.)"]
    anna = club.people["Anna"]
    await chat.says("Anna", "/menu")
    shown = sim.engine.chat_messages(anna.id)[-1]
    for label in ("🚫 Ban", "💬 Message", "🗑 Delete", "⬅️ Back"):
        await sim.engine.handled(sim.engine.press(anna, anna.id, shown.id, buttons[label][1]))
        answer = [c for c in sim.engine.calls if c.method == "answerCallbackQuery"][-1]
        assert answer.params["text"] == "This is for admins of the club only."
    assert sim.engine.chat_messages(anna.id)[-1].text == shown.text


async def test_a_demoted_admin_with_an_open_search_learns_nothing(chat, club, db):
    asha = await club.admin("Asha")
    await club.member("Anna")
    await open_search(chat)
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, Office.STAFF)
    await club.again(asha)
    assert await chat.says("Asha", "anna") == [
        "bot: This is for admins of the club only. [✖️ Cancel]"
    ]
