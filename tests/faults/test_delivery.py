"""The same update twice, late, out of order, on two workers at once; two people at one thing."""

import asyncio
from functools import partial
from time import monotonic

import pytest

from bot.keyboards.team import AskRemoval
from tests.chat import PNG
from tests.faults import life

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
async def pair(stage):
    """Two webhook workers, and an admin and an owner who have said hello."""
    await stage.club.admin("Asha")
    await stage.club.owner("Olga")
    stage.pair = await stage.start(2)
    for name in ("Asha", "Olga"):
        await stage.says(name, "/start")
    return stage


def screen(stage, who):
    """The newest message of the bot in this person's chat."""
    user = stage.club.people[who]
    return [one for one in stage.engine.chat_messages(user.id) if one.sender is not user][-1]


def approval(stage, who, registration_id) -> dict:
    """The update of that admin's tap, for the test to deliver."""
    shown = screen(stage, who)
    return stage.take(lambda: life.approve(stage, who, shown, registration_id))


async def demotion(stage, admin) -> dict:
    """The update of Olga's last tap that takes this admin's office, for the test to deliver."""
    await stage.says("Olga", "/owner")  # a card would be redrawn under her finger
    owner = stage.club.people["Olga"]
    seen = stage.engine.chat_messages(owner.id)
    shown = next(one for one in reversed(seen) if "Owner panel" in (one.text or ""))
    ask = AskRemoval(person_id=admin.id).pack()
    await stage.engine.handled(stage.engine.press(owner, owner.id, shown.id, ask))
    yes = shown.buttons[0][0]["callback_data"]
    return stage.take(partial(stage.engine.press, owner, owner.id, shown.id, yes))


async def at_once(stage, *updates) -> list[int]:
    """Each to a worker of its own, at the same instant; a 503 again, as Telegram does."""
    ports = [worker.port for worker in stage.pair]
    posts = [stage.post_again(one, port=ports[at % len(ports)]) for at, one in enumerate(updates)]
    return await asyncio.gather(*posts)


async def audited(stage, action) -> int:
    async with stage.db.reading() as repos:
        return len([e for e in await repos.audit.list_latest(limit=10_000) if e.action == action])


def answered(stage) -> int:
    return len(
        {
            call.params["callback_query_id"]
            for call in stage.engine.calls
            if call.method == "answerCallbackQuery" and call.status == 200
        }
    )


def times(many) -> int:
    return many(20, long=200)


@pytest.mark.alone
async def test_an_update_comes_again_a_second_later(pair):
    (filed,) = await life.applied(pair, "Mk1")
    shown, update = screen(pair, "Asha"), approval(pair, "Asha", filed)
    assert await pair.post(update) == 200
    await asyncio.sleep(1)
    calls, began = len(pair.engine.calls), monotonic()
    assert await pair.post(update) == 200
    assert monotonic() - began < 1
    drawn = [
        call for call in pair.engine.calls[calls:] if call.params.get("message_id") == shown.id
    ]
    assert not drawn
    assert await audited(pair, "registration approved") == 1
    await pair.all_is_well()


async def test_one_update_reaches_two_workers_at_the_same_instant(pair, many):
    filed = await life.applied(pair, *(f"Mk{number}" for number in range(times(many))))
    for one in filed:
        update = approval(pair, "Asha", one)
        assert await at_once(pair, update, update) == [200, 200]
    assert await audited(pair, "registration approved") == len(filed)
    await pair.all_is_well()


async def test_a_double_tap_is_one_decision_and_both_taps_are_answered(pair, many):
    filed = await life.applied(pair, *(f"Mk{number}" for number in range(times(many))))
    for number, one in enumerate(filed):
        first, second = (approval(pair, "Asha", one) for _ in range(2))
        late = asyncio.ensure_future(pair.post(first))
        await asyncio.sleep(number % 5 / 100)
        assert await pair.post(second) == 200
        assert await late == 200
    assert await audited(pair, "registration approved") == len(filed)
    assert answered(pair) == 2 * len(filed)
    await pair.all_is_well()


@pytest.mark.alone
async def test_ten_taps_in_a_moment_are_one_registration(pair):
    pair.club.visitor("Mk1")
    await life.fill(pair, "Mk1")
    before = answered(pair)
    taps = [pair.take(lambda: pair.chat.act("Mk1", life.SUBMIT)) for _ in range(10)]
    while taps:  # what is too busy says so, and Telegram brings it again
        statuses = await at_once(pair, *taps)
        assert set(statuses) <= {200, 503}
        taps = [tap for tap, status in zip(taps, statuses, strict=True) if status == 503]
    assert answered(pair) - before >= 10
    async with pair.db.reading() as repos:
        assert await repos.registrations.count_pending() == 1
    await pair.all_is_well()


async def test_two_admins_decide_within_a_moment(pair, many):
    filed = await life.applied(pair, *(f"Mk{number}" for number in range(times(many))))
    for one in filed:
        taps = approval(pair, "Asha", one), approval(pair, "Olga", one)
        assert await at_once(pair, *taps) == [200, 200]
    assert await audited(pair, "registration approved") == len(filed)
    await pair.quiet()
    told = [call.params.get("text", "") for call in pair.engine.calls if call.chat_id is None]
    assert len([text for text in told if "Approved. Mk" in text]) == len(filed)  # one winner each
    await pair.all_is_well()


async def test_one_admin_approves_while_the_other_rejects(pair, many):
    filed = await life.applied(pair, *(f"Mk{number}" for number in range(times(many))))
    for one in filed:
        shown = screen(pair, "Olga")
        await pair.engine.handled(life.reject(pair, "Olga", shown, one))
        reason = pair.take(lambda: pair.chat.act("Olga", "No room."))
        assert await at_once(pair, approval(pair, "Asha", one), reason) == [200, 200]
    yes = await audited(pair, "registration approved")
    no = await audited(pair, "registration rejected")
    assert yes + no == len(filed)
    print(f"  {yes} approved, {no} rejected")
    await pair.all_is_well()


async def test_two_admins_delete_one_member_at_once(pair, many):
    for number in range(times(many)):
        person = await pair.club.member(f"Mk{number}")
        for name in ("Asha", "Olga"):
            await pair.engine.handled(life.ask_to_delete(pair, name, person.id))
        taps = [
            pair.take(lambda name=name: pair.chat.act(name, "[🗑 Yes, delete]"))
            for name in ("Asha", "Olga")
        ]
        assert await at_once(pair, *taps) == [200, 200]
    assert await audited(pair, "member deleted") == times(many)
    await pair.all_is_well()


async def test_an_admin_is_demoted_while_they_approve(pair, many):
    """Never is there an approval after the demotion."""
    for number in range(times(many)):
        admin = await pair.club.admin(f"Admin{number}")
        (filed,) = await life.applied(pair, f"Mk{number}")
        await pair.says(f"Admin{number}", "/start")
        tap = approval(pair, f"Admin{number}", filed)
        assert await at_once(pair, tap, await demotion(pair, admin)) == [200, 200]
        async with pair.db.reading() as repos:
            entries = {e.action: e.id for e in await repos.audit.list_latest(limit=2)}
        assert "office taken" in entries
        assert entries.get("registration approved", 0) < entries["office taken"]
    await pair.all_is_well()


async def test_a_demoted_admin_s_old_buttons_are_dead_at_the_next_tap(pair):
    admin = await pair.club.admin("Bina")
    (filed,) = await life.applied(pair, "Mk1")
    await pair.says("Bina", "/start")
    assert await pair.post(await demotion(pair, admin)) == 200
    assert await pair.post(approval(pair, "Bina", filed)) == 200
    assert await audited(pair, "registration approved") == 0
    await pair.all_is_well()


async def test_an_old_keyboard_pressed_a_day_later_changes_nothing(pair):
    (filed,) = await life.applied(pair, "Mk1")
    shown = await life.card(pair, "Asha", filed)
    await pair.engine.handled(life.approve(pair, "Asha", shown, filed))
    pair.engine.clock.advance(86_400)
    await pair.engine.handled(life.approve(pair, "Asha", shown, filed))
    assert await audited(pair, "registration approved") == 1
    assert not shown.buttons
    await pair.all_is_well()


async def test_whoever_posted_hangs_up_before_the_answer(pair):
    (filed,) = await life.applied(pair, "Mk1")
    update = approval(pair, "Asha", filed)
    with pair.to_postgres.suffering(latency=0.1):
        post = asyncio.ensure_future(pair.post(update, port=pair.pair[0].port))
        await asyncio.sleep(0.3)
        post.cancel()
        assert await pair.post(update, port=pair.pair[1].port) in {200, 503}
    assert await pair.post(update) == 200
    assert await audited(pair, "registration approved") == 1
    await pair.all_is_well()


async def test_numbers_start_anew_at_a_lower_one(pair):
    pair.club.visitor("Mk1")
    await pair.says("Mk1", "/register")
    pair.queue._next_id = 1000
    await pair.plays("Mk1", "Mk1 Rao", "98765 43210")
    assert "How old" in pair.heard("Mk1")[-1]
    await pair.all_is_well()


async def test_updates_of_different_people_arrive_out_of_order(pair):
    names = await life.crowd(pair, 10)
    hellos = [pair.take(lambda name=name: pair.chat.act(name, "/start")) for name in names]
    assert await at_once(pair, *reversed(hellos)) == [200] * 10
    await pair.all_is_well()


async def test_an_answer_and_a_tap_on_cancel_at_the_same_instant(pair, many):
    """Either comes first; never is an answer kept in a form that was left."""
    for number in range(times(many)):
        name = f"Mk{number}"
        pair.club.visitor(name)
        await pair.plays(name, "/register", f"{name} Rao", "98765 43210")
        cancel = pair.take(lambda name=name: pair.chat.act(name, "[✖️ Cancel]"))
        answer = pair.take(lambda name=name: pair.chat.act(name, "28"))
        assert await at_once(pair, answer, cancel) == [200, 200]
        await pair.says(name, "/whoami")
        assert not await pair.redis.zscore(
            f"clubdesk:{{{pair.engine.bot.id}}}:deadlines",
            f"{pair.engine.bot.id}:{pair.club.people[name].id}:{pair.club.people[name].id}",
        )
    await pair.all_is_well()


async def test_a_burst_of_answers_over_two_workers_fills_no_step_twice(pair):
    pair.club.visitor("Mk1")
    await pair.says("Mk1", "/register")
    burst = [pair.take(lambda text=text: pair.chat.act("Mk1", text)) for text in ["Mk1 Rao"] * 10]
    assert await at_once(pair, *burst) == [200] * 10
    said = pair.heard("Mk1")[1:]
    assert len([text for text in said if "(2/8)" in text]) == 1
    assert len(said) == 10  # the others were refused, each with a word
    await pair.all_is_well()


async def test_an_album_as_a_photo_is_one_answer(pair):
    pair.club.visitor("Mk1")
    await pair.plays("Mk1", "/register", "Mk1 Rao", "98765 43210", "28", "[Female]", "62.5")
    person, before = pair.club.people["Mk1"], len(pair.heard("Mk1"))
    album = [pair.take(lambda: pair.engine.send_photo(person, PNG, album="7")) for _ in range(10)]
    assert await at_once(pair, *album) == [200] * 10
    assert len(pair.heard("Mk1")) == before + 1
    await pair.all_is_well()


async def test_an_answer_edited_afterwards_changes_nothing(pair):
    pair.club.visitor("Mk1")
    await pair.plays("Mk1", "/register", "Mk1 Rao", "98765 43210", "28")
    person = pair.club.people["Mk1"]
    typed = [one for one in pair.engine.chat_messages(person.id) if one.text == "28"][-1]
    before = len(pair.heard("Mk1"))
    await pair.engine.handled(pair.engine.edit_text(person, person.id, typed.id, "82"))
    assert len(pair.heard("Mk1")) == before
    await pair.plays("Mk1", "[Female]", "62.5", "[⏭ Skip]", "[✅ I agree]")
    assert "Age: 28" in pair.heard("Mk1")[-1]
    await pair.all_is_well()


async def test_a_tap_on_a_message_that_is_gone_is_answered(pair):
    (filed,) = await life.applied(pair, "Mk1")
    shown, admin = await life.card(pair, "Asha", filed), pair.club.people["Asha"]
    pair.engine.delete_message(admin, admin.id, shown.id)
    deleted, bare = (pair.take(lambda: life.approve(pair, "Asha", shown, filed)) for _ in range(2))
    del bare["callback_query"]["message"]  # as of a message sent by way of an inline query
    assert await at_once(pair, deleted, bare) == [200, 200]
    assert "Approved" in pair.heard("Asha")[-1]
    await pair.all_is_well()
