"""A subscription that ends early: its money goes back, or another member has the rest of it."""

import asyncio

import pytest

from bot.models.payments import Account
from bot.models.subscriptions import Access
from tests.stories.buying import bought, by_cash, member_of, shown, waiting
from tests.stories.claiming import told
from tests.stories.subscribing import changes_of, day, open_card


@pytest.fixture
async def anna(club, db):
    return await member_of(club, db)


async def test_it_is_cancelled_and_some_of_its_money_is_given_back(chat, club, db, anna):
    standing = await bought(chat, club, db, anna)
    await open_card(chat)
    await chat.play(f"""
        Asha: [🚫 Cancel]
        bot*: 🚫 Anna Rao: 30 Days
            {day(0)} to {day(29)}
            Why? <...> [⬅️ Back] [✖️ Cancel]
        Asha: moved <away>
        bot: 🚫 Anna Rao: 30 Days
            {day(0)} to {day(29)}
            30 of 30 days are unused, worth ₹2,500.00
            Bill GYM/<...>/000001: ₹2,500.00
            To take back: ₹2,500.00
            What becomes of it? [Nothing back] [💰 To their credit] [💸 Refund] [✏️ Other amount] [⬅️ Back] [✖️ Cancel]
        Asha: all
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [✏️ Other amount]
        bot*: ✏️ Anna Rao: 30 Days
            {day(0)} to {day(29)}
            How much of bill GYM/<...> at most ₹2,500.00. [⬅️ Back] [✖️ Cancel]
        Asha: 2500.01
        bot: Of its bill ₹2,500.00 can be taken back. <...> [✖️ Cancel]
        Asha: 1,416.67
        bot: 🚫 Anna Rao: 30 Days
            <...>
            <...>
            <...>
            To take back: ₹1,416.67
            What becomes of it? <...>
        Asha: [💸 Refund]
        bot*: 💸 Refund ₹1,416.67
            How do they get it? [💵 Cash] [📱 UPI] [💳 Card] [🏦 Bank] [⬅️ Back] [✖️ Cancel]
        Asha: [📱 UPI]
        bot*: 💸 Refund by UPI
            Which reference does it have? <...> [⬅️ Back] [✖️ Cancel]
        Asha: 412345678999
        bot: 🚫 Anna Rao: 30 Days
            {day(0)} to {day(29)}
            From today they are not let in, and there is no grace.
            30 of 30 days are unused
            Credit note on GYM/<...>/000001: ₹1,416.67
            Paid out: 📱 UPI: ₹1,416.67 · 412345678999
            Reason: moved <away>

            Hand it over first. <...> [🚫 Yes, cancel it] [⬅️ Back] [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    presses = [chat.act("Asha", "[🚫 Yes, cancel it]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    await told(chat)
    texts = [each.text or "" for each in chat.engine.chat_messages(club.people["Anna"].id)]
    (news,) = [each for each in texts if "was cancelled" in each]
    assert "Taken back of its bill: ₹1,416.67\nGiven back to you: ₹1,416.67" in news
    number = standing.subscription.id
    assert len(await changes_of(db, number)) == 1
    assert await chat.app.services.payments.credit(Account(person_id=anna.id)) == 0
    await open_card(chat)
    await chat.says("Asha", f"[30 Days · from {day(0)}]")
    said = "\n".join(await chat.says("Asha", "[↩️ Undo the last change]"))
    assert "Money went back with it: sell it again, or extend another one." in said


async def test_the_rest_is_given_to_another_member_and_taken_back(chat, club, db, anna):
    await bought(chat, club, db, anna)
    ravi = await club.member("Ravi")
    await club.owner("Vera")
    services = chat.app.services
    await open_card(chat, who="Vera")
    await chat.play(f"""
        Vera: [🔁 Transfer]
        bot*: 🔁 Anna Rao: 30 Days
            {day(0)} to {day(29)}
            Unused: 30 days
            Who gets it? <...> [⬅️ Back] [✖️ Cancel]
        Vera: nobody at all
        bot: Nobody found for “nobody at all”. <...> [✖️ Cancel]
        Vera: anna
        bot: It is theirs already. Choose somebody else. [✖️ Cancel]
        Vera: rao
        bot: 🔍 2 people fit. <...> [Anna Rao · member] [Ravi Rao · member] [⬅️ Back] [✖️ Cancel]
        Vera: [Ravi Rao · member]
        bot*: 🔁 Anna Rao: 30 Days
            {day(0)} to {day(29)}
            Unused: 30 days
            To: Ravi Rao, {day(0)} to {day(29)}
            From today Anna Rao is not let in, and there is no grace.
            The bill stays with Anna Rao. [✅ Yes, give it over] [⬅️ Back] [✖️ Cancel]
        Vera: ok
        bot: Please tap one of the buttons above. [✖️ Cancel]
    """)
    presses = [chat.act("Vera", "[✅ Yes, give it over]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    await told(chat)
    assert (await services.subscriptions.standing(ravi.id)).access is Access.ACTIVE
    for who, news in (
        ("Anna", "another member; no day of it is left"),
        ("Ravi", "is yours. Another"),
    ):
        texts = [each.text or "" for each in chat.engine.chat_messages(club.people[who].id)]
        assert len([each for each in texts if news in each]) == 1
    await open_card(chat, who="Vera")
    card = "\n".join(await chat.says("Vera", f"[30 Days · from {day(0)}]"))
    assert f"Vera gave it over to Ravi Rao from {day(0)}" in card
    asked = "\n".join(await chat.says("Vera", "[↩️ Undo the last change]"))
    assert "Ravi Rao loses what is left of it." in asked
    assert f"It was to begin on {day(0)}" in asked
    card = "\n".join(await chat.says("Vera", "[✅ Yes, undo it]"))
    assert f"Active until {day(29)}" in card
    assert "Vera took back: gave it over to Ravi Rao" in card
    assert (await services.subscriptions.standing(ravi.id)).access is not Access.ACTIVE
    await open_card(chat, "@ravi", who="Vera")
    await chat.says("Vera", f"[30 Days · from {day(0)}]")
    said = "\n".join(await chat.says("Vera", "[↩️ Undo the last change]"))
    assert "Whoever gave it over has its days again" in said
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert f"gave another member’s “30 Days” to Ravi Rao, until {day(29)}" in log
    assert "gave over the subscription of Anna Rao" in log


async def test_another_plan_begins_at_once_for_what_is_left_to_pay(chat, club, db, anna):
    await bought(chat, club, db, anna)
    said = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert "[🔄 Renew] [⬆️ Upgrade now] [🧾 My documents]" in said
    await chat.play(f"""
        Anna: [⬆️ Upgrade now]
        bot*: ⬆️ Upgrade now
            30 Days: 30 of 30 days unused, −₹2,500.00
            • 90 Days: ₹7,000.00 for 90 days
            • 180 Days: ₹13,500.00 for 180 days
            Which one would you like? <...>
        Anna: [90 Days · ₹7,000.00]
        bot*: 💳 90 Days
            90 days: ₹7,000.00
            Total: ₹7,000.00
            GST within it: ₹333.34
            30 Days: 30 of 30 days unused, −₹2,500.00
            To pay: ₹4,500.00
            30 Days ends when the club has approved it.
            From {day(0)} to {day(89)}
            How would you like to pay? [📅 Start today] [📅 Start after the current one ends] <...>
        Anna: [📅 Start after the current one ends]
        bot*: 💳 90 Days
            90 days: ₹7,000.00
            Total: ₹7,000.00
            GST within it: ₹333.34
            From {day(30)} to {day(119)}, when the current one has ended
            How would you like to pay? [📅 Start today] [⬆️ Upgrade now] <...>
        Anna: [⬆️ Upgrade now]
        bot*: 💳 90 Days
            <...>
            <...>
            <...>
            <...>
            To pay: ₹4,500.00
            <...>
            <...>
            <...>
    """)
    assert "90 Days is with the club: ₹4,500.00" in await by_cash(chat)
    purchase = await waiting(chat, anna)
    card = shown(chat, "Asha")
    assert "Plan: 90 Days, ₹7,000.00\n⬆️ Instead of 30 Days: −₹2,500.00" in card
    for said in ("[✅ Approve]", "[None of it]"):
        asked = "\n".join(await chat.says("Asha", said))
    assert "Anna Rao, to pay ₹4,500.00" in asked
    look = "\n".join(await chat.says("Asha", "[As reported: ₹4,500.00]"))
    assert "Bill: ₹7,000.00\n    ⬆️ Instead of 30 Days: −₹2,500.00" in look
    assert "Paid in full" in look
    presses = [chat.act("Asha", "[✅ Confirm]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    await told(chat)
    assert "\n⬆️ Instead of 30 Days: −₹2,500.00\n" in shown(chat, "Asha")  # as approved
    stands = await chat.app.services.subscriptions.standing(anna.id)
    assert (stands.subscription.plan_name, stands.days_left) == ("90 Days", 90)
    assert (await chat.app.services.dues.owed(anna)).total_paise == 0
    texts = [each.text or "" for each in chat.engine.chat_messages(club.people["Anna"].id)]
    (news,) = [each for each in texts if "ends, as your new plan has begun" in each]
    assert "Taken back of its bill: ₹2,500.00\nPaid of your new plan: ₹2,500.00" in news
    assert purchase.to_pay_paise == 4_500_00
