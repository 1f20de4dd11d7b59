"""What the club's database needs each night."""

from bot.db.database import Database
from bot.db.maintenance import BATCH, TABLES
from bot.models.jobs import CheckRows, Job, Prune
from bot.models.notices import Audience, NoticeKind


class MaintenanceService:
    """For recurring jobs; no person in chat reaches it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def prune(self, job: Job[Prune]) -> None:
        """Remove what nobody needs any more, in small bites that hold nobody up.

        Raises:
            JobTaken: another worker does it.
        """
        for table in TABLES:
            deleted = BATCH
            while deleted >= BATCH:
                async with self._db.transaction() as tx:
                    deleted = await tx.maintenance.delete_old(table)
        async with self._db.transaction() as tx:
            await tx.quarantine.delete_old()
            await tx.jobs.complete(job)

    async def check_rows(self, job: Job[CheckRows]) -> list[str]:
        """Tell owners which promises about the rows are broken, if any; returns them.

        Raises:
            JobTaken: another worker does it.
        """
        async with self._db.transaction() as tx:
            broken = await tx.maintenance.broken()
            if broken:
                await tx.notices.add_for(
                    Audience.OWNERS,
                    NoticeKind.ROWS_BROKEN,
                    subject_id=job.id,
                    payload={"broken": broken},
                )
            await tx.jobs.complete(job)
        return broken
