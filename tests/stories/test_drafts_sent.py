"""The end of a draft: the documents that it becomes, sent once, whoever taps."""

import asyncio
from uuid import uuid4

import pytest

from bot.keyboards.drafts import AskStoreItem, BeginInvoice, OpenDraft, ResumeDraft
from bot.models.drafts import NewLine
from bot.models.items import ItemKind
from bot.texts.common import OLD_BUTTON
from tests.stories.correcting import open_bill, tap
from tests.stories.drafting import (
    MONTH,
    SHAKER,
    begin,
    custom_line,
    draft_for,
    issued,
    reviewed,
    store_line,
)
from tests.stories.invoicing import registered
from tests.stories.stores import facts
from tests.stories.telling import forge

BOTTLE = facts("Bottle", mrp_paise=29_900, rate_bps=1_800)
SEND = "[📤 Send invoice]"
NO = {OLD_BUTTON, "This is for admins of the club only."}
TOUR = (
    "@anna",
    "[🔍 Store item]",
    "Month",
    "[1]",
    "[0 %]",
    "[➕ Add another]",
    "[✍️ Custom item]",
    "Towel",
    "300",
    "[⬅️ Back]",
    "[🗑 Remove a line]",
    "[⬅️ Back]",
    "[🏠 Address]",
    "Mysuru",
    "29",
    "[🏢 GSTIN]",
    "[⬅️ Back]",
    "[➡️ Finish items]",
    "[⏭ No shipping]",
)


@pytest.fixture
async def desk(club, db):
    """Asha and Ravi, who bill, Anna, who buys, and what there is."""
    await club.admin("Asha")
    await club.admin("Ravi")
    await club.member("Anna")
    await registered(db, SHAKER, MONTH, BOTTLE)


async def to_review(chat) -> str:
    await draft_for(chat)
    await store_line(chat)
    return await reviewed(chat)


async def pdfs(chat, who="Anna") -> list[str]:
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return [message.document.name for message in messages if message.document]


async def locate(chat, address="2 Lake View, Mysuru", state="29") -> None:
    for said in ("[🏠 Address]", address, state):
        await chat.says("Asha", said)


async def test_parts_taxed_in_two_states_become_two_documents(chat, desk, db):
    await draft_for(chat)
    await locate(chat)
    await store_line(chat, "Month")
    await chat.says("Asha", "[➕ Add another]")
    await store_line(chat, "Bottle")
    await chat.says("Asha", "[➡️ Finish items]")
    await chat.play("""
        Asha: [⏭ No shipping]
        bot*: 🧾 Invoice for Anna Rao
            🏠 2 Lake View, Mysuru, 29 Karnataka

            📄 Tax invoice, place of supply Maharashtra
            • Month: 1 × ₹2,000.00 = ₹2,000.00, GST 5 %
            Taxable ₹2,000.00
            CGST ₹50.00, SGST ₹50.00
            Total ₹2,100.00

            📄 Tax invoice, place of supply Karnataka
            • Bottle: 1 × ₹299.00 = ₹299.00, GST 18 %
            Taxable ₹299.00
            IGST ₹53.82
            Round-off ₹0.18
            Total ₹353.00

            ℹ️ It becomes 2 documents. What happens at the club is taxed in Maharashtra, <...>

            Is that right? Tap 📤 Send invoice. [📤 Send invoice] [⬅️ Back]
        Asha: [📤 Send invoice]
        bot*: 📤 Sent as GYM/<...>/000001, ₹2,100.00
            and GYM/<...>/000002, ₹353.00.
            Anna Rao gets it as a PDF. <...>
        bot → Anna: {document GYM-<...>-000001.pdf} 🧾 Tax invoice <...>
            ₹2,100.00, due <...>
        bot → Anna: {document GYM-<...>-000002.pdf} 🧾 Tax invoice <...>
            ₹353.00, due <...>
    """)
    assert [entry.total_paise for entry in await issued(db)] == [210_000, 35_300]


async def test_a_walk_in_customer_s_is_fetched_from_the_list(chat, desk):
    await draft_for(chat, "[🚶 Walk-in customer]")
    await chat.says("Asha", "Zoë")
    await store_line(chat)
    await reviewed(chat)
    said = "\n".join(await chat.says("Asha", SEND))
    assert "Sent as GYM/" in said
    assert "A walk-in customer has no chat with us: fetch the PDF from 🧾 Invoices." in said
    assert await pdfs(chat) == []


async def test_who_cannot_be_reached_is_not_said_to_get_it(chat, desk):
    await chat.says("Anna", "{blocks}")
    await to_review(chat)
    said = "\n".join(await chat.says("Asha", SEND))
    assert "Anna Rao cannot be reached: fetch the PDF from 🧾 Invoices." in said


async def test_from_fifty_thousand_on_it_waits_for_the_address(chat, desk, db):
    await draft_for(chat)
    said = await custom_line(chat, "Treadmill", "50,000")
    assert "From ₹50,000 on the law wants the buyer’s address and State." in said
    said = await reviewed(chat)
    assert "From ₹50,000 on" in said
    assert "[🏠 Address]" in said
    assert SEND not in said
    await locate(chat, "1 Hill Road, Mumbai", "27")
    assert "From ₹50,000" not in await reviewed(chat)
    await chat.says("Asha", SEND)
    assert [entry.total_paise for entry in await issued(db)] == [5_250_000]


async def test_below_fifty_thousand_no_address_is_needed(chat, desk, db):
    await draft_for(chat)
    await custom_line(chat, "Treadmill", "49,999.99")
    assert SEND in await reviewed(chat)


async def test_a_double_tap_sends_one_invoice(chat, desk, db):
    await to_review(chat)
    taps = [chat.act("Asha", SEND) for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert len(await issued(db)) == 1
    await chat.says("Asha", "/menu")  # and what is owed goes out
    assert len(await pdfs(chat)) == 1


async def test_two_admins_at_once_send_one_invoice(chat, desk, db):
    await to_review(chat)
    await chat.says("Ravi", "/menu")
    await forge(chat, "Ravi", OpenDraft(draft_id=1).pack())
    await reviewed(chat, "Ravi")
    before = len(chat.engine.calls)
    taps = [chat.act(who, SEND) for who in ("Asha", "Ravi")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    told = [str(call.params.get("text") or "") for call in chat.engine.calls[before:]]
    assert sum("Sent as <b>GYM/" in text for text in told) == 1
    assert sum("has been sent already, as GYM/" in text for text in told) == 1
    assert len(await issued(db)) == 1


async def test_what_was_changed_meanwhile_is_shown_before_it_is_sent(chat, desk, db):
    await to_review(chat)
    await chat.says("Ravi", "/menu")
    await forge(chat, "Ravi", OpenDraft(draft_id=1).pack())
    await store_line(chat, "Bottle", who="Ravi")
    said = "\n".join(await chat.says("Asha", SEND))
    assert "(!Somebody has changed it meanwhile. This is the newest.)" in said
    assert "• Bottle: 1 × ₹299.00" in said
    assert await issued(db) == []
    await chat.says("Asha", SEND)
    assert len(await issued(db)) == 1


async def test_one_that_is_sent_is_neither_sent_nor_changed_again(chat, desk, db):
    await to_review(chat)
    await chat.says("Asha", SEND)
    said = await forge(chat, "Asha", AskStoreItem(draft_id=1).pack())
    assert "It has been sent already, as GYM/" in said
    said = await forge(chat, "Asha", OpenDraft(draft_id=1).pack())
    assert "This invoice has been sent already." in said
    assert len(await issued(db)) == 1


async def test_what_is_not_in_stock_is_not_sent(chat, desk, db):
    await draft_for(chat)
    await store_line(chat, "Bottle", "11")
    await reviewed(chat)
    said = "\n".join(await chat.says("Asha", SEND))
    assert "Only 10 of “Bottle” are left." in said
    assert await issued(db) == []


async def test_the_last_line_may_go_before_the_review(chat, desk):
    await draft_for(chat)
    await store_line(chat)
    await chat.says("Asha", "[⬅️ Back]")
    await chat.says("Asha", "[🗑 Remove a line]")
    said = "\n".join(await chat.says("Asha", "[🗑 Shaker · 1 × ₹499.00 = ₹499.00]"))
    assert "Nothing on it yet." in said
    assert "[➡️ Finish items]" not in said


async def test_no_button_of_a_draft_works_for_anybody_else(chat, desk, club, db):
    await club.staff("Mallory")
    await chat.says("Mallory", "/menu")
    await begin(chat)
    data = {BeginInvoice().pack(), ResumeDraft().pack()}
    for said in TOUR:
        await chat.says("Asha", said)
        data |= {each for _, each in chat.buttons("Asha").values() if each.startswith("inv-")}
    assert len({packed.split(":")[0] for packed in data}) >= 20
    for packed in sorted(data):
        assert await forge(chat, "Mallory", packed) in NO, packed
    assert await issued(db) == []
    async with db.reading() as repos:
        draft = await repos.drafts.find(1)
    assert ([each.line.name for each in draft.lines], draft.status) == (["Month"], "open")


async def test_any_of_many_lines_can_be_taken_off_and_later_reduced(chat, desk, db):
    """More than buttons fit below a message are shown by pages."""
    drafts = chat.app.services.drafts
    await draft_for(chat)
    async with db.reading() as repos:
        asha = await repos.people.find_by_telegram_id(chat.club.people["Asha"].id)
    for number in range(1, 25):
        line = await drafts.line_by_hand(
            f"Towel {number:02}", ItemKind.GOODS, 10_000, quantity=1, discount_bps=0
        )
        await drafts.add_line(1, NewLine(operation_id=uuid4(), line=line), by=asha)
    await forge(chat, "Asha", OpenDraft(draft_id=1).pack())
    for label in ("🗑 Remove a line", "2 ▶", "🗑 Towel 24"):
        said = await tap(chat, "Asha", label)
    assert "🗑 Removed." in said
    for label in ("➡️ Finish items", "⏭ No shipping", "📤 Send invoice"):
        await tap(chat, "Asha", label)
    await open_bill(chat)
    assert "21. Towel 21" not in await tap(chat, "Asha", "➖ Reduce")
    assert "[◀ 1]" in await tap(chat, "Asha", "2 ▶")
    assert "Towel 23: ₹105.00 is left of it." in await tap(chat, "Asha", "23. Towel 23")
