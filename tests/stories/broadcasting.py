"""What stories about broadcasts share: writing one, sending it, and what people then read."""

import asyncpg

from tests.chat import PNG


async def begin(chat, who="Asha", audience="Everyone") -> list[str]:
    """Up to the question for the text."""
    for step in ("/admin", "[📣 Broadcast]", "[➕ New broadcast]"):
        await chat.says(who, step)
    return await tap(chat, who, audience)


async def draft(chat, text="Closed on Sunday", who="Asha", audience="Everyone") -> list[str]:
    await begin(chat, who, audience)
    return await chat.says(who, text)


async def send(chat, text="Closed on Sunday", who="Asha", audience="Everyone") -> list[str]:
    await draft(chat, text, who, audience)
    return await tap(chat, who, "🚀 Send now")


async def tap(chat, who, label) -> list[str]:
    """Press the newest button whose label begins so."""
    found = [each for each in chat.buttons(who) if each.startswith(label)]
    assert found, f"{who} sees no [{label}…], only {list(chat.buttons(who))}"
    return await chat.says(who, f"[{found[-1]}]")


async def says_formatted(chat, who, text, *entities, photo=False) -> list[str]:
    """``entities``: ``("bold", "these words")``; the words stand once in the text."""
    engine, person = chat.engine, chat.club.people[who]
    marks = [
        {"type": kind, "offset": units(text[: text.index(words)]), "length": units(words), **more}
        for kind, words, more in ((*each, {})[:3] for each in entities)
    ]
    content = {"caption" if photo else "text": text, "entities": marks}
    if photo:
        content["photo"] = engine.files.add_photo(PNG)
    await engine.handled(engine._say(person, engine._open(person, None), **content))
    return chat._news(person.id)


async def its_moment_comes(chat, database_url) -> int:
    """Have each scheduled start done, as a worker does when it is due; returns how many."""
    conn = await asyncpg.connect(database_url)
    sql = "SELECT id, queue_id FROM jobs WHERE kind = 'start-broadcast' AND done_at IS NULL"
    jobs = await conn.fetch(sql)
    await conn.close()
    for job in jobs:
        begun = await chat.app.services.jobs.begin(job["id"], queue_id=job["queue_id"])
        await chat.app.runner._perform(begun)
    return len(jobs)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read(chat, who):
    """The messages in somebody's chat, as they stand now."""
    return chat.engine.chat_messages(chat.club.people[who].id)


def content_of(message) -> tuple:
    """What a reader sees of it."""
    file = message.photo or message.document
    return message.text, message.caption, message.entities, file and file.file_id


def screen(chat, who) -> str:
    """The newest progress that somebody has before them."""
    shown = [m.text for m in read(chat, who) if (m.text or "").startswith("📣 Broadcast, ")]
    return shown[-1]
