"""Writing an invoice: for whom it is, what stands on it, what becomes of it."""

import asyncio

import pytest

from bot.keyboards.drafts import OpenDraft
from tests.stories.drafting import SHAKER, begin, custom_line, draft_for, store_line
from tests.stories.invoicing import registered
from tests.stories.telling import forge


@pytest.fixture
async def desk(club, db):
    """Asha, who bills, Anna, who buys, and a shaker."""
    await club.admin("Asha")
    await club.member("Anna")
    await registered(db, SHAKER)


async def lines(db, draft_id=1) -> list[str]:
    async with db.reading() as repos:
        draft = await repos.drafts.find(draft_id)
    return [each.line.name for each in draft.lines]


async def test_a_member_is_billed_from_the_store_to_the_paisa(chat, desk):
    said = await begin(chat)
    assert "Who is it for?" in said
    await chat.play("""
        Asha: @anna
        bot: 🧾 Draft for Anna Rao

            Nothing on it yet. <...> [🔍 Store item] [✍️ Custom item] [🏠 Address] [🏢 GSTIN] <...>
        Asha: [🔍 Store item]
        bot*: 🔍 Store item
            Send the serial number, or at least 2 letters of the name. [⬅️ Back] [✖️ Cancel]
        Asha: shak
        bot: 🔢 Shaker, ₹499.00
            How many? <...> [1] [2] [3] [⬅️ Back] [✖️ Cancel]
        Asha: [2]
        bot*: 🏷 Shaker, 2 × ₹499.00
            How much discount? <...> [0 %] [5 %] [10 %] [20 %] [⬅️ Back] [✖️ Cancel]
        Asha: [10 %]
        bot*: ✅ Added Shaker: 2 × ₹499.00 − 10 % = ₹898.20

            🧾 Draft for Anna Rao

            1. Shaker: 2 × ₹499.00 − 10 % = ₹898.20

            📄 Tax invoice, place of supply Maharashtra
            Taxable ₹898.20
            CGST ₹80.84, SGST ₹80.84
            Round-off ₹0.12
            Total ₹1,060.00 [➕ Add another] [➡️ Finish items] [⬅️ Back]
        Asha: [➡️ Finish items]
        bot*: 🚚 Shipping
            <...> [⏭ No shipping] [⬅️ Back] [✖️ Cancel]
        Asha: 50
        bot: 🧾 Invoice for Anna Rao

            📄 Tax invoice, place of supply Maharashtra
            • Shaker: 2 × ₹499.00 − 10 % = ₹898.20, GST 18 %
            • Shipping: 1 × ₹50.00 = ₹50.00, GST 0 %
            Taxable ₹948.20
            CGST ₹80.84, SGST ₹80.84
            Round-off ₹0.12
            Total ₹1,110.00

            Is that right? Tap 📤 Send invoice. [📤 Send invoice] [⬅️ Back]
        Asha: [📤 Send invoice]
        bot*: 📤 Sent as GYM/<...>/000001, ₹1,110.00.
            Anna Rao gets it as a PDF. [➕ New invoice] [⬅️ Back]
        bot → Anna: {document GYM-<...>-000001.pdf} 🧾 Tax invoice GYM/<...>/000001 of <...>
            ₹1,110.00, due <...>
    """)


async def test_a_custom_item_joins_one_of_the_store(chat, desk):
    await draft_for(chat)
    await store_line(chat)
    await chat.play("""
        Asha: [➕ Add another]
        bot*: ➕ What else goes on it? [🔍 Store item] [✍️ Custom item] [⬅️ Back]
        Asha: [✍️ Custom item]
        bot*: ✍️ Custom item
            What is it called? <...> [⬅️ Back] [✖️ Cancel]
        Asha: Training <1:1>
        bot: ✍️ Training <1:1>
            What does one cost <...> [⬅️ Back] [✖️ Cancel]
        Asha: 1e3
        bot: “1e3” is not an amount. Send rupees like <...> [✖️ Cancel]
        Asha: ₹1,500/-
        bot: ✍️ Training <1:1>
            What is it? <...> [🏋️ Service at the club] [📦 Goods] [💻 Online service] <...>
        Asha: a service
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [🏋️ Service at the club]
        bot*: 🔢 Training <1:1>, ₹1,500.00
            <...>
        Asha: 1
        bot: 🏷 Training <1:1>, 1 × ₹1,500.00
            <...>
        Asha: 0
        bot: ✅ Added Training <1:1>: 1 × ₹1,500.00 = ₹1,500.00

            🧾 Draft for Anna Rao

            1. Shaker: 1 × ₹499.00 = ₹499.00
            2. Training <1:1>: 1 × ₹1,500.00 = ₹1,500.00

            📄 Tax invoice, place of supply Maharashtra
            Taxable ₹1,999.00
            CGST ₹82.41, SGST ₹82.41
            Round-off ₹0.18
            Total ₹2,164.00 <...>
    """)


async def test_a_wrong_quantity_or_discount_is_asked_again(chat, desk, db):
    await draft_for(chat)
    await chat.says("Asha", "[🔍 Store item]")
    await chat.says("Asha", "1")
    for wrong in ("0", "10000", "2.5", "-1", "two", "１"):
        assert f"“{wrong}” is not a quantity." in "\n".join(await chat.says("Asha", wrong))
    assert "How much discount?" in "\n".join(await chat.says("Asha", "9999"))
    for wrong in ("81", "80.01", "-5", "some"):
        assert f"“{wrong}” is not a discount." in "\n".join(await chat.says("Asha", wrong))
    assert "9999 × ₹499.00 − 7.5 %" in "\n".join(await chat.says("Asha", "7.5"))
    assert await lines(db) == ["Shaker"]


async def test_a_line_is_removed(chat, desk, db):
    await draft_for(chat)
    await store_line(chat)
    await chat.says("Asha", "[⬅️ Back]")
    await custom_line(chat, "Towel", "300")
    await chat.says("Asha", "[⬅️ Back]")
    said = await chat.says("Asha", "[🗑 Remove a line]")
    assert "[🗑 Towel · 1 × ₹300.00 = ₹300.00]" in "\n".join(said)
    said = "\n".join(await chat.says("Asha", "[🗑 Shaker · 1 × ₹499.00 = ₹499.00]"))
    assert "🗑 Removed." in said
    assert "1. Towel: 1 × ₹300.00 = ₹300.00" in said
    assert await lines(db) == ["Towel"]


async def test_a_double_tap_adds_one_line(chat, desk, db):
    await draft_for(chat)
    for said in ("[🔍 Store item]", "Shaker", "[1]"):
        await chat.says("Asha", said)
    taps = [chat.act("Asha", "[0 %]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert await lines(db) == ["Shaker"]


async def test_a_draft_outlives_a_cancelled_step(chat, desk):
    await draft_for(chat)
    await store_line(chat)
    await chat.says("Asha", "[⬅️ Back]")
    await chat.says("Asha", "[🔍 Store item]")
    await chat.play("""
        Asha: /cancel
        bot: Cancelled. Nothing was saved. [⬅️ Back] [☰ Menu]
        Asha: [⬅️ Back]
        bot*: 🧾 Draft for Anna Rao

            1. Shaker: 1 × ₹499.00 = ₹499.00

            📄 Tax invoice, <...>
            Taxable ₹499.00
            CGST ₹44.91, SGST ₹44.91
            Round-off ₹0.18
            Total ₹589.00 [🔍 Store item] [✍️ Custom item] [🗑 Remove a line] <...>
    """)


async def test_of_several_drafts_one_is_chosen_to_go_on_with(chat, desk, club):
    await club.member("Meera")
    await draft_for(chat)
    await store_line(chat)
    await draft_for(chat, "@meera")
    await chat.says("Asha", "[🔍 Store item]")
    await chat.says("Asha", "/cancel")
    await chat.play("""
        Asha: [⬅️ Back]
        bot*: 🧾 Invoices being written
            <...> [📝 Meera Rao · 0 lines] [📝 Anna Rao · 1 line] [➕ New invoice] [⬅️ Back]
    """)
    said = "\n".join(await chat.says("Asha", "[📝 Anna Rao · 1 line]"))
    assert "🧾 Draft for Anna Rao" in said


async def test_a_dropped_draft_is_gone(chat, desk):
    await draft_for(chat)
    await chat.play("""
        Asha: [❌ Drop the draft]
        bot*: ❌ The draft is gone. Nothing was sent. [➕ New invoice] [⬅️ Back]
    """)
    assert "not there any more" in await forge(chat, "Asha", OpenDraft(draft_id=1).pack())
