"""➕ Record payment: from whom, for what, how, how much; saved once, whoever presses."""

import asyncio

import pytest

from tests.stories.broadcasting import tap
from tests.stories.collecting import (
    begin,
    cash_ready,
    flat,
    line,
    open_account,
    receipts,
)
from tests.stories.invoicing import billed, registered
from tests.stories.telling import told


@pytest.fixture
async def asha(club, db):
    await registered(db)
    return await club.admin("Asha")


async def due(db, invoice_id) -> int:
    async with db.reading() as repos:
        return await repos.invoices.due(invoice_id)


async def test_e29_a_split_payment_is_booked_line_by_line(chat, club, db, asha):
    anna = await club.member("Anna")
    (bill,) = await billed(chat.app.services, asha, anna, rupees=5_279)
    await chat.play("""
        Asha: /admin
        bot: 🛠 Admin panel
            <...> [🧾 Invoices] [💰 Receivables] <...>
        bot → Anna: {document <...>.pdf} <...>
            <...>
        Asha: [💰 Receivables]
        bot*: 💰 Receivables
            Outstanding: ₹5,543.00, 1 account owes
            Overdue: ₹0.00 on 0 invoices
            Credit held: ₹0.00 of 0 accounts

            Outstanding by days since the invoice’s date:
            • 0–30 days: ₹5,543.00
            • 31–60 days: ₹0.00
            • 61–90 days: ₹0.00
            • over 90 days: ₹0.00 [➕ Record payment] [👛 Who owes (1)] [⏰ Overdue (0)] [🎁 Credit (0)] [⬅️ Back]
        Asha: [➕ Record payment]
        bot*: ➕ Record payment: from whom?
            Send an id, <...> [⬅️ Back] [✖️ Cancel]
        Asha: @anna
        bot: ➕ Payment of Anna Rao: for what?
            ₹5,543.00 is due on 1 bill. Tick which it is for, or settle the oldest. [▫️ GYM/<...> · ₹5,543.00] [Oldest first] [Advance, as credit] [⬅️ Back] [✖️ Cancel]
        Asha: [Oldest first]
        bot*: ➕ Payment of Anna Rao
            For the oldest first; ₹5,543.00 is due.

            How was it paid? [💵 Cash] [📱 UPI] [💳 Card] [🏦 Bank] [⬅️ Back] [✖️ Cancel]
        Asha: [📱 UPI]
        bot*: <...>
            <...>

            How much by 📱 UPI?
            Tap the rest, or send an amount like 1500 or 1,500.50. [₹5,543.00 · the rest] [⬅️ Back] [✖️ Cancel]
        Asha: 3000
        bot: 📱 UPI, ₹3,000.00: which reference?
            Send the UTR, <...> [⏭ Skip] [⬅️ Back] [✖️ Cancel]
        Asha: 4123-4567 8901
        bot: ➕ Payment of Anna Rao
            For the oldest first; ₹5,543.00 is due.
            1. 📱 UPI: ₹3,000.00 · 412345678901
            Total: ₹3,000.00

            GYM/<...>: ₹3,000.00, still due ₹2,543.00 [🗑 1. ₹3,000.00] [✏️ 1. Reference] [➕ Add line] [✅ Save] [⬅️ Back] [✖️ Cancel]
        Asha: [➕ Add line]
        bot*: <...>
            <...>
            So far: ₹3,000.00

            How was it paid? <...>
        Asha: [💵 Cash]
        bot*: <...>
            <...>
            <...>

            <...>
            <...> [₹2,543.00 · the rest] [⬅️ Back] [✖️ Cancel]
        Asha: 2000
        bot: <...>
            <...>
            1. 📱 UPI: ₹3,000.00 · 412345678901
            2. 💵 Cash: ₹2,000.00
            Total: ₹5,000.00

            GYM/<...>: ₹5,000.00, still due ₹543.00 <...>
        Asha: [✅ Save]
        bot*: ✅ Receipt RC/<...>/000001: ₹5,000.00
            From: Anna Rao
            📱 UPI: ₹3,000.00 · 412345678901
            💵 Cash: ₹2,000.00

            GYM/<...>: ₹5,000.00, still due ₹543.00 [👛 Account] [⬅️ Back]
        bot → Anna: {document <...>.pdf} ✅ Received: ₹5,000.00, thank you.
            <...>
            <...>
            <...>
            <...>
    """)  # noqa: E501 -- a screen's line
    assert await due(db, bill.id) == 543_00
    said = await cash_ready(chat, "600")
    assert "₹543.00, settled\nKept as credit: ₹57.00" in said
    assert "Kept as credit: ₹57.00" in flat(await chat.says("Asha", "[✅ Save]"))
    assert await due(db, bill.id) == 0
    assert await receipts(db) == [5_000_00, 600_00]


async def test_e29_three_admins_at_once_make_one_receipt(chat, club, db, asha):
    anna = await club.member("Anna")
    (bill,) = await billed(chat.app.services, asha, anna, rupees=500, name="Rest")
    admins = ["Asha", "Bela", "Chitra"]
    for name in admins[1:]:
        await club.admin(name)
    for name in admins:
        assert "settled" in await cash_ready(chat, "525", who=name)
    presses = [chat.act(name, "[✅ Save]") for name in admins]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert await receipts(db) == [525_00]
    screens = {name: told(chat, name)[-1] for name in admins}
    booked = [name for name, screen in screens.items() if screen.startswith("✅ Receipt")]
    assert len(booked) == 1
    for name in set(admins) - set(booked):
        assert "For the oldest first; ₹0.00 is due.\n1. 💵 Cash: ₹525.00" in screens[name]
        assert "Kept as credit: ₹525.00" in screens[name]
        assert "[✅ Save]" in f"[{']['.join(chat.buttons(name))}]"
    other = next(name for name in admins if name not in booked)
    await tap(chat, other, "🗑 1.")
    await chat.says(other, "[✖️ Cancel]")
    assert await due(db, bill.id) == 0
    assert await receipts(db) == [525_00]


async def test_a_double_tap_on_save_books_once(chat, club, db, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "1000")
    presses = [chat.act("Asha", "[✅ Save]") for _ in range(3)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert await receipts(db) == [1_000_00]


async def test_what_was_chosen_is_settled_though_something_is_older(chat, club, db, asha):
    anna = await club.member("Anna")
    (first,) = await billed(chat.app.services, asha, anna, rupees=1_000)
    (second,) = await billed(chat.app.services, asha, anna, rupees=2_000)
    (third,) = await billed(chat.app.services, asha, anna, rupees=3_000)
    await begin(chat)
    assert "[➡️" not in flat(chat.buttons("Asha"))
    await tap(chat, "Asha", f"▫️ {third.number}")
    await tap(chat, "Asha", f"▫️ {first.number}")
    await tap(chat, "Asha", f"▫️ {second.number}")
    said = flat(await tap(chat, "Asha", f"☑️ {first.number}"))
    assert f"▫️ {first.number}" in said
    await chat.says("Asha", "[➡️ Ticked · ₹5,250.00]")
    said = await line(chat, "💵 Cash", "2500")
    assert f"For {second.number}, {third.number}; ₹5,250.00 is due." in said
    assert f"{second.number}: ₹2,100.00, settled\n" in said
    assert f"{third.number}: ₹400.00, still due ₹2,750.00" in said
    await chat.says("Asha", "[✅ Save]")
    assert [await due(db, each.id) for each in (first, second, third)] == [1_050_00, 0, 2_750_00]


async def test_the_oldest_first_leaves_the_newest(chat, club, db, asha):
    anna = await club.member("Anna")
    (first,) = await billed(chat.app.services, asha, anna, rupees=1_000)
    (second,) = await billed(chat.app.services, asha, anna, rupees=2_000)
    await cash_ready(chat, "1500")
    await chat.says("Asha", "[✅ Save]")
    assert [await due(db, each.id) for each in (first, second)] == [0, 1_650_00]


async def test_the_rest_is_a_button_and_settles_exactly(chat, club, db, asha):
    anna = await club.member("Anna")
    (bill,) = await billed(chat.app.services, asha, anna)
    await begin(chat)
    await chat.says("Asha", "[Oldest first]")
    await chat.says("Asha", "[🏦 Bank]")
    await tap(chat, "Asha", "₹1,575.00 · the rest")
    said = flat(await chat.says("Asha", "[⏭ Skip]"))
    assert "1. 🏦 Bank: ₹1,575.00\nTotal: ₹1,575.00" in said
    assert "credit" not in said
    await chat.says("Asha", "[✅ Save]")
    assert await due(db, bill.id) == 0


async def test_an_advance_settles_nothing(chat, club, db, asha):
    anna = await club.member("Anna")
    (bill,) = await billed(chat.app.services, asha, anna)
    await begin(chat)
    await chat.says("Asha", "[Advance, as credit]")
    said = await line(chat, "💵 Cash", "400")
    assert "An advance: all of it becomes credit." in said
    assert "Kept as credit: ₹400.00" in said
    await chat.says("Asha", "[✅ Save]")
    assert await due(db, bill.id) == 1_575_00
    assert "🎁 Use credit on the bill · ₹400.00" in await open_account(chat, "Anna")


async def test_who_owes_nothing_can_pay_in_advance_only(chat, club, asha):
    await club.member("Anna")
    said = await begin(chat)
    assert "Nothing is due. What they pay is kept as credit for their next bill." in said
    assert "[Oldest first]" not in said


async def test_several_who_fit_are_buttons(chat, club, asha):
    await club.member("Anna")
    await club.member("Annika")
    said = await begin(chat, "rao")
    assert "2 people fit" in said
    assert "for what?" in flat(await tap(chat, "Asha", "Annika"))


async def test_from_an_invoice_s_card_straight_to_the_method(chat, club, db, asha):
    anna = await club.member("Anna")
    (first,) = await billed(chat.app.services, asha, anna)
    (second,) = await billed(chat.app.services, asha, anna, rupees=200)
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[🧾 Invoices]")
    await tap(chat, "Asha", second.number)
    said = flat(await chat.says("Asha", "[➕ Record payment]"))
    assert f"For {second.number}; ₹210.00 is due." in said
    await line(chat, "💵 Cash", "210")
    await chat.says("Asha", "[✅ Save]")
    assert [await due(db, each.id) for each in (first, second)] == [1_575_00, 0]
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[🧾 Invoices]")
    await tap(chat, "Asha", second.number)
    assert "Nothing is due on it." in flat(await chat.says("Asha", "[➕ Record payment]"))


async def test_a_walk_in_customer_pays_exactly(chat, db, asha):
    (bill,) = await billed(chat.app.services, asha, "Ravi & Co")
    said = await open_account(chat, "Ravi & Co")
    assert "👛 Ravi & Co (walk-in customer)\nOwes: ₹1,575.00" in said
    assert "🔔 Remind" not in said
    said = flat(await chat.says("Asha", "[➕ Record payment]"))
    assert f"For {bill.number}; ₹1,575.00 is due." in said
    assert "Only ₹1,575.00 is due" in await line(chat, "💵 Cash", "1576")
    await chat.says("Asha", "[₹1,575.00 · the rest]")
    said = flat(await chat.says("Asha", "[✅ Save]"))
    assert "From: Ravi & Co" in said
    assert await due(db, bill.id) == 0
    said = flat(await chat.says("Asha", "[👛 Account]"))
    assert "Nothing is due." in said
    assert "➕ Record payment" not in said
