"""➕ Record payment: wrong answers lose nothing, stale buttons save nothing, nor does Cancel."""

import pytest

from tests.stories.broadcasting import tap
from tests.stories.collecting import (
    begin,
    cash_ready,
    flat,
    line,
    open_receivables,
    paid,
    receipts,
)
from tests.stories.invoicing import billed, registered
from tests.stories.telling import forge, told


@pytest.fixture
async def asha(club, db):
    await registered(db)
    return await club.admin("Asha")


def token_of(chat, who, label="✅ Save") -> str:
    return chat.buttons(who)[label][1]


async def test_too_much_is_refused_at_once_where_no_credit_is_kept(chat, club, db, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await registered(db, credits_overpayment=False)
    said = await cash_ready(chat, "1575.01")
    assert "Only ₹1,575.00 is due. Send that much or less." in said
    said = flat(await chat.says("Asha", "1575"))
    assert "settled" in said
    await chat.says("Asha", "[✅ Save]")
    assert await receipts(db) == [1_575_00]


async def test_too_much_is_refused_when_the_setting_changes_before_it_is_saved(
    chat, club, db, asha
):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "2000")
    await registered(db, credits_overpayment=False)
    said = flat(await chat.says("Asha", "[✅ Save]"))
    assert "Only ₹1,575.00 is due." in said
    await tap(chat, "Asha", "🗑 1.")
    assert "settled" in await line(chat, "💵 Cash", "1575")
    await chat.says("Asha", "[✅ Save]")
    assert await receipts(db) == [1_575_00]


async def test_a_used_reference_is_told_on_save_and_can_be_corrected(chat, club, db, asha):
    anna, meera = await club.member("Anna"), await club.member("Meera")
    await billed(chat.app.services, asha, anna)
    await billed(chat.app.services, asha, meera)
    for buyer in ("@anna", "@meera"):
        await begin(chat, buyer)
        await chat.says("Asha", "[Oldest first]")
        await line(chat, "📱 UPI", "1000", "UTR412345678901")
        said = flat(await chat.says("Asha", "[✅ Save]"))
    assert "The reference UTR412345678901 has been used for another payment." in said
    assert await receipts(db) == [1_000_00]
    await tap(chat, "Asha", "✏️ 1.")
    assert "is not a bank’s reference" in flat(await chat.says("Asha", "12345"))
    said = flat(await chat.says("Asha", "412345678902"))
    assert "1. 📱 UPI: ₹1,000.00 · 412345678902" in said
    assert "✅ Receipt" in flat(await chat.says("Asha", "[✅ Save]"))
    assert await receipts(db) == [1_000_00, 1_000_00]


async def test_a_reference_counts_once_within_a_receipt(chat, club, db, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await begin(chat)
    await chat.says("Asha", "[Oldest first]")
    await line(chat, "📱 UPI", "500", "412345678901")
    await chat.says("Asha", "[➕ Add line]")
    await line(chat, "🏦 Bank", "500", "4123 4567 8901")
    assert "has been used" in flat(await chat.says("Asha", "[✅ Save]"))
    await tap(chat, "Asha", "🗑 2.")
    assert "✅ Receipt" in flat(await chat.says("Asha", "[✅ Save]"))
    assert await receipts(db) == [500_00]


@pytest.mark.parametrize("typed", ["12345", "₹₹₹₹₹₹", "٤١٢٣٤٥٦٧٨", "4" * 41, "utr:412345678901"])
async def test_what_is_no_reference_is_asked_again(chat, club, asha, typed):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await begin(chat)
    await chat.says("Asha", "[Oldest first]")
    assert "is not a bank’s reference" in await line(chat, "📱 UPI", "500", typed)
    said = flat(await chat.says("Asha", "AXIS-1234567"))
    assert "1. 📱 UPI: ₹500.00 · AXIS1234567" in said


@pytest.mark.parametrize("typed", ["-5", "1e3", "abc", "0", "１５"])
async def test_what_is_no_amount_is_asked_again(chat, club, asha, typed):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await begin(chat)
    await chat.says("Asha", "[Oldest first]")
    await chat.says("Asha", "[💵 Cash]")
    await chat.says("Asha", typed)
    assert "1. 💵 Cash: ₹1,500.50" in flat(await chat.says("Asha", "₹1500.50"))


async def test_who_types_where_a_button_is_asked_is_told_so(chat, club, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await begin(chat)
    assert "Please tap one of the buttons" in flat(await chat.says("Asha", "all"))
    await chat.says("Asha", "[Oldest first]")
    assert "Please tap one of the buttons" in flat(await chat.says("Asha", "cash"))
    await line(chat, "💵 Cash", "10")
    assert "Please tap one of the buttons" in flat(await chat.says("Asha", "yes"))
    assert "✅ Receipt" in flat(await chat.says("Asha", "[✅ Save]"))


async def test_lines_are_taken_away_again(chat, club, db, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "100")
    await chat.says("Asha", "[➕ Add line]")
    await line(chat, "💳 Card", "200", "SLIP123")
    said = flat(await tap(chat, "Asha", "🗑 1. ₹100.00"))
    assert "1. 💳 Card: ₹200.00 · SLIP123\nTotal: ₹200.00" in said
    said = flat(await tap(chat, "Asha", "🗑 1. ₹200.00"))
    assert "How was it paid?" in said
    assert await receipts(db) == []


async def test_one_receipt_has_so_many_lines(chat, club, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "1")
    for _ in range(9):
        await chat.says("Asha", "[➕ Add line]")
        said = await line(chat, "💵 Cash", "1")
    assert "\n10. 💵 Cash: ₹1.00\nTotal: ₹10.00" in said
    assert "at most 10 lines" in flat(await chat.says("Asha", "[➕ Add line]"))
    assert "✅ Receipt" in flat(await chat.says("Asha", "[✅ Save]"))


async def test_nobody_who_fits_leaves_the_search_open(chat, club, asha):
    await club.member("Anna")
    assert "Nobody found" in await begin(chat, "zzz")
    assert "for what?" in flat(await chat.says("Asha", "@anna"))


async def test_back_loses_no_lines_until_the_account(chat, club, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "100")
    await chat.says("Asha", "[⬅️ Back]")
    said = flat(await chat.says("Asha", "[Advance, as credit]"))
    assert "1. 💵 Cash: ₹100.00" in said
    assert "Kept as credit: ₹100.00" in said
    await chat.says("Asha", "[➕ Add line]")
    await chat.says("Asha", "[📱 UPI]")
    await chat.says("Asha", "[⬅️ Back]")
    assert "1. 💵 Cash: ₹100.00" in flat(await chat.says("Asha", "[⬅️ Back]"))


async def test_an_earlier_summary_saves_nothing(chat, club, db, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "100")
    old_save, old_cut = (token_of(chat, "Asha", label) for label in ("✅ Save", "🗑 1. ₹100.00"))
    await chat.says("Asha", "[➕ Add line]")
    await line(chat, "💵 Cash", "200")
    for old in (old_save, old_cut):
        assert "It has changed meanwhile." in await forge(chat, "Asha", old)
    assert await receipts(db) == []
    assert "Total: ₹300.00" in told(chat, "Asha")[-1]
    await tap(chat, "Asha", "✅ Save")
    assert await receipts(db) == [300_00]


async def test_what_somebody_else_booked_meanwhile_is_seen_before_it_is_saved(chat, club, db, asha):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await cash_ready(chat, "1575")
    await paid(chat, asha, anna, 1_000_00)
    said = flat(await chat.says("Asha", "[✅ Save]"))
    assert "It has changed meanwhile. Look at it again, then save." in said
    assert "₹575.00 is due.\n1. 💵 Cash: ₹1,575.00" in said
    assert await receipts(db) == [1_000_00]
    await tap(chat, "Asha", "✅ Save")
    assert await receipts(db) == [1_000_00, 1_575_00]


async def test_cancel_books_nothing(chat, club, db, asha):
    await billed(chat.app.services, asha, await club.member("Anna"))
    await cash_ready(chat, "100")
    save = token_of(chat, "Asha")
    said = flat(await chat.says("Asha", "[✖️ Cancel]"))
    assert "Cancelled. Nothing was saved." in said
    assert "💰 Receivables" in flat(await chat.says("Asha", "[⬅️ Back]"))
    assert "out of date" in await forge(chat, "Asha", save)
    assert await receipts(db) == []


async def test_back_from_the_search_leaves_the_form(chat, club, asha):
    await open_receivables(chat)
    await chat.says("Asha", "[➕ Record payment]")
    assert "Outstanding" in flat(await chat.says("Asha", "[⬅️ Back]"))
    assert "I did not catch that" in flat(await chat.says("Asha", "@anna"))
