"""What stories about corrections share: a bill, money on it, the way to their cards."""

from datetime import date
from uuid import uuid4

from bot.models.payments import Account, Method, PaymentLine, Receipt
from tests.postgres import connected
from tests.stories.invoicing import billed, registered


async def anna_s_bill(chat, club, db, **line):
    """Asha has billed Anna ₹1,500 at 5 %; returns both and the bill's entry."""
    await registered(db)
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    (bill,) = await billed(chat.app.services, asha, anna, **line)
    return asha, anna, bill


async def paid(chat, admin, payer, paise, *, on=None, method=Method.CASH, reference=None):
    """Book it; ``payer``: a person, or the id of a walk-in customer's invoice."""
    account = Account(walk_in_id=payer) if isinstance(payer, int) else Account(person_id=payer.id)
    line = PaymentLine(method=method, amount_paise=paise, reference=reference)
    receipt = Receipt(account=account, lines=(line,), invoices=on)
    return await chat.app.services.payments.record(receipt, by=admin, operation_id=uuid4())


async def open_bill(chat, who="Asha", part="/000001") -> str:
    await chat.says(who, "/admin")
    await chat.says(who, "[🧾 Invoices]")
    return await tap(chat, who, "GYM/", part)


async def open_payment(chat, who="Asha", part="/000001", bill="/000001") -> str:
    await open_bill(chat, who, bill)
    return await tap(chat, who, "💰 RC/", part)


async def tap(chat, who, *parts) -> str:
    """Press the newest button whose label holds all of these."""
    return "\n".join(await chat.says(who, f"[{label(chat, who, *parts)}]"))


async def say(chat, who, *said) -> str:
    """One after the other; returns what the last one brought."""
    for each in said:
        told = await chat.says(who, each)
    return "\n".join(told)


def label(chat, who, *parts) -> str:
    return next(each for each in chat.buttons(who) if all(part in each for part in parts))


def files(chat, who, start) -> list:
    """The files of that name in somebody's chat, the oldest first."""
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    found = [m.document for m in messages if m.document]
    return [each.content for each in found if (each.name or "").startswith(start)]


async def due(db, invoice_id) -> int:
    async with db.reading() as repos:
        return await repos.invoices.due(invoice_id)


async def years_pass(database_url) -> None:
    """Every invoice was due long ago."""
    async with connected(database_url) as conn:
        await conn.execute("ALTER TABLE invoices DISABLE TRIGGER invoices_append_only")
        await conn.execute("UPDATE invoices SET due_on = $1", date(2020, 1, 1))
        await conn.execute("ALTER TABLE invoices ENABLE TRIGGER invoices_append_only")
