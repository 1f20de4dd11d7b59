"""Less came in than was reported: asked line by line, looked at, booked once."""

import asyncio

from tests.stories.reporting import (
    UTR,
    alerts,
    billed_anna,
    card,
    cash,
    paid,
    reports,
    told,
    told_all,
    upi,
)
from tests.stories.telling import forge


async def test_each_line_is_asked_for_in_turn_and_a_last_look_comes_before_booking(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, upi(1_000), cash(500), cash(75), invoice=invoice)
    await chat.play(f"""
        Asha: [✏️ Partly]
        bot: ✏️ How much was really received? (1 of 3)
            📱 UPI: ₹1,000.00 · {UTR}
            Send the amount, or tap below. [All of it: ₹1,000.00] [None of it] [✖️ Cancel] [⬅️ Back]
        Asha: a lot
        bot: “a lot” is not an amount. <...> [✖️ Cancel]
        Asha: 1000.01
        bot: Only ₹1,000.00 was reported here. <...> [✖️ Cancel]
        Asha: 900.50
        bot: ✏️ How much was really received? (2 of 3)
            💵 Cash: ₹500.00
            <...> [None of it] <...>
        Asha: [None of it]
        bot*: ✏️ How much was really received? (3 of 3)
            <...>
            <...> [All of it: ₹75.00] <...>
        Asha: [All of it: ₹75.00]
        bot*: ✏️ Book ₹975.50 of ₹1,575.00?
            From: Anna Rao
            For: {invoice.number}, due now ₹1,575.00
            📱 UPI: ₹900.50 of ₹1,000.00
            💵 Cash: ₹0.00 of ₹500.00
            💵 Cash: ₹75.00 of ₹75.00 [✅ Book ₹975.50] [✖️ Cancel] [⬅️ Back]
    """)
    said = "\n".join(await chat.says("Asha", "[✅ Book ₹975.50]"))
    assert "(Approved: ₹975.50. Anna Rao gets a receipt.)" in said
    assert "Received: ₹975.50 of ₹1,575.00" in card(chat, "Bina")
    assert "still due ₹599.50" in told(chat, "Anna")
    assert len(await paid(db)) == 1


async def test_nothing_received_is_a_rejection(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await chat.says("Asha", "[✏️ Partly]")
    said = "\n".join(await chat.says("Asha", "[None of it]"))
    assert "Nothing of it was received: that is a rejection." in said
    said = "\n".join(await chat.says("Asha", "The till was empty"))
    assert "bot → Anna: ❌ The club could not confirm your payment" in said
    assert await paid(db) == []


async def test_a_double_tap_books_once_and_answers_count_once(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(500), upi(1_000), invoice=invoice)
    await chat.says("Asha", "[✏️ Partly]")
    pressed = [chat.act("Asha", "[None of it]") for _ in range(2)]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    assert len(alerts(chat)) == 1
    assert "All of it: ₹1,000.00" in chat.buttons("Asha")
    await chat.says("Asha", "400")
    pressed = [chat.act("Asha", "[✅ Book ₹400.00]") for _ in range(2)]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    await told_all(chat)
    assert await paid(db) == [(400,)]


async def test_somebody_else_is_first(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await chat.says("Asha", "[✏️ Partly]")
    await chat.says("Asha", "1000")
    await chat.says("Bina", "[✅ Approve]")
    said = "\n".join(await chat.says("Asha", "[✅ Book ₹1,000.00]"))
    assert "(!Too late: already approved by Bina at " in said
    assert await paid(db) == [(1_575,)]


async def test_the_form_is_left_and_its_old_buttons_book_nothing(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await chat.says("Asha", "[✏️ Partly]")
    _, pick = chat.buttons("Asha")["None of it"]
    await chat.says("Asha", "1000")
    _, book = chat.buttons("Asha")["✅ Book ₹1,000.00"]
    assert "tap one of the buttons" in "\n".join(await chat.says("Asha", "yes"))
    await chat.says("Asha", "[✖️ Cancel]")
    assert "no longer complete" in await forge(chat, "Asha", book)
    assert "out of date" in await forge(chat, "Asha", pick)
    await chat.says("Asha", "[✏️ Partly]")
    await chat.says("Asha", "[⬅️ Back]")
    assert "did not catch" in "\n".join(await chat.says("Asha", "1000"))
    assert await paid(db) == []
