"""An issued invoice is reduced or cancelled, and what was paid becomes credit."""

import asyncio
from datetime import date

import pytest

from bot.models.business import TaxRate
from bot.models.items import ItemKind
from tests.documents.reading import pages_of
from tests.stories.correcting import (
    anna_s_bill,
    due,
    files,
    open_bill,
    paid,
    say,
    tap,
    years_pass,
)
from tests.stories.drafting import custom_line, draft_for, reviewed, store_line
from tests.stories.invoicing import billed, registered
from tests.stories.stores import facts
from tests.stories.test_forged import press


async def notes_of(chat, invoice_id) -> list:
    return await chat.app.services.credit_notes.list_of_invoice(invoice_id)


async def to_review(chat, who="Asha", amount="525") -> str:
    """From the bill's card up to the last look."""
    return await say(chat, who, "[➖ Reduce]", amount, "two weeks only")


async def test_a_line_is_reduced_at_the_rate_it_was_billed_at(chat, club, db):
    asha, _, bill = await anna_s_bill(chat, club, db)
    day = date(2020, 1, 1)  # E30: a new rate changes nothing of what is issued
    rate = TaxRate(code="999723", valid_from=day, rate_bps=1_800)
    await chat.app.services.business.set_rate(rate, by=asha)
    card = await open_bill(chat)
    assert "[➖ Reduce] [🚫 Cancel invoice]" in card
    await chat.play(f"""
        Asha: [➖ Reduce]
        bot*: ➖ Reduce {bill.number}
            Month: ₹1,575.00 is left of it.
            By how much, tax included? Send an amount like 500, at most ₹1,575.00. [⬅️ Back] [✖️ Cancel]
        Asha: 1575.01
        bot: Only ₹1,575.00 is left of that. Send so much or less. [✖️ Cancel]
        Asha: 525
        bot: ➖ Reduce {bill.number} by ₹525.00
            Why? It stands on the credit note, and its buyer reads it. At most 300 characters. [⬅️ Back] [✖️ Cancel]
        Asha: two <weeks> only
        bot: 🧾 Credit note on {bill.number}
            To: Anna Rao
            • Month: ₹525.00

            Taxable value: ₹500.00
            CGST: ₹12.50
            SGST: ₹12.50
            Total: ₹525.00
            Reason: two <weeks> only

            Then due: ₹1,050.00
            Is that right? Tap ✅ Issue credit note. It cannot be taken back. [✅ Issue credit note] [⬅️ Back] [✖️ Cancel]
        Asha: ok
        bot: Please tap one of the buttons above. [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    told = await say(chat, "Asha", "[✅ Issue credit note]")
    assert "✅ Credit note CN/" in told
    assert "⏳ Open\n    Credited: ₹525.00\n    Due: ₹1,050.00" in told
    assert "Reason: two <weeks> only" in told.split("bot → Anna")[1]
    (pdf,) = files(chat, "Anna", "CN-")
    (page,) = pages_of(pdf)
    for words in (
        *("Credit note", f"Original invoice: {bill.number}", "Reason two <weeks> only"),
        *("1 Month 999723 500.00 5 % 12.50 12.50 525.00", "Total credited ₹525.00"),
        "Rupees Five Hundred Twenty Five Only",
    ):
        assert words in page
    await tap(chat, "Asha", "↩️ CN/")
    assert files(chat, "Asha", "CN-") == [pdf]


async def test_of_several_lines_one_is_chosen(chat, club, db):
    await registered(db)
    await club.admin("Asha")
    await club.member("Anna")
    await draft_for(chat)
    await custom_line(chat, "Towel <blue>", "200")
    await chat.says("Asha", "[➕ Add another]")
    await custom_line(chat, "Locker", "500")
    await reviewed(chat)
    await chat.says("Asha", "[📤 Send invoice]")
    await open_bill(chat)
    asked = await say(chat, "Asha", "[➖ Reduce]", "the locker")
    assert "Please tap one of the buttons above." in asked
    assert "Locker: ₹525.00 is left of it." in await tap(chat, "Asha", "2. Locker")
    told = await say(chat, "Asha", "100", "broken", "[✅ Issue credit note]")
    assert "Credited: ₹100.00" in told
    assert "[2. Locker · ₹425.00]" in await say(chat, "Asha", "[➖ Reduce]")


async def test_a_paid_invoice_is_cancelled_and_keeps_its_number(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    await paid(chat, asha, anna, 1_575_00)
    assert "✅ Paid\n    Paid: ₹1,575.00" in await open_bill(chat)
    told = await say(chat, "Asha", "[🚫 Cancel invoice]", "never came")
    assert "Then nothing is due on it.\n    Kept as credit: ₹1,575.00" in told
    told = await say(chat, "Asha", "[✅ Issue credit note]")
    assert "↩️ Credited\n    Credited: ₹1,575.00" in told
    assert "[💰 RC/" in told
    assert "credit ₹1,575.00]" in told
    assert "➖ Reduce" not in told
    (again,) = await billed(chat.app.services, asha, anna)  # E31: both numbers stay
    assert again.number > bill.number
    assert again.number in await open_bill(chat, part="/000002")
    listed = await tap(chat, "Asha", "⬅️ Back")
    assert f"[{bill.number} · Anna Rao · ₹1,575.00 ↩️]" in listed
    assert f"[{again.number} · Anna Rao · ₹1,575.00 ⏳]" in listed


async def test_what_is_taken_back_already_cannot_be_once_more(chat, club, db):
    _, _, bill = await anna_s_bill(chat, club, db)
    await open_bill(chat)
    await say(chat, "Asha", "[🚫 Cancel invoice]", "never came", "[✅ Issue credit note]")
    for forged in (f"cn-all:{bill.id}", f"cn-less:{bill.id}"):
        assert "has been taken back already" in await press(chat, "Asha", forged)
    assert await press(chat, "Asha", "cn-all:987654") == "This invoice is not there."
    assert len(await notes_of(chat, bill.id)) == 1


async def test_two_taps_make_one_credit_note(chat, club, db):
    _, _, bill = await anna_s_bill(chat, club, db)
    await open_bill(chat)
    await to_review(chat)
    taps = [chat.act("Asha", "[✅ Issue credit note]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert len(await notes_of(chat, bill.id)) == 1
    assert await due(db, bill.id) == 1_050_00


@pytest.mark.parametrize("first", ["reduce", "cancel"])
async def test_of_two_admins_one_issues_and_the_other_looks_again(chat, club, db, first):
    _, _, bill = await anna_s_bill(chat, club, db)
    await club.admin("Bina")
    for who in ("Asha", "Bina"):
        await open_bill(chat, who)
        if first == "reduce":
            await to_review(chat, who)
        else:
            await say(chat, who, "[🚫 Cancel invoice]", "never came")
    taps = [chat.act(who, "[✅ Issue credit note]") for who in ("Asha", "Bina")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    (note,) = await notes_of(chat, bill.id)
    assert note.totals.total_paise == (525_00 if first == "reduce" else 1_575_00)
    screens = [await say(chat, who, "/menu") for who in ("Asha", "Bina")]
    assert all("dropped" not in screen for screen in screens)  # both forms are closed


async def test_a_payment_in_between_wants_another_look(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    await open_bill(chat)
    await to_review(chat)
    await paid(chat, asha, anna, 100_00)
    told = await say(chat, "Asha", "[✅ Issue credit note]")
    assert "Something was booked on this invoice meanwhile. Look at it again." in told
    assert await notes_of(chat, bill.id) == []


async def test_an_old_review_issues_nothing_of_a_newer_one(chat, club, db):
    _, _, bill = await anna_s_bill(chat, club, db)
    await open_bill(chat)
    await to_review(chat)
    old = chat.buttons("Asha")["✅ Issue credit note"][1]
    await open_bill(chat)
    await to_review(chat, amount="100")
    told = await press(chat, "Asha", old)
    assert "This button belongs to an earlier question" in told
    assert await notes_of(chat, bill.id) == []
    assert "Credited: ₹100.00" in await say(chat, "Asha", "[✅ Issue credit note]")


async def test_it_can_be_left_at_every_step(chat, club, db):
    _, _, bill = await anna_s_bill(chat, club, db)
    for steps in ((), ("525",), ("525", "why")):
        await open_bill(chat)
        await say(chat, "Asha", "[➖ Reduce]", *steps)
        assert "Cancelled. Nothing was saved." in await say(chat, "Asha", "[✖️ Cancel]")
        await open_bill(chat)
        await say(chat, "Asha", "[➖ Reduce]", *steps)
        assert "Due: ₹1,575.00" in await tap(chat, "Asha", "⬅️ Back")
    assert await notes_of(chat, bill.id) == []


@pytest.mark.parametrize(("answer", "stock"), [("[📦 Yes, back into stock]", 10), ("[⏭ No]", 8)])
async def test_the_store_s_pieces_come_back_if_they_did(chat, club, db, answer, stock):
    service = facts("Massage", kind=ItemKind.FITNESS, hsn="999723", stock=None)
    await registered(db, facts("Shaker"), service)
    await club.admin("Asha")
    await club.member("Anna")
    await draft_for(chat)
    await store_line(chat, "Shaker", quantity="2")
    await chat.says("Asha", "[➕ Add another]")
    await store_line(chat, "Massage", quantity="3")
    await reviewed(chat)
    await chat.says("Asha", "[📤 Send invoice]")
    await open_bill(chat)
    told = await say(chat, "Asha", "[🚫 Cancel invoice]", "returned")
    assert "This invoice billed 2 pieces of the store. Did they come back" in told
    told = await say(chat, "Asha", answer)
    assert ("Back into stock: 2" in told) is (stock == 10)
    await say(chat, "Asha", "[✅ Issue credit note]")
    async with db.reading() as repos:
        shaker, massage = await repos.items.list_all()
    assert (shaker.stock, massage.stock) == (stock, None)


async def test_a_club_without_gst_says_nothing_of_tax(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await open_bill(chat)
    told = await say(chat, "Asha", "[🚫 Cancel invoice]", "never came")
    await say(chat, "Asha", "[✅ Issue credit note]")
    (pdf,) = files(chat, "Anna", "CN-")
    for tax in ("GST", "Tax", "HSN"):
        assert tax not in told + pages_of(pdf)[0]


async def test_an_invoice_that_is_not_accepted_says_why_until_it_is_cancelled(chat, club, db):
    _, anna, bill = await anna_s_bill(chat, club, db)
    await chat.app.services.rejections.reject(bill.id, reason="not <mine>", me=anna)
    assert "❌ Not accepted: not <mine>" in await open_bill(chat)
    told = await say(chat, "Asha", "[🚫 Cancel invoice]", "right", "[✅ Issue credit note]")
    assert "Not accepted" not in told


async def test_what_is_past_due_is_marked(chat, club, db, database_url):
    asha, anna, _ = await anna_s_bill(chat, club, db)
    await paid(chat, asha, anna, 75_00)
    assert "🌓 Part-paid\n    Paid: ₹75.00\n    Due: ₹1,500.00" in await open_bill(chat)
    await years_pass(database_url)
    assert "⚠️ Overdue\n    Paid: ₹75.00" in await open_bill(chat)
    assert "₹1,575.00 ⚠️]" in await tap(chat, "Asha", "⬅️ Back")


async def test_only_its_own_member_gets_a_credit_note_again(chat, club, db):
    _, _, bill = await anna_s_bill(chat, club, db)
    await club.member("Mallory")
    await open_bill(chat)
    await say(chat, "Asha", "[🚫 Cancel invoice]", "never came", "[✅ Issue credit note]")
    (note,) = await notes_of(chat, bill.id)
    await chat.says("Anna", "/documents")
    await tap(chat, "Anna", "↩️ CN/")
    first, again = files(chat, "Anna", "CN-")
    assert first == again
    await chat.says("Mallory", "/documents")
    for number in (note.id, 987_654):
        told = await press(chat, "Mallory", f"doc-credit:{number}")
        assert told == "This credit note is not there."
    assert files(chat, "Mallory", "CN-") == []
