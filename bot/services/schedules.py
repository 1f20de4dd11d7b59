"""Recurring jobs: enqueued when the club's clock says so, once, whoever looks; set by owners."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from bot.db.database import Database
from bot.models.audit import AuditAction
from bot.models.people import Person
from bot.models.schedules import RECURRING, Run, Schedule, ScheduleName
from bot.services._authority import require_owner


class ScheduleService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def tick(self, now: datetime) -> list[tuple[ScheduleName, Run]]:
        """Enqueue what is due; every worker may ask as often as it likes.

        Returns:
            What this call decided; nothing when another was first.
        """
        async with self._db.transaction() as tx:
            await tx.schedules.found(list(RECURRING), now=now)
            zone = (await tx.club.get()).zone
            decided = []
            for schedule in await tx.schedules.list_all():
                for run in schedule.runs_due(now, zone) if schedule.is_on else []:
                    if not await tx.schedules.record(schedule.name, run):
                        continue
                    decided.append((schedule.name, run))
                    if not run.skipped:
                        task = RECURRING[schedule.name].task(run.day)
                        await tx.jobs.add(task, dedupe_key=f"{schedule.name}:{run.day}")
        return decided

    async def list_all(self, now: datetime) -> list[Schedule]:
        """As the club has them, by hour."""
        async with self._db.transaction() as tx:
            await tx.schedules.found(list(RECURRING), now=now)
            return await tx.schedules.list_all()

    async def change(
        self,
        name: ScheduleName,
        *,
        by: Person,
        now: datetime,
        at: time | None = None,
        on: bool | None = None,
    ) -> None:
        """Set the hour, or switch it on or off; what was due before ``now`` is not made up for.

        Raises:
            NotAllowed: for owners only.
        """
        async with self._db.transaction() as tx:
            owner = await require_owner(tx, by)
            await tx.schedules.found([name], now=now)
            was = await tx.schedules.hold(name)
            becomes = replace(
                was,
                at=was.at if at is None else at,
                is_on=was.is_on if on is None else on,
                since=now,
            )
            if (becomes.at, becomes.is_on) == (was.at, was.is_on):
                return
            await tx.schedules.save(becomes)
            await tx.audit.add(
                AuditAction.SCHEDULE_CHANGED, by=owner, before=_facts(was), after=_facts(becomes)
            )


def _facts(schedule: Schedule) -> dict[str, Any]:
    return {"name": schedule.name, "at": f"{schedule.at:%H:%M}", "is_on": schedule.is_on}
