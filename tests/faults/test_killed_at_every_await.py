"""A worker dies at the n-th await of an update, for every n; whoever follows finishes it, once."""

import asyncio
import itertools

import pytest

from tests.faults import moves, subscriptions
from tests.faults.bulk_changes import ExtendingAll
from tests.faults.claims import Reporting, Splitting
from tests.faults.corrections import Crediting, GivingBack, Reversing
from tests.faults.dying import Death, outbox_rests
from tests.faults.invoices import Issuing, SendingAgain
from tests.faults.items import Applying, Saving
from tests.faults.payments import SpendingCredit
from tests.faults.people import Approval, Broadcast, Deletion, Rejection, Submission
from tests.faults.receivables import Recording, UsingCredit
from tests.faults.verifications import Asking, LettingStand, Verifying
from tests.faults.visits import LettingIn, Visit

AT_ONCE = 4  # doomed workers started side by side
LOTS = 4  # the long profile deals the awaits out to so many tests: each has an end in sight
FEWEST, MOST = 10, 10_000  # awaits: what only takes a form further has some fifteen
SHORT = [Approval, Submission, Deletion, Broadcast, Issuing]
SHORT += [Reporting, Verifying, Crediting, Recording, moves.Upgrading, moves.CancellingWithRefund]
PATHS = [
    *SHORT,
    Rejection,
    Visit,
    LettingIn,
    Saving,
    Applying,
    SendingAgain,
    Splitting,
    LettingStand,
]
PATHS += [Asking, Reversing, GivingBack, UsingCredit, SpendingCredit, ExtendingAll]
PATHS += [*subscriptions.PATHS, moves.Transferring, moves.CancellingToCredit]
pytestmark = pytest.mark.timeout(300)


def pytest_generate_tests(metafunc):
    """The long profile kills at each await; the short one now and then, in one test."""
    is_long = metafunc.config.getoption("--profile") == "long"
    lots = range(1, LOTS + 1) if is_long else [1]
    metafunc.parametrize("lot", lots, ids=lambda lot: f"from await {lot}")


@pytest.mark.parametrize("path", PATHS)
async def test_the_other_worker_finishes_what_a_killed_one_began(stage, path, lot, many, request):
    if path not in SHORT:  # it takes the same ways through services and replies
        request.getfixturevalue("long_only")
    await stage.club.admin("Asha")
    (survivor,) = await stage.start()
    step = many(getattr(path, "apart", 8), long=LOTS)
    deaths = await die_at_every_await(stage, path(), range(lot, MOST, step), survivor)
    print(f"\n  {path.__name__}: killed {deaths} times, {step} awaits apart; the other finished it")
    assert deaths * step > FEWEST
    await stage.all_is_well()


@pytest.mark.parametrize("path", PATHS)
async def test_the_only_worker_finishes_it_when_started_again(stage, path, lot, many, request):
    """Whose turn it is to die next is started in its place; a helper sends what is owed."""
    if path not in {Approval, Deletion}:
        request.getfixturevalue("long_only")
    await stage.club.admin("Asha")
    (helper,) = await stage.start()
    step = many(12, long=LOTS)
    deaths = await die_at_every_await(stage, path(), range(lot, MOST, step), helper, alone=True)
    print(f"\n  {path.__name__}: killed {deaths} times, {step} awaits apart; finished by the next")
    assert deaths * step > FEWEST
    await stage.all_is_well()


async def die_at_every_await(stage, path, awaits: range, survivor, *, alone=False) -> int:
    """At these; returns how often a worker died before an update got through."""
    for nth in itertools.count(0, AT_ONCE):
        numbers = awaits[nth : nth + AT_ONCE]
        deaths = [Death(path.of, at, spares=alone and at > numbers[0]) for at in numbers]
        doomed = [stage.fork(death=death, before=outbox_rests) for death in deaths]
        take_turns(stage, survivor)
        names = [f"Mk{number}" for number in numbers]
        await path.prepare(stage, names)
        heirs = [*doomed[1:], survivor] if alone else [survivor] * AT_ONCE
        died = 0
        for name, worker, heir in zip(names, doomed, heirs, strict=True):
            if not await _dies(stage, path, name, await worker.ready(), heir, alone=alone):
                break
            died += 1
        take_turns(stage, survivor)
        await stage.quiet()
        for name in names[: died + 1]:
            await path.check(stage, name)
        for worker in doomed:
            await worker.kill()
        if died < len(numbers):
            return nth + died
    raise AssertionError


async def _dies(stage, path, name, doomed, heir, *, alone) -> bool:
    """Let the doomed worker take the update, and the heir what it left."""
    if before := getattr(path, "before", None):
        await before(stage, name)
    take_turns(stage, *([doomed] if alone else [doomed, heir]))
    update = path.act(stage, name)
    if alone and await _ended(doomed, stage, update):
        take_turns(stage, await heir.ready())
    await stage.engine.handled(update, timeout=30)
    take_turns(stage, heir)
    return not _has_done(doomed, update)


def take_turns(stage, *workers) -> None:
    """They are all that the balancer knows, the first one first."""
    ports = stage.balancer.workers
    ports.clear()
    ports.extend(worker.port for worker in workers)


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
