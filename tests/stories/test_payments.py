"""A booked payment: its card, its receipt, booked back, and credit given back."""

import asyncio
from dataclasses import replace
from uuid import uuid4

from bot.demo.business import BUSINESS
from bot.models.business import BusinessSetting
from bot.models.payments import Account, Method
from tests.club import applicant
from tests.documents.reading import pages_of
from tests.services.test_payments import cash
from tests.stories.correcting import (
    anna_s_bill,
    due,
    files,
    open_bill,
    open_payment,
    paid,
    say,
    tap,
)
from tests.stories.invoicing import billed, registered
from tests.stories.test_forged import press


async def credit(chat, person) -> int:
    account = (
        Account(walk_in_id=person) if isinstance(person, int) else Account(person_id=person.id)
    )
    return await chat.app.services.payments.credit(account)


async def overpaid(chat, club, db):
    """Anna's bill of ₹1,575 has ₹2,000."""
    asha, anna, bill = await anna_s_bill(chat, club, db)
    await paid(chat, asha, anna, 2_000_00)
    return asha, anna, bill


async def to_refund(chat, who="Asha", amount="425") -> str:
    """From the payment's card up to the last look."""
    return await say(chat, who, "[💸 Give back]", amount, "[💵 Cash]", "moved away")


async def test_the_card_of_a_payment_and_its_receipt(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    await paid(chat, asha, anna, 2_000_00, method=Method.UPI, reference="412345678901")
    shown = await open_payment(chat)
    number = shown.partition("RC/")[2].partition("<")[0].partition(":")[0]
    assert f"💰 Payment RC/{number}: ₹2,000.00\n    From: Anna Rao\n" in shown
    assert " by Asha\n\n    📱 UPI: ₹2,000.00 · 412345678901\n" in shown.replace("    \n", "\n")
    assert f"{bill.number}: ₹1,575.00, settled\n    Kept as credit: ₹425.00" in shown
    assert "[📄 Receipt] [↩️ Book back] [💸 Give back] [⬅️ Back]" in shown
    await chat.says("Asha", "[📄 Receipt]")
    assert files(chat, "Asha", "RC-") == files(chat, "Anna", "RC-") != []
    (page,) = pages_of(files(chat, "Anna", "RC-")[0])
    for words in (
        *("Receipt", "GSTIN: 27ABCDE1234F1Z0", "Received from Anna Rao"),
        *(f"Number: RC/{number}", "UPI · 412345678901 2,000.00", "Total received ₹2,000.00"),
        *("Rupees Two Thousand Only", f"{bill.number} 1,575.00 –"),
        "Advance, to be adjusted against a future invoice: ₹425.00",
    ):
        assert words in page
    assert bill.number in await tap(chat, "Asha", "⬅️ Back")


async def test_a_receipt_stays_what_it_was(chat, club, db):
    """T57: whatever becomes of the money, of the club and of the payer's name."""
    asha, anna, bill = await anna_s_bill(chat, club, db)
    await paid(chat, asha, anna, 1_000_00, on=(bill.id,))
    await paid(chat, asha, anna, 900_00)
    await chat.says("Anna", "/documents")
    first, second = files(chat, "Anna", "RC-")
    assert f"{bill.number} 1,000.00 575.00" in pages_of(first)[0]
    assert f"{bill.number} 575.00 –" in pages_of(second)[0]
    (later,) = await billed(chat.app.services, asha, anna)
    await chat.app.services.payments.use_credit(later.id, by=anna)
    await chat.app.services.credit_notes.cancel(
        bill.id, reason="never came", by=asha, operation_id=uuid4()
    )
    async with db.transaction() as tx:
        renamed = replace(BUSINESS, trade_name="Another name")
        await tx.business.save(renamed, list(BusinessSetting))
        await tx.registrations.add_profile(anna.id, applicant("Anna", full_name="Anna Iyer"))
    await chat.says("Anna", "/documents")
    await tap(chat, "Anna", "RC/", "/000001")
    await tap(chat, "Anna", "RC/", "/000002")
    assert files(chat, "Anna", "RC-") == [first, second, first, second]


async def test_documents_of_every_kind_are_listed_newest_first(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    payment = await paid(chat, asha, anna, 75_00)
    note = await chat.app.services.credit_notes.reduce(
        bill.id, position=1, paise=500_00, reason="less", by=asha, operation_id=uuid4()
    )
    await chat.says("Anna", "/menu")
    await chat.play(f"""
        Anna: /documents
        bot: 🧾 My documents
            Invoices, receipts and credit notes, the newest first. Tap one, and I send you its PDF. [↩️ {note.number} · ₹500.00] [💰 {payment.number} · ₹75.00] [🧾 {bill.number} · ₹1,575.00, due ₹1,000.00] [📄 My statement] [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    for _ in range(6):
        await paid(chat, asha, anna, 1_00)
    assert "page 1 of 2" in "\n".join(await chat.says("Anna", "/documents"))
    assert bill.number in "\n".join(await chat.says("Anna", "[2 ▶]"))


async def test_who_has_only_paid_finds_the_receipt_in_the_menu(chat, club, db):
    await registered(db)
    asha, ravi = await club.admin("Asha"), await club.known("Ravi")
    await paid(chat, asha, ravi, 100_00, on=())
    assert "🧾 My documents" in "\n".join(await chat.says("Ravi", "/menu"))


async def test_nobody_gets_another_s_receipt(chat, club, db):
    asha, anna, _ = await anna_s_bill(chat, club, db)
    await club.member("Mallory")
    payment = await paid(chat, asha, anna, 100_00)
    await chat.says("Mallory", "/menu")
    for number in (payment.id, 987_654):
        told = await press(chat, "Mallory", f"doc-receipt:{number}")
        assert told == "This payment is not there."
    for forged in ("rct-show:1", "rct-back:1", "rct-give:1", "cn-less:1", "cn-all:1"):
        assert await press(chat, "Mallory", forged) == "This is for admins of the club only."
    assert files(chat, "Mallory", "RC-") == []


async def test_a_payment_that_bounced_is_booked_back(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    payment = await paid(chat, asha, anna, 1_575_00, method=Method.UPI, reference="412345678901")
    await open_payment(chat)
    await chat.play(f"""
        Asha: [↩️ Book back]
        bot*: ↩️ Book back {payment.number}, ₹1,575.00
            For a payment that never came or was booked wrongly. Why? The payer reads the reason, at most 300 characters. [⬅️ Back] [✖️ Cancel]
        Asha: {{photo}}
        bot: Please answer with a text message. [✖️ Cancel]
        Asha: bounced & lost
        bot: ↩️ Book back {payment.number}, ₹1,575.00
            From: Anna Rao
            {bill.number} then asks for ₹1,575.00
            Reason: bounced & lost

            Is that right? Tap ↩️ Yes, book it back. The receipt keeps its number. [↩️ Yes, book it back] [⬅️ Back] [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    told = await say(chat, "Asha", "[↩️ Yes, book it back]")
    assert "↩️ Booked back as RF/" in told
    assert "↩️ Given or booked back: ₹1,575.00 [📄 Receipt] [⬅️ Back]" in told
    assert "Reason: bounced & lost" in told.split("bot → Anna")[-1]
    assert await due(db, bill.id) == 1_575_00
    assert "· booked back]" in await open_bill(chat)
    told = await press(chat, "Asha", f"rct-back:{payment.id}")
    assert "has been given back already" in told


async def test_two_admins_book_it_back_once(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    await club.admin("Bina")
    await paid(chat, asha, anna, 1_575_00)
    for who in ("Asha", "Bina"):
        await open_payment(chat, who)
        await say(chat, who, "[↩️ Book back]", "bounced")
    taps = [chat.act(who, "[↩️ Yes, book it back]") for who in ("Asha", "Bina", "Bina")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert (await due(db, bill.id), await credit(chat, anna)) == (1_575_00, 0)


async def test_what_settles_something_else_by_now_is_looked_at_again(chat, club, db):
    asha, anna, bill = await overpaid(chat, club, db)
    await open_payment(chat)
    await say(chat, "Asha", "[↩️ Book back]", "bounced")
    (later,) = await billed(chat.app.services, asha, anna, rupees=100)
    await chat.app.services.payments.use_credit(later.id, by=anna)
    told = await say(chat, "Asha", "[↩️ Yes, book it back]")
    assert "This payment settles something else by now. Look at it again." in told
    assert await due(db, bill.id) == 0
    await open_payment(chat)
    told = await say(chat, "Asha", "[↩️ Book back]", "bounced")
    assert f"{later.number} then asks for ₹105.00" in told
    assert "↩️ Booked back as RF/" in await say(chat, "Asha", "[↩️ Yes, book it back]")
    assert (await due(db, bill.id), await due(db, later.id)) == (1_575_00, 105_00)


async def test_credit_is_given_back(chat, club, db):
    _, anna, _ = await overpaid(chat, club, db)
    await open_payment(chat)
    await chat.play("""
        Asha: [💸 Give back]
        bot*: 💸 Give back
            Anna Rao has a credit of ₹425.00. How much do they get back? Send an amount like 500, at most that much. [⬅️ Back] [✖️ Cancel]
        Asha: 425.01
        bot: Only ₹425.00 can be given back. Send that much or less. [✖️ Cancel]
        Asha: 400
        bot: 💸 Give back
            How do they get it? [💵 Cash] [📱 UPI] [💳 Card] [🏦 Bank] [⬅️ Back] [✖️ Cancel]
        Asha: by bank
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [🏦 Bank]
        bot*: 💸 Give back by Bank
            Which reference does it have? Send the bank’s number (UTR), or what stands on the slip. [⬅️ Back] [✖️ Cancel]
        Asha: 12
        bot: “12” is not a bank’s reference. <...>
        Asha: 5123-4567 8901
        bot: 💸 Give back ₹400.00
            Why? They read the reason, at most 300 characters. [⬅️ Back] [✖️ Cancel]
        Asha: moved <away>
        bot: 💸 Give back ₹400.00
            To: Anna Rao
            🏦 Bank: ₹400.00 · 512345678901
            Reason: moved <away>
            Credit then: ₹25.00

            Hand it over, then tap ✅ Yes, it is given back. It cannot be taken back. [✅ Yes, it is given back] [⬅️ Back] [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    told = await say(chat, "Asha", "[✅ Yes, it is given back]")
    assert "💸 Given back: ₹400.00, as RV/" in told
    assert "Kept as credit: ₹25.00" in told
    assert "[↩️ Book back]" not in told
    assert "↩️ Given back: ₹400.00" in told.split("bot → Anna")[1]
    assert await credit(chat, anna) == 25_00


async def test_of_two_who_give_the_same_back_one_does(chat, club, db):
    _, anna, _ = await overpaid(chat, club, db)
    await club.admin("Bina")
    for who in ("Asha", "Bina"):
        await open_payment(chat, who)
        await to_refund(chat, who, "100")
    taps = [chat.act(who, "[✅ Yes, it is given back]") for who in ("Asha", "Bina", "Asha")]
    await asyncio.gather(*map(chat.engine.handled, taps))
    assert await credit(chat, anna) == 325_00


async def test_credit_that_was_spent_meanwhile_is_not_given_back(chat, club, db):
    asha, anna, _ = await overpaid(chat, club, db)
    await open_payment(chat)
    await to_refund(chat)
    (later,) = await billed(chat.app.services, asha, anna, rupees=100)
    await chat.app.services.payments.use_credit(later.id, by=anna)
    told = await say(chat, "Asha", "[✅ Yes, it is given back]")
    assert "Only ₹320.00 can be given back." in told
    assert await credit(chat, anna) == 320_00
    await chat.app.services.payments.refund(
        Account(person_id=anna.id), cash(320_00), reason="all", by=asha, operation_id=uuid4()
    )
    assert await press(chat, "Asha", "rct-give:1") == "There is no credit to use."


async def test_a_walk_in_customer_gets_their_money_back(chat, club, db):
    await registered(db)
    asha = await club.admin("Asha")
    (bill,) = await billed(chat.app.services, asha, "Ravi & Co")
    await paid(chat, asha, bill.id, 1_575_00)
    await open_bill(chat)
    told = await say(chat, "Asha", "[🚫 Cancel invoice]", "broken", "[✅ Issue credit note]")
    assert "credit ₹1,575.00]" in told
    shown = await tap(chat, "Asha", "💰 RC/")
    assert "From: Ravi & Co" in shown
    told = await to_refund(chat, amount="1575")
    assert "To: Ravi & Co" in told
    assert "💸 Given back: ₹1,575.00" in await say(chat, "Asha", "[✅ Yes, it is given back]")
    assert await credit(chat, bill.id) == 0
    assert bill.number in await tap(chat, "Asha", "⬅️ Back")


async def test_an_advance_that_no_invoice_has_is_given_back_from_its_account(chat, club, db):
    """Six later payments are newer, and the member owes nothing: it is reached all the same."""
    await registered(db)
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    deposit = await paid(chat, asha, anna, 500_00, on=())
    for _ in range(6):
        (bill,) = await billed(chat.app.services, asha, anna, rupees=100)
        await paid(chat, asha, anna, 105_00, on=(bill.id,))
    await chat.says("Asha", "/admin")
    assert "Owes: ₹0.00" in await say(chat, "Asha", "[👥 Members]", "@anna", "[👛 Account]")
    shown = await tap(chat, "Asha", f"💰 {deposit.number}")
    assert "Kept as credit: ₹500.00" in shown
    await to_refund(chat, amount="500")
    assert "💸 Given back: ₹500.00" in await say(chat, "Asha", "[✅ Yes, it is given back]")
    assert await credit(chat, anna) == 0
    assert "👛 Anna Rao" in await tap(chat, "Asha", "⬅️ Back")


async def test_both_forms_can_be_left(chat, club, db):
    _, anna, _ = await overpaid(chat, club, db)
    forms = (
        ("[↩️ Book back]", "bounced"),
        ("[💸 Give back]", "100", "[💳 Card]", "slip 7", "moved away"),
    )
    for steps in forms:
        for upto in range(1, len(steps) + 1):
            await open_payment(chat)
            await say(chat, "Asha", *steps[:upto])
            assert "Cancelled. Nothing was saved." in await say(chat, "Asha", "[✖️ Cancel]")
        await open_payment(chat)
        await say(chat, "Asha", *steps)
        assert "Kept as credit: ₹425.00" in await tap(chat, "Asha", "⬅️ Back")
    assert await credit(chat, anna) == 425_00
