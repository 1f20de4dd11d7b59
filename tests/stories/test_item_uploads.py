"""The store's items as an Excel file: shown row by row, then applied, all or nothing, once."""

import asyncio

import pytest

from bot.models.items import ItemField
from tests.stories.stores import open_store, received, send, stocked, upload
from tests.workbooks import HEADINGS, cells, workbook


async def catalogue(db) -> list[tuple]:
    async with db.reading() as repos:
        items = await repos.items.list_all()
    return [(item.serial, item.name, item.hsn, item.mrp_paise, item.stock) for item in items]


async def test_a_file_is_shown_row_by_row_and_applied(chat, club, db):
    asha = await club.admin("Asha")
    await stocked(chat, asha, "Shaker", "Towel", "Belt")
    await open_store(chat)
    await chat.says("Asha", "[📥 Upload Excel]")
    shown = await send(
        chat,
        "Asha",
        workbook(
            (1, "Shaker", 3924, 349, 18, 8),
            ("", "towel", "3924", "299", "18 %"),
            ("", "Belt", "3924", "₹299/-", 18, ""),
            ("",),
            ("", "योगा चटाई", 4016.0, 1500.5, 5, "", "Goods", "yes"),
        ),
    )
    assert "4 rows: 1 add · 2 change · 1 as it is · 0 refused" in plain(shown)
    assert "Row 2, Shaker: MRP: ₹299.00 → ₹349.00; Stock: 10 pieces → 8 pieces" in plain(shown)
    assert "Row 3, towel: Name: Towel → towel" in plain(shown)
    assert "Row 6, योगा चटाई: 📦 Goods, 4016, ₹1,500.50, GST 5 %" in plain(shown)
    assert len(await catalogue(db)) == 3
    assert "✅ Applied: 1 added, 2 changed." in "\n".join(await chat.says("Asha", "[✅ Apply]"))
    assert await catalogue(db) == [
        (1, "Shaker", "3924", 34_900, 8),
        (2, "towel", "3924", 29_900, 10),
        (3, "Belt", "3924", 29_900, 10),
        (4, "योगा चटाई", "4016", 150_050, None),
    ]


async def test_one_bad_row_and_nothing_can_be_applied_until_it_is_mended(chat, club, db):
    await club.admin("Asha")
    shown = await upload(chat, workbook(("", "Belt", "", 100, 18), (9, "Mat", "", "1e3", 18)))
    assert "Row 3, Mat: “1e3” is not an MRP" in plain(shown)
    assert "Mend the file" in shown
    assert "✅ Apply" not in chat.buttons("Asha")
    shown = await send(chat, "Asha", workbook(("", "Belt", "", 100, 18), (9, "Mat", "", 1, 18)))
    assert "there is no item with serial 9" in shown
    await send(chat, "Asha", workbook(("", "Belt", "", 100, 18), ("", "Mat", "", 1, 18)))
    await chat.says("Asha", "[✅ Apply]")
    assert [name for _, name, *_ in await catalogue(db)] == ["Belt", "Mat"]


async def test_every_row_comes_as_a_file_with_its_verdict(chat, club):
    await club.admin("Asha")
    rows = [("", f"=Item {number}", "", "x", 18) for number in range(40)]
    shown = await upload(chat, workbook(*rows, ("", "Good", "", 1, 18)))
    assert "… and 30 more like these: see 📄 All rows." in shown
    await chat.says("Asha", "[📄 All rows]")
    verdicts = cells(received(chat, "Asha"))
    assert len(verdicts) == 42
    assert verdicts[1][2:4] == ["=Item 0", "refused"]
    assert "is not an MRP" in verdicts[1][4]
    assert verdicts[41][3] == "add"


async def test_the_widest_names_still_fit_a_message(chat, club):
    asha = await club.admin("Asha")
    wide = "𝒜" * 98
    await stocked(chat, asha, *(f"{wide}{number}" for number in range(6)))
    changes = [(number + 1, f"{number}{wide}", "", 1, 18) for number in range(6)]
    fresh = [("", f"{wide}x{number}"[-100:], "", 1, 18) for number in range(6)]
    ignored = [f"{number}{wide}" for number in range(9)]
    headings = (*HEADINGS[:5], *ignored)
    shown = await upload(chat, workbook(*changes, *fresh, headings=headings))
    assert "6 add · 6 change" in shown
    await stocked(chat, asha, f"{wide}x0", hsn="")
    assert "has changed since" in "\n".join(await chat.says("Asha", "[✅ Apply]"))
    bad = [("", f"{wide}{number}", wide, wide, wide) for number in range(12)]
    assert "12 refused" in await send(chat, "Asha", workbook(*bad))


async def test_applying_twice_takes_effect_once(chat, club, db):
    await club.admin("Asha")
    await upload(chat, workbook(("", "Belt", "", 100, 18)))
    updates = [chat.act("Asha", "[✅ Apply]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert len(await catalogue(db)) == 1


async def test_what_changed_since_is_shown_anew(chat, club, db):
    asha = await club.admin("Asha")
    [shaker] = await stocked(chat, asha, "Shaker")
    await upload(chat, workbook((1, "Shaker", 3924, 349, 18)))
    await chat.app.services.items.change(shaker.id, ItemField.STOCK, 4, by=asha)
    again = plain("\n".join(await chat.says("Asha", "[✅ Apply]")))
    assert "The store has changed since I showed you this, so nothing was applied." in again
    assert (await catalogue(db))[0][3:] == (29_900, 4)
    assert "✅ Applied" in "\n".join(await chat.says("Asha", "[✅ Apply]"))
    assert (await catalogue(db))[0][3:] == (34_900, 4)  # its blank stock left the new one alone


async def test_an_export_sent_back_changes_nothing(chat, club):
    asha = await club.admin("Asha")
    await stocked(chat, asha, "=1+1", "Towel", "योगा चटाई", stock=None, mrp_paise=99_999_999)
    await open_store(chat)
    await chat.says("Asha", "[📤 Export]")
    shown = await upload(chat, received(chat, "Asha"))
    assert "0 add · 0 change · 3 as it is · 0 refused" in shown
    assert "nothing to apply" in shown
    assert "✅ Apply" not in chat.buttons("Asha")


async def test_the_template_explains_and_is_itself_a_good_file(chat, club):
    await club.admin("Asha")
    await open_store(chat)
    await chat.says("Asha", "[📥 Upload Excel]")
    await chat.says("Asha", "[📄 Template]")
    template = received(chat, "Asha")
    assert [row[0] for row in cells(template, 1)][:3] == ["Column", "Serial", "Name"]
    assert "1 add · 0 change" in await send(chat, "Asha", template)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"x", "cannot read that"),
        (b"", "cannot read that"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "without a password"),
        (b"x" * 2_000_001, "too big: at most 2 MB"),
        (workbook(), "no item in the first sheet"),
        (workbook(("a", 1), headings=("Name", "MRP")), "I miss these columns: HSN/SAC, GST %"),
        (workbook((1,), headings=("Name", "Item Name", "HSN", "MRP", "GST")), "there twice"),
    ],
)
async def test_what_is_no_list_of_items_gets_help(chat, club, content, told):
    await club.admin("Asha")
    assert told in await upload(chat, content)
    assert "1 add" in await send(chat, "Asha", workbook(("", "Belt", "", 1, 18)))


async def test_a_file_that_does_not_come_is_asked_for_again(chat, club, monkeypatch):
    await club.admin("Asha")
    file = workbook(("", "Belt", "", 1, 18))
    for lost in ("find", "at_path"):
        with monkeypatch.context() as away:
            away.setattr(chat.engine.files, lost, lambda _: None)
            assert "could not get that file" in await upload(chat, file)
    assert "1 add" in await send(chat, "Asha", file)


async def test_a_size_that_telegram_does_not_tell_is_counted(chat, club, monkeypatch):
    await club.admin("Asha")
    monkeypatch.setattr("bot.simulator.models.File.size", property(lambda _: 1))
    assert "too big: at most 2 MB" in await upload(chat, b"x" * 2_000_001)


async def test_words_and_photos_are_no_file(chat, club):
    await club.admin("Asha")
    await open_store(chat)
    await chat.says("Asha", "[📥 Upload Excel]")
    for said in ("hello", "{photo}"):
        assert "as a file, an Excel workbook" in "\n".join(await chat.says("Asha", said))


async def test_anothers_upload_cannot_be_applied(chat, club, db):
    await club.admin("Asha")
    await club.admin("Ravi")
    await upload(chat, workbook(("", "Belt", "", 1, 18)))
    _, data = chat.buttons("Asha")["✅ Apply"]
    await chat.says("Ravi", "/menu")
    ravi = club.people["Ravi"]
    screen, before = chat.engine.chat_messages(ravi.id)[-1].id, len(chat.engine.calls)
    await chat.engine.handled(chat.engine.press(ravi, ravi.id, screen, data))
    calls = chat.engine.calls[before:]
    assert any("no longer have this file" in str(call.params.get("text")) for call in calls)
    assert await catalogue(db) == []


def plain(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")
