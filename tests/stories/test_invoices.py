"""Looking at issued invoices: the club's, and one's own."""

import asyncio

import pytest

from bot.models.audit import AuditAction
from tests.stories.invoicing import billed, drafted, registered
from tests.stories.stores import received
from tests.stories.test_forged import press


async def open_list(chat, who="Asha") -> str:
    await chat.says(who, "/admin")
    return "\n".join(await chat.says(who, "[🧾 Invoices]"))


def files_in(chat, who) -> int:
    return sum(m.document is not None for m in chat.engine.chat_messages(chat.club.people[who].id))


def label(chat, who, part) -> str:
    return next(f"[{each}]" for each in chat.buttons(who) if part in each)


async def test_an_admin_finds_an_invoice_and_its_file(chat, club, db):
    await registered(db)
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await billed(chat.app.services, asha, anna, name="Month <1>", quantity=2)
    await drafted(chat.app.services, asha, "Walk-in & Co")
    await chat.play("""
        Asha: /admin
        bot: 🛠 Admin panel
            <...> [🧾 Invoices] <...>
        bot → Anna: {document <...>.pdf} 🧾 Tax invoice GYM/<...>/000001 of <...>
            ₹3,150.00, due <...>
        Asha: [🧾 Invoices]
        bot*: 🧾 Invoices
            Drafts of yours first, <...> [✏️ Walk-in & Co · 1 line] [➕ New invoice] [GYM/<...>/000001 · Anna Rao · ₹3,150.00 ⏳] [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    await chat.says("Asha", label(chat, "Asha", "000001"))
    screen = chat.engine.chat_messages(club.people["Asha"].id)[-1].text
    said = screen.split("\n")
    assert said[0].startswith("🧾 Tax invoice GYM/")
    assert said[1].endswith(" by Asha")
    assert said[3:6] == [
        "Place of supply: Maharashtra (27)",
        "Buyer: Anna Rao",
        "Phone: +919876543210",
    ]
    assert said[7:] == [
        "• Month <1>: 2 × ₹1,500.00 = ₹3,000.00, GST 5 %",
        "",
        "Taxable value: ₹3,000.00",
        "CGST: ₹75.00",
        "SGST: ₹75.00",
        "Total: ₹3,150.00",
        "",
        "⏳ Open",
        "Due: ₹3,150.00",
    ]
    assert (await chat.says("Asha", "[📄 PDF]"))[0].startswith("bot: {document GYM-")
    assert received(chat, "Asha") == received(chat, "Anna")
    assert "🧾 Invoices" in "\n".join(await chat.says("Asha", "[⬅️ Back]"))


async def test_none_is_there_yet(chat, club):
    await club.admin("Asha")
    assert "None has been sent yet. Tap ➕ New invoice to write the first." in await open_list(chat)


async def test_an_unregistered_club_shows_no_tax(chat, club):
    asha = await club.admin("Asha")
    await billed(chat.app.services, asha, "Ravi")
    await open_list(chat)
    card = "\n".join(await chat.says("Asha", label(chat, "Asha", "Ravi")))
    assert "🧾 Invoice GYM/" in card
    assert "= ₹1,500.00\n" in card
    assert not [word for word in ("GST", "Tax", "📨 Send again") if word in card]


async def test_many_are_shown_by_pages_newest_first(chat, club):
    asha = await club.admin("Asha")
    for number in range(8):
        await billed(chat.app.services, asha, f"Buyer {number}")
    first = await open_list(chat)
    assert "Invoices, page 1 of 2" in first
    assert first.index("Buyer 7") < first.index("Buyer 2")
    assert "Buyer 1" not in first
    second = "\n".join(await chat.says("Asha", "[2 ▶]"))
    assert [name in second for name in ("Buyer 2", "Buyer 1", "Buyer 0")] == [False, True, True]


async def test_a_member_gets_it_again_once_for_each_card(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await open_list(chat)
    await chat.says("Asha", label(chat, "Asha", "Anna"))
    assert files_in(chat, "Anna") == 1
    taps = [chat.act("Asha", "[📨 Send again]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    while await chat.app.outbox.send_due():
        pass
    assert files_in(chat, "Anna") == 2
    said = await chat.says("Asha", "[📨 Send again]")
    assert said[0] == "bot: (📨 It is on its way.)"
    assert files_in(chat, "Anna") == 3
    async with db.reading() as repos:
        log = [entry.action for entry in await repos.audit.list_latest(limit=9)]
    assert log == [AuditAction.INVOICE_SENT_AGAIN] * 2 + [AuditAction.INVOICE_ISSUED]
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    assert "again to Anna Rao" in "\n".join(await chat.says("Vera", "[📜 Audit log]"))


async def test_who_has_blocked_the_bot_gets_nothing_again(chat, club):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await open_list(chat)
    await chat.says("Asha", label(chat, "Asha", "Anna"))
    await chat.says("Anna", "{blocks}")
    assert "They cannot be reached" in "\n".join(await chat.says("Asha", "[📨 Send again]"))
    await open_list(chat)
    card = "\n".join(await chat.says("Asha", label(chat, "Asha", "Anna")))
    assert "📨 Send again" not in card


async def test_members_keep_their_documents(chat, club, db):
    await registered(db)
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await chat.play("""
        Anna: /documents
        bot: 🧾 My documents
            Nothing here yet. The club’s invoices for you, your receipts and credit notes will be kept here. [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    await billed(chat.app.services, asha, anna)
    await billed(chat.app.services, asha, "Somebody else")
    await chat.says("Anna", "/menu")
    await chat.says("Anna", "[🧾 My documents]")
    (shown,) = [each for each in chat.buttons("Anna") if "₹" in each]
    assert shown.startswith("🧾 GYM/")
    assert shown.endswith("/000001 · ₹1,575.00, due ₹1,575.00")
    assert files_in(chat, "Anna") == 1
    await chat.says("Anna", label(chat, "Anna", "000001"))
    assert files_in(chat, "Anna") == 2


async def test_nobody_gets_another_s_document(chat, club):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await club.member("Mallory")
    (theirs,) = await billed(chat.app.services, asha, anna)
    for who in ("Mallory", "Asha"):
        await chat.says(who, "/documents")
        said = {await press(chat, who, f"doc-pdf:{number}") for number in (theirs.id, 987_654)}
        assert said == {"This invoice is not there."}
        assert files_in(chat, who) == 0


async def test_a_visitor_who_was_billed_finds_it_in_the_menu(chat, club):
    asha, ravi = await club.admin("Asha"), await club.known("Ravi")
    assert "🧾 My documents" not in "\n".join(await chat.says("Ravi", "/menu"))
    await billed(chat.app.services, asha, ravi)
    for said in ("/menu", "/start", "/moon", "what?"):
        assert "🧾 My documents" in "\n".join(await chat.says("Ravi", said)), said


@pytest.mark.parametrize("press_of", ["inv-list:0", "inv-show:1", "inv-pdf:1"])
async def test_the_club_s_invoices_are_for_admins(chat, club, press_of):
    asha = await club.admin("Asha")
    await club.staff("Ravi")
    await billed(chat.app.services, asha, "Anna")
    await chat.says("Ravi", "/menu")
    assert await press(chat, "Ravi", press_of) == "This is for admins of the club only."
