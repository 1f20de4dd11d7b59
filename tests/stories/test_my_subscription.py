"""What members see of their own subscription."""

import asyncio
from datetime import timedelta

import pytest

from bot.models.purchases import PurchaseStatus, Starts
from bot.models.subscriptions import ChangeKind
from bot.texts.format import calendar_day
from tests.stories.memberships import asked, changed, subscribed
from tests.stories.telling import forge
from tests.stories.test_visits import club_today


def in_days(days: int) -> str:
    return calendar_day(club_today() + timedelta(days=days))


async def test_who_has_none_is_led_to_the_plans(chat, club):
    await club.member("Anna")
    await chat.says("Anna", "/menu")
    await chat.play("""
        Anna: [💳 My subscription]
        bot*: 💳 My subscription
            You have none yet.

            See the plans with /subscribe. [💳 Plans] [🧾 My documents] [⬅️ Back]
        Anna: [💳 Plans]
        bot*: 💳 Subscribe
            • 30 Days: ₹2,500.00 for 30 days
            <...>
            <...>
            Which one would you like? <...>
        Anna: /my_subscription
        bot: 💳 My subscription
            You have none yet.

            <...>
        Anna: [🧾 My documents]
        bot*: 🧾 My documents
            <...>
    """)
    await chat.says("Anna", "/my_subscription")
    assert "☰ Our club" in "".join(await chat.says("Anna", "[⬅️ Back]"))


async def test_what_runs_and_what_follows_on(chat, club, db):
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=11, visits=12)
    await subscribed(db, anna, ends_in=101, days=90, plan_id=2)
    async with db.transaction() as tx:
        await tx.visits.add(anna.id, club_today())
    await chat.play(f"""
        Anna: /my_subscription
        bot: 💳 My subscription
            ✅ Active until {in_days(101)}
            102 days left, today included.
            Visits left: 11

            • 30 Days runs: {in_days(-18)} to {in_days(11)}
            • 90 Days follows: {in_days(12)} to {in_days(101)}

            Renew early with /subscribe: <...> no day is lost. [🔄 Renew] [🧾 My documents] [⬅️ Back]
    """)


@pytest.mark.parametrize(
    ("ends_in", "visits", "said"),
    [
        (0, None, "✅ Active until {0}\n    Today is the last day."),
        (1, None, "✅ Active until {0}\n    2 days left, today included."),
        (
            -1,
            None,
            "⏳ It ended on {0}.\n    You may still come until {7}: 3 check-ins left.",
        ),
        (-7, None, "⏳ It ended on {0}.\n    You may still come until {7}"),
        (-8, None, "🔒 It ended on {0}."),
        (29, 1, "🔒 All its visits are used."),
        (40, None, "📅 It has not begun yet."),
    ],
)
async def test_how_it_stands_in_words(chat, club, db, ends_in, visits, said):
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=ends_in, visits=visits)
    if visits:
        async with db.transaction() as tx:
            await tx.visits.add(anna.id, club_today())
    screen = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert said.format(in_days(ends_in), *[in_days(ends_in + n) for n in range(1, 8)]) in screen


async def test_one_that_is_frozen_says_until_when(chat, club, db):
    anna = await club.member("Anna")
    number = await subscribed(db, anna, ends_in=10)
    await changed(db, number, ChangeKind.FREEZE, on=club_today(), days=5, delta=5)
    screen = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert f"❄️ Frozen until {in_days(4)}\n    It runs until {in_days(15)}." in screen


async def test_who_has_bought_the_next_one_is_not_asked_to_renew(chat, club, db):
    anna = await club.member("Anna")
    for ends_in in (-8, 40):
        await subscribed(db, anna, ends_in=ends_in)
    screen = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert f"🔒 It ended on {in_days(-8)}." in screen
    assert f"30 Days follows: {in_days(11)} to {in_days(40)}" in screen
    assert "Renew it with" not in screen


async def test_what_waits_is_shown_and_withdrawn_once(chat, club, db):
    anna = await club.member("Anna")
    purchase = await asked(chat.app.services, anna)
    await chat.play("""
        Anna: /my_subscription
        bot: 💳 My subscription
            You have none yet.

            🕒 Asked for: 30 Days, ₹2,500.00. The club looks at it; <...> [↩️ Withdraw] [🧾 My documents] [⬅️ Back]
    """)  # noqa: E501 -- a screen's line
    taps = [chat.act("Anna", "[↩️ Withdraw]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, taps))
    screen = chat.engine.chat_messages(club.people["Anna"].id)[-1].text
    assert screen.startswith("↩️ Withdrawn.\n\n💳 My subscription\nYou have none yet.")
    async with db.reading() as repos:
        assert (await repos.purchases.find(purchase.id)).status is PurchaseStatus.WITHDRAWN


async def test_what_was_decided_meanwhile_or_is_another_s_is_not_withdrawn(chat, club, db):
    asha, anna = await club.admin("Asha"), await club.member("Anna")
    await club.member("Mallory")
    services = chat.app.services
    purchase = await asked(services, anna)
    await chat.says("Anna", "/my_subscription")
    await chat.says("Mallory", "/my_subscription")
    said = await forge(chat, "Mallory", f"mysub-withdraw:{purchase.id}")
    assert said == "This request is not there."
    await services.purchases.reject(purchase.id, reason="no", by=asha)
    said = await forge(chat, "Anna", f"mysub-withdraw:{purchase.id}")
    assert "The club has decided on it already." in said


async def test_a_renewal_that_waits_says_so_beside_what_runs(chat, club, db):
    anna = await club.member("Anna")
    await subscribed(db, anna, ends_in=3)
    await asked(chat.app.services, anna, starts=Starts.AFTER)
    screen = "\n".join(await chat.says("Anna", "/my_subscription"))
    assert "✅ Active until" in screen
    assert "🕒 Asked for: 30 Days" in screen
    assert "🔄 Renew" not in screen


async def test_it_is_for_members(chat, club):
    await club.known("Ravi")
    said = "".join(await chat.says("Ravi", "/my_subscription"))
    assert "This is for members of the club only." in said


async def test_without_a_plan_on_sale_the_club_is_asked(chat, club, db):
    await club.member("Anna")
    async with db.transaction() as tx:
        await tx.plans._conn.execute("UPDATE plans SET is_on_sale = false")
    assert "Nothing is on sale now. Please ask the club." in "".join(
        await chat.says("Anna", "/subscribe")
    )
