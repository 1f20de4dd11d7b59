"""When members are reminded of what is due, and when not."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import orjson
import pytest

from bot.assembly import build_services
from bot.errors import JobTaken, NotAllowed, Unreachable
from bot.errors.payments import NothingDue
from bot.errors.receivables import AccountGone, DuesContested
from bot.models.claims import NewClaim
from bot.models.jobs import Job, RemindOfDues
from bot.models.notices import Notice, NoticeKind
from bot.models.payments import Account
from bot.models.people import Office
from bot.services.claims import ClaimService
from bot.services.dues_reminders import DuesReminderService
from bot.services.payments import PaymentService
from bot.services.rejections import RejectionService
from tests.jobs.tasks import enqueue, ledger_of
from tests.services.test_bans import known
from tests.services.test_payments import cash, received
from tests.stories.invoicing import billed, registered, services_at

ISSUED = datetime(2026, 11, 24, 9, tzinfo=UTC)
DUE = date(2026, 12, 1)
ELEVEN = time(5, 30)  # in Kolkata


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await known(db, 7)


class Days:
    """The club's days around a due day, each at eleven."""

    def __init__(self, db, services, ledger) -> None:
        self.db, self.services, self.ledger = db, services, ledger
        self.today = DUE
        self.reminders = DuesReminderService(db, now=self.now)

    def now(self) -> datetime:
        return datetime.combine(self.today, ELEVEN, UTC)

    async def job(self, day: date) -> Job[RemindOfDues]:
        task = RemindOfDues(day=day)
        job_id = await enqueue(self.db, task)
        queue_id = (await self.ledger.job(job_id))["queue_id"]
        begun = await self.services.jobs.begin(job_id, queue_id=queue_id)
        return Job(id=job_id, attempt=begun.attempt, task=task)

    async def eleven(self, after_due: int) -> list[Notice]:
        """Do the job of a day so many after the due day; returns what is owed since."""
        self.today = DUE + timedelta(days=after_due)
        known_before = {each.id for each in await self.owed()}
        await self.reminders.send(await self.job(self.today))
        return [each for each in await self.owed() if each.id not in known_before]

    async def owed(self) -> list[Notice]:
        rows = await self.ledger.conn.fetch(
            "SELECT id, recipient_id, payload::text FROM notices WHERE kind = $1 ORDER BY id",
            NoticeKind.DUES_REMINDER,
        )
        return [notice(row["id"], row["recipient_id"], row["payload"]) for row in rows]


def notice(number, recipient_id, payload, *, attempts=1) -> Notice:
    return Notice(
        id=number,
        kind=NoticeKind.DUES_REMINDER,
        recipient_id=recipient_id,
        chat_id=recipient_id,
        subject_id=None,
        payload=orjson.loads(payload),
        attempts=attempts,
        message_id=None,
        refresh=0,
    )


@pytest.fixture
async def days(db, database_url, cache):
    async with ledger_of(database_url) as ledger:
        yield Days(db, build_services(db, cache), ledger)


async def bill(db, admin, buyer, moment=ISSUED, rupees=1_000):
    (entry,) = await billed(services_at(db, moment), admin, buyer, rupees=rupees)
    return entry


async def test_it_is_said_on_four_days_and_then_no_more(db, asha, anna, days):
    await bill(db, asha, anna)
    said = [day for day in range(-7, 60) if await days.eleven(day)]
    assert said == [-1, 0, 3, 7]


@pytest.mark.parametrize(
    ("done_on", "said"),
    [
        ([-1, 2, 5, 9], [-1, 2, 5, 9]),  # late, each
        ([1, 2, 3], [1, 3]),  # the day before is not made up for
        ([4, 5, 6, 7], [4, 7]),
        ([13, 14], [13]),  # only the latest step
        ([14, 15], []),  # and that for a week
    ],
)
async def test_a_day_that_was_missed_is_made_up_for_by_the_latest_step(
    db,
    asha,
    anna,
    days,
    done_on,
    said,
):
    await bill(db, asha, anna)
    assert [day for day in done_on if await days.eleven(day)] == said


async def test_all_that_is_due_stands_in_one_message(db, asha, anna, days):
    bills = [await bill(db, asha, anna) for _ in range(2)]
    later = await bill(db, asha, anna, ISSUED + timedelta(days=1))
    (owed,) = await days.eleven(0)
    assert owed.payload == {
        "day": "2026-12-01",
        "invoices": [*(each.id for each in bills), later.id],  # the day before its due day
    }
    reminder = await days.reminders.reminder(owed)
    assert [each.invoice_id for each in reminder.invoices] == owed.payload["invoices"]
    assert reminder.due_paise == 3_150_00


async def test_twice_and_by_two_at_once_it_is_said_once(db, asha, anna, days):
    meera = await known(db, 41)
    for person in (anna, meera):
        await bill(db, asha, person)
    days.today = DUE
    jobs = [await days.job(DUE) for _ in range(3)]
    await asyncio.gather(*map(days.reminders.send, jobs))
    assert [each.recipient_id for each in await days.owed()] == [anna.id, meera.id]
    with pytest.raises(JobTaken):
        await days.reminders.send(jobs[0])
    assert await days.eleven(0) == []


async def test_a_job_whose_day_is_over_says_nothing(db, asha, anna, days):
    await bill(db, asha, anna)
    job = await days.job(DUE)
    days.today = DUE + timedelta(days=1)
    await days.reminders.send(job)
    assert await days.owed() == []


async def test_what_is_reported_or_not_accepted_is_left_in_peace(db, asha, anna, days):
    claimed, refused = await bill(db, asha, anna), await bill(db, asha, anna)
    claims, rejections = ClaimService(db), RejectionService(db)
    claim = NewClaim(invoice_id=claimed.id, lines=(cash(1_050_00),))
    claim = await claims.submit(claim, me=anna, operation_id=uuid4())
    await rejections.reject(refused.id, reason="not mine", me=anna)
    assert await days.eleven(0) == []
    with pytest.raises(DuesContested):
        await days.reminders.remind(Account(person_id=anna.id), by=asha)
    await claims.withdraw(claim.id, me=anna)
    (owed,) = await days.eleven(1)
    assert owed.payload["invoices"] == [claimed.id]
    await rejections.let_stand(refused.id, by=asha)
    (owed,) = await days.eleven(2)
    assert owed.payload["invoices"] == [refused.id]


async def test_it_is_looked_at_again_when_it_is_sent(db, asha, anna, days):
    bills = [await bill(db, asha, anna) for _ in range(2)]
    await bill(db, asha, anna, ISSUED + timedelta(days=6), rupees=10)  # not to be said yet
    (owed,) = await days.eleven(0)
    payments = PaymentService(db)
    await payments.record(
        received(anna, cash(1_050_00), on=(bills[0].id,)), by=asha, operation_id=uuid4()
    )
    left = await days.reminders.reminder(owed)
    assert [each.due_paise for each in left.invoices] == [1_050_00, 11_00]
    await payments.record(received(anna, cash(1_050_00)), by=asha, operation_id=uuid4())
    assert await days.reminders.reminder(owed) is None


@pytest.mark.parametrize(("days_later", "is_said"), [(0, True), (1, True), (2, False)])
async def test_quiet_hours_may_lie_between_but_no_days(
    db,
    asha,
    anna,
    days,
    days_later,
    is_said,
):
    await bill(db, asha, anna)
    (owed,) = await days.eleven(0)
    days.today += timedelta(days=days_later)
    assert (await days.reminders.reminder(owed) is not None) is is_said


async def test_walk_in_customers_and_who_cannot_be_reached_hear_nothing(
    db,
    asha,
    anna,
    days,
):
    meera = await known(db, 41)
    guest = await bill(db, asha, "Ravi")
    for person in (anna, meera):
        await bill(db, asha, person)
    await days.ledger.conn.execute("UPDATE people SET is_reachable = false WHERE id = $1", anna.id)
    await days.ledger.conn.execute(
        "UPDATE people SET banned_at = now(), ban_reason = 'x' WHERE id = $1", meera.id
    )
    assert await days.eleven(0) == []
    for account in (Account(person_id=anna.id), Account(person_id=meera.id)):
        with pytest.raises(Unreachable):
            await days.reminders.remind(account, by=asha)
    with pytest.raises(Unreachable):
        await days.reminders.remind(Account(walk_in_id=guest.id), by=asha)


async def test_an_admin_reminds_once_a_day_whoever_presses(db, asha, anna, days):
    bina, account = await known(db, 2, Office.ADMIN), Account(person_id=anna.id)
    with pytest.raises(NothingDue):
        await days.reminders.remind(account, by=asha)
    await bill(db, asha, anna)
    days.today = DUE
    presses = [days.reminders.remind(account, by=by) for by in (asha, bina, asha)]
    outcomes = await asyncio.gather(*presses)
    assert sorted(each.is_new for each in outcomes) == [False, False, True]
    assert len(await days.owed()) == 1
    assert await days.eleven(0) == []  # they have been told today
    assert await days.eleven(1) == []  # of this step
    assert (await days.reminders.remind(account, by=asha)).is_new
    assert len(await days.eleven(3)) == 1


async def test_only_admins_remind(db, asha, anna, days):
    await bill(db, asha, anna)
    for by in (anna, await known(db, 30, Office.STAFF)):
        with pytest.raises(NotAllowed):
            await days.reminders.remind(Account(person_id=anna.id), by=by)
    with pytest.raises(AccountGone):
        await days.reminders.remind(Account(person_id=987_654), by=asha)
    assert await days.owed() == []


@pytest.mark.parametrize(
    ("issued", "said"), [("2026-11-30T18:29", True), ("2026-11-30T18:30", False)]
)
async def test_not_on_its_day_of_issue(db, asha, anna, days, issued, said):
    """18:30 UTC is midnight in Kolkata."""
    async with db.transaction() as tx:
        sql = "UPDATE business SET due_days = 1"
        await tx.business._conn.execute(sql)
    await bill(db, asha, anna, datetime.fromisoformat(f"{issued}+00:00"))
    assert bool(await days.eleven(0)) is said
