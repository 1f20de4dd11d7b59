"""Owners take the club's money out as Excel files; nobody else does."""

import asyncio

import pytest

from bot.models.audit import AuditAction
from bot.models.people import Office
from bot.texts.common import OLD_BUTTON
from tests.services.exporting import issue, line, month, pay, sheets
from tests.stories.invoicing import registered
from tests.stories.test_forged import press

KINDS = {
    "🧾 Invoices": "invoices",
    "💵 Payments": "payments",
    "🧮 GST summary": "gst",
}
PERIODS = ("This month", "Last month", "This quarter", "Last quarter", "This financial year")
NO = "This is for owners of the club only."


@pytest.fixture
async def vera(chat, club, db):
    """An owner; the club has sold a month to Anna, who paid too much, and a bottle to Ravi."""
    await registered(db)
    vera, asha = await club.owner("Vera"), await club.admin("Asha")
    anna = await club.member("Anna")
    services = chat.app.services
    await issue(services, asha, anna, month())
    await issue(services, asha, "Ravi & Co", line("Bottle", 299))
    await pay(db, asha, anna, ("cash", 2_000, None), ("upi", 200, "412345678901"))
    while await chat.app.outbox.send_due():
        pass
    return vera


async def open_exports(chat, who="Vera") -> str:
    await chat.says(who, "/owner")
    return "\n".join(await chat.says(who, "[📤 Exports]"))


def files(chat, who="Vera") -> list:
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    sent = [each.document for each in messages if each.document]
    return [each for each in sent if each.name.endswith(".xlsx")]


async def entries(db) -> list[dict]:
    async with db.reading() as repos:
        latest = await repos.audit.list_latest(limit=50)
    return [each.after for each in latest if each.action is AuditAction.MONEY_EXPORTED]


async def test_an_owner_exports_the_invoices_of_this_month(chat, vera, db):
    await chat.play("""
        Vera: /owner
        bot: 👑 Owner panel
            Only owners see this. <...>[📤 Exports] [📜 Audit log]<...>
        Vera: [📤 Exports]
        bot*: 📤 Exports
            Excel files for you and your accountant. <...> [🧾 Invoices] [💵 Payments] [💰 Receivables] [🧮 GST summary] [📊 Revenue by plan] [⬅️ Back]
        Vera: [🧾 Invoices]
        bot*: 🧾 Invoices: for which period?
            Days are those of the club’s clock. [This month] [Last month] [This quarter] [Last quarter] [This financial year] [Last financial year] [📅 Own dates] [⬅️ Back]
        Vera: [This month]
        bot: {document invoices-<...>.xlsx} 🧾 Invoices, 1 <...> to <...>
            2 documents
            Billed: ₹2,453.00
            Credit notes: ₹0.00
            Due now: ₹353.00
    """)  # noqa: E501 -- a screen's line
    [file] = files(chat)
    found = sheets(file.content)
    assert [row["Buyer"] for row in found["Invoices"]] == ["Anna Rao", "Ravi & Co", ""]
    assert [row["Due"] for row in found["Invoices"]] == [0, 353, 353]
    assert len(await entries(db)) == 1
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert "Vera (owner) exported invoices from " in log
    assert "(2 rows)" in log


@pytest.mark.parametrize("kind", KINDS)
async def test_every_export_of_every_period_comes_or_says_that_there_is_nothing(chat, vera, kind):
    await open_exports(chat)
    await chat.says("Vera", f"[{kind}]")
    for number, period in enumerate((*PERIODS, "Last financial year")):
        before = len(files(chat))
        said = "\n".join(await chat.says("Vera", f"[{period}]"))
        if number % 2 == 0:  # this month, quarter, year
            assert f"bot: {{document {KINDS[kind]}-" in said
            assert len(files(chat)) == before + 1
        else:
            assert "bot: (!There is nothing from 1 " in said
            assert len(files(chat)) == before


async def test_receivables_are_as_of_now(chat, vera, db):
    await open_exports(chat)
    said = await chat.says("Vera", "[💰 Receivables]")
    assert said[0].startswith("bot: {document receivables-")
    assert "💰 Receivables, as of " in said[0]
    assert said[1:] == [
        "    1 open invoice",
        "    Due now: ₹353.00",
        "    Credit of members: ₹100.00",
    ]
    rows = sheets(files(chat)[0].content)["Receivables"]
    assert [(row["Account"], row["Due"], row["Credit"]) for row in rows] == [
        ("Anna Rao", 0, 100),
        ("Ravi & Co", 353, 0),
        ("Total", 353, 100),
    ]
    assert await entries(db) == [{"export": "receivables", "rows": 1}]


async def test_own_days_are_typed_until_they_are_understood(chat, vera):
    await open_exports(chat)
    await chat.play("""
        Vera: [🧮 GST summary]
        bot*: 🧮 GST summary: for which period?
            <...>
        Vera: [📅 Own dates]
        bot*: 🧮 GST summary: from which day to which?
            Send the first and the last day, like 1.4.2026 - 30.6.2026. [⬅️ Back] [✖️ Cancel]
        Vera: last <spring>
        bot: “last <spring>” is not a period. Send its first and last day, like 1.4.2026 - 30.6.2026. [✖️ Cancel]
        Vera: {photo}
        bot: Please answer with a text message. [✖️ Cancel]
        Vera: 1.4.2026 - 1.4.2028
        bot: That is too long: at most 731 days in one file, please. [✖️ Cancel]
        Vera: 31 Mar 2020 to 1.1.2020
        bot: There is nothing from 1 Jan 2020 to 31 Mar 2020. Choose another period. [✖️ Cancel]
    """)  # noqa: E501 -- a screen's line
    today = chat.app.services.exports._now()
    said = await chat.says("Vera", f"31.12.{today.year} - {today.year}-01-01")
    assert said[0].startswith(
        f"bot: {{document gst-{today.year}-01-01-to-{today.year}-12-31.xlsx}}"
    )
    assert said[2:] == [
        "    Taxable, less credit notes: ₹2,299.00",
        "    CGST: ₹76.91",
        "    SGST/UTGST: ₹76.91",
        "    IGST: ₹0.00",
    ]
    assert "I did not catch that" in "\n".join(await chat.says("Vera", "1.4.2026 - 30.6.2026"))


async def test_the_question_is_left_by_cancel_and_by_back(chat, vera):
    await open_exports(chat)
    await chat.says("Vera", "[💵 Payments]")
    await chat.says("Vera", "[📅 Own dates]")
    assert "Cancelled" in "\n".join(await chat.says("Vera", "[✖️ Cancel]"))
    assert "I did not catch that" in "\n".join(await chat.says("Vera", "1.4.2026 - 30.6.2026"))
    await open_exports(chat)
    await chat.says("Vera", "[💵 Payments]")
    await chat.says("Vera", "[📅 Own dates]")
    assert "for which period?" in "\n".join(await chat.says("Vera", "[⬅️ Back]"))
    assert "I did not catch that" in "\n".join(await chat.says("Vera", "1.4.2026 - 30.6.2026"))
    assert files(chat) == []


async def test_nothing_is_owed(chat, club):
    await club.owner("Vera")
    await open_exports(chat)
    said = "\n".join(await chat.says("Vera", "[💰 Receivables]"))
    assert said == "bot: (!Nobody owes the club anything, and nobody has credit.)"
    assert files(chat) == []


@pytest.mark.parametrize("who", ["Asha", "Anna", "Mallory"])
async def test_nobody_else_gets_a_file(chat, club, vera, db, who):
    await club.known("Mallory")
    await chat.says(who, "/menu")
    for data in (
        *("exp-open", "exp-choose:gst", "exp-period:invoices:this-month", "exp-days:payments"),
        "exp-owed",
    ):
        assert await press(chat, who, data) == NO, data
    assert files(chat, who) == []
    assert await entries(db) == []


async def test_buttons_of_a_demoted_owner_are_dead(chat, vera, club, db):
    await open_exports(chat)
    await chat.says("Vera", "[🧾 Invoices]")
    await chat.says("Vera", "[📅 Own dates]")
    async with db.transaction() as tx:
        await tx.people.set_office(vera.id, Office.ADMIN)
    await club.again(vera)
    assert NO in "\n".join(await chat.says("Vera", "1.1.2026 - 31.12.2026"))
    assert await press(chat, "Vera", "exp-period:invoices:this-month") == NO
    assert (files(chat), await entries(db)) == ([], [])


async def test_forged_days_and_kinds_are_old_buttons(chat, vera, db):
    await chat.says("Vera", "/owner")
    for data in ("exp-period:invoices:always", "exp-choose:secrets", "exp-days:", "exp-owed:1"):
        assert await press(chat, "Vera", data) == OLD_BUTTON, data
    await press(chat, "Vera", "exp-period:receivables:this-month")  # of no period: as of now
    assert await entries(db) == [{"export": "receivables", "rows": 1}]


async def test_two_taps_at_once_send_two_files_one_after_the_other(chat, vera, db):
    await open_exports(chat)
    await chat.says("Vera", "[🧾 Invoices]")
    taps = [chat.act("Vera", "[This month]") for _ in range(2)]
    await asyncio.gather(*(chat.engine.handled(each) for each in taps))
    assert len(files(chat)) == len(await entries(db)) == 2
