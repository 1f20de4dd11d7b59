"""Looking for people on the lists of subscriptions, and taking a list out."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.db.database import Database
from bot.errors.bulk_changes import NobodyThere
from bot.errors.subscriptions import NotOnList
from bot.models.audit import AuditAction
from bot.models.bulk_changes import ListFile
from bot.models.members import Wanted
from bot.models.people import Person
from bot.models.purchases import PurchaseEntry
from bot.models.subscription_cards import SubscriptionEntry
from bot.models.subscriptions import EXPIRING_DAYS, SubscriptionList
from bot.services._authority import require_admin
from bot.services._clock import utc_now
from bot.services._subscriber_sheets import subscribers
from bot.services.members import hits

_LOOKED_THROUGH: Final = 5_000  # people whose name fits, on whatever list


class SubscriberService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def find_on(
        self, which: SubscriptionList, wanted: Wanted, *, limit: int
    ) -> list[SubscriptionEntry]:
        """Everyone on a list who may be meant, at most ``limit`` of them and one more.

        Raises:
            NotOnList: nobody.
        """
        async with self._db.reading() as repos:
            today = (await repos.club.get()).day(self._now())
            among = [hit.id for hit in await hits(repos, wanted, limit=_LOOKED_THROUGH)]
            soon = today + timedelta(days=EXPIRING_DAYS)
            found = await repos.subscriptions.list_people(
                which, today=today, soon=soon, limit=limit + 1, among=among
            )
        if not found:
            raise NotOnList(typed=wanted.said)
        return found

    async def find_waiting(self, wanted: Wanted, *, limit: int) -> list[PurchaseEntry]:
        """Every request that waits of whoever may be meant, at most ``limit`` and one more.

        Raises:
            NotOnList: nobody's.
        """
        async with self._db.reading() as repos:
            among = [hit.id for hit in await hits(repos, wanted, limit=_LOOKED_THROUGH)]
            found = await repos.purchases.list_waiting(limit=limit + 1, offset=0, among=among)
        if not found:
            raise NotOnList(typed=wanted.said)
        return found

    async def file(self, which: SubscriptionList, *, by: Person) -> ListFile:
        """A whole list as an Excel file; who took it out stands in the audit log.

        Raises:
            NotAllowed: for admins only.
            NobodyThere: nobody is on it.
        """
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            today = (await tx.club.get()).day(self._now())
            soon = today + timedelta(days=EXPIRING_DAYS)
            entries = await tx.subscriptions.list_people(which, today=today, soon=soon)
            if not entries:
                raise NobodyThere
            after = {"list": which.value, "count": len(entries)}
            await tx.audit.add(AuditAction.SUBSCRIBERS_EXPORTED, by=admin, after=after)
        content = await asyncio.to_thread(subscribers, entries)
        return ListFile(which=which, day=today, people=len(entries), content=content)
