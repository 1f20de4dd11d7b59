"""A member buys a subscription: plans, from when, each way of paying, later; taps twice."""

import asyncio

import pytest

from bot.models.purchases import Starts
from bot.models.subscriptions import Access
from tests.stories.broadcasting import tap
from tests.stories.buying import (
    approve,
    bought,
    by_cash,
    chosen,
    later_allowed,
    member_of,
    shown,
    waiting,
)
from tests.stories.claiming import UTR, claims_of, lines_of, person, shows_picture, told


@pytest.fixture
async def anna(club, db):
    return await member_of(club, db)


async def test_a_plan_is_bought_by_upi_and_begins_when_it_is_approved(chat, club, db, anna):
    await chat.play("""
        Anna: /subscribe
        bot: 💳 Subscribe
            • 30 Days: ₹2,500.00 for 30 days
            • 90 Days: ₹7,000.00 for 90 days
            • 180 Days: ₹13,500.00 for 180 days
            Which one would you like? [30 Days · ₹2,500.00] [90 Days · ₹7,000.00] [180 Days · ₹13,500.00] [⬅️ Back]
        Anna: [30 Days · ₹2,500.00]
        bot*: 💳 30 Days
            30 days: ₹2,500.00
            Total: ₹2,500.00
            GST within it: ₹119.04
            From <...> to <...>
            How would you like to pay? [📱 UPI] [💵 Cash] [🔀 Split] [⬅️ Back] [✖️ Cancel]
        Anna: [📱 UPI]
        bot: {photo} 📱 UPI: ₹2,500.00 to Sahyadri Fitness
            Address: sahyadrifitness@okhdfcbank
            Amount: 2500.00
            Reference: PAY<...>

            Scan the code or copy the address, and pay. Then send <...> [📋 UPI address] [📋 Amount] [📋 Reference] [⬅️ Back] [✖️ Cancel]
        Anna: 4123-4567 8901
        bot: ⏳ 30 Days is with the club: ₹2,500.00
            The club will look at it and tell you here. [↩️ Withdraw] [⬅️ Back]
        bot → Asha: 💳 Subscription to approve
            From: Anna Rao
            Telegram: <...>
            Now: no subscription so far
            Plan: 30 Days, ₹2,500.00
            <...> to <...> (30 days)
            <...>₹2,500.00<...>
            Asked: <...> [✅ Approve] [✏️ Amount] [📅 End date] [❌ Reject] <...>
    """)  # noqa: E501 -- a screen's line
    (claim,) = await claims_of(db, club)
    assert lines_of(claim) == [("upi", 2_500_00, UTR)]
    standing = await approve(chat, club, db, anna)
    assert standing.access is Access.ACTIVE
    assert standing.subscription.plan_name == "30 Days"


async def test_cash_is_told_once_however_often_it_is_pressed(chat, club, db, anna):
    await chosen(chat)
    await chat.says("Anna", "[💵 Cash]")
    presses = [chat.act("Anna", "[✅ Yes, tell the club]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert "30 Days is with the club" in shown(chat)
    (claim,) = await claims_of(db, club)
    assert lines_of(claim) == [("cash", 2_500_00, None)]
    assert (await approve(chat, club, db, anna)).access is Access.ACTIVE


async def test_split_is_proven_by_a_screenshot(chat, club, db, anna):
    await chosen(chat, "90 Days")
    await chat.says("Anna", "[🔀 Split]")
    assert "Send less than that" in "\n".join(await chat.says("Anna", "7000"))
    assert "₹5,000.00 to" in "\n".join(await chat.says("Anna", "5000"))
    assert "90 Days is with the club</b>: ₹7,000.00" in await shows_picture(chat)
    (claim,) = await claims_of(db, club)
    assert lines_of(claim) == [("upi", 5_000_00, None), ("cash", 2_000_00, None)]
    assert (await approve(chat, club, db, anna)).access is Access.ACTIVE


async def test_later_where_the_club_allows_it_and_the_bill_stays_due(chat, club, db, anna):
    assert "🕒 Pay later" not in await chosen(chat)
    await later_allowed(db)
    assert "[🕒 Pay later]" in await chosen(chat)
    presses = [chat.act("Anna", "[🕒 Pay later]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert "is with the club: ₹2,500.00, to be paid later" in shown(chat)
    assert await claims_of(db, club, waiting=False) == []
    assert (await approve(chat, club, db, anna)).access is Access.ACTIVE
    assert (await chat.app.services.dues.owed(anna)).total_paise == 2_500_00
    assert "🕒 Pay later" in await chosen(chat)  # as much again is within the limit
    assert "🕒 Pay later" not in await chosen(chat, "90 Days")


async def test_later_is_refused_when_the_club_allows_it_no_more(chat, club, db, anna):
    await later_allowed(db)
    await chosen(chat)
    await later_allowed(db, limit_paise=1_00)
    said = "\n".join(await chat.says("Anna", "[🕒 Pay later]"))
    assert "Paying later is not possible now. Choose another way to pay." in said
    assert "have you paid, or will you pay" in "\n".join(await chat.says("Anna", "[💵 Cash]"))


async def test_who_has_one_follows_on_unless_they_say_today(chat, club, db, anna):
    standing = await bought(chat, club, db, anna)
    assert ", when the current one has ended" in await chosen(chat)
    said = "\n".join(await chat.says("Anna", "[📅 Start today]"))
    assert "ended" not in said
    assert "⚠️ The current one runs until" in said
    await chat.says("Anna", "[📅 Start after the current one ends]")
    await by_cash(chat)
    assert (await waiting(chat, anna)).starts is Starts.AFTER
    after = await approve(chat, club, db, anna)
    assert (after.ends_on - standing.ends_on).days == 30


async def test_who_says_today_starts_today(chat, club, db, anna):
    await bought(chat, club, db, anna)
    await chosen(chat)
    await chat.says("Anna", "[📅 Start today]")
    await by_cash(chat)
    assert (await waiting(chat, anna)).starts is Starts.TODAY


async def test_one_waits_at_a_time_and_is_withdrawn_to_buy_again(chat, club, db, anna):
    await chosen(chat)
    await chat.says("Anna", "[📱 UPI]")
    await chat.says("Anna", UTR)
    assert "30 Days is with the club" in "\n".join(await chat.says("Anna", "/subscribe"))
    said = "\n".join(await chat.says("Anna", "[↩️ Withdraw]"))
    assert "↩️ Withdrawn. The club will not look at it." in said
    assert "Which one would you like?" in said
    assert await claims_of(db, club) == []
    await chosen(chat, "90 Days")
    await chat.says("Anna", "[📱 UPI]")
    assert "90 Days is with the club" in "\n".join(await chat.says("Anna", UTR))  # free again


async def test_what_was_rejected_is_chosen_anew(chat, club, db, anna):
    await chosen(chat)
    await by_cash(chat)
    asha, purchase = await person(db, club, "Asha"), await waiting(chat, anna)
    await chat.app.services.purchases.reject(purchase.id, reason="No <money> came", by=asha)
    await told(chat)
    assert "[↩️ Withdraw]" not in list(chat.buttons("Anna"))
    said = "\n".join(await tap(chat, "Anna", "💳 Choose a plan"))
    assert "Which one would you like?" in said
