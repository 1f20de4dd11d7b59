"""What plans have brought, a month at a time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.db.database import Database
from bot.models.exports import Period
from bot.models.plan_sales import MonthOfPlans, month_after
from bot.services._clock import utc_now


class PlanSalesService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def month(self, wanted: date | None = None) -> MonthOfPlans:
        """A month of the club's clock, given by its first day; ``None``: the one that runs."""
        async with self._db.snapshot() as repos:
            club = await repos.club.get()
            month = wanted or club.day(self._now()).replace(day=1)
            period = Period(first=month, last=month_after(month) - timedelta(days=1))
            since, until = period.bounds(club.zone)
            plans = await repos.plan_sales.list_sales(since, until, timezone=club.timezone)
            earlier, later = await repos.plan_sales.neighbours(since, until, timezone=club.timezone)
        return MonthOfPlans(month=month, plans=plans, earlier=earlier, later=later)
