"""A subscription changed by admins: extended, frozen, cancelled, taken back; each time once."""

import asyncio
from datetime import timedelta

import pytest

from bot.models.subscriptions import ChangeKind
from tests.stories.subscribing import changes_of, day, last_days, open_card, subscribed, today

EXTEND = ("[➕ Extend]", "5", "Sorry for the closed week")


@pytest.fixture
async def anna(club):
    return await club.member("Anna")


@pytest.fixture
async def asha(club):
    return await club.admin("Asha")


async def test_it_is_extended_with_a_reason_that_the_member_reads(chat, club, db, asha, anna):
    await subscribed(db, anna, asha)
    await open_card(chat)
    await chat.play(f"""
        Asha: [➕ Extend]
        bot*: ➕ Anna Rao: 30 Days
            {day(0)} to {day(29)}
            By how many days? <...> [⬅️ Back] [✖️ Cancel]
        Asha: a week
        bot: “a week” is not a number of days. <...> [✖️ Cancel]
        Asha: -30
        bot: That cannot be: it is over, cancelled, <...> [✖️ Cancel]
        Asha: +5 days
        bot: ➕ Anna Rao: 30 Days
            {day(0)} to {day(29)}
            Why? They will read it. <...> [⬅️ Back] [✖️ Cancel]
        Asha: {{photo}}
        bot: Please answer with a text message. [✖️ Cancel]
        Asha: <closed> a week
        bot: ➕ Anna Rao: 30 Days
            {day(0)} to {day(29)}
            5 days longer
            New last day: {day(34)}
            Reason: <closed> a week [✅ Yes, change it] [⬅️ Back] [✖️ Cancel]
        Asha: ok
        bot: Please tap one of the buttons above. [✖️ Cancel]
    """)
    said = "\n".join(await chat.says("Asha", "[✅ Yes, change it]"))
    assert f"Active until {day(34)}, 35 days left" in said
    assert "Asha extended it by 5 days: <closed> a week" in said
    assert f"bot → Anna: 💳 30 Days was changed; its last day is {day(34)}." in said
    assert await last_days(db, anna) == [today() + timedelta(days=34)]


async def test_it_is_shortened_and_taken_back_and_the_log_says_so(chat, club, db, anna):
    vera = await club.owner("Vera")
    number = await subscribed(db, anna, vera)
    await open_card(chat, who="Vera")
    for said in ("[➕ Extend]", "−3", "typo"):
        await chat.says("Vera", said)
    await chat.says("Vera", "[✅ Yes, change it]")
    asked = "\n".join(await chat.says("Vera", "[↩️ Undo the last change]"))
    assert "Vera shortened it by 3 days. That would be taken back." in asked
    updates = [chat.act("Vera", "[✅ Yes, undo it]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    kinds = [each.change.kind for each in await changes_of(db, number)]
    assert kinds == [ChangeKind.EXTEND, ChangeKind.UNDO]
    shown = await open_card(chat, who="Vera")
    assert "Vera took back: shortened it by 3 days" in shown
    assert "Undo" not in shown
    await chat.says("Vera", "/owner")
    log = "\n".join(await chat.says("Vera", "[📜 Audit log]"))
    assert (
        f"changed the last day of the subscription of Anna Rao, last day {day(26)}: “typo”" in log
    )
    assert f"took back the last change of the subscription of Anna Rao, last day {day(29)}" in log


async def test_it_is_frozen_from_a_day_and_runs_again(chat, club, db, asha, anna):
    await subscribed(db, anna, asha, since=2)
    await open_card(chat)
    await chat.play(f"""
        Asha: [❄️ Freeze]
        bot*: ❄️ Anna Rao: 30 Days
            {day(-2)} to {day(27)}
            From which day <...> [📅 Today] [⬅️ Back] [✖️ Cancel]
        Asha: 31.02.
        bot: “31.02.” is not a day. <...> [✖️ Cancel]
        Asha: {day(-1)}
        bot: That cannot be: <...> [✖️ Cancel]
        Asha: [📅 Today]
        bot*: ❄️ Anna Rao: 30 Days
            {day(-2)} to {day(27)}
            For how many days? Send a number like 7. [⬅️ Back] [✖️ Cancel]
        Asha: 31
        bot: Days of freeze that are left for this subscription: 30. [✖️ Cancel]
        Asha: 0
        bot: “0” is not a number of days. <...> [✖️ Cancel]
        Asha: 10
        bot: ❄️ Anna Rao: 30 Days
            {day(-2)} to {day(27)}
            Why? <...> [⬅️ Back] [✖️ Cancel]
        Asha: holiday
        bot: ❄️ Anna Rao: 30 Days
            {day(-2)} to {day(27)}
            Frozen from {day(0)} for 10 days
            New last day: {day(37)}
            Reason: holiday [✅ Yes, freeze it] [⬅️ Back] [✖️ Cancel]
    """)
    frozen = "\n".join(await chat.says("Asha", "[✅ Yes, freeze it]"))
    assert f"Frozen until {day(37)}, 38 days left" in frozen
    asked = "\n".join(await chat.says("Asha", "[☀️ Unfreeze]"))
    assert f"It runs again from today. New last day: {day(27)}" in asked
    updates = [chat.act("Asha", "[✅ Yes, unfreeze it]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert await last_days(db, anna) == [today() + timedelta(days=27)]
    assert f"Active until {day(27)}" in await open_card(chat)


async def test_no_day_is_frozen_twice(chat, db, asha, anna):
    await subscribed(db, anna, asha)
    await subscribed(db, anna, asha, since=-30, name="Next")
    await open_card(chat)
    for said in ("[❄️ Freeze]", day(10), "5"):
        await chat.says("Asha", said)
    asked = "\n".join(await chat.says("Asha", "holiday"))
    assert f"Next begins on {day(30)} all the same: both run for 5 days." in asked
    for said in ("[✅ Yes, freeze it]", "[❄️ Freeze]"):
        await chat.says("Asha", said)
    await chat.says("Asha", day(8))
    refused = "\n".join(await chat.says("Asha", "3"))
    assert "It is frozen already on one of these days." in refused
    assert "Why?" in "\n".join(await chat.says("Asha", "2"))


async def test_it_is_cancelled_after_a_reason_and_a_yes(chat, club, db, asha, anna):
    number = await subscribed(db, anna, asha, since=3)
    await open_card(chat)
    await chat.says("Asha", "[🚫 Cancel]")
    await chat.says("Asha", "moved away")
    assert await changes_of(db, number) == []
    updates = [chat.act("Asha", "[🚫 Yes, cancel it]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert len(await changes_of(db, number)) == 1
    shown = await open_card(chat)
    assert f"Locked: the last one ended on {day(-1)}" in shown
    assert f"🚫 cancelled from {day(0)}" in shown
    assert "Extend" not in shown
    await chat.says("Asha", "[↩️ Undo the last change]")
    back = "\n".join(await chat.says("Asha", "[✅ Yes, undo it]"))
    assert f"Active until {day(26)}" in back


async def test_leaving_a_form_changes_nothing(chat, db, asha, anna):
    number = await subscribed(db, anna, asha)
    await open_card(chat)
    for said in EXTEND:
        await chat.says("Asha", said)
    assert "Cancelled" in "\n".join(await chat.says("Asha", "[✖️ Cancel]"))
    await open_card(chat)
    for said in EXTEND:
        await chat.says("Asha", said)
    assert "💳 Anna Rao" in "\n".join(await chat.says("Asha", "[⬅️ Back]"))
    assert "did not catch" in "\n".join(await chat.says("Asha", "5"))
    assert await changes_of(db, number) == []


async def test_a_form_that_ran_out_says_so_and_changes_nothing(chat, db, redis, asha, anna):
    number = await subscribed(db, anna, asha)
    await open_card(chat)
    for said in EXTEND:
        await chat.says("Asha", said)
    await redis.flushall()
    said = "\n".join(await chat.says("Asha", "[✅ Yes, change it]"))
    assert "Done" not in said
    assert await changes_of(db, number) == []


async def test_of_two_admins_who_saw_the_same_one_is_asked_to_look_again(
    chat, club, db, asha, anna
):
    await club.admin("Bina")
    number = await subscribed(db, anna, asha)
    for who in ("Asha", "Bina"):
        await open_card(chat, who=who)
        for said in EXTEND:
            await chat.says(who, said)
    updates = [chat.act(who, "[✅ Yes, change it]") for who in ("Asha", "Bina")]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert len(await changes_of(db, number)) == 1
    told = [
        str(call.params.get("text"))
        for call in chat.engine.calls
        if "look at it again" in str(call.params.get("text"))
    ]
    assert len(told) == 1
    assert await last_days(db, anna) == [today() + timedelta(days=34)]


async def test_a_double_tap_extends_once(chat, db, asha, anna):
    number = await subscribed(db, anna, asha)
    await open_card(chat)
    for said in EXTEND:
        await chat.says("Asha", said)
    updates = [chat.act("Asha", "[✅ Yes, change it]") for _ in range(2)]
    await asyncio.gather(*map(chat.engine.handled, updates))
    assert len(await changes_of(db, number)) == 1


async def test_members_cannot_press_what_admins_press(chat, club, db, asha, anna):
    number = await subscribed(db, anna, asha)
    await chat.says("Anna", "/menu")
    person = club.people["Anna"]
    zeros = "0" * 32
    for data in (
        f"sub-person:{anna.id}",
        f"sub-show:{number}",
        f"sub-extend:{number}",
        f"sub-freeze:{number}",
        f"sub-cancel:{number}",
        f"sub-move:{number}",
        f"sub-thaw-yes:{number}:{zeros}:739000",
        f"sub-undo-yes:{number}:1:{zeros}",
        "sub-later:1",
        "sub-rule:grace_days",
        "plan-switch:1:0",
        "plan-up:2:2",
        "plan-clear:1:rate_bps",
    ):
        before = len(chat.engine.calls)
        await chat.engine.handled(chat.engine.press(person, person.id, 2, data))
        said = [str(call.params.get("text")) for call in chat.engine.calls[before:]]
        assert any("for admins of the club only" in text for text in said), (data, said)
    assert await changes_of(db, number) == []
