"""A member pays an invoice and reports it: by UPI, cash, both or a transfer; taps twice, waits."""

import asyncio
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.models.claims import ClaimStatus
from tests.chat import PNG
from tests.stories.broadcasting import tap
from tests.stories.claiming import (
    UTR,
    asked_for,
    bill,
    cards,
    claims_of,
    code,
    copied,
    decide,
    last,
    lines_of,
    report,
    shows_picture,
    the_claim,
    to_proof,
)


async def test_the_pdf_is_paid_by_upi_and_the_club_is_told_once(chat, club, db):
    entry = await bill(chat, club, db)
    await chat.play(f"""
        Anna: [💳 Pay]
        bot: 💳 ₹1,575.00 for {entry.number}
            How would you like to pay? [📱 UPI] [💵 Cash] [🔀 Split] [🏦 Bank] [⬅️ Back] [✖️ Cancel]
        Anna: [📱 UPI]
        bot: {{photo}} 📱 UPI: ₹1,575.00 to Sahyadri Fitness
            Address: sahyadrifitness@okhdfcbank
            Amount: 1575.00
            Reference: GYM<...>

            Scan the code or copy the address, and pay. Then send <...> [📋 UPI address] [📋 Amount] [📋 Reference] [⬅️ Back] [✖️ Cancel]
        Anna: 4123-4567 8901
        bot: ⏳ You have reported ₹1,575.00 for {entry.number}
            The club will look at it and tell you here. [↩️ Withdraw] [💰 What I owe]
        bot → Asha: 💳 Payment to verify
            From: Anna Rao
            Telegram: <...>
            For: {entry.number}, due now ₹1,575.00
            📱 UPI: ₹1,575.00 · {UTR}
            Reported: <...>
    """)  # noqa: E501 -- a screen's line
    assert lines_of(await the_claim(db, club)) == [("upi", 1_575_00, UTR)]
    assert len(cards(chat)) == 1
    await chat.play(f"""
        Anna: [💳 Pay]
        bot: ⏳ You have reported ₹1,575.00 for {entry.number}
            <...> [↩️ Withdraw] [💰 What I owe]
    """)


async def test_the_code_and_the_words_and_the_buttons_are_one_request(chat, club, db):
    entry = await bill(chat, club, db)
    said = await to_proof(chat)
    asked = {key: values[0] for key, values in parse_qs(urlsplit(code(chat)).query).items()}
    reference = asked.pop("tr")
    assert asked == {
        "pa": "sahyadrifitness@okhdfcbank",
        "pn": "Sahyadri Fitness",
        "tn": f"Inv {entry.number}",
        "am": "1575.00",
        "cu": "INR",
    }
    assert copied(chat) == {
        "📋 UPI address": asked["pa"],
        "📋 Amount": asked["am"],
        "📋 Reference": reference,
    }
    assert all(value in said for value in copied(chat).values())
    assert reference.startswith(entry.number.replace("/", "").replace("-", ""))
    assert reference.isalnum()
    assert len(reference) <= 35
    await chat.says("Anna", "[⬅️ Back]")
    await chat.says("Anna", "[📱 UPI]")
    assert copied(chat)["📋 Reference"] != reference  # each attempt has its own


@pytest.mark.parametrize("name", [None, "proof.png"], ids=["photo", "file"])
async def test_a_screenshot_is_proof_enough(chat, club, db, name):
    await bill(chat, club, db)
    await to_proof(chat)
    assert "You have reported" in await shows_picture(chat, name=name)
    claim = await the_claim(db, club)
    assert lines_of(claim) == [("upi", 1_575_00, None)]
    assert claim.proof.hash == sha256(PNG).hexdigest()
    assert claim.proof.kind == ("document" if name else "photo")


async def test_what_proves_nothing_is_asked_again(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    for typed in ("paid", "12345", "4" * 41, "४१२३४५६७८९०१", "4123;4567"):
        said = "\n".join(await chat.says("Anna", typed))
        assert "is not a bank’s reference. It has 6 to 40 letters and digits" in said, typed
    for sent in ("{location}", "{contact}", "{document slip.pdf}"):
        if sent == "{contact}":
            continue
        said = "\n".join(await chat.says("Anna", sent))
        assert "Please send the bank’s reference as text, or a screenshot" in said, sent
    too_big = b"\x89PNG" + b"x" * 10_000_001
    assert "too big: at most 10 MB" in await shows_picture(chat, too_big)
    assert await claims_of(db, club) == []
    assert "You have reported" in "\n".join(await chat.says("Anna", UTR))


async def test_a_reference_sent_twice_at_once_is_one_report(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    sent = [chat.act("Anna", UTR) for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, sent))
    assert len(await claims_of(db, club, waiting=False)) == 1


async def test_t16_an_album_is_one_report_and_one_answer(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    anna, engine = club.people["Anna"], chat.engine
    before = len(engine.chat_messages(anna.id))
    album = [engine.send_photo(anna, PNG + bytes([n]), album="a1") for n in range(10)]
    await asyncio.gather(*map(engine.handled, album))
    assert len(await claims_of(db, club)) == 1
    assert len(engine.chat_messages(anna.id)) == before + 10 + 1


async def test_t17_an_edited_message_changes_nothing(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    anna, engine = club.people["Anna"], chat.engine
    await chat.says("Anna", UTR)
    (typed,) = [m.id for m in engine.chat_messages(anna.id) if m.text == UTR]
    before = len(engine.calls)
    await engine.handled(engine.edit_text(anna, anna.id, typed, "999999999999"))
    assert lines_of(await the_claim(db, club)) == [("upi", 1_575_00, UTR)]
    assert [c.method for c in engine.calls[before:] if c.params.get("text")] == []


async def test_cash_is_asked_once_more_and_two_taps_are_one_report(chat, club, db):
    entry = await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    await chat.play(f"""
        Anna: [💵 Cash]
        bot*: 💵 Cash: have you paid, or will you pay ₹1,575.00 for {entry.number} at the desk?
            The club will confirm it once it has the money. [✅ Yes, tell the club] [⬅️ Back] [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    screen, data = chat.buttons("Anna")["✅ Yes, tell the club"]
    anna, engine = club.people["Anna"], chat.engine
    taps = [engine.press(anna, anna.id, screen, data) for _ in range(2)]
    await asyncio.gather(*map(engine.handled, taps))
    assert lines_of(await the_claim(db, club)) == [("cash", 1_575_00, None)]
    await engine.handled(engine.press(anna, anna.id, screen, data))
    assert "You have reported ₹1,575.00" in last(chat).text
    assert len(await claims_of(db, club, waiting=False)) == 1


async def test_a_split_is_one_report_of_two_lines(chat, club, db):
    await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    assert "How much of it by UPI?" in "\n".join(await chat.says("Anna", "[🔀 Split]"))
    for typed, told in (
        ("1575", "All in all ₹1,575.00 is to be paid. Send less than that"),
        ("2000", "All in all ₹1,575.00 is to be paid. Send less than that"),
        ("0", "is not an amount"),
        ("half", "is not an amount"),
    ):
        assert told in "\n".join(await chat.says("Anna", typed)), typed
    said = "\n".join(await chat.says("Anna", "1000.50"))
    assert "💵 Cash for the rest: ₹574.50" in said
    assert "&am=1000.50&" in code(chat)
    await chat.says("Anna", UTR)
    claim = await the_claim(db, club)
    assert lines_of(claim) == [("upi", 1_000_50, UTR), ("cash", 574_50, None)]


async def test_a_transfer_to_the_bank(chat, club, db):
    await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    said = "\n".join(await chat.says("Anna", "[🏦 Bank]"))
    assert "Account 50200012345678" in said
    await chat.says("Anna", "HDFC N123456789")
    assert lines_of(await the_claim(db, club)) == [("bank", 1_575_00, "HDFCN123456789")]


async def test_without_a_upi_address_there_is_cash(chat, club, db):
    await bill(chat, club, db, upi_id=None, bank_details="")
    said = "\n".join(await tap(chat, "Anna", "💳 Pay"))
    assert "The club has not set up UPI." in said
    assert said.endswith("[💵 Cash] [⬅️ Back] [✖️ Cancel]")


async def test_above_the_usual_limit_of_upi_other_ways_are_named(chat, club, db):
    await bill(chat, club, db)
    await asked_for(chat, club, db, 1_05_000_00)
    said = "\n".join(await tap(chat, "Anna", "💳 Pay"))
    assert "One UPI payment usually carries at most ₹1,00,000.00. You may need to split" in said
    assert "Account 50200012345678" in said
    caption = "\n".join(await chat.says("Anna", "[📱 UPI]"))
    assert "One UPI payment usually carries at most ₹1,00,000.00." in caption
    assert "&am=105000.00&" in code(chat)


async def test_a_report_is_withdrawn_and_made_again(chat, club, db):
    await bill(chat, club, db)
    await report(chat)
    said = "\n".join(await chat.says("Anna", "[↩️ Withdraw]"))
    assert "↩️ Withdrawn. The club will not look at it." in said
    assert [c.status for c in await claims_of(db, club, waiting=False)] == [ClaimStatus.WITHDRAWN]
    assert "You have reported" in await report(chat)  # its reference is free again


async def test_what_is_decided_is_withdrawn_no_more(chat, club, db):
    await bill(chat, club, db)
    await report(chat)
    await decide(chat, club, db, ClaimStatus.APPROVED)
    said = "\n".join(await chat.says("Anna", "[↩️ Withdraw]"))
    assert "(!The club has decided on it already.)" in said
    assert "bot*: 💰 What I owe" in said  # the stale card is no more


async def test_a_used_reference_is_asked_again(chat, club, db):
    await bill(chat, club, db)
    await report(chat)
    await decide(chat, club, db, ClaimStatus.APPROVED)
    await bill(chat, club, db)
    said = await report(chat, "4123 4567-8901")
    assert f"The reference {UTR} has been used for another payment." in said
    assert "You have reported" in "\n".join(await chat.says("Anna", "512345678901"))


async def test_the_same_picture_again_is_taken_and_shown_to_the_club(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    await shows_picture(chat)
    await decide(chat, club, db, ClaimStatus.APPROVED)
    await bill(chat, club, db)
    await to_proof(chat)
    assert "You have reported" in await shows_picture(chat, name="again.png")
    card = await chat.app.services.claims.card((await the_claim(db, club)).id)
    assert [each.status for each in card.same_proof] == [ClaimStatus.APPROVED]


async def test_a_rejected_report_is_told_and_paid_again(chat, club, db):
    entry = await bill(chat, club, db)
    await report(chat)
    await decide(chat, club, db, ClaimStatus.REJECTED, "No <such> transfer")
    assert last(chat).text.split("\n") == [
        f"❌ The club could not confirm your payment of ₹1,575.00 for {entry.number}.",
        "Reason: No <such> transfer",
    ]
    said = "\n".join(await chat.says("Anna", "[💳 Pay again]"))
    assert f"bot: 💳 ₹1,575.00 for {entry.number}" in said  # a new message: the reason stays
    await chat.says("Anna", "[📱 UPI]")
    assert "You have reported" in "\n".join(await chat.says("Anna", UTR))
