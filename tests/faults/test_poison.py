"""Updates that fail by a fault of ours, and updates that are no updates: the others go on."""

import json
import random
from collections import Counter
from copy import deepcopy

import pytest

from bot.routers import menu
from tests.faults import life

pytestmark = pytest.mark.timeout(240)
JUNK = (
    None, True, 0, -1, 2**31, 2**63, 2**70, 1.5, "", "x", "\ud800", "\x00", "💣" * 300, [], {},
    [[[]]], {"id": 1}, {"type": "tomorrow"}, "/start", "apr-approve:1:0", "a" * 5000,
)  # fmt: skip


def whoami_fails() -> None:
    """In a worker: whoever asks who they are meets a bug."""

    async def fail(_message):
        raise RuntimeError("poison")

    menu.who_am_i = fail


async def test_a_poison_is_set_aside_and_everybody_else_is_served(stage):
    stage.poisoned = True
    await stage.start(2, before=whoami_fails)
    names = await life.crowd(stage, 110)
    bad, good = names[:100], names[100:]
    stage.engine.webhook_of(stage.engine.bot).max_connections = 40
    poison = [stage.chat.act(name, "/whoami") for name in bad]
    waits = [await stage.says(name, "/start", 30) for name in good]
    for update in poison:
        await stage.engine.handled(update, timeout=60)
    async with stage.db.reading() as repos:
        assert len(await repos.quarantine.list_quarantined(stage.engine.bot.id)) == len(bad)
    for name in bad:
        assert len([text for text in stage.heard(name) if "Something went wrong" in text]) == 1
    await stage.says(bad[0], "/start")  # their chat goes on
    assert "Welcome" in stage.heard(bad[0])[-1]
    print(f"  100 chats poisoned; longest wait of the others {max(waits):.1f} s")
    await stage.all_is_well()


async def test_mutated_updates_are_taken_and_harm_nobody(stage, many):
    """Always 2xx, or 400 for what is no JSON; the worker lives, and answers others at once."""
    stage.poisoned = True  # what cannot be read waits for an operator
    rng = random.Random(seed := random.randrange(10**6))
    print(f"  seed {seed}")
    (worker,) = await stage.start()
    (name,) = await life.crowd(stage, 1)
    models = [
        stage.take(lambda: stage.chat.act(name, "/start")),
        stage.take(
            lambda: stage.engine.press(stage.club.people[name], stage.club.people[name].id, 1, "x")
        ),
        stage.take(lambda: stage.engine.block(stage.club.people[name])),
        stage.take(lambda: stage.engine.unblock(stage.club.people[name])),
    ]
    for number in range(many(500, long=10_000)):
        update = mutated(rng.choice(models), rng)
        if isinstance(update.get("update_id"), int):
            update["update_id"] += number
        body = json.dumps(update).encode()
        status = await stage.balancer.post_raw(body, secret="s3cret", port=worker.port)
        assert status in {200, 400}, (status, update, worker.log[-1500:])
    assert worker.is_alive
    assert await stage.says(name, "/start", 5) < 1
    async with stage.db.reading() as repos:
        aside = await repos.quarantine.list_quarantined(stage.engine.bot.id)
    print(f"  {len(aside)} set aside: {Counter(one.error.split(':')[0][-40:] for one in aside)}")
    stage.engine.journal.calls.clear()  # to chats and people that never were
    await stage.all_is_well()


def mutated(update: dict, rng: random.Random) -> dict:
    """A copy with one to three places changed, dropped or put where they do not belong."""
    copy = json.loads(json.dumps(update))
    for _ in range(rng.randint(1, 3)):
        places = list(_places(copy))
        holder, key = rng.choice(places)
        if rng.random() < 0.25:
            holder.pop(key)
        else:
            holder[key] = deepcopy(rng.choice(JUNK))
        if not copy:
            break
    return copy


def _places(value):
    """Every (container, key) in a tree of JSON."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
