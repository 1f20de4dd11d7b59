"""A member's link for friends: shown, opened by a friend, by its owner, twice; off and on."""

import re

from bot.models.payments import Account
from tests.stories.buying import member_of
from tests.stories.claiming import person, told
from tests.stories.memberships import asked
from tests.stories.registering import register
from tests.stories.telling import forge
from tests.stories.telling import told as chat_of

GONE = "This payment is not there."


async def rewarded(chat, club, db, rupees=200):
    """Asha lets Anna have so much for each friend; returns Anna's payload."""
    anna = await member_of(club, db)
    await set_reward(chat, str(rupees))
    return anna, payload(await chat.says("Anna", "/invite"))


async def set_reward(chat, typed) -> str:
    for step in ("/admin", "[💳 Subscriptions]", "[⚙️ Rules]", "[✏️ Referral reward]"):
        await chat.says("Asha", step)
    return "\n".join(await chat.says("Asha", typed))


def payload(screen) -> str:
    return re.search(r"\?start=([\w-]+)", "\n".join(screen))[1]


async def test_a_friend_comes_registers_and_pays_and_the_member_is_rewarded(chat, club, db):
    anna, link = await rewarded(chat, club, db)
    await club.owner("Vera")
    club.visitor("Ravi")
    await chat.play(f"""
        Anna: /my_subscription
        bot: 💳 My subscription
            You have none yet.

            See the plans with /subscribe. [💳 Plans] [🧾 My documents] [🤝 Invite a friend] [⬅️ Back]
        Anna: [🤝 Invite a friend]
        bot*: 🤝 Invite a friend
            Send your link to friends who are no members yet. When the first payment of one of them is in, you get ₹200.00 as credit.

            https://t.me/<...>?start={link}

            Nobody has come by it yet. [📨 Send to a friend] [📋 Copy the link] [⬅️ Back]
        Ravi: /start {link}
        bot: 🤝 A member has invited you: good to have you here.

            👋 Our club
            Welcome! <...>

            Tap 📝 Register to become a member. [📝 Register] [❓ Help]
    """)  # noqa: E501 -- a screen's line
    await register(chat, "Ravi")
    asha, ravi = await person(db, club, "Asha"), await person(db, club, "Ravi")
    services = chat.app.services
    await chat.says("Asha", "[✅ Approve]")
    purchase = await asked(services, await club.again(ravi))
    assert "Nobody has come" not in "\n".join(await chat.says("Anna", "/invite"))
    await services.activations.approve(purchase.id, by=asha)
    await told(chat)
    (note,) = [each for each in chat_of(chat, "Anna") if "for you" in each]
    assert "₹200.00 for you" in note
    said = "\n".join(await chat.says("Anna", "/invite"))
    assert "Friends who came: 1\n    Rewarded: 1\n    Earned: ₹200.00" in said
    async with db.reading() as repos:
        (reward,) = await repos.payments.unused(Account(person_id=anna.id))
    await chat.says("Asha", "/menu")
    card = await forge(chat, "Asha", f"rct-show:{reward.payment_id}")
    assert "🤝 <b>Referral reward RW/" in card
    assert "Kept as credit: ₹200.00" in card
    assert await forge(chat, "Anna", f"doc-receipt:{reward.payment_id}") == GONE
    log = "\n".join(await chat.says("Vera", "/owner") + await chat.says("Vera", "[📜 Audit log]"))
    assert "Asha (admin) gave referral reward RW/" in log


async def test_one_s_own_link_a_second_press_and_a_forged_one(chat, club, db):
    _, link = await rewarded(chat, club, db)
    own = "\n".join(await chat.says("Anna", f"/start {link}"))
    assert "🤝 This is your own link." in own
    assert "👋 Our club" in own
    await club.known("Ravi")
    for _ in range(2):
        assert "A member has invited you" in "\n".join(await chat.says("Ravi", f"/start {link}"))
    await club.known("Mira")
    for forged in (link[:-1] + ("A" if link[-1] != "A" else "B"), f"{link} x", "ref-1", "☃"):
        said = "\n".join(await chat.says("Mira", f"/start {forged}"))
        assert "👋 Our club" in said
        assert "invited" not in said
    said = "\n".join(await chat.says("Anna", "/invite"))
    assert "Friends who came: 1\n    Rewarded: 0\n    Earned: ₹0.00" in said


async def test_a_club_without_a_reward_has_no_button_and_says_so(chat, club, db):
    _, link = await rewarded(chat, club, db)
    assert "Referral reward: off" in await set_reward(chat, "0")
    assert "🤝" not in "\n".join(await chat.says("Anna", "/my_subscription"))
    await chat.play("""
        Anna: /invite
        bot: 🤝 Invite a friend
            The club gives no reward for friends at the moment. [⬅️ Back]
    """)
    await club.known("Ravi")
    assert "invited" not in "\n".join(await chat.says("Ravi", f"/start {link}"))
    log = "\n".join(await chat.says("Asha", "/invite"))
    assert "no reward" in log
