"""What stories about writing invoices share: a registered club, its items, the way to a draft."""

from bot.keyboards.drafts import BeginInvoice
from bot.models.items import ItemKind
from tests.stories.broadcasting import tap
from tests.stories.stores import facts
from tests.stories.telling import forge

SHAKER = facts("Shaker", mrp_paise=49_900, rate_bps=1_800)
MONTH = facts("Month", kind=ItemKind.FITNESS, hsn="999723", mrp_paise=200_000, rate_bps=500)


async def begin(chat, who="Asha") -> str:
    """Up to the question for whom it is."""
    await chat.says(who, "/menu")
    return await forge(chat, who, BeginInvoice().pack())


async def draft_for(chat, buyer="@anna", who="Asha") -> str:
    await begin(chat, who)
    return "\n".join(await chat.says(who, buyer))


async def store_line(chat, part="Shaker", quantity="1", discount="0", who="Asha") -> str:
    """From the draft on: one line of the store more."""
    await chat.says(who, "[🔍 Store item]")
    for said in (part, quantity):
        await chat.says(who, said)
    return "\n".join(await chat.says(who, discount))


async def custom_line(chat, name, rate, kind="📦 Goods", quantity="1", who="Asha") -> str:
    await chat.says(who, "[✍️ Custom item]")
    for said in (name, rate):
        await chat.says(who, said)
    await tap(chat, who, kind)
    await chat.says(who, quantity)
    return "\n".join(await chat.says(who, "0"))


async def reviewed(chat, who="Asha") -> str:
    """From the draft on: up to the last look."""
    await chat.says(who, "[➡️ Finish items]")
    return "\n".join(await chat.says(who, "[⏭ No shipping]"))


async def issued(db) -> list:
    async with db.reading() as repos:
        return (await repos.invoices.list_latest(limit=20, offset=0, of=None))[::-1]
