"""📄 Statement: an account read in the chat and on paper; one's own for everybody."""

import pytest

from bot.documents.statements import statement_pdf
from bot.models.payments import Account
from bot.models.statements import Period
from tests.documents.reading import pages_of
from tests.stories.broadcasting import tap
from tests.stories.collecting import billed_days_ago, flat, open_account, paid
from tests.stories.invoicing import billed, registered
from tests.stories.stores import received
from tests.stories.telling import forge


@pytest.fixture
async def asha(club, db):
    await registered(db)
    return await club.admin("Asha")


async def test_an_admin_reads_and_prints_one(chat, club, db, asha):
    anna = await club.member("Anna")
    await billed_days_ago(db, asha, anna, 200, rupees=1_000)
    await billed(chat.app.services, asha, anna)
    await paid(chat, asha, anna, 3_000_00)
    await billed(chat.app.services, asha, anna, rupees=100)  # so that the account is listed
    await open_account(chat, "Anna")
    await chat.says("Asha", "[📄 Statement]")
    said = flat(await chat.says("Asha", "[All]"))
    assert "📄 Statement of account: Anna Rao" in said
    assert "Opening balance: ₹0.00\n" in said
    assert "\n+₹1,050.00 → ₹1,050.00 due\n" in said
    assert "\n+₹1,575.00 → ₹2,625.00 due\n" in said
    assert "\n−₹3,000.00 → ₹375.00 credit\n" in said
    assert "Closing balance: ₹270.00 credit" in said
    said = flat(await chat.says("Asha", "[Last 90 days]"))
    assert "Opening balance: ₹1,050.00 due\n" in said
    assert "Closing balance: ₹270.00 credit" in said
    assert "✔️ Last 90 days" in chat.buttons("Asha")
    said = flat(await chat.says("Asha", "[📄 PDF]"))
    assert said.startswith("bot: {document statement-")
    once = received(chat, "Asha")
    await tap(chat, "Asha", "📄 PDF")
    assert received(chat, "Asha") == once
    (words,) = pages_of(once)
    for part in (
        *("Statement of account", "Account of Anna Rao", "Opening balance 1,050.00"),
        *("Payment RC/", "3,000.00 375.00 Cr", "Closing balance 1,680.00 3,000.00 270.00 Cr"),
    ):
        assert part in words, words
    assert "👛 Anna Rao" in flat(await chat.says("Asha", "[⬅️ Back]"))


async def test_a_long_one_fills_pages_and_the_chat_shows_its_end(chat, club, asha):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna, rupees=50_000 / 1.05)
    for _ in range(60):
        await paid(chat, asha, anna, 1_00)
    shown = await chat.app.services.receivables.statement(
        Account(person_id=anna.id), Period.ALL, me=asha
    )
    pages = pages_of(statement_pdf(shown))
    assert len(pages) > 1
    assert all("Balance" in page and "Page" in page for page in pages)
    assert statement_pdf(shown) == statement_pdf(shown)
    await open_account(chat, "Anna")
    assert "… 46 earlier ones, see the PDF" in flat(await chat.says("Asha", "[📄 Statement]"))


async def test_members_read_their_own_and_no_other(chat, club, asha):
    anna = await club.member("Anna")
    await club.known("Ravi")
    await billed(chat.app.services, asha, anna)
    for who, closing in (("Anna", "₹1,575.00 due"), ("Ravi", "₹0.00")):
        await chat.says(who, "/menu")
        said = await forge(chat, who, "doc-stm:all")
        assert f"Closing balance: {closing}" in said
    await chat.says("Anna", "/documents")
    said = flat(await chat.says("Anna", "[📄 My statement]"))
    assert "Closing balance: ₹1,575.00 due" in said
    await chat.says("Anna", "[📄 PDF]")
    (words,) = pages_of(received(chat, "Anna"))
    assert "Closing balance 1,575.00 0.00 1,575.00" in words
    assert "out of date" in await forge(chat, "Ravi", f"doc-stm:all:p{anna.id}")


async def test_a_walk_in_customer_has_one_too(chat, asha):
    await billed(chat.app.services, asha, "Ravi & Co")
    await open_account(chat, "Ravi & Co")
    said = flat(await chat.says("Asha", "[📄 Statement]"))
    assert "📄 Statement of account: Ravi & Co" in said
    assert "Closing balance: ₹1,575.00 due" in said
    await chat.says("Asha", "[📄 PDF]")
    (words,) = pages_of(received(chat, "Asha"))
    assert "Account of Ravi & Co" in words
