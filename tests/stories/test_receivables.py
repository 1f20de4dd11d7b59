"""💰 Receivables: who owes, what is overdue, whose credit is held; one-tap reminders."""

import asyncio

import pytest

from bot.keyboards.receivables import OpenAccount, RemindDebtor, SpendCredit
from tests.stories.broadcasting import tap
from tests.stories.collecting import (
    billed_days_ago,
    flat,
    open_account,
    open_receivables,
    paid,
)
from tests.stories.invoicing import billed, registered
from tests.stories.telling import forge, press, told


@pytest.fixture
async def asha(club, db):
    await registered(db)
    return await club.admin("Asha")


async def at_any_hour(db, *people) -> None:
    """They are reminded at once, whenever this runs."""
    async with db.transaction() as tx:
        for person in people:
            await tx.notifications.keep_quiet(of=person.id, is_quiet=False)


def reminders(chat, who) -> list[str]:
    return [text for text in told(chat, who) if (text or "").startswith("🔔")]


async def test_nobody_owes_anything(chat, asha):
    said = await open_receivables(chat)
    assert "Outstanding: ₹0.00, 0 accounts owe" in said
    assert "Nobody owes anything." in flat(await chat.says("Asha", "[👛 Who owes (0)]"))
    await chat.says("Asha", "[⬅️ Back]")
    assert "all that was to be paid by today is paid" in flat(
        await chat.says("Asha", "[⏰ Overdue (0)]")
    )
    await chat.says("Asha", "[⬅️ Back]")
    assert "Nobody has any." in flat(await chat.says("Asha", "[🎁 Credit (0)]"))
    await chat.says("Asha", "[⬅️ Back]")
    assert "🛠 Admin panel" in flat(await chat.says("Asha", "[⬅️ Back]"))


async def test_who_owes_most_comes_first_walk_in_customers_too(chat, club, asha):
    anna, meera = await club.member("Anna"), await club.member("Meera")
    await billed(chat.app.services, asha, anna)
    await billed(chat.app.services, asha, meera, rupees=2_000)
    await billed(chat.app.services, asha, anna, rupees=100)
    await billed(chat.app.services, asha, "Ravi <b>", rupees=9_000)
    await open_receivables(chat)
    said = flat(await chat.says("Asha", "[👛 Who owes (3)]"))
    assert "3 accounts, ₹13,230.00 together, the largest first." in said
    rows = [label for label in chat.buttons("Asha") if "₹" in label]
    assert rows == ["Ravi <b> · ₹9,450.00", "Meera Rao · ₹2,100.00", "Anna Rao · ₹1,680.00"]
    said = flat(await tap(chat, "Asha", "Ravi"))
    assert "👛 Ravi <b> (walk-in customer)" in said


async def test_they_come_by_pages(chat, asha):
    for number in range(7):
        await billed(chat.app.services, asha, f"Buyer {number}", rupees=100 * (number + 1))
    await open_receivables(chat)
    first = flat(await chat.says("Asha", "[👛 Who owes (7)]"))
    assert "Who owes, page 1 of 2" in first
    assert "Buyer 0" not in first
    assert "Buyer 0" in flat(await chat.says("Asha", "[2 ▶]"))


async def test_an_account_tells_all_and_leads_to_its_invoices(chat, club, db, asha):
    anna = await club.member("Anna")
    late = await billed_days_ago(db, asha, anna, 10)
    await billed(chat.app.services, asha, anna, rupees=400)
    await paid(chat, asha, anna, 500_00, on=(late.id,))
    said = await open_account(chat, "Anna")
    assert "👛 Anna Rao\nOwes: ₹1,495.00\nCredit: ₹0.00" in said
    assert f"• {late.number}: ₹1,075.00, due since" in said
    assert "(3 days)" in said
    assert "Last payments:\n• RC/" in said
    said = flat(await tap(chat, "Asha", f"{late.number} · ₹1,075.00"))
    assert f"🧾 Tax invoice {late.number}" in said
    await billed(chat.app.services, asha, "Ravi", rupees=300)
    await paid(chat, asha, anna, 1_075_00, on=(late.id,))
    await open_account(chat, "Anna")
    said = flat(await tap(chat, "Asha", "🧾 All invoices"))
    assert "🧾 Invoices of Anna Rao\nTap one to see it." in said
    rows = [label for label in chat.buttons("Asha") if label.startswith("GYM/") and "Rao" in label]
    assert [label[-1] for label in rows] == ["⏳", "✅"]
    assert not [label for label in chat.buttons("Asha") if "Ravi" in label]
    assert "✅ Paid" in flat(await chat.says("Asha", f"[{rows[1]}]"))


async def test_credit_is_used_on_the_oldest_by_one_tap(chat, club, db, asha):
    anna = await club.member("Anna")
    await paid(chat, asha, anna, 2_000_00)
    await open_receivables(chat)
    said = flat(await chat.says("Asha", "[🎁 Credit (1)]"))
    assert "1 account, ₹2,000.00 together" in said
    (first,) = await billed(chat.app.services, asha, anna)
    (second,) = await billed(chat.app.services, asha, anna, rupees=1_000)
    said = flat(await tap(chat, "Asha", "Anna Rao · ₹2,000.00 · since"))
    presses = [chat.act("Asha", "[🎁 Use credit on the oldest bills · ₹2,000.00]") for _ in "ab"]
    await asyncio.gather(*map(chat.engine.handled, presses))
    async with db.reading() as repos:
        assert [await repos.invoices.due(each.id) for each in (first, second)] == [0, 625_00]
    said = told(chat, "Asha")[-1]
    assert "Owes: ₹625.00\nCredit: ₹0.00" in said
    assert "🎁 Use credit" not in "".join(chat.buttons("Asha"))


async def test_a_stale_credit_button_spends_nothing(chat, club, db, asha):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await paid(chat, asha, anna, 100_00, on=())
    await open_account(chat, "Anna")
    await paid(chat, asha, anna, 50_00, on=())
    said = flat(await chat.says("Asha", "[🎁 Use credit on the bill · ₹100.00]"))
    assert "By now ₹1,575.00 is due: somebody has booked something meanwhile." in said
    said = await open_account(chat, "Anna")
    assert "Owes: ₹1,575.00\nCredit: ₹150.00" in said


async def test_overdue_with_one_tap_to_remind_each(chat, club, db, asha):
    anna, meera = await club.member("Anna"), await club.member("Meera")
    await at_any_hour(db, anna, meera)
    await billed_days_ago(db, asha, anna, 12)
    await billed_days_ago(db, asha, meera, 8, rupees=1_000)
    await billed_days_ago(db, asha, "Ravi", 9, rupees=200)
    await billed(chat.app.services, asha, meera, rupees=300)
    await open_receivables(chat)
    said = flat(await chat.says("Asha", "[⏰ Overdue (3)]"))
    assert "3 invoices, ₹2,835.00, the oldest first." in said
    names = [said.index(name) for name in ("Anna Rao", "Ravi", "Meera Rao")]
    assert names == sorted(names)
    assert "(5 days)" in said
    assert "(1 day)" in said
    assert [label for label in chat.buttons("Asha") if label.startswith("🔔")] == [
        "🔔 Remind Anna Rao",
        "🔔 Remind Meera Rao",
    ]
    said = flat(await chat.says("Asha", "[🔔 Remind Anna Rao]"))
    assert "🔔 The reminder is on its way." in said
    assert "🔔 ₹1,575.00 to pay\n" in reminders(chat, "Anna")[0]
    assert "(5 days)\n\nSend /pay to pay" in reminders(chat, "Anna")[0]
    assert "💰 What I owe" in chat.buttons("Anna")
    said = flat(await chat.says("Asha", "[🔔 Remind Anna Rao]"))
    assert "Reminded already today, at " in said
    assert len(reminders(chat, "Anna")) == 1
    await chat.says("Asha", "[🔔 Remind Meera Rao]")
    assert reminders(chat, "Meera")[0].count("•") == 2  # also what is not overdue yet


async def test_two_admins_who_remind_at_once_send_one(chat, club, db, asha):
    anna = await club.member("Anna")
    await at_any_hour(db, anna)
    await club.admin("Bela")
    await billed(chat.app.services, asha, anna)
    for who in ("Asha", "Bela"):
        await open_account(chat, "Anna", who)
    presses = [chat.act(who, "[🔔 Remind]") for who in ("Asha", "Bela", "Asha")]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert "Last reminded: " in await open_account(chat, "Anna")
    assert len(reminders(chat, "Anna")) == 1
    await club.owner("Vera")
    await chat.says("Vera", "/owner")
    log = flat(await chat.says("Vera", "[📜 Audit log]"))
    assert log.count("sent a reminder of the dues of Anna Rao, ₹1,575.00") == 1


async def test_who_turned_reminders_off_reads_it_in_the_list(chat, club, db, asha):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await chat.says("Anna", "/notifications")
    await chat.says("Anna", "[⚙️ What reaches me]")
    await press(chat, "Anna", "🌙 Reminders: after quiet hours")
    await open_account(chat, "Anna")
    await chat.says("Asha", "[🔔 Remind]")
    assert reminders(chat, "Anna") == []
    await chat.says("Anna", "/notifications")
    assert "₹1,575.00 to pay" in await press(chat, "Anna", "🔵 What is due")
    await paid(chat, asha, anna, 1_575_00)
    await chat.says("Anna", "/notifications")
    assert "This is settled by now" in await press(chat, "Anna", "What is due")


async def test_who_has_blocked_the_bot_is_not_reminded(chat, club, asha):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await open_account(chat, "Anna")
    await chat.says("Anna", "{blocks}")
    assert "They cannot be reached" in flat(await chat.says("Asha", "[🔔 Remind]"))
    assert "🔔 Remind" not in await open_account(chat, "Anna")


async def test_a_deleted_person_owes_still(chat, club, asha):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await chat.says("Anna", "/my_data")
    await press(chat, "Anna", "🗑")
    await press(chat, "Anna", "🗑 Yes")
    said = await open_account(chat, "someone deleted")
    assert "👛 someone deleted\nOwes: ₹1,575.00" in said
    assert "🔔 Remind" not in said


@pytest.mark.parametrize("role", ["member", "staff"])
async def test_members_and_staff_may_nothing_of_it(chat, club, db, asha, role):
    anna = await club.member("Anna")
    await billed(chat.app.services, asha, anna)
    await paid(chat, asha, anna, 10_00, on=())
    await getattr(club, role)("Mallory")
    await chat.says("Mallory", "/menu")
    ref = f"p{anna.id}"
    for data in (
        *("rcv-open", "rcv-debtors:0", "rcv-overdue:0", "rcv-credits:0", "rcv-new"),
        *(OpenAccount(ref=ref).pack(), RemindDebtor(ref=ref).pack(), f"rcv-for:{ref}"),
        *(SpendCredit(ref=ref, paise=10_00).pack(), f"rcv-nudge:{ref}:0", "rcv-bill:1"),
        *(f"rcv-stm:{ref}:all", f"rcv-stm-pdf:{ref}:all", f"rcv-billed:{anna.id}:0"),
    ):
        assert await forge(chat, "Mallory", data) == "This is for admins of the club only.", data
    assert reminders(chat, "Anna") == []


async def test_an_account_that_is_not_there(chat, asha):
    await open_receivables(chat)
    accounts = ("rcv-account:p987654", "rcv-account:w987654", "rcv-for:p987654")
    for data in (*accounts, "rcv-billed:987654:0"):
        assert await forge(chat, "Asha", data) == "This account is not there."
    for data in ("rcv-account:x1", "rcv-account:p0", "rcv-account:p-1", "rcv-credit:p1:0"):
        assert "out of date" in await forge(chat, "Asha", data)
    assert await forge(chat, "Asha", "rcv-bill:987654") == "This invoice is not there."
