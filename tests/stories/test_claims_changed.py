"""Paying while something happens: what is due changes, forms run out, others' invoices, credit."""

import asyncio

import pytest

from bot.models.claims import ClaimStatus
from tests.stories.broadcasting import tap
from tests.stories.claiming import (
    UTR,
    bill,
    claims_of,
    code,
    decide,
    person,
    received,
    report,
    the_claim,
    to_proof,
)
from tests.stories.invoicing import registered
from tests.stories.test_forged import press

SECONDS = 4


async def test_the_old_button_of_a_paid_invoice_says_so(chat, club, db):
    await bill(chat, club, db)
    stale = chat.buttons("Anna")
    await received(chat, club, db, 1_575_00)
    for label in ("💳 Pay", "❌ Reject"):
        said = await press(chat, "Anna", stale[label][1])
        assert said == "This invoice is settled. Nothing is due on it."
    assert await chat.says("Anna", "/documents")
    (label,) = [each for each in chat.buttons("Anna") if "GYM" in each]
    assert "💳 Pay" not in "\n".join(await chat.says("Anna", f"[{label}]"))


async def test_its_own_member_may_pay_below_a_document_that_is_due(chat, club, db):
    await bill(chat, club, db)
    await chat.says("Anna", "/documents")
    (label,) = [each for each in chat.buttons("Anna") if "₹" in each]
    said = "\n".join(await chat.says("Anna", f"[{label}]"))
    assert said.endswith("[💳 Pay] [❌ Reject]")


@pytest.mark.parametrize("way", ["[📱 UPI]", "[💵 Cash]", "[🔀 Split]", "[🏦 Bank]"])
async def test_when_something_else_is_due_by_now_it_is_asked_anew(chat, club, db, way):
    entry = await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    await received(chat, club, db, 575_00)
    said = await chat.says("Anna", way)
    assert said[0] == "bot: (!Something else is due by now. Look at it again.)"
    assert said[1] == f"bot*: 💳 ₹1,000.00 for {entry.number}"
    assert "Something else" not in "\n".join(await chat.says("Anna", way))


async def test_cash_is_not_reported_for_what_is_not_due_any_more(chat, club, db):
    await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    await chat.says("Anna", "[💵 Cash]")
    await received(chat, club, db, 575_00)
    said = "\n".join(await chat.says("Anna", "[✅ Yes, tell the club]"))
    assert "Something else is due by now." in said
    assert await claims_of(db, club) == []


async def test_a_proof_for_more_than_is_due_is_sent_on_to_a_report_of_its_own(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    await received(chat, club, db, 575_00)
    said = "\n".join(await chat.says("Anna", UTR))
    assert "Only ₹1,000.00 is due by now. Open /pay to pay that. If you have sent more" in said
    assert await claims_of(db, club) == []
    for step in ("/pay", "[➕ Request payment]", "1575", "Twice by mistake", "[📱 UPI]", UTR):
        await chat.says("Anna", step)
    assert (await the_claim(db, club)).total_paise == 1_575_00


async def test_a_proof_that_comes_once_it_is_settled(chat, club, db):
    await bill(chat, club, db)
    await to_proof(chat)
    await received(chat, club, db, 1_575_00)
    said = "\n".join(await chat.says("Anna", UTR))
    assert "This invoice is settled. Nothing is due on it. [☰ Menu]" in said
    assert "I did not catch that" in "\n".join(await chat.says("Anna", UTR))


async def test_every_step_can_be_cancelled(chat, club, db):
    await bill(chat, club, db)
    ways = (["[📱 UPI]"], ["[💵 Cash]"], ["[🔀 Split]"], ["[🔀 Split]", "500"], ["[🏦 Bank]"], [])
    for steps in ways:
        for way_out in ("[✖️ Cancel]", "/cancel"):
            await tap(chat, "Anna", "💳 Pay")
            for step in steps:
                await chat.says("Anna", step)
            assert "Cancelled. Nothing was saved." in "\n".join(await chat.says("Anna", way_out))
            assert "I did not catch that" in "\n".join(await chat.says("Anna", UTR))
            await chat.says("Anna", "/pay")
    assert await claims_of(db, club, waiting=False) == []


async def test_where_a_button_is_awaited_words_are_not_taken(chat, club, db):
    await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    assert "Please tap one of the buttons" in "\n".join(await chat.says("Anna", UTR))
    await chat.says("Anna", "[💵 Cash]")
    assert "Please tap one of the buttons" in "\n".join(await chat.says("Anna", UTR))


async def test_buttons_of_a_closed_attempt_do_nothing(chat, club, db):
    await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    ways = {label: data for label, (_, data) in chat.buttons("Anna").items()}
    await chat.says("Anna", "[✖️ Cancel]")
    for label in ("📱 UPI", "💵 Cash", "🔀 Split", "🏦 Bank"):
        assert (
            await press(chat, "Anna", ways[label])
            == "This payment is closed. See /pay or /subscribe."
        )


class TestAFormThatRanOut:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"fsm_ttl_seconds": SECONDS})

    async def test_is_explained_and_reports_nothing(self, chat, club, db):
        await bill(chat, club, db)
        await to_proof(chat)
        await asyncio.sleep(SECONDS + 0.2)
        said = "\n".join(await chat.says("Anna", UTR))
        assert "The payment had closed before this arrived" in said
        assert await claims_of(db, club) == []
        assert "💰 What I owe" in "\n".join(await tap(chat, "Anna", "🔁 Start"))

    async def test_is_told_below_the_code(self, chat, club, db, app):
        await bill(chat, club, db)
        await to_proof(chat)
        await asyncio.sleep(SECONDS + 0.2)
        await app.sweeper.sweep()
        told = [m.text for m in chat.engine.chat_messages(club.people["Anna"].id) if m.text]
        assert sum("The payment was closed because it waited" in text for text in told) == 1


async def test_t57_nobody_pays_rejects_or_withdraws_what_is_another_s(chat, club, db):
    entry = await bill(chat, club, db)
    await report(chat)
    await club.member("Mallory")
    await chat.says("Mallory", "/menu")
    claim = await the_claim(db, club)
    gone = "This invoice is not there."
    for data, told in (
        (f"pay-open:invoice:{entry.id}:1", gone),
        ("pay-open:invoice:987654:0", gone),
        (f"pay-reject:{entry.id}", gone),
        (f"pay-credit:{entry.id}:100", gone),
        (f"pay-undo:{claim.id}", "This payment is not there."),
        ("pay-undo:987654", "This payment is not there."),
        ("pay-open:request:1:0", "This is paid or no longer asked for. See /pay."),
    ):
        assert await press(chat, "Mallory", data) == told, data
    assert [each.status for each in await claims_of(db, club)] == [ClaimStatus.WAITING]


async def test_credit_is_used_once_and_as_much_as_was_shown(chat, club, db):
    entry = await bill(chat, club, db)
    await received(chat, club, db, 1_000_00, on=())
    await chat.says("Anna", "/pay")
    await tap(chat, "Anna", "💳 Pay GYM")
    screen, data = chat.buttons("Anna")["🎁 Use credit ₹1,000.00"]
    anna, engine = club.people["Anna"], chat.engine
    taps = [engine.press(anna, anna.id, screen, data) for _ in range(2)]
    await asyncio.gather(*map(engine.handled, taps))
    async with db.reading() as repos:
        assert await repos.invoices.due(entry.id) == 575_00
    owed = "\n".join(await chat.says("Anna", "/pay"))
    assert "Total: ₹575.00" in owed
    assert "Your credit" not in owed


async def test_credit_that_has_changed_is_looked_at_again(chat, club, db):
    entry = await bill(chat, club, db)
    await received(chat, club, db, 1_000_00, on=())
    await tap(chat, "Anna", "💳 Pay")
    await received(chat, club, db, 100_00, on=())
    said = "\n".join(await tap(chat, "Anna", "🎁 Use credit"))
    assert "By now ₹1,100.00 of credit can be used" in said
    async with db.reading() as repos:
        assert await repos.invoices.due(entry.id) == 1_575_00


async def test_credit_is_not_used_beside_a_report_that_waits(chat, club, db):
    entry = await bill(chat, club, db)
    await received(chat, club, db, 100_00, on=())
    await report(chat)
    said = await press(chat, "Anna", f"pay-credit:{entry.id}:10000")
    assert said.startswith("You have reported a payment for this already.")


async def test_an_approved_report_settles_the_invoice(chat, club, db):
    entry = await bill(chat, club, db)
    await report(chat)
    await decide(chat, club, db, ClaimStatus.APPROVED)
    anna = await person(db, club, "Anna")
    async with db.reading() as repos:
        assert await repos.invoices.due(entry.id) == 0
    assert (await chat.app.services.dues.owed(anna)).total_paise == 0


@pytest.mark.parametrize("way", ["[📱 UPI]", "[🔀 Split]", "[🏦 Bank]"])
async def test_a_way_that_the_club_has_given_up(chat, club, db, way):
    await bill(chat, club, db)
    await tap(chat, "Anna", "💳 Pay")
    await registered(db, upi_id=None, bank_details="")
    said = "\n".join(await chat.says("Anna", way))
    assert "The club does not take payments in this way now. Go ⬅️ Back to choose another." in said
    assert "How would you like to pay?" in "\n".join(await tap(chat, "Anna", "💳 Pay"))


async def test_the_code_asks_for_the_address_of_today(chat, club, db):
    await bill(chat, club, db, upi_id="old@okhdfcbank")
    await registered(db, upi_id="new@okhdfcbank")
    assert "Address: new@okhdfcbank" in await to_proof(chat)
    assert "pa=new@okhdfcbank&" in code(chat)
