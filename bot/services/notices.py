"""What is owed to people, on its way out."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.db.database import Database, Repos
from bot.models.notices import Notice
from bot.models.notifications import Preferences
from bot.models.people import Person
from bot.services._clock import utc_now


class NoticeService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def claim(self, *, limit: int) -> list[Notice]:
        """Take what is to be sent now; nobody else sends it until done or until the claim lapses.

        Here, and only here, is heeded what people wish: what they want later is given a later time,
        what they do not want is done with. However much of that is due, it holds up nothing else.
        """
        return await self._claim(lambda tx: tx.notices.claim(limit=limit))

    async def claim_bulk(self, *, limit: int) -> list[Notice]:
        """As ``claim``, of broadcasts, which ``claim`` leaves alone."""
        return await self._claim(lambda tx: tx.recipients.claim(limit=limit))

    async def recipient(self, notice: Notice) -> Person | None:
        """Who it is for, as they are now; ``None`` once deleted."""
        async with self._db.reading() as repos:
            return await repos.people.find(notice.recipient_id)

    async def sent(self, notice: Notice, *, message_id: int | None) -> None:
        async with self._db.reading() as repos:
            await repos.notices.mark_sent(notice, message_id=message_id)

    async def refused(self, notice: Notice, refusal: str) -> None:
        async with self._db.reading() as repos:
            await repos.notices.mark_refused(notice, refusal)

    async def hand_back(self, notice: Notice, *, seconds: float = 0) -> None:
        """It was not its turn: as if it had not been claimed, but due only in ``seconds``."""
        async with self._db.reading() as repos:
            await repos.notices.hand_back(notice, seconds=seconds)

    async def postpone(self, notice: Notice, *, seconds: float) -> None:
        async with self._db.reading() as repos:
            await repos.notices.postpone(notice, seconds=seconds)

    async def _claim(self, take: Callable[[Repos], Awaitable[list[Notice]]]) -> list[Notice]:
        ready: list[Notice] = []
        more = True
        while more and not ready:
            async with self._db.transaction() as tx:
                taken = await take(tx)
                ready, more = await self._heed_wishes(tx, taken), bool(taken)
        return ready

    async def _heed_wishes(self, tx: Repos, taken: list[Notice]) -> list[Notice]:
        """What is left of it to be sent now."""
        if not taken:
            return []
        wishes = await tx.notifications.list_preferences({each.recipient_id for each in taken})
        zone, now = (await tx.club.get()).zone, self._now()
        ready = []
        for notice in taken:
            wish = wishes.get(notice.recipient_id, Preferences())
            when = wish.time_to_send(notice, now, zone)
            if when is None:
                await tx.notices.mark_withheld(notice)
            elif when > now:
                await tx.notices.hold(notice, until=when)
            else:
                ready.append(notice)
        return ready
