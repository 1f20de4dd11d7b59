"""Promo codes: an admin gives one out, a member types it, and the bill says so."""

import asyncio
from datetime import date
from uuid import uuid4

import pytest

from bot.models.promos import Gift, PromoFacts, PromoField
from tests.stories.activating import card
from tests.stories.broadcasting import tap
from tests.stories.buying import approve, bought, by_cash, chosen, member_of, shown, waiting
from tests.stories.claiming import UTR, person
from tests.stories.subscribing import day, open_section
from tests.stories.telling import forge


@pytest.fixture
async def anna(club, db):
    return await member_of(club, db)


async def coded(chat, club, db, code="SUMMER10", gives=Gift(percent=10), **facts):  # noqa: B008
    asha = await person(db, club, "Asha")
    made = PromoFacts(code=code, gives=gives, **facts)
    return (await chat.app.services.promos.add(made, by=asha, operation_id=uuid4())).promo


async def open_codes(chat, who="Asha") -> str:
    await open_section(chat, who)
    return "\n".join(await chat.says(who, "[🏷 Promo codes]"))


async def typed(chat, *codes) -> str:
    """In the summary that is open."""
    await chat.says("Anna", "[🏷 Discount code]")
    for code in codes:
        said = "\n".join(await chat.says("Anna", code))
    return said


async def test_an_admin_makes_a_code_and_changes_it(chat, club, db, anna):
    assert "None yet." in await open_codes(chat)
    await chat.play("""
        Asha: [➕ New code]
        bot*: ➕ New code: Code
            What do members type? <...> [⬅️ Back] [✖️ Cancel]
        Asha: <b>
        bot: “<b>” is not a code. <...> [✖️ Cancel]
        Asha: summer10
        bot: ➕ New code: Gives
            What does it take off <...> [⬅️ Back] [✖️ Cancel]
        Asha: 100 %
        bot: “100 %” does not fit. Send 1 % to 99 %, or an amount like 250. [✖️ Cancel]
        Asha: 10 %
        bot: ➕ New code: For
            For which plan is it? [Every plan] [30 Days · ₹2,500.00 · 30 days] <...> [✖️ Cancel]
        Asha: any
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [Every plan]
        bot*: ➕ New code: First day
            From which day on? <...> [⏭ No first day] [⬅️ Back] [✖️ Cancel]
        Asha: 1 Jan 2099
        bot: ➕ New code: Last day
            Until which day, <...> [⏭ No last day] [⬅️ Back] [✖️ Cancel]
        Asha: 31 Dec 2098
        bot: It begins on 1 Jan 2099: its last day cannot be before that. [✖️ Cancel]
        Asha: [⏭ No last day]
        bot*: ➕ New code: Uses in all
            How often <...> [⏭ No limit] [⬅️ Back] [✖️ Cancel]
        Asha: 2
        bot: ➕ New code: Per member
            How often <...> [⏭ Once] [⬅️ Back] [✖️ Cancel]
        Asha: [⏭ Once]
        bot*: 🏷 SUMMER10
            Gives: 10 % off a plan’s price
            For: every plan
            First day: 1 Jan 2099
            Last day: any
            Uses in all: 2
            Per member: 1

            Is that right? What it gives cannot be changed later. [✅ Save] [✖️ Cancel] [⬅️ Back]
    """)
    updates = [chat.act("Asha", "[✅ Save]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert (await chat.app.services.promos.page(0)).count == 1
    await open_codes(chat)
    await tap(chat, "Asha", "SUMMER10 · 10 % · used 0 of 2")
    for edit, wrong, said, seen in (
        ("[✏️ First day]", "soon", "[⏭ No first day]", "First day: any"),
        ("[✏️ Last day]", "31.12.", "31 Dec 2098", "Last day: 31 Dec 2098"),
        ("[✏️ Uses in all]", "none", "[⏭ No limit]", "Uses in all: no limit"),
        ("[✏️ Per member]", "0", "3", "Per member: 3"),
    ):
        await chat.says("Asha", edit)
        assert "Saved" not in "\n".join(await chat.says("Asha", wrong))
        assert seen in "\n".join(await chat.says("Asha", said)), edit
    assert "🚫 It is off" in "\n".join(await chat.says("Asha", "[🚫 Switch off]"))
    assert "🚫 SUMMER10 · 10 %" in await open_codes(chat)
    await chat.says("Asha", "[➕ New code]")
    assert "There is a code SUMMER10 already" in "\n".join(await chat.says("Asha", "Summer10"))
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "added promo code “SUMMER10”: 10 %" in log
    assert "changed promo code “SUMMER10”: Per member: 1 → 3" in log
    assert "changed promo code “SUMMER10”: On: yes → no" in log


async def test_a_member_pays_less_and_the_bill_says_why(chat, club, db, anna):
    assert "Discount code" not in await chosen(chat)
    promo = await coded(chat, club, db)
    await chosen(chat)
    await chat.play("""
        Anna: [🏷 Discount code]
        bot*: 🏷 Discount code
            Send the code that you were given. [⬅️ Back] [✖️ Cancel]
        Anna: summer 10
        bot: 💳 30 Days
            30 days: ₹2,500.00
            Code SUMMER10: −₹250.00
            Total: ₹2,250.00
            GST within it: ₹107.14
            From <...> to <...>
            How would you like to pay? [✖️ Remove the code] [📱 UPI] <...> [✖️ Cancel]
    """)
    presses = [chat.act("Anna", "[✖️ Remove the code]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert "Total: ₹2,500.00" in shown(chat)
    await typed(chat, "SUMMER10")
    await chat.says("Anna", "[📱 UPI]")
    assert "Total: ₹2,250.00" in "\n".join(await tap(chat, "Anna", "⬅️ Back"))
    await by_cash(chat)
    assert "30 Days is with the club: ₹2,250.00" in shown(chat)
    assert "Code SUMMER10: −₹250.00" in card(chat, "Asha")
    assert "⚠️" not in card(chat, "Asha")  # it costs less than the plan, and rightly so
    await approve(chat, club, db, anna)
    async with db.reading() as repos:
        (invoice,) = await repos.invoices.list_of(anna.id)
        assert await repos.invoices.due(invoice.id) == 0
    assert invoice.lines[0].name == "30 Days, code SUMMER10"
    assert invoice.totals.total_paise == 2_250_00
    await open_codes(chat)
    said = "\n".join(await tap(chat, "Asha", promo.code))
    assert "Given so far: ₹250.00" in said
    assert f"• Anna Rao, {day()}: −₹250.00" in said
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert f"of Anna Rao, until {day(29)}, with code SUMMER10" in log
    await chosen(chat)
    assert "You have used SUMMER10 already" in await typed(chat, "SUMMER10")


async def test_a_code_that_is_not_taken_is_told_of_and_nothing_is_lost(chat, club, db, anna):
    await coded(chat, club, db, "LATER", first_day=date(2099, 1, 1))
    await coded(chat, club, db, "GONE", last_day=date(2020, 1, 1))
    await coded(chat, club, db, "LONG", plan_id=2)
    await chosen(chat)
    await chat.says("Anna", "[🏷 Discount code]")
    for code, said in (
        ("<wrong>", "“<WRONG>” is not a code that the club takes."),
        ("later", "LATER is good from"),
        ("gone", "GONE was good until"),
        ("long", "LONG is not for this plan."),
        ("{photo}", "Please answer with a text message."),
        ("nope", "Please ask the club which code you may use"),
    ):
        assert said in "\n".join(await chat.says("Anna", code)), code
    assert "Total: ₹2,500.00" in "\n".join(await tap(chat, "Anna", "⬅️ Back"))
    await by_cash(chat)
    assert (await waiting(chat, anna)).price_paise == 2_500_00


async def test_a_code_is_kept_when_another_start_is_chosen(chat, club, db, anna):
    await bought(chat, club, db, anna)
    await coded(chat, club, db)
    await chosen(chat)
    assert "Code SUMMER10: −₹250.00" in await typed(chat, "SUMMER10")
    assert "Code SUMMER10: −₹250.00" in "\n".join(await chat.says("Anna", "[📅 Start today]"))


async def test_a_code_that_ends_meanwhile_takes_nothing_off(chat, club, db, anna):
    promo = await coded(chat, club, db)
    await chosen(chat)
    await typed(chat, "SUMMER10")
    asha, promos = await person(db, club, "Asha"), chat.app.services.promos
    await promos.change(promo.id, PromoField.IS_ON, False, by=asha)  # noqa: FBT003
    said = "\n".join(await chat.says("Anna", "[💵 Cash]"))
    assert "Something else is due by now. Look at it again." in said
    assert "“SUMMER10” is not a code that the club takes." in said
    assert "Total: ₹2,500.00" in said
    await promos.change(promo.id, PromoField.IS_ON, True, by=asha)  # noqa: FBT003
    await chosen(chat)
    await typed(chat, "SUMMER10")
    await chat.says("Anna", "[📱 UPI]")
    await promos.change(promo.id, PromoField.IS_ON, False, by=asha)  # noqa: FBT003
    assert "It is ₹2,500.00 by now." in "\n".join(await chat.says("Anna", UTR))
    assert await waiting(chat, anna) is None
    assert "closed" in await forge(chat, "Anna", "buy-code:" + "0" * 32)
