"""The audit log: who did what to whom, paged and exported without a single formula."""

import io

from python_calamine import CalamineWorkbook


async def ban(chat, name: str) -> None:
    await chat.says("Vera", "/admin")
    await chat.says("Vera", "[👥 Members]")
    await chat.says("Vera", f"@{name.lower()}")
    await chat.says("Vera", "[🚫 Ban]")
    await chat.says("Vera", "noise")


async def test_owners_read_it_and_export_it(chat, club, sim):
    await club.owner("Vera", last_name='=HYPERLINK("http://x","y")')
    await club.member("Anna")
    await ban(chat, "Anna")
    await chat.says("Vera", "/owner")
    page = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "Vera" in page
    assert "banned Anna" in page
    await chat.says("Vera", "[📥 Export]")
    vera = club.people["Vera"]
    sent = next(m for m in reversed(sim.engine.chat_messages(vera.id)) if m.document)
    content = sent.document.content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3  # the heading, the ban, this export
    assert any("=HYPERLINK" in str(cell) for cell in rows[1] + rows[2])


async def test_an_admin_does_not_see_it(chat, club):
    await club.admin("Asha")
    assert "for owners" in "".join(await chat.says("Asha", "/owner"))


async def test_it_is_paged_and_a_page_that_is_not_there_shows_the_last(chat, club, sim):
    await club.owner("Vera")
    await chat.says("Vera", "/admin")
    await chat.says("Vera", "[⚙️ Settings]")
    for number in range(20):
        await chat.says("Vera", "[✏️ Name]")
        await chat.says("Vera", f"Club {number}")
    await chat.says("Vera", "/owner")
    first = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "page 1 of 3" in first
    assert "“Club 18” → “Club 19”" in first
    assert "page 2 of 3" in "\n".join(await chat.says("Vera", "[2 ▶]"))
    assert "page 3 of 3" in "\n".join(await chat.says("Vera", "[3 ▶]"))
    assert "“Our club” → “Club 0”" in sim.engine.chat_messages(club.people["Vera"].id)[-1].text
    assert not [label for label in chat.buttons("Vera") if label.endswith("▶")]
    assert "page 2 of 3" in "\n".join(await chat.says("Vera", "[◀ 2]"))
    vera = club.people["Vera"]
    message = sim.engine.chat_messages(vera.id)[-1].id
    await sim.engine.handled(sim.engine.press(vera, vera.id, message, "audit-open:99999"))
    assert "page 3 of 3" in sim.engine.chat_messages(vera.id)[-1].text
