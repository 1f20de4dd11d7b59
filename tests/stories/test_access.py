"""What a running subscription gives access to: who is let in, and how the others are told."""

import asyncio
from datetime import timedelta

import pytest

from bot.keyboards.visits import AskAnyway, AskToRenew
from bot.models.subscriptions import ChangeKind, Rules
from tests.stories.cards import open_card
from tests.stories.memberships import asked, changed, subscribed
from tests.stories.telling import forge, told
from tests.stories.test_my_subscription import in_days
from tests.stories.test_visits import club_today, effects, visits_of

CAME_IN, ANYWAY, TELL = "[🏃 Came in today]", "[✅ Mark anyway]", "[📨 Tell them how to renew]"


@pytest.mark.parametrize(
    ("ends_in", "said"),
    [
        (-1, "⚠️ In grace, 3 check-ins left"),
        (-7, "⚠️ In grace, 3 check-ins left"),
        (-8, "⚠️ No running subscription"),
        (40, "⚠️ No running subscription"),
        (None, "⚠️ No running subscription"),
        (0, None),
        (29, None),
    ],
)
async def test_the_card_warns_an_admin(chat, club, db, ends_in, said):
    await club.admin("Asha")
    anna = await club.member("Anna")
    if ends_in is not None:
        await subscribed(db, anna, ends_in=ends_in)
    card = "\n".join(await open_card(chat, "Asha", "anna"))
    assert [line.strip() for line in card.split("\n") if "⚠️" in line] == ([said] if said else [])


async def test_staff_need_none(chat, club):
    await club.admin("Asha")
    await club.staff("Sunil")
    assert "subscription" not in "\n".join(await open_card(chat, "Asha", "sunil"))


async def test_whoever_is_locked_comes_in_with_a_reason_only(chat, club, db):
    await club.owner("Vera")
    anna = await club.member("Anna", full_name="<b>Änna</b> & अ")
    await subscribed(db, anna, ends_in=-8)
    await open_card(chat, "Vera", "@anna")
    await chat.play(f"""
        Vera: {CAME_IN}
        bot*: ✋ <b>Änna</b> & अ is not marked as in: their subscription ended on {in_days(-8)}.
            They need to renew. Or <...> say why. {ANYWAY} {TELL} [💳 Subscription] [⬅️ Back]
        Vera: {ANYWAY}
        bot*: ✅ Why is <b>Änna</b> & अ let in anyway? <...> [✖️ Cancel] [⬅️ Back]
        Vera: {{photo}}
        bot: <...> [✖️ Cancel]
        Vera: pays <b>tonight</b>
        bot: 🏃 Marked as in today.

            👤 <b>Änna</b> & अ
            <...>
            <...>
            <...>
            <...>
            <...>
            <...>
            ⚠️ No running subscription
            Reachable: yes [↩️ Not in today] <...> [⬅️ Back]
    """)
    assert await visits_of(db, anna) == [club_today()]
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert f"marked as in <b>Änna</b> & अ, {club_today()}, anyway: “pays <b>tonight</b>”" in log
    assert told(chat, "Anna") == []
    await open_card(chat, "Vera", "@anna")
    await chat.says("Vera", "[↩️ Not in today]")
    assert await visits_of(db, anna) == []
    assert await effects(db, anna) == ["visit marked", "visit unmarked"]


async def test_whoever_was_not_let_in_is_told_how_to_renew_and_does(chat, club, db):
    await club.admin("Asha")
    anna, mira = await club.member("Anna"), await club.member("Mira")
    await subscribed(db, anna, ends_in=20, visits=1)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, club_today() - timedelta(days=1))
    await open_card(chat, "Asha", "@anna")
    said = "\n".join(await chat.says("Asha", CAME_IN))
    assert "is not marked as in: all visits of their subscription are used." in said
    _, again = chat.buttons("Asha")[TELL[1:-1]]
    assert "📨 They are told how to renew." in "\n".join(await chat.says("Asha", TELL))
    await forge(chat, "Asha", again)
    await chat.play("""
        Anna: [🔄 Renew]
        bot*: 💳 Subscribe
            <...>
            <...>
            <...>
            Which one would you like? <...>
        Anna: /menu
        bot: ☰ Our club
            🔒 All visits of your subscription are used. Renew it below to come in again.
            <...>
    """)
    assert await effects(db, anna) == ["member messaged"]
    await asked(chat.app.services, anna)
    await open_card(chat, "Asha", "@anna")
    said = "\n".join(await chat.says("Asha", CAME_IN))
    assert "They have asked for one: decide on it below." in said
    assert {"✅ Approvals", ANYWAY[1:-1]} <= chat.buttons("Asha").keys()
    assert TELL[1:-1] not in chat.buttons("Asha")
    assert "This has changed since." in await forge(chat, "Asha", again)
    await open_card(chat, "Asha", "@mira")
    assert "they have no subscription" in "\n".join(await chat.says("Asha", CAME_IN))
    await chat.says("Asha", TELL)
    assert told(chat, "Mira") == ["🔒 You have no subscription yet. Tap Subscribe to choose one."]
    assert "💳 Subscribe" in chat.buttons("Mira")
    assert await effects(db, mira) == ["member messaged"]


async def test_in_grace_both_hear_what_is_left(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=-3)
    await open_card(chat, "Asha", "@anna")
    said = "\n".join(await chat.says("Asha", CAME_IN))
    assert f"⏳ Grace: 2 of 3 check-ins left, it ends on {in_days(4)}." in said
    ended = f"⏳ You came in on {in_days(0)}; your subscription ended on {in_days(-3)}."
    rest = f"You may still come until {in_days(4)}, 2 check-ins left: renew it below."
    assert told(chat, "Anna") == [f"{ended}\n{rest}"]
    menu = "\n".join(await chat.says("Anna", "/menu"))
    assert f"You may come until {in_days(4)}, 2 check-ins left: renew it below." in menu
    await chat.says("Asha", "[↩️ Not in today]")
    await chat.says("Asha", CAME_IN)
    heard = [text for text in told(chat, "Anna") if text.startswith("⏳ You came in")]
    assert len(heard) == 1  # nobody hears it twice a day
    async with db.transaction() as tx:
        for days in (1, 2):
            await tx.visits.add(anna.id, club_today() - timedelta(days=days))
    await chat.says("Asha", "[↩️ Not in today]")
    said = "\n".join(await chat.says("Asha", CAME_IN))
    assert "⏳ Grace: 0 of 3 check-ins left" in said
    async with db.transaction() as tx:
        await tx.visits.remove(anna.id, club_today())
        await tx.subscription_rules.save(Rules(grace_visits=2))
    await open_card(chat, "Asha", "@anna")
    said = "\n".join(await chat.says("Asha", CAME_IN))
    assert f"ended on {in_days(-3)}, and the check-ins of grace are used." in said


async def test_a_frozen_one_and_buttons_of_before(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    number = await subscribed(db, anna, ends_in=9)
    await changed(db, number, ChangeKind.FREEZE, on=club_today(), days=5, delta=5)
    await open_card(chat, "Asha", "@anna")
    assert "their subscription is frozen." in "\n".join(await chat.says("Asha", CAME_IN))
    assert TELL[1:-1] not in chat.buttons("Asha")
    today = club_today().toordinal()
    renew = AskToRenew(person_id=anna.id, day=today).pack()
    anyway = AskAnyway(person_id=anna.id, day=today).pack()
    assert "This has changed since." in await forge(chat, "Asha", renew)
    await changed(db, number, ChangeKind.UNFREEZE, on=club_today(), delta=-5)
    for data in (anyway, renew):
        assert "This has changed since." in await forge(chat, "Asha", data)
    yesterday = AskAnyway(person_id=anna.id, day=today - 1).pack()
    assert "This card is of another day." in await forge(chat, "Asha", yesterday)
    ravi = await club.known("Ravi")
    for button in (AskAnyway, AskToRenew):
        data = button(person_id=ravi.id, day=today).pack()
        assert "Only members can be marked as in" in await forge(chat, "Asha", data)
    assert await visits_of(db, anna) == []


async def test_two_admins_with_a_reason_each_are_one_visit(chat, club, db):
    anna = await club.member("Anna")
    for name in ("Asha", "Bina"):
        await club.admin(name)
        await open_card(chat, name, "@anna")
        await chat.says(name, CAME_IN)
        await chat.says(name, ANYWAY)
    said = [chat.act(name, f"{name} says so") for name in ("Asha", "Bina")]
    await asyncio.gather(*map(chat.engine.handled, said))
    assert await visits_of(db, anna) == [club_today()]
    assert await effects(db, anna) == ["visit marked"]
    for name in ("Asha", "Bina"):
        assert told(chat, name)[-1].startswith("🏃 Marked as in today.")
