"""A broadcast for later: set, moved, called off, and what becomes of it when its moment comes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from bot.texts.format import moment
from tests.stories.broadcasting import draft, its_moment_comes, screen, tap
from tests.stories.telling import told

ZONE = ZoneInfo("Asia/Kolkata")


def in_days(days: int) -> datetime:
    """At 18:30 by the club's clock."""
    local = datetime.now(ZONE) + timedelta(days=days)
    return local.replace(hour=18, minute=30, second=0, microsecond=0).astimezone(UTC)


async def schedule(chat, at: str, who="Asha") -> str:
    await tap(chat, who, "📅 Schedule")
    return "\n".join(await chat.says(who, at))


async def test_it_goes_out_when_its_moment_comes(chat, club, database_url):
    await club.admin("Asha")
    await club.member("Anna")
    await draft(chat)
    when = in_days(2)
    await chat.play(f"""
        Asha: [📅 Schedule]
        bot*: 📅 When is it to go out?
            Tap one, or send a time <...> (Asia/Kolkata). Who reads it <...> [In 1 hour] <...>
        Asha: next week
        bot: “next week” is not a day and time. Send one like 18:30, <...> [✖️ Cancel]
        Asha: 1 Jan 2020 9:00
        bot: That has passed, or is more than a year away. <...> [✖️ Cancel]
        Asha: 1/1/2099 9:00
        bot: That has passed, or is more than a year away. <...> [✖️ Cancel]
        Asha: {when.astimezone(ZONE):%d.%m.%Y} 18:30
        bot: Closed on Sunday <...> [📅 Schedule: {moment(when, ZONE)}] [❌ Call off] <...>
        Asha: [⬅️ Back]
        bot*: 📣 Broadcast
            Tap one to see it. [📅 “Closed on Sunday” · {moment(when, ZONE)}] <...>
    """)
    assert await its_moment_comes(chat, database_url) == 1
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == ["Closed on Sunday"]
    assert "Started by Asha" in screen(chat, "Asha")


async def test_common_moments_are_a_tap_away(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await draft(chat)
    tomorrow = (datetime.now(ZONE) + timedelta(days=1)).replace(hour=9, minute=0)
    for label, at in (("In 1 hour", None), ("Tomorrow 09:00", tomorrow)):
        await tap(chat, "Asha", "📅 Schedule")
        said = "\n".join(await tap(chat, "Asha", label))
        assert "bot: (It goes out on " in said
        assert "[❌ Call off]" in said
        if at:
            assert f"[📅 Schedule: {moment(at, ZONE)}]" in said


@pytest.mark.parametrize("how", ["called off", "moved", "sent before", "discarded"])
async def test_a_moment_that_does_not_hold_any_more_sends_nothing(chat, club, database_url, how):
    await club.admin("Asha")
    await club.member("Anna")
    await draft(chat)
    await schedule(chat, "tomorrow 9:00")
    if how == "called off":
        said = await tap(chat, "Asha", "❌ Call off")
        assert said[0] == "bot: (Called off. It is a draft again.)"
        assert "❌" not in "".join(said[1:])
    elif how == "moved":
        await schedule(chat, f"{in_days(3).astimezone(ZONE):%Y-%m-%d} 18:30")
    elif how == "sent before":
        await tap(chat, "Asha", "🚀 Send now")
    else:
        await tap(chat, "Asha", "🗑 Discard")
    conn = await asyncpg.connect(database_url)
    await conn.execute("UPDATE jobs SET done_at = now() WHERE id > 1")  # the first is due first
    await conn.close()
    assert await its_moment_comes(chat, database_url) == 1
    await chat.sends_broadcasts()
    assert told(chat, "Anna") == (["Closed on Sunday"] if how == "sent before" else [])


@pytest.mark.parametrize("why", ["nobody", "late"])
async def test_what_could_not_go_becomes_a_draft_and_its_admin_hears_of_it(
    chat, club, database_url, why
):
    await club.admin("Asha")
    if why == "late":
        await club.member("Anna")
    await draft(chat)
    await schedule(chat, "tomorrow 9:00")
    conn = await asyncpg.connect(database_url)
    if why == "late":
        past = datetime.now(UTC) - timedelta(hours=7)
        await conn.execute("UPDATE broadcasts SET starts_at = $1", past)
        sql = "UPDATE jobs SET payload = jsonb_set(payload, '{at}', to_jsonb($1::text))"
        await conn.execute(sql, past.isoformat())
    await conn.close()
    await its_moment_comes(chat, database_url)
    said = "\n".join(await chat.sends_broadcasts())
    assert "📣 The scheduled broadcast did not go out" in said
    assert "[🚀 Send now" in "".join(await tap(chat, "Asha", "📝 Open the draft"))
    if why == "late":
        assert told(chat, "Anna") == []
        await tap(chat, "Asha", "🚀 Send now")
        await chat.sends_broadcasts()
        assert told(chat, "Anna") == ["Closed on Sunday"]
        assert "✅ Sent: 1" in screen(chat, "Asha")


async def test_a_photo_s_card_stays_one_message_when_it_is_scheduled_and_called_off(chat, club):
    await club.admin("Asha")
    await club.member("Anna")
    await draft(chat, "{photo Closed on Sunday}")
    await schedule(chat, "tomorrow 9:00")
    said = await tap(chat, "Asha", "❌ Call off")
    assert said[1].startswith("bot*: ")
    photos = [m for m in chat.engine.chat_messages(club.people["Asha"].id) if m.photo]
    assert [bool(each.buttons) for each in photos[1:]] == [False, True]
