"""Looking for people on the lists of subscriptions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.db.database import Database
from bot.errors.subscriptions import NotOnList
from bot.models.members import Wanted
from bot.models.subscriptions import EXPIRING_DAYS, SubscriptionEntry, SubscriptionList
from bot.services._clock import utc_now
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
