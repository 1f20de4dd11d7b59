"""Every update takes effect once, and one at a time, over HTTP against real servers.

The form is a probe of the test's own: it counts what it is told, so a doubled, lost or mixed-up
effect shows in the numbers.
"""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup

from bot import startup
from bot.app import open_app
from bot.errors import Unavailable
from bot.keyboards.common import OpenMenu
from bot.models.people import Role
from bot.replies import say
from bot.routers import ORDER, Seat, Tier, _forms
from bot.routers._filters import May, Step
from bot.routers._forms import Form, advance, begin, finish
from tests.conftest import polling


class ProbeForm(StatesGroup):
    one = State()
    two = State()
    three = State()


class Probe:
    """A three-step form that says back what this person typed, and counts every run."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.pause = 0.0
        self.booms = 1_000  # how often «boom» fails

    def build_router(self) -> Router:
        async def start(message, state):
            await begin(state, ProbeForm.one)
            return say("one?")

        async def take_one(message, state):
            self.runs.append(message.text)
            await asyncio.sleep(self.pause)
            await advance(state, ProbeForm.two, one=message.text)
            return say("two?")

        async def take_two(message, state):
            await advance(state, ProbeForm.three, two=message.text)
            if message.text == "boom" and self.booms:
                self.booms -= 1
                raise RuntimeError
            self.runs.append(message.text)
            return say("three?")

        async def take_three(message, state):
            self.runs.append(message.text)
            form = await finish(state, "one", "two")
            return say(f"{form['one']} {form['two']} {message.text}")

        router = Router(name="probe")
        router.message.register(start, Command("probe"), May(Role.VISITOR))
        router.message.register(take_one, Step(ProbeForm.one), May(Role.VISITOR))
        router.message.register(take_two, Step(ProbeForm.two), May(Role.VISITOR))
        router.message.register(take_three, Step(ProbeForm.three), May(Role.VISITOR))
        return router


@pytest.fixture
def probe(monkeypatch) -> Probe:
    found = Probe()
    seat = Seat(Tier.FEATURE, found.build_router, "a form for tests")
    monkeypatch.setattr("bot.app.ORDER", (*ORDER[:-1], seat, ORDER[-1]))
    monkeypatch.setattr(startup, "_seats", lambda *_: ())  # it is not on disk
    monkeypatch.setitem(_forms._BY_NAME, "ProbeForm", Form(ProbeForm, "probe", OpenMenu()))
    return found


@pytest.fixture
async def worker(probe, settings, database_url, redis_url):
    """A worker without a poller: the tests hand it updates themselves."""
    async with open_app(settings, database_url, redis_url) as app:
        yield app


@asynccontextmanager
async def fleet(count, settings, database_url, redis_url):
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(open_app(settings, database_url, redis_url))
            for _ in range(count)
        ]


async def updates(app, sim) -> list:
    """What Telegram has for the bot, confirmed at once: from here on they are the test's."""
    batch = await app.bot.get_updates(timeout=0)
    if batch:
        await app.bot.get_updates(offset=batch[-1].update_id + 1, timeout=0, limit=1)
    return batch


def heard(sim, person) -> list[str]:
    """Everything the bot sent to one person, repeats included."""
    return [
        call.params["text"]
        for call in sim.engine.calls
        if call.method == "sendMessage" and int(call.params["chat_id"]) == person.id
        if call.status == 200
    ]


async def test_a_repeated_update_has_no_second_effect_and_no_second_reply(worker, probe, club, sim):
    anna = club.visitor("Anna")
    sim.engine.send_text(anna, "/probe")
    sim.engine.send_text(anna, "1")
    start, answer = await updates(worker, sim)
    await worker.once.take(start)
    await worker.once.take(answer)
    await worker.once.take(answer)
    assert probe.runs == ["1"]
    assert heard(sim, anna) == ["one?", "two?"]


async def test_a_reply_that_telegram_did_not_take_is_sent_when_the_update_comes_again(
    worker, probe, club, sim
):
    anna = club.visitor("Anna")
    sim.engine.send_text(anna, "/probe")
    sim.engine.send_text(anna, "1")
    start, answer = await updates(worker, sim)
    await worker.once.take(start)
    sim.engine.faults.add(method="sendMessage", times=4, status=502)
    with pytest.raises(Unavailable):
        await worker.once.take(answer)
    await worker.once.take(answer)
    assert probe.runs == ["1"]
    assert heard(sim, anna) == ["one?", "two?"]


async def test_a_worker_that_was_paused_does_not_take_an_older_update_again(
    probe, settings, database_url, redis_url, club, sim
):
    async with fleet(2, settings, database_url, redis_url) as (sleeper, successor):
        anna = club.visitor("Anna")
        for text in ("/probe", "1", "2"):
            sim.engine.send_text(anna, text)
        start, one, two = await updates(sleeper, sim)
        for update in (start, one, two):
            await successor.once.take(update)
        await sleeper.once.take(one)
    assert probe.runs == ["1", "2"]
    assert heard(sim, anna) == ["one?", "two?", "three?"]


async def test_one_update_on_two_workers_at_the_same_instant(
    probe, settings, database_url, redis_url, club, sim
):
    async with fleet(2, settings, database_url, redis_url) as workers:
        for number in range(20):
            anna = club.visitor(f"Anna{number}")
            sim.engine.send_text(anna, "/probe")
            sim.engine.send_text(anna, "1")
            start, answer = await updates(workers[0], sim)
            await workers[0].once.take(start)
            await asyncio.gather(*(worker.once.take(answer) for worker in workers))
            assert heard(sim, anna) == ["one?", "two?"]
            sim.engine.send_text(anna, "2")
            sim.engine.send_text(anna, "3")
            for update in await updates(workers[0], sim):
                await workers[1].once.take(update)
            assert heard(sim, anna)[-1] == "1 2 3"


async def test_a_burst_of_one_person_is_taken_in_order_one_at_a_time(worker, probe, club, sim):
    probe.pause = 0.05
    anna = club.visitor("Anna")
    for text in ("/probe", "1", "2", "3"):
        sim.engine.send_text(anna, text)
    await asyncio.gather(*map(worker.once.take, await updates(worker, sim)))
    assert probe.runs == ["1", "2", "3"]
    assert heard(sim, anna) == ["one?", "two?", "three?", "1 2 3"]


async def test_a_tap_whose_turn_is_late_is_answered_before_its_turn(worker, probe, club, sim):
    probe.pause = 2.5
    anna = club.visitor("Anna")
    sim.engine.send_text(anna, "/probe")
    (start,) = await updates(worker, sim)
    await worker.once.take(start)
    sim.engine.send_text(anna, "1")
    sim.engine.press(anna, anna.id, 999, "nonsense")
    slow, tap = await updates(worker, sim)
    turns = asyncio.gather(worker.once.take(slow), worker.once.take(tap))
    while not [call for call in sim.engine.calls if call.method == "answerCallbackQuery"]:
        await asyncio.sleep(0.02)
    assert heard(sim, anna) == ["one?"]  # the step before it is not done yet
    await turns
    assert heard(sim, anna)[-1].startswith("This button is out of date")


async def test_a_screen_does_not_wait_until_its_buttons_spinner_has_stopped(worker, club, sim):
    anna = club.visitor("Anna")
    sim.engine.start(anna)
    sim.engine.press(anna, anna.id, 999, OpenMenu().pack())
    _, tap = await updates(worker, sim)
    sim.engine.faults.add(method="answerCallbackQuery", kind="slow_headers", seconds=3)
    work = asyncio.ensure_future(worker.once.take(tap))
    while not heard(sim, anna):
        await asyncio.sleep(0.02)
    assert not work.done()
    await work


async def test_a_bug_is_told_with_a_code_and_leaves_the_form_as_it_was(worker, probe, club, sim):
    anna = club.visitor("Anna")
    for text in ("/probe", "1", "boom", "2", "3"):
        sim.engine.send_text(anna, text)
    batch = await updates(worker, sim)
    for update in batch:
        await worker.once.take(update)
    apology = next(text for text in heard(sim, anna) if "went wrong" in text)
    assert str(batch[2].update_id) in apology
    assert heard(sim, anna)[-1] == "1 2 3"


@pytest.mark.alone
async def test_two_hundred_people_in_forms_at_once_without_one_wrong_reply(
    probe, settings, database_url, redis_url, club, sim
):
    people = [club.visitor(f"P{number}") for number in range(200)]

    async def converse(person) -> list[str]:
        for text in ("/probe", f"{person.id}-1", f"{person.id}-2", f"{person.id}-3"):
            await sim.engine.handled(sim.engine.send_text(person, text), timeout=60)
        return heard(sim, person)

    async with open_app(settings, database_url, redis_url) as worker, polling(worker):
        results = await asyncio.gather(*map(converse, people))
    for person, said in zip(people, results, strict=True):
        done = f"{person.id}-1 {person.id}-2 {person.id}-3"
        assert said == ["one?", "two?", "three?", done]
    assert len(probe.runs) == len(set(probe.runs)) == 600
