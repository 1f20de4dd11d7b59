"""A worker dies at the n-th await of an update, for every n; whoever follows finishes it, once."""

import asyncio
import itertools
from uuid import uuid4

import pytest

from bot.jobs.outbox import Outbox
from bot.models.broadcasts import Content, NewBroadcast, Segment, SegmentKind
from bot.stopping import pause
from tests.faults import life, subscriptions
from tests.faults.bulk_changes import ExtendingAll
from tests.faults.claims import Reporting, Splitting
from tests.faults.corrections import Crediting, GivingBack, Reversing
from tests.faults.dying import Death
from tests.faults.invoices import Issuing, SendingAgain
from tests.faults.payments import SpendingCredit
from tests.faults.receivables import Recording, UsingCredit
from tests.faults.verifications import Asking, LettingStand, Verifying
from tests.faults.visits import LettingIn, Visit
from tests.postgres import connected
from tests.workbooks import workbook

AT_ONCE = 4  # doomed workers started side by side


class Approval:
    of = "apr-approve"

    async def prepare(self, stage, names) -> None:
        self.ids = dict(zip(names, await life.applied(stage, *names), strict=True))
        self.cards = {name: await life.card(stage, "Asha", self.ids[name]) for name in names}

    def act(self, stage, name) -> int:
        return life.approve(stage, "Asha", self.cards[name], self.ids[name])

    async def check(self, stage, name) -> None:
        assert "Approved by Asha" in self.cards[name].text
        assert len([text for text in stage.heard(name) if "Welcome" in text]) == 1
        assert await effects(stage, name) == ["registration approved"]


class Rejection(Approval):
    of = "Because of"

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", f"Because of {name}")

    async def before(self, stage, name) -> None:
        asked = life.reject(stage, "Asha", self.cards[name], self.ids[name])
        await stage.engine.handled(asked)

    async def check(self, stage, name) -> None:
        assert f"Because of {name}" in self.cards[name].text
        assert len([text for text in stage.heard(name) if f"Because of {name}" in text]) == 1
        assert await effects(stage, name) == ["registration rejected"]


class Submission:
    of = "reg-submit"

    async def prepare(self, stage, names) -> None:
        for name in names:
            stage.club.visitor(name)
        await asyncio.gather(*(life.fill(stage, name) for name in names))

    def act(self, stage, name) -> int:
        return stage.chat.act(name, life.SUBMIT)

    async def check(self, stage, name) -> None:
        cards = [text for text in stage.heard("Asha") if f"{name} Rao" in text]
        assert len(cards) == 1
        assert "with the club" in stage.heard(name)[-1]  # the reply arrived
        async with stage.db.reading() as repos:
            person = await repos.people.find_by_telegram_id(stage.club.people[name].id)
            assert len(await repos.registrations.list_of(person.id)) == 1


class Deletion:
    of = "mem-del-yes"

    async def prepare(self, stage, names) -> None:
        self.ids = {name: (await stage.club.member(name)).id for name in names}
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        await stage.engine.handled(life.ask_to_delete(stage, "Asha", self.ids[name]))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[🗑 Yes, delete]")

    async def check(self, stage, name) -> None:
        async with stage.db.reading() as repos:
            left = await repos.members.find_card(self.ids[name])
            entries = await repos.audit.list_about(self.ids[name])
        assert (left.person.is_deleted, left.profile) == (True, None)
        assert [entry.action for entry in entries] == ["member deleted"]
        assert len([text for text in stage.heard("Asha") if "Deleted." in text]) >= len(self.ids)


class Broadcast:
    of = "bc-send"

    async def prepare(self, stage, names) -> None:
        if not any(worker.orders.road == "jobs" for worker in stage.workers):
            await stage.start(1, "jobs")
        asha = await stage.person("Asha")
        self.numbers = {}
        for name in names:
            member = await stage.club.member(name)
            segment = Segment(kind=SegmentKind.PICKED, people=(member.id,))
            content = Content(html="Closed on Sunday")
            new = NewBroadcast(operation_id=uuid4(), segment=segment, content=content)
            async with stage.db.transaction() as tx:
                self.numbers[name] = await tx.broadcasts.add(new, by=asha.id)
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        return life.send_broadcast(stage, "Asha", self.numbers[name])

    async def check(self, stage, name) -> None:
        number = self.numbers[name]
        async with connected(stage.database_url) as conn:
            sql = "SELECT count(*) FROM audit_log WHERE action = 'broadcast sent'"
            assert await conn.fetchval(f"{sql} AND after ->> 'broadcast' = $1", str(number)) == 1
        assert stage.heard(name) == ["Closed on Sunday"]


class Saving:
    """An item that the form has asked for, question by question."""

    of = "item-save"
    steps = ("[🛒 Store]", "[➕ Add item]", "{}", "[⏭ No code]", "500", "[18 %]", "[⏭ Not counted]")

    async def prepare(self, stage, names) -> None:
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        for step in ("/admin", *self.steps):
            await stage.says("Asha", step.format(name))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Save]")

    async def check(self, stage, name) -> None:
        async with stage.db.reading() as repos:
            named = [item for item in await repos.items.list_all() if item.name == name]
        assert len(named) == 1
        assert await added_in_the_log(stage, named[0].serial) == 1


class Applying(Saving):
    """A file of one item."""

    of = "item-up-apply"

    async def before(self, stage, name) -> None:
        for step in ("/admin", "[🛒 Store]", "[📥 Upload Excel]"):
            await stage.says("Asha", step)
        asha, file = stage.club.people["Asha"], workbook(("", name, "", 500, 18))
        await stage.engine.handled(stage.engine.send_document(asha, "items.xlsx", file))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Apply]")

    async def check(self, stage, name) -> None:
        async with stage.db.reading() as repos:
            names = [item.name for item in await repos.items.list_all()]
            entries = await repos.audit.list_latest(limit=1000)
        assert names.count(name) == 1
        assert [entry.after["added"] for entry in entries] == [1] * len(names)


async def added_in_the_log(stage, serial) -> int:
    async with stage.db.reading() as repos:
        entries = await repos.audit.list_latest(limit=1000)
    return len([entry for entry in entries if entry.after.get("serial") == serial])


async def effects(stage, name) -> list[str]:
    person = await stage.person(name)
    async with stage.db.reading() as repos:
        return [entry.action for entry in await repos.audit.list_about(person.id)]


def outbox_rests() -> None:
    # The death of a sender has a test of its own.
    async def rest(_self, stopping):
        await pause(stopping, 3600)

    Outbox.run = rest


SHORT = [Approval, Submission, Deletion, Broadcast, Issuing]
SHORT += [Reporting, Verifying, Crediting, Recording, subscriptions.Activating]
PATHS = [*SHORT, Rejection, Visit, Saving, Applying, SendingAgain, Splitting, LettingStand]
PATHS += [Asking, Reversing, GivingBack, UsingCredit, SpendingCredit, ExtendingAll]
PATHS += [*subscriptions.PATHS, LettingIn]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.timeout(300)
async def test_the_other_worker_finishes_what_a_killed_one_began(stage, path, many, request):
    if path not in SHORT:  # it takes the same ways through services and replies
        request.getfixturevalue("long_only")
    await stage.club.admin("Asha")
    (survivor,) = await stage.start()
    step = many(getattr(path, "apart", 8), long=1)
    deaths = await die_at_every_await(stage, path(), step=step, survivor=survivor)
    print(f"\n  {path.__name__}: killed {deaths} times, {step} awaits apart; the other finished it")
    assert deaths * step > 20
    await stage.all_is_well()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.timeout(600)
async def test_the_only_worker_finishes_it_when_started_again(stage, path, many, request):
    if path not in {Approval, Deletion}:
        request.getfixturevalue("long_only")
    await stage.club.admin("Asha")
    (helper,) = await stage.start()
    step = many(12, long=1)
    deaths = await die_at_every_await(stage, path(), step=step, survivor=helper, alone=True)
    print(f"\n  {path.__name__}: killed {deaths} times, {step} awaits apart; finished by the next")
    assert deaths * step > 20
    await stage.all_is_well()


async def die_at_every_await(stage, path, *, step, survivor, alone=False) -> int:
    """Returns how often a worker died before an update got through."""
    for first in itertools.count(1, step * AT_ONCE):
        numbers = range(first, first + step * AT_ONCE, step)
        names = [f"Mk{number}" for number in numbers]
        doomed = [
            stage.fork(death=Death(path.of, number), before=outbox_rests) for number in numbers
        ]
        for worker in doomed:
            stage.drop(worker)
        await path.prepare(stage, names)
        died = 0
        for name, worker in zip(names, doomed, strict=True):
            died += await _dies(stage, path, name, await worker.ready(), survivor, alone=alone)
        await stage.quiet()
        for name in names:
            await path.check(stage, name)
        for worker in doomed:
            if worker.is_alive:
                await worker.kill()
        if died < len(numbers):
            return (first - 1) // step + died
    raise AssertionError


async def _dies(stage, path, name, doomed, survivor, *, alone) -> bool:
    """Let the doomed worker take the update, and the survivor, or a fresh one, what it left."""
    if before := getattr(path, "before", None):
        await before(stage, name)
    stage.balancer.workers.appendleft(doomed.port)
    if alone:
        stage.drop(survivor)
    update = path.act(stage, name)
    if alone and await _ended(doomed, stage, update):
        stage.balancer.workers.append(survivor.port)
        survivor = await stage.replace(survivor) if not survivor.is_alive else survivor
    await stage.engine.handled(update, timeout=30)
    stage.drop(doomed)
    if survivor.port not in stage.balancer.workers:
        stage.balancer.workers.append(survivor.port)
    return not _has_done(doomed, update)


def _has_done(worker, update) -> bool:
    """A worker notes an update when it is done with it, and the dead note nothing."""
    lines = worker.log.splitlines()
    return any('"event": "update"' in line and f'"update_id": {update}' in line for line in lines)


async def _ended(worker, stage, update) -> bool:
    """``True``: it died; ``False``: it has handled the update."""
    while worker.is_alive:
        if stage.queue._waiting[update].is_set():
            return False
        await asyncio.sleep(0.005)
    return True
