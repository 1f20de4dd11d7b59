"""Admins approve subscriptions: asked what came in, a last look, booked as it was shown."""

import pytest

from bot.db.invariants import broken
from tests.postgres import connected
from tests.stories.activating import bought, card, desk, wishes, wishes_in_cash
from tests.stories.broadcasting import tap
from tests.stories.reporting import UTR, cash, paid, screenshot, told, upi
from tests.stories.telling import forge


@pytest.fixture(autouse=True)
async def books_balance(chat, database_url):
    yield
    async with connected(database_url) as conn:
        assert await broken(conn) == []


async def test_a_subscription_is_approved_as_it_was_asked_for(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, upi(2_500))
    assert card(chat, "Bina").split("\n")[:7] == [
        "💳 Subscription to approve",
        "From: Anna Rao",
        f"Telegram: Anna · @anna · {anna.telegram_id}",
        "Now: no subscription so far",
        "Plan: 30 Days, ₹2,500.00",
        "1 Mar 2026 to 30 Mar 2026 (30 days)",
        f"📱 UPI: ₹2,500.00 · {UTR}",
    ]
    assert "⚠️" not in card(chat, "Bina")
    await chat.play(f"""
        Asha: [✅ Approve]
        bot: 📱 UPI: how much was received?
            Anna Rao, bill ₹2,500.00
            Reported: 📱 UPI: ₹2,500.00 · {UTR}
            Send the amount, or tap below. [As reported: ₹2,500.00] [None of it] [✖️ Cancel] [⬅️ Back]
        Asha: [As reported: ₹2,500.00]
        bot*: 💵 Cash: how much was received?
            Anna Rao, bill ₹2,500.00
            Received by UPI: ₹2,500.00
            Nothing was reported.
            Send the amount, or tap below. [None of it] [✖️ Cancel] [⬅️ Back]
        Asha: [None of it]
        bot*: ✅ Approve this subscription?
            Anna Rao: 30 Days
            1 Mar 2026 to 30 Mar 2026 (30 days)
            Bill: ₹2,500.00
            📱 UPI: ₹2,500.00
            💵 Cash: ₹0.00
            Paid in full [✅ Confirm] [✏️ Amount] [📅 End date] [✖️ Cancel] [⬅️ Back]
    """)
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "(Approved until 30 Mar 2026: ₹2,500.00 received. Anna Rao will be told.)" in said
    for admin in ("Asha", "Bina"):
        assert "✅ Approved by Asha, 1 Mar 2026, 12:00" in card(chat, admin)
        assert "✅ Approve" not in chat.buttons(admin)
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]
    assert await paid(db) == [(2_500,)]
    assert "🎉 30 Days is yours.\nFrom 1 Mar 2026 to 30 Mar 2026" in told(chat, "Anna")
    assert "Received: ₹2,500.00, thank you." in told(chat, "Anna")


async def test_cash_as_it_was_reported(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.says("Asha", "[✅ Approve]")
    assert "All that is open: ₹2,500.00" in chat.buttons("Asha")
    await chat.says("Asha", "[None of it]")
    await chat.says("Asha", "[As reported: ₹2,500.00]")
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]


async def test_a_split_of_which_less_came_stays_due(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, upi(1_500), cash(1_000))
    await chat.says("Asha", "[✅ Approve]")
    said = "\n".join(await chat.says("Asha", "a lot"))
    assert "“a lot” is not an amount" in said
    said = "\n".join(await chat.says("Asha", "2500.01"))
    assert "To pay is ₹2,500.00: no more than that" in said
    await chat.says("Asha", "1,200")
    said = "\n".join(await chat.says("Asha", "1300.50"))
    assert "no more than that" in said
    said = "\n".join(await chat.says("Asha", "800"))
    assert "Stays due: ₹500.00" in said
    await chat.says("Asha", "[✅ Confirm]")
    assert await paid(db) == [(1_200, 800)]
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 500)]
    said = told(chat, "Anna")
    assert "Received: ₹2,000.00, thank you.\nStill due: ₹500.00" in said
    assert "💳 Pay" in chat.buttons("Anna")
    said = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert "Paid\n    • " in said
    assert ": ₹2,000.00 for 30 Days\n    Still due: ₹500.00, see /pay" in said


async def test_to_pay_later(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna)
    assert "🕒 Pays later" in card(chat, "Asha")
    await chat.says("Asha", "[✅ Approve]")
    await chat.says("Asha", "[None of it]")
    said = "\n".join(await chat.says("Asha", "0"))
    assert "Stays due: ₹2,500.00" in said
    await chat.says("Asha", "[✅ Confirm]")
    assert await paid(db) == []
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 2_500)]
    assert "Still due: ₹2,500.00" in told(chat, "Anna")
    assert "Nothing received" in card(chat, "Bina")


async def test_nothing_of_what_was_reported_came_in(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, upi(2_500))
    await chat.says("Asha", "[✅ Approve]")
    for _ in range(2):
        await chat.says("Asha", "[None of it]")
    await chat.says("Asha", "[✅ Confirm]")
    assert await paid(db) == []
    assert "Received" not in told(chat, "Anna")


async def test_another_bill(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    said = "\n".join(await chat.says("Asha", "[✏️ Amount]"))
    assert "It is ₹2,500.00 now, tax included." in said
    for wrong in ("0", "-5", "abc", "１５"):
        assert "is not an amount" in "\n".join(await chat.says("Asha", wrong))
    said = "\n".join(await chat.says("Asha", "2,000"))
    assert "As you decide so far\n    ✏️ Bill: ₹2,000.00" in said
    await chat.says("Asha", "[✅ Approve]")
    await chat.says("Asha", "[None of it]")
    assert "As reported: ₹2,500.00" not in chat.buttons("Asha")
    await chat.says("Asha", "[All that is open: ₹2,000.00]")
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_000, 0)]
    assert "Bill: ₹2,000.00" in card(chat, "Bina")


async def test_how_they_stand_and_what_to_look_at(chat, club, db):
    photo = screenshot(chat.engine, content=b"face").file_id
    _, anna = await desk(chat, club, db, photo_file_id=photo)
    await wishes(chat, anna, upi(2_500), proof=screenshot(chat.engine))
    said = "\n".join(await chat.says("Asha", "[📷 Photo]"))
    assert "bot: {photo} 📷 Anna Rao [✅ Approve] [✏️ Amount] [📅 End date] [❌ Reject]" in said
    said = "\n".join(await chat.says("Asha", "[📷 Proof]"))
    assert f"bot: {{photo}} 📷 Anna Rao: 30 Days\n    📱 UPI: ₹2,500.00 · {UTR}" in said
    assert (await chat.says("Asha", "[👤 Member]"))[0] == "bot: 👤 Anna Rao"
    await chat.says("Asha", "[✅ Approve]")
    await chat.says("Asha", "[As reported: ₹2,500.00]")
    await chat.says("Asha", "[None of it]")
    await chat.says("Asha", "[✅ Confirm]")
    again = upi(2_500, reference="512345678901")
    await wishes(chat, anna, again, proof=screenshot(chat.engine))
    messages = chat.engine.chat_messages(club.people["Bina"].id)
    newest = [m.text for m in messages if "Subscription to approve" in (m.text or "")][-1]
    assert "Now: 30 Days, until 30 Mar 2026" in newest
    assert "⚠️ It begins today, though one runs already." in newest
    assert "⚠️ The very same screenshot was sent before:\n• Anna Rao, " in newest
    assert newest.endswith(": approved")


async def test_the_queue_leads_to_a_card_and_back(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.play("""
        Asha: /admin
        bot: 🛠 Admin panel
            <...> [✅ Approvals (1)] <...>
        Asha: [✅ Approvals (1)]
        bot*: ✅ Approvals
            Waiting for you: 1. <...> [💳 Payments] [🎫 Subscriptions (1)] <...>
        Asha: [🎫 Subscriptions (1)]
        bot*: 💳 Subscriptions
            Asked for and waiting: 1, the oldest first. [🎫 Anna Rao · 30 Days · ₹2,500.00 · <...>] [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    said = "\n".join(await tap(chat, "Asha", "🎫 Anna"))
    assert "[✅ Approve] [✏️ Amount] [📅 End date] [❌ Reject] [👤 Member] [⬅️ Back]" in said
    await chat.says("Asha", "[❌ Reject]")
    await chat.says("Asha", "Full")
    said = "\n".join(await chat.says("Asha", "[🎫 Subscriptions]"))
    assert "No subscription is asked for." in said


async def test_a_long_queue_is_paged_and_searched(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    for number in range(8):
        await wishes_in_cash(chat, await club.member(f"Person{number}"))
    await club.member("Priya")
    await forge(chat, "Asha", "act-list:0:approvals")
    await chat.play("""
        Asha: [🔍 Search]
        bot*: 🔍 Whose request?
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: priya
        bot: Nobody on this list fits “priya”. <...> [✖️ Cancel]
        Asha: person7
        bot: 🔍 1 person fits. <...> [🎫 Person7 Rao · 30 Days · ₹2,500.00 · <...>] [⬅️ Back] [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    assert "From: Person7 Rao" in "\n".join(await tap(chat, "Asha", "🎫 Person7 Rao"))
    said = "\n".join(await tap(chat, "Asha", "⬅️ Back"))
    assert "Asked for and waiting: 9, the oldest first. Page 1 of 2." in said
