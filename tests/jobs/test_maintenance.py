"""What the nightly jobs do, by the handlers that workers use."""

from datetime import date

import pytest

from bot.jobs.handlers import HANDLERS
from bot.models.jobs import CheckRows, Job, Prune
from bot.models.notices import NoticeKind
from bot.notices import RENDERERS
from bot.services.quarantine import QuarantineService
from tests.club import founded
from tests.jobs.tasks import enqueue, ledger_of
from tests.workbooks import workbook

DAY = date(2026, 11, 24)
PERFORM = {handler.task: handler.perform for handler in HANDLERS}


@pytest.fixture
async def ledger(database_url):
    async with ledger_of(database_url) as made:
        yield made


@pytest.fixture
def perform(db, services, ledger):
    """``await perform(task)``: as a worker does it; returns the job's number."""

    async def do(task) -> int:
        job_id = await enqueue(db, task)
        queue_id = (await ledger.job(job_id))["queue_id"]
        begun = await services.jobs.begin(job_id, queue_id=queue_id)
        job = Job(id=job_id, attempt=begun.attempt, task=task)
        await PERFORM[type(task)](job, services)
        return job_id

    return do


async def test_pruning_removes_what_is_old_and_keeps_what_people_were_told(
    perform, club, db, ledger
):
    anna = await club.member("Anna")
    async with db.transaction() as tx:
        for kind in (NoticeKind.COMMANDS, NoticeKind.BANNED, NoticeKind.REGISTRATION_CARD):
            for age in ("old", "new"):
                await tx.notices.add(kind, to=anna.id, dedupe_key=f"{kind}:{age}")
    await ledger.conn.execute("""
        UPDATE notices SET sent_at = now() - interval '91 days' WHERE dedupe_key LIKE '%:old';
        UPDATE notices SET sent_at = now() WHERE dedupe_key LIKE '%:new';
        INSERT INTO jobs (kind, payload, done_at)
        VALUES ('x', '{}', now() - interval '31 days'), ('x', '{}', now() - interval '29 days');
        INSERT INTO jobs (kind, payload, created_at) VALUES ('x', '{}', now() - interval '9 years');
        INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, created)
        SELECT 1, 'queued', 0, 'x', now() - make_interval(days => days)
          FROM generate_series(1, 12) AS days;
    """)
    await perform(Prune(day=DAY))
    kept = await ledger.conn.fetch("SELECT dedupe_key FROM notices ORDER BY 1")
    assert [row[0] for row in kept] == [
        "banned:new",
        "banned:old",
        "commands:new",
        "registration-card:new",
        "registration-card:old",
    ]
    assert await ledger.conn.fetchval("SELECT count(*) FROM jobs WHERE kind = 'x'") == 2
    assert await ledger.conn.fetchval("SELECT count(*) FROM pgqueuer_log") == 6


async def test_pruning_forgets_files_that_nobody_applied(perform, club, services, ledger):
    asha = await club.admin("Asha")
    for _ in range(2):
        await services.item_uploads.preview(workbook(("", "Belt", "", 1, 18)), by=asha)
    await ledger.conn.execute("""
        UPDATE item_uploads SET created_at = now() - interval '25 hours'
         WHERE operation_id = (SELECT operation_id FROM item_uploads LIMIT 1)
    """)
    await perform(Prune(day=DAY))
    assert await ledger.conn.fetchval("SELECT count(*) FROM item_uploads") == 1


async def test_pruning_takes_more_than_one_bite(perform, ledger, monkeypatch):
    for module in ("db", "services"):
        monkeypatch.setattr(f"bot.{module}.maintenance.BATCH", 10)
    await ledger.conn.execute("""
        INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, created)
        SELECT n, 'queued', 0, 'x', now() - interval '1 year' FROM generate_series(1, 25) AS n
    """)
    await perform(Prune(day=DAY))
    assert await ledger.conn.fetchval("SELECT count(*) FROM pgqueuer_log") == 0


async def test_pruning_drops_old_failed_updates(perform, db, ledger):
    await QuarantineService(db).failed(
        7, bot_id=42, user_id=None, payload={}, error="x", hopeless=True
    )
    await ledger.conn.execute("UPDATE failed_updates SET failed_at = now() - interval '31 days'")
    await perform(Prune(day=DAY))
    assert await ledger.conn.fetchval("SELECT count(*) FROM failed_updates") == 0


async def test_rows_that_are_right_disturb_nobody(perform, club, ledger):
    await club.owner("Vera")
    job_id = await perform(CheckRows(day=DAY))
    assert (await ledger.job(job_id))["done_at"]
    assert await ledger.conn.fetchval("SELECT count(*) FROM notices") == 0


async def test_every_owner_is_told_of_rows_that_contradict_each_other(
    perform, club, ledger, services, db
):
    await founded(db)
    vera = await club.owner("Vera")
    await club.admin("Asha")
    await ledger.conn.execute("ALTER TABLE people ADD CHECK (id > 0) NOT VALID")
    await perform(CheckRows(day=DAY))
    (notice,) = await services.notices.claim(limit=9)
    assert (notice.kind, notice.recipient_id) == (NoticeKind.ROWS_BROKEN, vera.id)
    said = await RENDERERS[notice.kind](notice, services)
    assert "every constraint is in force: not so in 1" in said.text


async def test_every_owner_is_told_of_books_that_do_not_balance(
    perform, club, ledger, services, db
):
    await founded(db)
    vera = await club.owner("Vera")
    await ledger.conn.execute("""
        INSERT INTO journal_entries (kind, document_id, person_id, booked_at)
        SELECT 'payment', 99, max(id), now() FROM people
    """)
    await perform(CheckRows(day=DAY))
    (notice,) = await services.notices.claim(limit=9)
    assert (notice.kind, notice.recipient_id) == (NoticeKind.ROWS_BROKEN, vera.id)
    said = await RENDERERS[notice.kind](notice, services)
    assert "every document of money is in the journal, and nothing else is" in said.text
