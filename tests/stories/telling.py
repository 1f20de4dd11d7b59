"""What stories about notifications share: writing to people, and seeing what they were told."""

from tests.stories.cards import open_card


async def write(chat, text, to="anna"):
    """Asha's message to a member; returns what came of it."""
    await open_card(chat, "Asha", to)
    await chat.says("Asha", "[💬 Message]")
    return await chat.says("Asha", text)


def told(chat, name) -> list[str]:
    """The messages in a person's chat, as they stand now; of a file its caption."""
    messages = chat.engine.chat_messages(chat.club.people[name].id)
    return [message.text or message.caption or "" for message in messages]


async def press(chat, who, label) -> str:
    """Press the first button whose label begins so."""
    found = next(each for each in chat.buttons(who) if each.startswith(label))
    return "\n".join(await chat.says(who, f"[{found}]"))


async def forge(chat, who, data) -> str:
    """Press ``data`` under a message of one's own; returns the toast, or the screen."""
    person, engine = chat.club.people[who], chat.engine
    screen, before = engine.chat_messages(person.id)[-1].id, len(engine.calls)
    await engine.handled(engine.press(person, person.id, screen, data))
    said = (str(call.params.get("text") or "") for call in engine.calls[before:])
    return "\n".join(filter(None, said))
