"""Money paid ahead that goes back: its voucher, for both sides, as often as they want it."""

from uuid import uuid4

from bot.models.claims import NewClaim
from tests.documents.reading import pages_of
from tests.services.test_payments import cash
from tests.stories.correcting import files, open_payment, paid, say, tap
from tests.stories.invoicing import registered
from tests.stories.test_forged import press
from tests.stories.test_payments import overpaid, to_refund


async def test_a_refund_of_an_advance_comes_with_its_voucher(chat, club, db):
    """₹2,000 for a bill of ₹1,575: the rest was taxed when it came, and ₹400 go back."""
    await overpaid(chat, club, db)
    await club.member("Mallory")
    await open_payment(chat)
    (receipt,) = files(chat, "Anna", "RC-")
    assert "Receipt voucher" in pages_of(receipt)[0]
    assert (
        "Fitness services at the club 999723 404.76 5 % 10.12 10.12 425.00" in pages_of(receipt)[0]
    )
    await to_refund(chat, amount="400")
    told = await say(chat, "Asha", "[✅ Yes, it is given back]")
    assert "💸 Given back: ₹400.00, as RV/" in told
    assert "↩️ Given back: ₹400.00\n    Refund voucher RV/" in told.split("bot → Anna")[1]
    (voucher,) = files(chat, "Anna", "RV-")
    for words in ("Refund voucher", "RC/", "380.96 5 % 9.52 9.52 400.00", "Total refunded ₹400.00"):
        assert words in pages_of(voucher)[0]
    await tap(chat, "Asha", "💸 Refund voucher RV/")
    await chat.says("Anna", "/documents")
    await tap(chat, "Anna", "💸 RV/", "₹400.00")
    assert files(chat, "Asha", "RV-") + files(chat, "Anna", "RV-") == [voucher] * 3
    await chat.says("Mallory", "/menu")
    for number in (1, 987_654):
        assert await press(chat, "Mallory", f"doc-refund:{number}") == "This payment is not there."
    assert files(chat, "Mallory", "RV-") == []


async def test_what_an_advance_is_for_is_set_with_the_gst(chat, club, db):
    await registered(db, advances_are_fitness=False)
    asha, ravi = await club.admin("Asha"), await club.known("Ravi")
    await chat.says("Asha", "/admin")
    shown = await say(chat, "Asha", "[🧮 GST]")
    assert "Advances: open for what, so taxed at 18 % as inter-State" in shown
    await paid(chat, asha, ravi, 118_00, on=())
    await say(chat, "Asha", "/admin", "[💰 Receivables]", "[➕ Record payment]", "ravi")
    told = await say(chat, "Asha", "[Advance for services at the club]")
    assert "An advance for services at the club: all of it becomes credit." in told
    await say(chat, "Asha", "[💵 Cash]", "105", "[✅ Save]")
    await say(chat, "Asha", "/admin", "[👥 Members]", "ravi", "[💳 Ask for payment]", "210")
    assert "if it is for them, else at 18 %" in await say(chat, "Asha", "Personal training")
    told = await say(chat, "Asha", "[🏋️ Ask: for services at the club]")
    assert "For: Personal training (services at the club)" in told
    await approved(chat, asha, ravi, 210_00)
    await say(chat, "Asha", "/admin", "[🧮 GST]")
    assert "Advances: taxed as services at the club" in await tap(chat, "Asha", "⏩ Advances")
    await paid(chat, asha, ravi, 105_00, on=())
    await chat.says("Ravi", "/menu")
    pages = [pages_of(file)[0] for file in files(chat, "Ravi", "RC-")]
    assert "Goods or services to be named – 100.00 18 % 18.00 118.00" in pages[0]
    assert "Fitness services at the club 999723 100.00 5 % 2.50 2.50 105.00" in pages[1]
    assert "Personal training 999723 200.00 5 % 5.00 5.00 210.00" in pages[2]
    assert "Fitness services at the club 999723 100.00 5 % 2.50 2.50 105.00" in pages[3]


async def approved(chat, admin, member, paise) -> None:
    """They say that they have paid what they are asked for, and the admin believes it."""
    claims, requests = chat.app.services.claims, chat.app.services.payment_requests
    (asked,) = (await requests.page(0)).entries
    new = NewClaim(lines=(cash(paise),), request_id=asked.id)
    claim = await claims.submit(new, me=member, operation_id=uuid4())
    await claims.approve(claim.id, by=admin)
