"""Work in the background that failed: owners hear of it, retry it, forget it."""

import pytest

from bot.assembly import build_services
from bot.jobs.runner import Runner
from bot.metrics import Metrics
from tests.jobs.tasks import HANDLERS, Mark, enqueue, ledger_of


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


@pytest.fixture
def fails_for_good(db, cache, database_url, ledger):
    """``await fails_for_good("name")``: a job of that name has used up its attempts."""
    runner = Runner(database_url, build_services(db, cache), Metrics(), handlers=HANDLERS)

    async def fail(name: str, failures: int = 1) -> int:
        job_id = await enqueue(db, Mark(name=name, failures=failures))
        await ledger.conn.execute("UPDATE jobs SET allowed = 1 WHERE id = $1", job_id)
        await attempt(runner, ledger, job_id)
        return job_id

    fail.runner = runner
    return fail


async def attempt(runner, ledger, job_id: int) -> None:
    """What a worker does when the queue hands it this job; tests/jobs has the queue itself."""
    queue_id = (await ledger.job(job_id))["queue_id"]
    begun = await runner._services.jobs.begin(job_id, queue_id=queue_id)
    try:
        await runner._perform(begun)
    except Exception as fault:  # noqa: BLE001 -- as the runner does
        await runner._services.jobs.fail(begun, fault)


async def test_an_owner_hears_of_it_and_has_it_tried_again(chat, club, ledger, fails_for_good):
    await club.owner("Vera")
    await club.admin("Asha")
    job_id = await fails_for_good("marked")
    await chat.play("""
        Vera: /owner
        bot: 👑 Owner panel
            Only owners see this. <...>[📜 Audit log] [🧯 Failed jobs (1)] [⬅️ Back]
        bot: 🧯 A job in the background has failed for good: test-mark.
            Why: a fault in the program (Flaw): attempt 1. [🧯 Failed jobs]
        Vera: [🧯 Failed jobs (1)]
        bot*: 🧯 Failed jobs

            1. test-mark, <...>, after 1 try
            Why: a fault in the program (Flaw): attempt 1.

            🔁 tries one again
            🗑 forgets it [🔁 Retry 1] [🗑 Forget 1] [⬅️ Back]
    """)
    assert await ledger.entries() == 1  # of the attempt that a real queue would have removed
    await chat.play("""
        Vera: [🔁 Retry 1]
        bot*: ✅ It will be tried again.

            🧯 Failed jobs
            None: all work in the background is done or on its way. [⬅️ Back]
    """)
    await attempt(fails_for_good.runner, ledger, job_id)
    assert await ledger.effects("marked") == 1
    assert (await ledger.job(job_id))["done_at"]
    vera = "\n".join(
        [*await chat.says("Vera", "/owner"), *await chat.says("Vera", "[📜 Audit log]")]
    )
    assert "had a failed job tried again: test-mark" in vera


async def test_a_second_tap_and_a_second_owner_are_told_that_it_is_gone(
    chat, club, ledger, fails_for_good
):
    for name in ("Vera", "Omar"):
        await club.owner(name)
    job_id = await fails_for_good("marked")
    for name in ("Vera", "Omar"):
        await chat.says(name, "/owner")
        await chat.says(name, "[🧯 Failed jobs (1)]")
    vera, omar = club.people["Vera"], club.people["Omar"]
    taps = [chat.buttons(name)["🔁 Retry 1"] for name in ("Vera", "Vera", "Omar")]
    engine = chat.engine
    for who, (message, data) in zip((vera, vera, omar), taps, strict=True):
        await engine.handled(engine.press(who, who.id, message, data))
    said = [call.params.get("text") or "" for call in engine.calls]
    assert len([text for text in said if "It will be tried again." in text]) == 1
    assert said.count("This job is not among the failed ones any more.") == 2
    assert (await ledger.job(job_id))["allowed"] == 6
    assert await ledger.conn.fetchval("SELECT count(*) FROM pgqueuer WHERE status = 'queued'") == 2


async def test_a_forgotten_job_is_gone_for_good(chat, club, ledger, fails_for_good):
    await club.owner("Vera")
    job_id = await fails_for_good("marked")
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[🧯 Failed jobs (1)]")
    await chat.play("""
        Vera: [🗑 Forget 1]
        bot*: ✅ Forgotten.

            🧯 Failed jobs
            None: all work in the background is done or on its way. [⬅️ Back]
    """)
    assert await ledger.job(job_id) is None
    await chat.says("Vera", "/owner")
    assert "removed a failed job" in "\n".join(await chat.says("Vera", "[📜 Audit log]"))


async def test_they_are_paged_newest_first(chat, club, fails_for_good):
    await club.owner("Vera")
    for number in range(6):
        await fails_for_good(f"m{number}")
    await chat.says("Vera", "/owner")
    first = "\n".join(await chat.says("Vera", "[🧯 Failed jobs (6)]"))
    assert "page 1 of 2" in first
    second = "\n".join(await chat.says("Vera", "[2 ▶]"))
    assert "6. test-mark" in second
    assert "[🔁 Retry 6]" in second


async def test_nobody_but_an_owner_can(chat, club, ledger, fails_for_good):
    await club.owner("Vera")
    await club.admin("Asha")
    job_id = await fails_for_good("marked")
    await chat.says("Vera", "/owner")
    await chat.says("Vera", "[🧯 Failed jobs (1)]")
    await chat.says("Asha", "/admin")
    _, data = chat.buttons("Vera")["🔁 Retry 1"]
    asha, engine = club.people["Asha"], chat.engine
    await engine.handled(engine.press(asha, asha.id, engine.chat_messages(asha.id)[-1].id, data))
    answer = next(c for c in reversed(engine.calls) if c.method == "answerCallbackQuery")
    assert answer.params["text"] == "This is for owners of the club only."
    assert (await ledger.job(job_id))["dead_at"]
