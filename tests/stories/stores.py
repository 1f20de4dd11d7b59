"""What stories about the store share: the way in, an item, a file sent and a file received."""

from uuid import uuid4

from bot.models.items import ItemFacts, ItemKind


def facts(name="Shaker", **changes) -> ItemFacts:
    fields = {
        "kind": ItemKind.GOODS,
        "hsn": "3924",
        "mrp_paise": 29_900,
        "rate_bps": 1_800,
        "stock": 10,
    }
    return ItemFacts(name=name, **{**fields, **changes})


async def stocked(chat, admin, *names, **changes):
    """Items in the store, with serials from 1 on."""
    items = chat.app.services.items
    return [
        await items.add(facts(name, **changes), by=admin, operation_id=uuid4()) for name in names
    ]


async def open_store(chat, who="Asha") -> str:
    await chat.says(who, "/admin")
    return "\n".join(await chat.says(who, "[🛒 Store]"))


async def send(chat, who, content: bytes, name="items.xlsx") -> str:
    """Send a document; returns what the bot said."""
    person, before = chat.club.people[who], len(chat.engine.calls)
    await chat.engine.handled(chat.engine.send_document(person, name, content))
    calls = chat.engine.calls[before:]
    return "\n".join(str(call.params["text"]) for call in calls if call.params.get("text"))


async def upload(chat, content: bytes, who="Asha") -> str:
    await open_store(chat, who)
    await chat.says(who, "[📥 Upload Excel]")
    return await send(chat, who, content)


def received(chat, who) -> bytes:
    """The newest file in somebody's chat that the bot sent."""
    messages = chat.engine.chat_messages(chat.club.people[who].id)
    return next(m for m in reversed(messages) if m.document).document.content
