"""What I owe: invoices, requests, credit, reports; paying what nobody asked for; rejecting."""

import asyncio

import pytest

from bot.models.claims import ClaimStatus
from tests.stories.broadcasting import tap
from tests.stories.claiming import (
    UTR,
    asked_for,
    bill,
    cards,
    claims_of,
    code,
    decide,
    last,
    lines_of,
    person,
    received,
    report,
    the_claim,
    told,
)
from tests.stories.invoicing import registered
from tests.stories.test_forged import press


async def test_all_that_is_owed(chat, club, db):
    first = await bill(chat, club, db)
    second = await bill(chat, club, db, rupees=200)
    await asked_for(chat, club, db)
    await received(chat, club, db, 50_00, on=())
    await chat.play(f"""
        Anna: /pay
        bot: 💰 What I owe
            🧾 {first.number}: ₹1,575.00, due <...>
            🧾 {second.number}: ₹210.00, due <...>
            💳 Locker <deposit>: ₹500.00
            Total: ₹2,285.00
            🎁 Your credit: ₹50.00 [💳 Pay {first.number} · ₹1,575.00] [💳 Pay {second.number} · ₹210.00] [💳 Pay Locker <deposit> · ₹500.00] [➕ Request payment] [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    await chat.says("Anna", f"[💳 Pay {second.number} · ₹210.00]")
    for step in ("[📱 UPI]", UTR):
        await chat.says("Anna", step)
    said = "\n".join(await chat.says("Anna", "[💰 What I owe]"))
    assert f"⏳ Reported: ₹210.00 for {second.number}. The club looks at it." in said
    assert f"[↩️ Withdraw {second.number} · ₹210.00]" in said
    assert f"[💳 Pay {second.number}" not in said


async def test_what_is_past_its_day_is_marked(chat, club, db):
    entry = await bill(chat, club, db, due_days=0)
    dues = chat.app.services.dues
    now = dues._now
    dues._now = lambda: now().replace(year=now().year + 1)
    said = "\n".join(await chat.says("Anna", "/pay"))
    assert f"⏰ {entry.number}: ₹1,575.00, overdue since " in said


async def test_who_owes_nothing_is_told_so(chat, club):
    await club.member("Anna")
    await club.known("Ravi")
    await chat.play("""
        Anna: /menu
        bot: <...>
            🔒 You have no subscription yet. Tap Subscribe to choose one.
            <...> [💰 What I owe] <...>
        Anna: [💰 What I owe]
        bot*: 💰 What I owe
            You owe nothing. [➕ Request payment] [⬅️ Back]
        Ravi: /pay
        bot: 💰 What I owe
            You owe nothing. [⬅️ Back]
    """)
    assert await press(chat, "Ravi", "pay-new:0") == "This is for members of the club only."
    assert "What I owe" not in "\n".join(await chat.says("Ravi", "/menu"))


async def test_a_visitor_who_was_billed_may_pay(chat, club, db):
    await registered(db)
    await club.known("Anna")
    await club.admin("Asha")
    entry = await bill(chat, club, db)
    assert "💰 What I owe" in "\n".join(await chat.says("Anna", "/menu"))
    await chat.says("Anna", "[💰 What I owe]")
    await tap(chat, "Anna", f"💳 Pay {entry.number}")
    await chat.says("Anna", "[💵 Cash]")
    assert "You have reported" in "\n".join(await tap(chat, "Anna", "✅ Yes"))


async def test_money_that_nobody_asked_for_becomes_credit(chat, club, db):
    await registered(db)
    await club.member("Anna")
    await club.admin("Asha")
    await chat.says("Anna", "/pay")
    await chat.play("""
        Anna: [➕ Request payment]
        bot*: ➕ How much have you paid, or will you pay? <...>
            <...> [⬅️ Back] [✖️ Cancel]
        Anna: lots
        bot: “lots” is not an amount. <...>
        Anna: ₹500
        bot: ₹500.00: what is it for? For example: locker deposit. [⬅️ Back] [✖️ Cancel]
        Anna: Locker   <deposit>
        bot: 💳 ₹500.00 for Locker <deposit>
            How would you like to pay? [📱 UPI] [💵 Cash] [🔀 Split] [🏦 Bank] [⬅️ Back] [✖️ Cancel]
        Anna: [🔀 Split]
        bot*: 🔀 Split: ₹500.00 for Locker <deposit>
            How much of it by UPI? Send the amount; the rest is cash. [⬅️ Back] [✖️ Cancel]
        Anna: [⬅️ Back]
        bot*: 💳 ₹500.00 for Locker <deposit>
            <...>
        Anna: [📱 UPI]
        bot: {photo} <...>
            <...>
            <...>
            Reference: PAY<...>

            <...>
    """)
    assert "&tn=Locker%20%3Cdeposit%3E&am=500.00&" in code(chat)
    assert "You have reported ₹500.00 for Locker <deposit>" in "\n".join(
        await chat.says("Anna", UTR)
    )
    claim = await the_claim(db, club)
    assert (claim.invoice_id, claim.purpose) == (None, "Locker <deposit>")
    await chat.says("Anna", "[💰 What I owe]")
    again = "\n".join(await chat.says("Anna", "[➕ Request payment]"))
    assert "You have reported ₹500.00 for Locker <deposit>" in again  # one at a time
    await decide(chat, club, db, ClaimStatus.APPROVED)
    assert "Your credit: ₹500.00" in "\n".join(await chat.says("Anna", "/pay"))


async def test_what_is_too_long_a_purpose_is_asked_again(chat, club):
    await club.member("Anna")
    for step in ("/pay", "[➕ Request payment]", "500"):
        await chat.says("Anna", step)
    assert "at most 200 characters" in "\n".join(await chat.says("Anna", "x" * 201))
    assert "for " + "x" * 200 in "\n".join(await chat.says("Anna", "x" * 200))


async def test_two_reports_of_that_kind_at_once_are_one(chat, club, db):
    await club.member("Anna")
    await club.admin("Asha")
    for step in ("/pay", "[➕ Request payment]", "500", "Locker", "[💵 Cash]"):
        await chat.says("Anna", step)
    taps = [chat.act("Anna", "[✅ Yes, tell the club]") for _ in range(3)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert len(await claims_of(db, club, waiting=False)) == 1


async def test_the_club_asks_for_money_and_it_is_reported(chat, club, db):
    await bill(chat, club, db)
    request = await asked_for(chat, club, db)
    assert last(chat).text == "💳 The club asks you for ₹500.00\nFor: Locker <deposit>"
    assert "bot: 💳 ₹500.00 for Locker <deposit>" in "\n".join(await chat.says("Anna", "[💳 Pay]"))
    await chat.says("Anna", "[📱 UPI]")
    await chat.says("Anna", UTR)
    claim = await the_claim(db, club)
    assert (claim.request_id, lines_of(claim)) == (request.id, [("upi", 500_00, UTR)])
    assert "For: Locker <deposit>" in cards(chat)[0]
    await decide(chat, club, db, ClaimStatus.APPROVED)
    said = await press(chat, "Anna", f"pay-open:request:{request.id}:1")
    assert said == "This is paid or no longer asked for. See /pay."


async def test_what_is_not_asked_for_any_more_says_so(chat, club, db):
    await bill(chat, club, db)
    request = await asked_for(chat, club, db)
    asha = await person(db, club, "Asha")
    await chat.app.services.payment_requests.cancel(request.id, by=asha)
    await told(chat)
    assert last(chat).text == "💳 The club no longer asks you for ₹500.00\nFor: Locker <deposit>"
    said = await press(chat, "Anna", f"pay-open:request:{request.id}:1")
    assert said == "This is paid or no longer asked for. See /pay."


async def test_an_invoice_is_not_accepted_and_stands(chat, club, db):
    entry = await bill(chat, club, db)
    await chat.play(f"""
        Anna: [❌ Reject]
        bot: ❌ Why do you not accept {entry.number}? Tell the club in a few words, <...> [✖️ Cancel]
        Anna: {{photo}}
        bot: Please answer with a text message. [✖️ Cancel]
        Anna: I left <in May>
        bot: ❌ You do not accept {entry.number}
            Reason: I left <in May>
            The club will look at it: <...> [💰 What I owe]
        bot → Asha: ❌ Anna Rao does not accept {entry.number}
            Reason: I left <in May>
            <...>
        Anna: [❌ Reject]
        bot: ❌ You do not accept {entry.number}
            Reason: I left <in May>
            <...>
    """)
    asha = await person(db, club, "Asha")
    rejection = await chat.app.services.rejections.find_open(entry.id)
    await chat.app.services.rejections.let_stand(rejection.id, by=asha)
    await told(chat)
    assert (
        last(chat).text == f"🧾 The club has looked at {entry.number} again: it stands. See /pay."
    )
    assert f"for {entry.number}" in "\n".join(await chat.says("Anna", "[💳 Pay]"))


async def test_a_reason_is_no_novel_and_two_are_one(chat, club, db):
    await bill(chat, club, db)
    await chat.says("Anna", "[❌ Reject]")
    assert "at most 300 characters" in "\n".join(await chat.says("Anna", "x" * 301))
    sent = [chat.act("Anna", "I left") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, sent))
    async with db.reading() as repos:
        assert len(await repos.rejections.list_open(limit=9, offset=0)) == 1


async def test_what_was_paid_meanwhile_is_rejected_no_more(chat, club, db):
    await bill(chat, club, db)
    await chat.says("Anna", "[❌ Reject]")
    await received(chat, club, db, 1_575_00)
    said = "\n".join(await chat.says("Anna", "I left"))
    assert "This invoice is settled. Nothing is due on it." in said


async def test_an_old_button_after_a_rejected_report_starts_anew(chat, club, db):
    await bill(chat, club, db)
    await report(chat)
    await decide(chat, club, db, ClaimStatus.REJECTED)
    said = "\n".join(await chat.says("Anna", "[💳 Pay]"))
    assert "How would you like to pay?" in said


@pytest.mark.parametrize("data", [f"pay-upi:{'0' * 32}", f"pay-cash-yes:{'0' * 32}"])
async def test_a_forged_attempt_is_closed(chat, club, data):
    await club.member("Anna")
    await chat.says("Anna", "/menu")
    assert await press(chat, "Anna", data) == "This payment is closed. See /pay or /subscribe."
