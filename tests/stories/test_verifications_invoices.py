"""Invoices that members do not accept: an admin looks at them, and lets them stand or cancels."""

import asyncio
from uuid import uuid4

from bot.models.audit import AuditAction
from tests.stories.broadcasting import tap
from tests.stories.reporting import alerts, audited, billed_anna, told, told_all


async def rejects(chat, person, invoice, reason="I paid <cash>"):
    made = await chat.app.services.rejections.reject(invoice.id, reason=reason, me=person)
    await told_all(chat)
    return made


def shown(chat, who) -> str:
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return next(m.text for m in reversed(messages) if "does not accept" in (m.text or ""))


async def test_an_invoice_stands_and_its_member_is_told(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await rejects(chat, anna, invoice)
    assert shown(chat, "Asha").startswith(
        f"❌ Anna Rao does not accept {invoice.number}\nReason: I paid <cash>\nSent: "
    )
    assert list(chat.buttons("Asha")) == ["🧾 Invoice", "👌 It stands"]
    said = "\n".join(await chat.says("Asha", "[👌 It stands]"))
    assert f"bot: ({invoice.number} stands. Anna Rao will be told.)" in said
    assert f"bot → Anna: 🧾 The club has looked at {invoice.number} again: it stands." in said
    for admin in ("Asha", "Bina"):
        assert "👌 Settled by Asha, " in shown(chat, admin)
        assert not chat.buttons(admin)


async def test_a_double_tap_and_a_second_admin_settle_it_once(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await rejects(chat, anna, invoice)
    bina, stale = club.people["Bina"], chat.buttons("Bina")["👌 It stands"]
    pressed = [chat.act("Asha", "[👌 It stands]") for _ in range(2)]
    await asyncio.gather(*(chat.engine.handled(update) for update in pressed))
    await chat.engine.handled(chat.engine.press(bina, bina.id, *stale))
    await told_all(chat)
    assert len(alerts(chat)) == 2
    assert all(each.startswith("Too late: already settled by Asha, ") for each in alerts(chat))
    assert told(chat, "Anna").count("it stands") == 1
    assert await audited(db, AuditAction.REJECTION_SETTLED) == 1


async def test_an_old_card_does_not_settle_what_came_later(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await rejects(chat, anna, invoice)
    bina, stale = club.people["Bina"], chat.buttons("Bina")["👌 It stands"]
    await chat.says("Asha", "[👌 It stands]")
    await rejects(chat, anna, invoice, "Look once more")
    await chat.engine.handled(chat.engine.press(bina, bina.id, *stale))
    assert alerts(chat)[-1].startswith("Too late: already settled by Asha, ")
    async with db.reading() as repos:
        assert (await repos.rejections.find_open(invoice.id)).reason == "Look once more"


async def test_cancelling_the_invoice_settles_it_on_every_card(chat, club, db):
    asha, anna, invoice = await billed_anna(chat, club, db)
    await rejects(chat, anna, invoice)
    notes = chat.app.services.credit_notes
    await notes.cancel(invoice.id, reason="wrong", by=asha, operation_id=uuid4())
    await told_all(chat)
    for admin in ("Asha", "Bina"):
        assert "👌 Settled by Asha, " in shown(chat, admin)
        assert not chat.buttons(admin)


async def test_the_queue_leads_to_the_invoice(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await rejects(chat, anna, invoice)
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[✅ Approvals (1)]")
    said = "\n".join(await chat.says("Asha", "[🧾 Invoices not accepted (1)]"))
    assert "Waiting: 1, the oldest first." in said
    said = "\n".join(await tap(chat, "Asha", f"🧾 {invoice.number}"))
    assert "[🧾 Invoice] [👌 It stands] [⬅️ Back]" in said
    assert f"🧾 Tax invoice {invoice.number}" in "\n".join(await chat.says("Asha", "[🧾 Invoice]"))


async def test_nobody_else_lets_it_stand(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await rejects(chat, anna, invoice)
    await chat.says("Anna", "/menu")
    person = club.people["Anna"]
    screen = chat.engine.chat_messages(person.id)[-1].id
    for _, data in chat.buttons("Asha").values():
        await chat.engine.handled(chat.engine.press(person, person.id, screen, data))
        assert alerts(chat)[-1] == "This is for admins of the club only."
    async with db.reading() as repos:
        assert await repos.rejections.find_open(invoice.id)
