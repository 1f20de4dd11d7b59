"""What stories about what is owed share: the way to a payment, and what is booked."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bot.models.payments import Account, Method, PaymentLine, Receipt
from tests.stories.broadcasting import tap
from tests.stories.invoicing import billed, services_at


def flat(said) -> str:
    """What was said, without the margin of transcripts."""
    return "\n".join(said).replace("\n    ", "\n")


async def open_receivables(chat, who="Asha") -> str:
    await chat.says(who, "/admin")
    return flat(await chat.says(who, "[💰 Receivables]"))


async def open_account(chat, name, who="Asha") -> str:
    await open_receivables(chat, who)
    await tap(chat, who, "👛 Who owes")
    return flat(await tap(chat, who, name))


async def begin(chat, buyer="@anna", who="Asha") -> str:
    """Up to the question for what it is."""
    await open_receivables(chat, who)
    await chat.says(who, "[➕ Record payment]")
    return flat(await chat.says(who, buyer))


async def line(chat, method, amount, reference="⏭ Skip", who="Asha") -> str:
    """From the question for the method on: up to the summary."""
    await chat.says(who, f"[{method}]")
    said = await chat.says(who, amount)
    if method != "💵 Cash":
        skips = reference == "⏭ Skip"
        said = await chat.says(who, f"[{reference}]" if skips else reference)
    return flat(said)


async def cash_ready(chat, amount, buyer="@anna", who="Asha") -> str:
    """Up to the summary of a payment in cash, for the oldest bills."""
    await begin(chat, buyer, who)
    await chat.says(who, "[Oldest first]")
    return await line(chat, "💵 Cash", amount, who=who)


async def billed_days_ago(db, admin, buyer, days, **line) -> object:
    """One invoice, issued so long ago; it is due seven days later."""
    services = services_at(db, datetime.now(UTC) - timedelta(days=days))
    (entry,) = await billed(services, admin, buyer, **line)
    return entry


async def paid(chat, admin, person, paise, *, on=None) -> object:
    """Booked by another way than the chat."""
    receipt = Receipt(
        account=Account(person_id=person.id),
        lines=(PaymentLine(method=Method.CASH, amount_paise=paise),),
        invoices=on,
    )
    return await chat.app.services.payments.record(receipt, by=admin, operation_id=uuid4())


async def receipts(db) -> list[int]:
    """What was booked, in paise, the oldest first."""
    async with db.reading() as repos:
        sql = "SELECT total_paise FROM payments ORDER BY id"
        return [row["total_paise"] for row in await repos.payments._conn.fetch(sql)]
