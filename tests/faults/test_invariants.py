"""The soak's judge can tell: each promise about the background, broken by hand, is found."""

import pytest

from bot.models.notices import NoticeKind
from bot.simulator.models import Call
from tests.faults import background, invariants
from tests.jobs.tasks import Mark, enqueue

DONE = "UPDATE jobs SET done_at = now()"
EFFECT = """
    INSERT INTO audit_log (action, actor_role, after)
    VALUES ('setting changed', 'owner', '{"mark": "one"}')
"""
RUN = "INSERT INTO schedule_runs VALUES ('prune', current_date - %d, now(), %s)"
BROKEN = {
    "a job was lost, or took effect twice": ["DELETE FROM jobs"],
    "took effect twice": [DONE, EFFECT, EFFECT],
    "an effect of a job that was rolled back": [
        EFFECT,
        EFFECT.replace("one", "another"),
    ],
    "an open job without an entry in the queue": ["DELETE FROM pgqueuer"],
    "a dead job; no task": ["UPDATE jobs SET dead_at = now()"],
    "a dead job that no owner hears of": ["UPDATE jobs SET dead_at = now()"],
    "a schedule's day was not run exactly once": [RUN % (1, False)],
    "a schedule left a day out": [RUN % (3, True), RUN % (1, True)],
    "the nightly check found rows": [
        "INSERT INTO notices (kind, recipient_id) SELECT 'rows-broken', max(id) FROM people"
    ],
    "a notice waits for the end of quiet hours": [
        "INSERT INTO notice_preferences (person_id, is_quiet) SELECT max(id), false FROM people",
        """INSERT INTO notices (kind, recipient_id, due_at, held)
           SELECT 'from-the-club', max(id), now() + '1 h', true FROM people""",
    ],
}


@pytest.mark.parametrize("promise", BROKEN)
async def test_what_is_broken_is_found(stage, promise):
    await stage.club.owner("Olga")
    async with stage.db.transaction() as tx:
        conn = tx.jobs._conn
        await background.ask(conn, Mark(name="one"))
        await conn.execute("INSERT INTO schedules (name, since) VALUES ('prune', now())")
    assert not [one for one in await invariants.violations(stage) if "was lost" not in one]
    async with stage.db.transaction() as tx:
        for statement in BROKEN[promise]:
            await tx.jobs._conn.execute(statement)
    assert [one for one in await invariants.violations(stage) if promise in one]


async def test_a_job_that_is_done_breaks_no_promise(stage):
    async with stage.db.transaction() as tx:
        await background.ask(tx.jobs._conn, Mark(name="one"))
        await tx.jobs._conn.execute(EFFECT)
        await tx.jobs._conn.execute(DONE)
    assert await enqueue(stage.db, Mark(name="one"), dedupe_key="one") is None
    assert await invariants.violations(stage) == []


def card(at: float, registration: int = 5) -> Call:
    keys = {"inline_keyboard": [[{"text": "✅", "callback_data": f"apr-approve:{registration}:0"}]]}
    return Call(
        method="sendMessage",
        params={"chat_id": 7, "text": NoticeKind.REGISTRATION_CARD.value},
        status=200,
        response={"reply_markup": keys},
        at=at,
        ms=1,
    )


@pytest.mark.parametrize(
    ("sent", "found"),
    [([10, 50], 1), ([10, 50, 90], 2), ([21, 50], 0), ([21, 25, 50], 0), ([10], 0)],
)
def test_only_what_may_have_been_lost_may_come_twice(stage, sent, found):
    stage.engine.calls.extend(card(at) for at in sent)
    stage.engine.calls.append(card(12, registration=6))
    assert len(invariants.sent_twice(stage, [(20, 30)])) == found
