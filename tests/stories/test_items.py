"""The store's items by hand: added, found, changed, taken off sale, exported."""

import asyncio

from bot.models.audit import AuditAction
from tests.stories.stores import open_store, received, stocked
from tests.workbooks import cells


async def actions(db) -> list[AuditAction]:
    async with db.reading() as repos:
        return [entry.action for entry in await repos.audit.list_latest(limit=50)]


async def test_an_item_is_added_question_by_question(chat, club):
    await club.admin("Asha")
    await open_store(chat)
    await chat.play("""
        Asha: [➕ Add item]
        bot*: ➕ New item: Name
            What is it called? <...> [⬅️ Back] [✖️ Cancel]
        Asha: 💪
        bot: Please send a name with letters <...> [✖️ Cancel]
        Asha: Whey <protein>
        bot: ➕ New item: HSN/SAC
            What is its HSN or SAC code? <...> [⏭ No code] [⬅️ Back] [✖️ Cancel]
        Asha: 21x
        bot: “21x” is not an HSN or SAC code. <...> [✖️ Cancel]
        Asha: 2106
        bot: ➕ New item: MRP
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: 1e3
        bot: “1e3” is not an amount. Send rupees like 1500, 1,500 or ₹1500.50<...> [✖️ Cancel]
        Asha: ₹2,499.50
        bot: ➕ New item: GST %
            <...> [0 %] [5 %] [18 %] [40 %] [⬅️ Back] [✖️ Cancel]
        Asha: [5 %]
        bot*: ➕ New item: Stock
            <...> [⏭ Not counted] [⬅️ Back] [✖️ Cancel]
        Asha: 12
        bot: 🏷 Whey <protein>
            Kind: 📦 Goods
            HSN/SAC: 2106
            MRP: ₹2,499.50
            GST %: 5 %
            Stock: 12 pieces

            Is that right? <...> [✔️ 📦 Goods] [🏋️ Fitness at the club] [💻 Online] [✅ Save] <...>
        Asha: hello
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [✅ Save]
        bot*: ✅ Saved.

            🏷 Whey <protein>
            Serial 1, on sale
            Kind: 📦 Goods
            <...>
            <...>
            <...>
            Stock: 12 pieces [✏️ Name] <...> [🚫 Deactivate] [⬅️ Back]
        Asha: [⬅️ Back]
        bot*: 🛒 Store items
            1 item. Tap one <...> [1 · Whey <protein> · ₹2,499.50] [🔍 Search] [➕ Add item] <...>
    """)


async def test_a_service_is_guessed_by_its_code_and_the_kind_can_be_chosen(chat, club):
    await club.admin("Asha")
    await open_store(chat)
    for said in ("[➕ Add item]", "Diet plan", "999723", "1500/-", "18"):
        await chat.says("Asha", said)
    review = "\n".join(await chat.says("Asha", "[⏭ Not counted]"))
    assert "[✔️ 🏋️ Fitness at the club]" in review
    assert "Stock: not counted" in review
    assert "[✔️ 💻 Online]" in "\n".join(await chat.says("Asha", "[💻 Online]"))
    assert "Kind: 💻 Online" in "\n".join(await chat.says("Asha", "[✅ Save]"))


async def test_a_twin_is_told_of_at_its_code(chat, club):
    asha = await club.admin("Asha")
    await stocked(chat, asha, "Shaker")
    await open_store(chat)
    await chat.says("Asha", "[➕ Add item]")
    await chat.says("Asha", "SHÁKER")
    await chat.play("""
        Asha: 3924
        bot: “Shaker” with this code is on sale already, as item 1. <...> [✖️ Cancel]
        Asha: 3926
        bot: ➕ New item: MRP
            <...>
        Asha: [✖️ Cancel]
        bot*: Cancelled. Nothing was saved. [⬅️ Back] [☰ Menu]
    """)


async def test_a_photo_is_no_answer_and_an_old_answer_is_told_so(chat, club):
    await club.admin("Asha")
    await open_store(chat)
    for said in ("[➕ Add item]", "Mat"):
        await chat.says("Asha", said)
    engine, asha = chat.engine, club.people["Asha"]
    message, skip = chat.buttons("Asha")["⏭ No code"]
    assert "text message" in "\n".join(await chat.says("Asha", "{photo}"))
    await chat.says("Asha", "4016")
    await engine.handled(engine.press(asha, asha.id, message, skip))
    assert "New item: GST" in "\n".join(await chat.says("Asha", "500"))


async def test_saving_twice_adds_it_once(chat, club, db):
    await club.admin("Asha")
    await open_store(chat)
    for said in ("[➕ Add item]", "Mat", "[⏭ No code]", "500", "[18 %]", "3"):
        await chat.says("Asha", said)
    updates = [chat.act("Asha", "[✅ Save]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    async with db.reading() as repos:
        assert [item.name for item in await repos.items.list_all()] == ["Mat"]
    assert await actions(db) == [AuditAction.ITEM_ADDED]


async def test_it_is_found_by_serial_and_by_part_of_its_name(chat, club):
    asha = await club.admin("Asha")
    await stocked(chat, asha, "Créatine 250 g", "योगा चटाई", "Whey 100%", "Whey isolate")
    await open_store(chat)
    await chat.play("""
        Asha: [🔍 Search]
        bot*: 🔍 Search the store
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: x
        bot: Please send a serial number, or at least 2 letters of the name. [✖️ Cancel]
        Asha: towel
        bot: No item found for “towel”. <...> [✖️ Cancel]
        Asha: WHEY
        bot: 🔍 2 items fit. <...> [3 · Whey 100% · ₹299.00] [4 · Whey isolate · ₹299.00] <...>
        Asha: [4 · Whey isolate · ₹299.00]
        bot*: 🏷 Whey isolate
            Serial 4, <...>
            <...>
            <...>
            <...>
            <...>
            <...>
    """)
    for part, name in (
        ("2", "योगा चटाई"),
        ("creatine", "Créatine"),
        ("चटाई", "योगा"),
        ("0%", "Whey"),
    ):
        await open_store(chat)
        await chat.says("Asha", "[🔍 Search]")
        assert f"🏷 {name}" in "\n".join(await chat.says("Asha", part))


async def test_one_fact_is_changed_in_place(chat, club):
    asha = await club.admin("Asha")
    await stocked(chat, asha, "Shaker")
    await open_store(chat)
    await chat.says("Asha", "[1 · Shaker · ₹299.00]")
    await chat.play("""
        Asha: [✏️ MRP]
        bot*: ✏️ Shaker: MRP
            Now: ₹299.00
            <...> [⬅️ Back] [✖️ Cancel]
        Asha: 0
        bot: “0” is not an amount. <...> [✖️ Cancel]
        Asha: 349
        bot: ✅ Saved.

            🏷 Shaker
            Serial 1, on sale
            <...>
            <...>
            MRP: ₹349.00
            <...>
            <...>
    """)
    for edit, said, shown in (
        ("[✏️ Name]", "Shaker XL", "🏷 Shaker XL"),
        ("[✏️ HSN/SAC]", "[⏭ No code]", "HSN/SAC: none"),
        ("[✏️ GST %]", "[40 %]", "GST %: 40 %"),
        ("[✏️ Stock]", "7", "Stock: 7 pieces"),
        ("[✏️ Stock]", "[⏭ Not counted]", "Stock: not counted"),
    ):
        await chat.says("Asha", edit)
        assert shown in "\n".join(await chat.says("Asha", said))
    assert "Kind: 💻 Online" in "\n".join(await chat.says("Asha", "[💻 Online]"))


async def test_it_goes_off_sale_and_comes_back(chat, club):
    vera = await club.owner("Vera")
    await stocked(chat, vera, "Shaker")
    await open_store(chat, "Vera")
    await chat.says("Vera", "[1 · Shaker · ₹299.00]")
    assert "🚫 not on sale" in "\n".join(await chat.says("Vera", "[🚫 Deactivate]"))
    await chat.says("Vera", "[⬅️ Back]")
    await stocked(chat, vera, "Shaker")
    await chat.says("Vera", "[🚫 1 · Shaker · ₹299.00]")
    assert "on sale already, as item 2" in "\n".join(await chat.says("Vera", "[♻️ Activate]"))
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "changed item 1, “Shaker”: On sale: yes → no" in log
    assert "added item 2, “Shaker”" in log


async def test_the_list_is_paged_with_what_is_sold_first(chat, club):
    asha = await club.admin("Asha")
    first, *_ = await stocked(chat, asha, *(f"Item {letter}" for letter in "ABCDEFGHI"))
    await chat.app.services.items.deactivate(first.id, by=asha)
    assert "page 1 of 2\n    9 items" in await open_store(chat)
    assert "[🚫 1 · Item A · ₹299.00]" in "\n".join(await chat.says("Asha", "[2 ▶]"))


async def test_an_export_holds_no_formula_and_can_be_sent_back(chat, club):
    asha = await club.admin("Asha")
    await stocked(chat, asha, "=1+1", "@SUM(A1)", "योगा चटाई", stock=None)
    await open_store(chat)
    await chat.says("Asha", "[📤 Export]")
    rows = cells(received(chat, "Asha"))
    assert rows[1] == [1.0, "=1+1", "3924", 299.0, 18.0, "", "goods", "yes"]
    assert [row[1] for row in rows[1:]] == ["=1+1", "@SUM(A1)", "योगा चटाई"]


async def test_the_store_is_for_admins(chat, club):
    await club.staff("Ravi")
    assert "for admins" in "\n".join(await chat.says("Ravi", "/admin"))
