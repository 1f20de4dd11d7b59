"""Whoever decides first decides; whoever is slower, or not entitled, changes nothing."""

import asyncio

from bot.keyboards.activations import ConfirmPurchase, OpenPurchases, PickCame
from bot.keyboards.claims import WithdrawClaim
from bot.keyboards.verifications import ApproveClaim
from bot.models.audit import AuditAction
from tests.stories.activating import bought, card, desk, wishes
from tests.stories.reporting import alerts, audited, cash, paid, screenshot, told, told_all, upi
from tests.stories.telling import forge


async def test_a_rejection_tells_the_reason_and_frees_the_reference(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, upi(2_500))
    said = "\n".join(await chat.says("Asha", "[❌ Reject]"))
    assert "❌ Why is 30 Days for Anna Rao not approved?" in said
    assert "at most 300 characters" in "\n".join(await chat.says("Asha", "x" * 301))
    said = "\n".join(await chat.says("Asha", "Nothing <came> in"))
    assert "Rejected. Anna Rao will be told the reason." in said
    assert "bot → Anna: ❌ The club did not approve 30 Days. Nothing was booked." in said
    assert "Reason: Nothing <came> in" in told(chat, "Anna")
    for admin in ("Asha", "Bina"):
        assert "❌ Rejected by Asha, 1 Mar 2026, 12:00" in card(chat, admin)
    assert await bought(db, anna) == await paid(db) == []
    await wishes(chat, anna, upi(2_500))
    await looked(chat, "Bina")
    await chat.says("Bina", "[✅ Confirm]")
    assert await paid(db) == [(2_500,)]


async def test_two_admins_confirm_at_the_same_instant(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    for admin in ("Asha", "Bina"):
        await looked(chat, admin)
    pressed = [chat.act(admin, "[✅ Confirm]") for admin in ("Asha", "Bina")]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    await told_all(chat)
    assert len(await bought(db, anna)) == 1
    assert await paid(db) == [(2_500,)]
    assert len(alerts(chat)) == 1
    assert "Too late: already approved by " in alerts(chat)[0]
    assert told(chat, "Anna").count("🎉 30 Days is yours.") == 1


async def test_a_double_tap_approves_once(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await looked(chat, "Asha")
    pressed = [chat.act("Asha", "[✅ Confirm]") for _ in range(3)]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    await told_all(chat)
    assert len(await bought(db, anna)) == 1
    assert await paid(db) == [(2_500,)]
    assert await audited(db, AuditAction.SUBSCRIPTION_APPROVED) == 1


async def test_a_double_tap_on_an_amount_answers_one_question(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.says("Asha", "[✅ Approve]")
    pressed = [chat.act("Asha", "[None of it]") for _ in range(2)]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    assert len(alerts(chat)) == 1
    assert "As reported: ₹2,500.00" in chat.buttons("Asha")


async def test_whoever_is_slower_is_told_by_whom_at_every_step(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    stale = chat.buttons("Bina")
    bina = club.people["Bina"]
    await chat.says("Bina", "[📅 End date]")
    await looked(chat, "Asha")
    await chat.says("Asha", "[✅ Confirm]")
    said = "\n".join(await chat.says("Bina", "[+60 days]"))
    assert "(!Too late: already approved by Asha.)" in said
    for label in ("✅ Approve", "✏️ Amount", "📅 End date", "❌ Reject"):
        await chat.engine.handled(chat.engine.press(bina, bina.id, *stale[label]))
        assert alerts(chat)[-1] == "Too late: already approved by Asha at 12:00 on 1 Mar 2026."
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]


async def test_a_reason_after_somebody_else_s_approval_rejects_nothing(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await chat.says("Bina", "[❌ Reject]")
    await looked(chat, "Asha")
    await chat.says("Asha", "[✅ Confirm]")
    said = "\n".join(await chat.says("Bina", "Nothing came in"))
    assert "Too late: already approved by Asha at " in said
    assert "did not approve" not in told(chat, "Anna")


async def test_the_member_takes_it_back_while_an_admin_decides(chat, club, db):
    _, anna = await desk(chat, club, db)
    purchase = await wishes(chat, anna, cash(2_500))
    await looked(chat, "Asha")
    await chat.app.services.purchases.withdraw(purchase.id, me=anna)
    await told_all(chat)
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "(!Too late: the member has taken it back at " in said
    assert "↩️ Taken back by the member" in card(chat, "Bina")
    assert await bought(db, anna) == await paid(db) == []


async def test_the_form_is_left_and_its_old_buttons_approve_nothing(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await looked(chat, "Asha")
    _, old = chat.buttons("Asha")["✅ Confirm"]
    assert "tap one of the buttons" in "\n".join(await chat.says("Asha", "yes"))
    await chat.says("Asha", "[✖️ Cancel]")
    assert "no longer complete" in await forge(chat, "Asha", old)
    await looked(chat, "Asha")
    assert "No subscription" not in await forge(chat, "Asha", OpenPurchases().pack())
    assert "did not catch" in "\n".join(await chat.says("Asha", "2500"))
    assert await bought(db, anna) == []


async def test_an_old_button_about_another_request_leaves_the_form_alone(chat, club, db):
    _, anna = await desk(chat, club, db)
    meera = await club.member("Meera")
    first = await wishes(chat, anna, cash(2_500))
    await wishes(chat, meera, cash(2_500))
    await looked(chat, "Asha")  # Meera's
    for data in (
        ConfirmPurchase(purchase_id=first.id, revision=4),
        PickCame(purchase_id=first.id, revision=4, part="rest"),
    ):
        said = await forge(chat, "Asha", data.pack())
        assert "earlier question" in said or "out of date" in said
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == []
    assert len(await bought(db, meera)) == 1


async def test_the_form_expires_and_says_so(chat, club, db, redis):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await looked(chat, "Asha")
    async for key in redis.scan_iter("*"):
        await redis.delete(key)
    said = "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert "no longer complete" in said
    assert await bought(db, anna) == []


async def test_an_admin_who_was_removed_a_moment_ago_decides_nothing(chat, club, db):
    asha, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await looked(chat, "Asha")
    async with db.transaction() as tx:
        await tx.people.set_office(asha.id, None)
    assert "for admins of the club only" in "\n".join(await chat.says("Asha", "[✅ Confirm]"))
    assert await bought(db, anna) == []


async def test_nobody_else_decides_with_a_forged_button(chat, club, db):
    _, anna = await desk(chat, club, db, photo_file_id=screenshot(chat.engine).file_id)
    await wishes(chat, anna, upi(2_500), proof=screenshot(chat.engine))
    buttons = list(chat.buttons("Asha").values())
    await looked(chat, "Asha")
    buttons += chat.buttons("Asha").values()
    await chat.says("Anna", "/menu")
    for _, data in buttons:
        if data.startswith("act-"):
            assert await forge(chat, "Anna", data) == "This is for admins of the club only."
    assert await bought(db, anna) == await paid(db) == []


async def test_forged_data_is_answered_and_does_nothing(chat, club, db):
    _, anna = await desk(chat, club, db)
    await wishes(chat, anna, cash(2_500))
    await looked(chat, "Asha")
    for data in (
        "act-list:-1:approvals",
        "act-open:987654:approvals",
        "act-approve:1:maybe",
        "act-approve:987654:1",
        "act-price:987654:0",
        "act-draft:987654",
        "act-photo:1",
        "act-proof:1",
        "act-got:1:0:all",
        "act-got:1:2:none",
        "act-yes:1:1e9",
        "act-yes:1:1",
        "act-yes:987654:3",
        "cal-day:0",
        "cal-day:99999999",
        "cal-day:739676",
        "cal-month:0",
        "cal-month:24315",
        "cal-none",
    ):
        said = await forge(chat, "Asha", data)
        assert said, data
        assert "code:" not in said, data  # no apology: it is no bug
    await chat.says("Asha", "[✅ Confirm]")
    assert await bought(db, anna) == [("2026-03-01", "2026-03-30", 2_500, 0)]


async def test_the_payment_of_a_request_is_decided_on_with_it_only(chat, club, db):
    """A forged button about the report itself would book it without the subscription."""
    _, anna = await desk(chat, club, db)
    purchase = await wishes(chat, anna, upi(2_500))
    for who, data in (
        ("Asha", ApproveClaim(claim_id=purchase.claim_id, queued=False)),
        ("Anna", WithdrawClaim(claim_id=purchase.claim_id)),
    ):
        await chat.says(who, "/menu")
        assert await forge(chat, who, data.pack()) == "This payment is not there."
    assert await paid(db) == []
    await looked(chat, "Asha")
    await chat.says("Asha", "[✅ Confirm]")
    assert await paid(db) == [(2_500,)]


async def looked(chat, who) -> None:
    """As it was asked for, up to the last look."""
    await chat.says(who, "[✅ Approve]")
    for _ in range(2):
        labels = chat.buttons(who)
        reported = "As reported: ₹2,500.00"
        await chat.says(who, f"[{reported if reported in labels else 'None of it'}]")
