"""Admins decide on reported payments: the first decision wins, and everyone hears the truth."""

import asyncio

from bot.models.audit import AuditAction
from tests.stories.broadcasting import tap
from tests.stories.reporting import (
    UTR,
    alerts,
    audited,
    billed_anna,
    card,
    cash,
    paid,
    receives,
    reports,
    screenshot,
    told,
    told_all,
    upi,
)


async def test_a_payment_is_approved_and_every_card_says_by_whom(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, upi(1_000), cash(575), invoice=invoice)
    assert card(chat, "Asha").split("\n")[:8] == [
        "💳 Payment to verify",
        "From: Anna Rao",
        f"Telegram: Anna · @anna · {anna.telegram_id}",
        f"For: {invoice.number}, due now ₹1,575.00",
        f"📱 UPI: ₹1,000.00 · {UTR}",
        "💵 Cash: ₹575.00",
        "Together: ₹1,575.00",
        card(chat, "Asha").split("\n")[7],
    ]
    assert "⚠️" not in card(chat, "Asha")
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "bot: (Approved: ₹1,575.00. Anna Rao gets a receipt.)" in said
    assert "✅ Received: ₹1,575.00" in said
    for admin in ("Asha", "Bina"):
        assert card(chat, admin).startswith("💳 Payment approved\n")
        assert "✅ Approved by Asha, " in card(chat, admin)
        assert "✅ Approve" not in chat.buttons(admin)
    assert await paid(db) == [(1_000, 575)]
    assert await audited(db, AuditAction.CLAIM_APPROVED) == 1


async def test_whoever_is_slower_is_told_by_whom_and_when_and_changes_nothing(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    bina, stale = club.people["Bina"], chat.buttons("Bina")
    await chat.says("Asha", "[✅ Approve]")
    for label in ("✅ Approve", "✏️ Partly", "❌ Reject"):
        await chat.engine.handled(chat.engine.press(bina, bina.id, *stale[label]))
        assert alerts(chat)[-1].startswith("Too late: already approved by Asha at ")
    assert not chat.buttons("Bina")
    assert await paid(db) == [(1_575,)]
    assert await audited(db, AuditAction.CLAIM_TOO_LATE) == 1


async def test_ones_own_old_button_does_nothing_again(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    asha, old = club.people["Asha"], chat.buttons("Asha")["✅ Approve"]
    await chat.says("Asha", "[✅ Approve]")
    for _ in range(2):
        await chat.engine.handled(chat.engine.press(asha, asha.id, *old))
        assert alerts(chat)[-1].startswith("Too late: already approved by Asha at ")
    assert not chat.buttons("Asha")
    assert await paid(db) == [(1_575,)]
    assert await audited(db, AuditAction.CLAIM_APPROVED) == 1


async def test_two_admins_at_the_same_instant_make_one_decision(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    pressed = [chat.act(admin, "[✅ Approve]") for admin in ("Asha", "Bina")]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    await told_all(chat)
    assert await paid(db) == [(1_575,)]
    assert len(alerts(chat)) == 1
    assert "already approved by" in alerts(chat)[0]
    assert told(chat, "Anna").count("✅ Received") == 1


async def test_a_rejection_tells_the_reason_and_frees_the_reference(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, upi(1_575), invoice=invoice)
    assert "At most 300 characters" in "\n".join(await chat.says("Asha", "[❌ Reject]"))
    said = "\n".join(await chat.says("Asha", "x" * 301))
    assert "at most 300 characters" in said
    said = "\n".join(await chat.says("Asha", "Nothing <came> in"))
    assert "Rejected. Anna Rao will be told the reason." in said
    assert f"not confirm your payment of ₹1,575.00 for {invoice.number}." in told(chat, "Anna")
    assert "Reason: Nothing <came> in" in card(chat, "Bina")
    assert "❌ Rejected by Asha, " in card(chat, "Bina")
    assert await paid(db) == []
    await reports(chat, anna, upi(1_575), invoice=invoice)
    await chat.says("Bina", "[✅ Approve]")
    assert await paid(db) == [(1_575,)]


async def test_a_rejection_is_left_and_the_card_stays(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await chat.says("Asha", "[❌ Reject]")
    assert "Cancelled" in "\n".join(await chat.says("Asha", "[✖️ Cancel]"))
    await chat.says("Asha", "[✅ Approve]")
    assert await paid(db) == [(1_575,)]


async def test_a_reason_that_comes_after_somebody_else_s_approval_rejects_nothing(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await chat.says("Asha", "[❌ Reject]")
    await chat.says("Bina", "[✅ Approve]")
    said = "\n".join(await chat.says("Asha", "Nothing came in"))
    assert "Too late: already approved by Bina at " in said
    assert "could not confirm" not in told(chat, "Anna")


async def test_the_queue_leads_to_a_card_and_back(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await chat.play("""
        Asha: /admin
        bot: 🛠 Admin panel
            <...> [✅ Approvals (1)] <...>
        Asha: [✅ Approvals (1)]
        bot*: ✅ Approvals
            Waiting for you: 1. <...> [📝 Registrations] [💳 Payments (1)] [🎫 Subscriptions] [🧾 Invoices not accepted] [📨 Asked for] [⬅️ Back]
        Asha: [💳 Payments (1)]
        bot*: 💳 Payments
            Reported and waiting: 1, the oldest first. [💳 Anna Rao · ₹1,575.00 · <...>] [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    said = "\n".join(await tap(chat, "Asha", "💳 Anna"))
    assert "[✅ Approve] [✏️ Partly] [❌ Reject] [👤 Member] [⬅️ Back]" in said
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "✅ Approved by Asha" in said
    assert list(chat.buttons("Asha")) == ["⬅️ Back"]
    assert "No payment is waiting." in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
    await chat.says("Asha", "[⬅️ Back]")
    assert "🛠 Admin panel" in "\n".join(await chat.says("Asha", "[⬅️ Back]"))


async def test_the_proof_is_shown_and_decided_on(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    for kind, shown in (("photo", "{photo}"), ("document", "{document proof.pdf}")):
        proof = screenshot(chat.engine, kind, kind.encode())
        lines = (upi(60, None), cash(40))
        await reports(chat, anna, *lines, invoice=invoice, proof=proof)
        said = "\n".join(await chat.says("Asha", "[📷 Proof]"))
        assert f"bot: {shown} 📷 Anna Rao: ₹60.00 of ₹100.00" in said
        await chat.says("Asha", "[✅ Approve]")
    assert await paid(db) == [(60, 40), (60, 40)]


async def test_the_member_s_card_is_shown_below(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(100), invoice=invoice)
    said = await chat.says("Asha", "[👤 Member]")
    assert said[0] == "bot: 👤 Anna Rao"
    await chat.says("Asha", "[✅ Approve]")
    assert await paid(db) == [(100,)]


async def test_the_same_screenshot_is_flagged_with_what_became_of_it(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    meera = await club.member("Meera")
    await reports(chat, anna, cash(100), invoice=invoice, proof=screenshot(chat.engine))
    await chat.says("Asha", "[✅ Approve]")
    await reports(chat, meera, cash(100), purpose="Locker", proof=screenshot(chat.engine))
    shown = card(chat, "Bina")
    assert "⚠️ The very same screenshot was sent before:\n• Anna Rao, " in shown
    assert shown.endswith(": approved")
    assert "For: Locker" in shown


async def test_less_is_due_by_now_so_the_admin_looks_again(chat, club, db):
    """The card was drawn before somebody else booked money on the same invoice."""
    asha, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await receives(chat, asha, anna, cash(1_000), invoice=invoice)
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "(!⚠️ Not booked: ₹575.00 is due by now" in said
    assert "⚠️ ₹1,575.00 is more than is due now: ₹575.00." in card(chat, "Asha")
    assert await paid(db) == [(1_000,)]
    await chat.says("Asha", "[✅ Approve]")
    assert await paid(db) == [(1_000,), (1_575,)]


async def test_a_club_that_keeps_no_credit_books_no_more_than_is_due(chat, club, db):
    asha, anna, invoice = await billed_anna(chat, club, db, credits_overpayment=False)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    await receives(chat, asha, anna, cash(1_000), invoice=invoice)
    await chat.says("Asha", "[✅ Approve]")
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "only ₹575.00 is due by now, and the club keeps no credit. Tap ✏️ Partly" in said
    assert "⚠️ Not booked: only ₹575.00" in card(chat, "Asha")
    await chat.says("Asha", "[✏️ Partly]")
    assert "⚠️ ₹600.00 is more than is due now" in "\n".join(await chat.says("Asha", "600"))
    await chat.says("Asha", "[✖️ Cancel]")
    await chat.says("Asha", "[✏️ Partly]")
    assert "⚠️" not in "\n".join(await chat.says("Asha", "575"))
    await chat.says("Asha", "[✅ Book ₹575.00]")
    assert await paid(db) == [(1_000,), (575,)]


async def test_a_claim_that_was_taken_back_is_no_longer_decided_on(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    claim = await reports(chat, anna, cash(1_575), invoice=invoice)
    asha, old = club.people["Asha"], chat.buttons("Asha")["✅ Approve"]
    await chat.app.services.claims.withdraw(claim.id, me=anna)
    await told_all(chat)
    assert "↩️ Taken back by the member" in card(chat, "Asha")
    await chat.engine.handled(chat.engine.press(asha, asha.id, *old))
    assert alerts(chat)[-1].startswith("Too late: the member has taken it back")
    assert await paid(db) == []


async def test_an_admin_who_was_removed_a_moment_ago_approves_nothing(chat, club, db):
    asha, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    said = "\n".join(await chat.says("Asha", "[✅ Approve]"))
    assert "This is for admins of the club only." in said
    assert await paid(db) == []


async def test_nobody_else_decides_with_a_forged_button(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, upi(1_575), invoice=invoice, proof=screenshot(chat.engine))
    await club.member("Mallory")
    mallory = club.people["Mallory"]
    await chat.says("Mallory", "/menu")
    screen = chat.engine.chat_messages(mallory.id)[-1].id
    for _, data in chat.buttons("Asha").values():
        await chat.engine.handled(chat.engine.press(mallory, mallory.id, screen, data))
        assert alerts(chat)[-1] == "This is for admins of the club only."
    assert await paid(db) == []
