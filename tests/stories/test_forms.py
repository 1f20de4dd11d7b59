"""Forms that are left, pushed aside or run out: the person is always told."""

import asyncio

import pytest

from tests.stories.broadcasting import begin, tap
from tests.stories.collecting import open_receivables, receipts
from tests.stories.drafting import SHAKER, draft_for
from tests.stories.invoicing import registered
from tests.stories.reporting import billed_anna, cash, paid, reports

SECONDS = 1


@pytest.fixture
def settings(settings):
    """Forms that wait a second, not ten minutes."""
    return settings.model_copy(update={"fsm_ttl_seconds": SECONDS})


async def test_a_form_that_runs_out_is_told_in_its_own_message_and_starts_again(chat, club, app):
    club.visitor("Anna")
    await chat.play("""
        Anna: /start
        bot: 👋 Our club
            <...>

            <...>
        Anna: [📝 Register]
        bot*: 📝 What is your full name? <...>
    """)
    await asyncio.sleep(SECONDS + 0.2)
    await app.sweeper.sweep()
    await app.sweeper.sweep()
    anna = club.people["Anna"]
    told = [m.text for m in chat.engine.chat_messages(anna.id) if "waited too long" in m.text]
    assert len(told) == 1
    again = next(label for label in chat.buttons("Anna") if label.startswith("🔁 Start"))
    assert "full name" in "".join(await chat.says("Anna", f"[{again}]"))


async def test_an_answer_that_comes_too_late_is_explained_and_used_for_nothing(chat, club):
    club.visitor("Anna")
    await chat.says("Anna", "/register")
    await asyncio.sleep(SECONDS + 0.2)
    said = "\n".join(await chat.says("Anna", "Anna Rao"))
    assert "had closed before this arrived" in said
    assert "🔁 Start" in said


async def test_a_broadcast_that_ran_out_made_no_draft(chat, club):
    await club.admin("Asha")
    await begin(chat)
    await asyncio.sleep(SECONDS + 0.2)
    said = "\n".join(await chat.says("Asha", "Closed on Sunday"))
    assert "The broadcast had closed before this arrived" in said
    assert "Nothing here yet." in "\n".join(await tap(chat, "Asha", "🔁 Start"))


async def test_days_of_an_export_that_come_too_late_bring_no_file(chat, club):
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    for label in ("📤 Exports", "🧾 Invoices", "📅 Own dates"):
        await chat.says("Vera", f"[{label}]")
    await asyncio.sleep(SECONDS + 0.2)
    said = "\n".join(await chat.says("Vera", "1.4.2026 - 30.6.2026"))
    assert "The export had closed before this arrived" in said
    assert "Excel files for you" in "\n".join(await tap(chat, "Vera", "🔁 Start"))


async def test_a_draft_of_an_invoice_outlives_its_form(chat, club, db):
    await club.admin("Asha")
    await club.member("Anna")
    await registered(db, SHAKER)
    await draft_for(chat)
    await chat.says("Asha", "[🔍 Store item]")
    await asyncio.sleep(SECONDS + 0.2)
    said = "\n".join(await chat.says("Asha", "Shaker"))
    assert "The change of an invoice draft had closed before this arrived" in said
    assert "🧾 Draft for Anna Rao" in "\n".join(await tap(chat, "Asha", "🔁 Start"))


async def test_a_payment_that_ran_out_books_nothing(chat, club, db):
    await club.admin("Asha")
    await club.member("Anna")
    await open_receivables(chat)
    await chat.says("Asha", "[➕ Record payment]")
    await asyncio.sleep(SECONDS + 0.2)
    said = "\n".join(await chat.says("Asha", "@anna"))
    assert "The payment had closed before this arrived" in said
    assert "from whom?" in "\n".join(await tap(chat, "Asha", "🔁 Start"))
    assert await receipts(db) == []


async def test_starting_another_form_says_which_one_was_dropped(chat, club):
    await club.admin("Asha")
    await chat.says("Asha", "/register")
    await chat.says("Asha", "Asha Nair")
    await chat.says("Asha", "/admin")
    said = "\n".join(await chat.says("Asha", "[👥 Members]"))
    assert "was dropped" in said


async def test_a_form_that_redis_lost_is_owned_up_to(chat, club, redis):
    club.visitor("Anna", phone="+919876543210")
    await chat.says("Anna", "/register")
    await chat.says("Anna", "Anna Rao")
    await redis.flushall()
    await chat.play("""
        Anna: +91 98765 43210
        bot: If you were filling in a form, I have lost it through a fault on our side. <...>
    """)
    await chat.says("Anna", "/register")
    assert "How old" in "".join(
        [*await chat.says("Anna", "Anna Rao"), *await chat.says("Anna", "+91 98765 43210")]
    )


async def test_a_decision_on_a_payment_that_ran_out_decides_nothing(chat, club, db):
    _, anna, invoice = await billed_anna(chat, club, db)
    await reports(chat, anna, cash(1_575), invoice=invoice)
    for button, answer, title in (
        ("[❌ Reject]", "Nothing came", "rejection of a payment"),
        ("[✏️ Partly]", "1000", "amounts received"),
    ):
        await chat.says("Asha", button)
        await asyncio.sleep(SECONDS + 0.2)
        said = "\n".join(await chat.says("Asha", answer))
        assert f"The {title} had closed before this arrived" in said
        assert "waiting: 1" in "\n".join(await tap(chat, "Asha", "🔁 Start"))
    await chat.says("Bina", "[✅ Approve]")
    assert await paid(db) == [(1_575,)]
