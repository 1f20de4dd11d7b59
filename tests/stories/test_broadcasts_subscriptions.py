"""Whom a broadcast is for, told by subscriptions, of all plans or of one."""

import pytest

from bot.models.subscriptions import ChangeKind
from tests.stories.broadcasting import begin, read, tap
from tests.stories.invoicing import billed
from tests.stories.memberships import changed, subscribed
from tests.stories.test_visits import club_today

SAYS = {
    "runs": "Subscription runs",
    "ends": "Subscription ends within 7 days",
    "over": "Subscription over",
    "owing": "Owing money",
}


@pytest.fixture
async def people(chat, club, db):
    """Asha's members by how they stand; each owes or has what the name says."""
    asha = await club.admin("Asha")
    ends_in = {"Runs": 20, "Ends": 7, "Eighth": 8, "Grace": -1, "Locked": -8, "Renewed": 1}
    members = {name: await club.member(name) for name in (*ends_in, "Frozen", "Never")}
    for name, days in ends_in.items():
        await subscribed(db, members[name], ends_in=days)
    await subscribed(db, members["Renewed"], ends_in=91, days=90, plan_id=2)
    number = await subscribed(db, members["Frozen"], ends_in=20)
    await changed(db, number, ChangeKind.FREEZE, on=club_today(), days=5, delta=5)
    await subscribed(db, members["Never"], ends_in=40, days=5, plan_id=2)
    await billed(chat.app.services, asha, members["Grace"])
    return asha


def readers(chat, club, text) -> set[str]:
    return {
        name
        for name in club.people
        if text in [m.text for m in read(chat, name) if m.sender is chat.engine.bot]
    }


@pytest.mark.parametrize(
    ("which", "plan", "told"),
    [
        ("runs", "Any plan", {"Runs", "Ends", "Eighth", "Renewed"}),
        ("ends", "Any plan", {"Ends"}),
        ("over", "Any plan", {"Grace", "Locked"}),
        ("owing", "Any plan", {"Grace"}),
        ("runs", "30 Days", {"Runs", "Ends", "Eighth", "Renewed"}),
        ("owing", "30 Days", {"Grace"}),
    ],
)
async def test_each_audience_is_told_and_nobody_else(chat, club, people, which, plan, told):
    await begin(chat, audience=SAYS[which])
    label = next(each for each in chat.buttons("Asha") if each.startswith(plan))
    assert label == f"{plan} · {len(told)}"
    await chat.says("Asha", f"[{label}]")
    preview = "".join(await chat.says("Asha", "Closed on Sunday"))
    assert f"[🚀 Send now · {len(told)} " in preview
    of = "" if plan == "Any plan" else f", {plan}"
    assert f"[👥 Change the audience ({SAYS[which]}{of})]" in preview
    await tap(chat, "Asha", "🚀 Send now")
    await chat.sends_broadcasts()
    assert readers(chat, club, "Closed on Sunday") == told


async def test_only_plans_that_somebody_there_has_are_offered(chat, club, db, people):
    mira = await club.member("Mira")
    await subscribed(db, mira, ends_in=60, days=90, plan_id=2)
    await chat.says("Asha", "/admin")
    await chat.says("Asha", "[📣 Broadcast]")
    await chat.play("""
        Asha: [➕ New broadcast]
        bot*: 📣 Broadcast
            Who is to read it? <...> [Subscription runs · 5] [Subscription ends within 7 days · 1] [Subscription over · 2] [Owing money · 1] [Absent <...>
        Asha: [Subscription runs · 5]
        bot*: 📣 Broadcast
            Of which plan? <...> [Any plan · 5] [30 Days · 4] [90 Days · 1] [⬅️ Back] [✖️ Cancel]
        Asha: the second
        bot: Please tap one of the buttons above. [✖️ Cancel]
        Asha: [⬅️ Back]
        bot*: 📣 Broadcast
            Who is to read it? <...>
    """)  # noqa: E501 -- a screen's line


async def test_who_renews_before_it_is_sent_does_not_get_it(chat, club, db, people):
    await begin(chat, audience=SAYS["over"])
    await tap(chat, "Asha", "Any plan")
    await chat.says("Asha", "Come back")
    async with db.reading() as repos:
        locked = await repos.people.find_by_username("locked")
    await subscribed(db, locked, ends_in=29)
    await tap(chat, "Asha", "🚀 Send now")
    await chat.sends_broadcasts()
    assert readers(chat, club, "Come back") == {"Grace"}


async def test_another_audience_for_a_draft_forgets_the_plan(chat, club, people):
    await begin(chat, audience=SAYS["over"])
    await tap(chat, "Asha", "30 Days")
    await chat.says("Asha", "Come back")
    await tap(chat, "Asha", "👥 Change the audience (Subscription over, 30 Days)")
    await tap(chat, "Asha", "Everyone")
    assert any("Change the audience (Everyone)" in each for each in chat.buttons("Asha"))
    await tap(chat, "Asha", "👥 Change the audience")
    await tap(chat, "Asha", SAYS["runs"])
    await tap(chat, "Asha", "30 Days")
    label = "👥 Change the audience (Subscription runs, 30 Days)"
    assert label in chat.buttons("Asha")
