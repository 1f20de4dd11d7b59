"""A club that writes to who stays away, and its mornings, in the test's hand."""

from datetime import UTC, date, datetime, timedelta

from bot.models.follow_ups import Occasion
from bot.models.jobs import Job, SendFollowUps
from bot.models.notices import NoticeKind
from bot.services.follow_ups import FollowUpService
from tests.club import founded
from tests.jobs.tasks import enqueue

DAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # 09:00 in Kolkata
AWAY = (Occasion.AWAY_7, Occasion.AWAY_14, Occasion.AWAY_30)


class Calendar:
    """The club's days, one after the other; each at nine."""

    def __init__(self, db, services, ledger) -> None:
        self.db, self.services, self.ledger = db, services, ledger
        self.today = DAY
        self.follow_ups = FollowUpService(db, now=self.now)

    def now(self) -> datetime:
        return NINE + (self.today - DAY)

    async def job(self, day: date | None = None) -> Job[SendFollowUps]:
        task = SendFollowUps(day=day or self.today)
        job_id = await enqueue(self.db, task)
        queue_id = (await self.ledger.job(job_id))["queue_id"]
        begun = await self.services.jobs.begin(job_id, queue_id=queue_id)
        return Job(id=job_id, attempt=begun.attempt, task=task)

    async def morning(self, *, days_later: int = 0) -> list[tuple[int, int]]:
        """Do the day's job; returns who is owed what since: person and step."""
        self.today += timedelta(days=days_later)
        known = await self.ledger.conn.fetchval("SELECT coalesce(max(id), 0) FROM notices")
        await self.follow_ups.send(await self.job())
        rows = await self.ledger.conn.fetch(
            "SELECT recipient_id, subject_id FROM notices WHERE id > $1 AND kind = $2 ORDER BY 1",
            known,
            NoticeKind.FOLLOW_UP,
        )
        return [tuple(row) for row in rows]

    async def came_in(self, person, *, days_ago: int = 0) -> None:
        async with self.db.transaction() as tx:
            await tx.visits.add(person.id, self.today - timedelta(days=days_ago))


async def opened(db, services, ledger, club) -> Calendar:
    """A club in which every step is on."""
    await founded(db)
    calendar = Calendar(db, services, ledger)
    calendar.vera = await club.owner("Vera")
    for occasion in AWAY:
        await calendar.follow_ups.switch(occasion, on=True, by=calendar.vera)
    return calendar
