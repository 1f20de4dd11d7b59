"""An admin asks a member for money that no invoice asks for: once, and no longer when cancelled."""

import asyncio
from uuid import uuid4

from bot.models.payments import Account
from tests.stories.broadcasting import tap
from tests.stories.cards import open_card
from tests.stories.reporting import card, cash, paid, reports, told, told_all
from tests.stories.telling import forge


async def asked_anna(chat, rupees="500", purpose="Locker <1>") -> None:
    """Up to the last look."""
    await open_card(chat, "Asha", "@anna")
    for said in ("[💳 Ask for payment]", rupees, purpose):
        await chat.says("Asha", said)


async def opened(db) -> list:
    async with db.reading() as repos:
        return await repos.payment_requests.list_open()


async def test_a_member_is_asked_and_pays(chat, club, db):
    asha = await club.admin("Asha")
    anna = await club.member("Anna")
    await open_card(chat, "Asha", "@anna")
    await chat.play("""
        Asha: [💳 Ask for payment]
        bot*: 💳 How much should Anna Rao pay?
            Send rupees, like 500 or 1,500.50. [✖️ Cancel] [⬅️ Back]
        Asha: much
        bot: “much” is not an amount. <...> [✖️ Cancel]
        Asha: 500
        bot: 💳 What are the ₹500.00 for?
            Anna Rao will read your words. At most 200 characters. [✖️ Cancel] [⬅️ Back]
        Asha: Locker <1>
        bot: 💳 Ask Anna Rao for ₹500.00?
            For: Locker <1>
            They get a message and can pay from there. [📤 Ask for it] [✖️ Cancel] [⬅️ Back]
        Asha: yes
        bot: Please tap one of the buttons above. [✖️ Cancel]
    """)
    said = "\n".join(await chat.says("Asha", "[📤 Ask for it]"))
    assert "bot: (Asked. Anna Rao will be told.)" in said
    assert "bot*: 💳 Anna Rao is asked for ₹500.00" in said
    assert "bot → Anna: 💳 The club asks you for ₹500.00\n    For: Locker <1>" in said
    (request,) = await opened(db)
    await reports(chat, anna, cash(400), request_id=request.id)
    assert "For: Locker <1>, as the club asked" in card(chat, "Asha")
    assert "⚠️ The club asked for ₹500.00." in card(chat, "Asha")
    await chat.says("Asha", "[✏️ Partly]")
    said = "\n".join(await chat.says("Asha", "[All of it: ₹400.00]"))
    assert "⚠️ The rest of ₹500.00 is then asked for no longer." in said
    await chat.says("Asha", "[✅ Book ₹400.00]")
    assert await paid(db) == [(400,)]
    assert await opened(db) == []
    assert "✅ Paid: what the club asked you for, ₹500.00\n" in told(chat, "Anna")
    assert "For: Locker <1>" in told(chat, "Anna")
    services = chat.app.services
    (payment,) = (await services.receivables.card(Account(person_id=anna.id))).payments
    await services.payments.reverse(
        payment.payment_id, reason="bounced", by=asha, operation_id=uuid4()
    )
    await told_all(chat)
    assert await opened(db) == [request]
    assert "💳 The club asks you for ₹500.00\n" in told(chat, "Anna")


async def test_a_double_tap_asks_once(chat, club, db):
    await club.admin("Asha")
    await club.member("Anna")
    await asked_anna(chat)
    pressed = [chat.act("Asha", "[📤 Ask for it]") for _ in range(2)]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    await told_all(chat)
    assert len(await opened(db)) == 1
    assert told(chat, "Anna").count("The club asks you") == 1


async def test_it_is_cancelled_from_the_list_and_the_member_sees_it(chat, club, db):
    await club.admin("Asha")
    await club.member("Anna")
    await asked_anna(chat)
    await chat.says("Asha", "[📤 Ask for it]")
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[✅ Approvals]")
    said = "\n".join(await chat.says("Asha", "[📨 Asked for (1)]"))
    assert "Open: 1, the oldest first. [📨 Anna Rao · ₹500.00] [⬅️ Back]" in said
    said = "\n".join(await tap(chat, "Asha", "📨 Anna"))
    assert "Not paid yet [🚫 Ask no longer] [👤 Member] [⬅️ Back]" in said
    _, data = chat.buttons("Asha")["🚫 Ask no longer"]
    said = "\n".join(await chat.says("Asha", "[🚫 Ask no longer]"))
    assert "🚫 No longer asked for [👤 Member] [⬅️ Back]" in said
    assert "bot → Anna*: 💳 The club no longer asks you for ₹500.00" in said
    assert "The club no longer asks you for ₹500.00" in told(chat, "Anna")
    assert "The club asks you for" not in told(chat, "Anna")
    assert "🚫 No longer asked for" in await forge(chat, "Asha", data)
    assert await opened(db) == []


async def test_what_is_reported_or_paid_is_not_cancelled(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    await asked_anna(chat)
    await chat.says("Asha", "[📤 Ask for it]")
    _, data = chat.buttons("Asha")["🚫 Ask no longer"]
    (request,) = await opened(db)
    await reports(chat, anna, cash(500), request_id=request.id)
    assert "They say they have paid it. Decide on that first" in await forge(chat, "Asha", data)
    await chat.says("Asha", "[✅ Approve]")
    assert "This has been paid already" in await forge(chat, "Asha", data)


async def test_the_form_is_left_and_its_old_button_asks_for_nothing(chat, club, db):
    await club.admin("Asha")
    await club.member("Anna")
    await asked_anna(chat)
    _, data = chat.buttons("Asha")["📤 Ask for it"]
    await chat.says("Asha", "[✖️ Cancel]")
    assert "no longer complete" in await forge(chat, "Asha", data)
    await asked_anna(chat, "600")
    assert "belongs to an earlier question" in await forge(chat, "Asha", data)
    assert "tap one of the buttons" in "\n".join(await chat.says("Asha", "600"))
    await chat.says("Asha", "[⬅️ Back]")
    assert "did not catch" in "\n".join(await chat.says("Asha", "600"))
    assert await opened(db) == []


async def test_who_cannot_be_reached_is_not_asked(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await asked_anna(chat)
    await chat.says("Anna", "{blocks}")
    assert "cannot be reached" in "\n".join(await chat.says("Asha", "[📤 Ask for it]"))


async def test_a_member_asks_nobody_for_money(chat, club, db):
    await club.admin("Asha")
    anna = await club.member("Anna")
    await club.member("Mallory")
    await asked_anna(chat)
    await chat.says("Asha", "[📤 Ask for it]")
    (request,) = await opened(db)
    await chat.says("Mallory", "/menu")
    for data in (
        f"preq-new:{anna.id}",
        f"preq-open:{request.id}",
        f"preq-cancel:{request.id}",
        "preq-list:0",
    ):
        assert "for admins of the club only" in await forge(chat, "Mallory", data)
    assert await opened(db) == [request]
