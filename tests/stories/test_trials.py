"""The free trial: set by an admin, begun with one tap, once."""

import asyncio
from datetime import timedelta

import pytest

from tests.stories.broadcasting import tap
from tests.stories.buying import chosen, member_of
from tests.stories.subscribing import day, open_card, open_section, subscribed, today
from tests.stories.telling import forge
from tests.stories.telling import told as all_told


@pytest.fixture
async def anna(club, db):
    return await member_of(club, db)


async def seven_days(chat) -> None:
    """Asha has the club give a trial."""
    await open_section(chat)
    await chat.says("Asha", "[⚙️ Rules]")
    await chat.says("Asha", "[✏️ Free trial]")
    assert "Free trial: 7 days" in "\n".join(await chat.says("Asha", "7"))


async def test_a_trial_is_begun_once_however_often_it_is_tapped(chat, club, db, anna):
    assert "Free trial" not in "\n".join(await chat.says("Anna", "/subscribe"))
    await seven_days(chat)
    await chat.play(f"""
        Anna: /subscribe
        bot: 💳 Subscribe
            🎁 New here? Come for 7 days for free.
            • 30 Days: ₹2,500.00 for 30 days
            • 90 Days: ₹7,000.00 for 90 days
            • 180 Days: ₹13,500.00 for 180 days
            Which one would you like? [🎁 Free trial · 7 days] <...> [⬅️ Back]
        Anna: [🎁 Free trial · 7 days]
        bot*: 🎁 Free trial · 7 days
            From today until {day(6)}, for free. <...> [✅ Begin it now] [⬅️ Back]
    """)
    _, data = chat.buttons("Anna")["✅ Begin it now"]
    presses = [chat.act("Anna", "[✅ Begin it now]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, presses))
    assert f"Your free trial runs until {day(6)}" in all_told(chat, "Anna")[-1]
    async with db.reading() as repos:
        (trial,) = await repos.subscriptions.list_of(anna.id)
    assert (trial.is_trial, trial.price_paise, trial.plan_id) == (True, 0, None)
    while await chat.app.outbox.send_due():
        pass
    news = [each for each in all_told(chat, "Asha") if "has begun the free trial" in each]
    assert len(news) == 1
    assert f"Anna Rao has begun the free trial: {day()} to {day(6)}" in news[0]
    assert f"Free trial: {day()} to {day(6)}, free" in await open_card(chat)
    assert "New here?" not in "\n".join(await chat.says("Anna", "/subscribe"))
    assert "Your free trial runs" in await forge(chat, "Anna", data)
    yesterday = (today() - timedelta(days=1)).toordinal()
    assert "for who is new" in await forge(chat, "Anna", f"buy-trial-yes:{yesterday}:7")
    assert ", when the current one has ended" in await chosen(chat)
    said = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert f"Active until {day(6)}" in said
    assert "a plan follows on when your trial ends" in said
    assert "[💳 Plans]" in said


async def test_who_had_one_or_comes_too_late_gets_no_trial(chat, club, db, anna):
    bina = await club.member("Bina")
    await subscribed(db, bina, anna, since=90)
    await seven_days(chat)
    assert "Free trial" not in "\n".join(await chat.says("Bina", "/subscribe"))
    assert "for who is new" in await forge(chat, "Bina", "buy-trial")
    assert "for who is new" in await forge(chat, "Bina", f"buy-trial-yes:{today().toordinal()}:7")
    await club.known("Vera")
    await chat.says("Vera", "/menu")
    assert "Only members" in await forge(chat, "Vera", "buy-trial")
    await chat.says("Anna", "/subscribe")
    await tap(chat, "Anna", "🎁 Free trial")
    for said in ("/admin", "[💳 Subscriptions]", "[⚙️ Rules]", "[✏️ Free trial]", "0"):
        await chat.says("Asha", said)
    said = "\n".join(await chat.says("Anna", "[✅ Begin it now]"))
    assert "The club gives no free trial now." in said
    async with db.reading() as repos:
        assert await repos.subscriptions.list_of(anna.id) == []
