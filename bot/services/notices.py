"""What is owed to people, on its way out."""

from bot.db.database import Database
from bot.models.notices import Notice
from bot.models.people import Person


class NoticeService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, *, limit: int) -> list[Notice]:
        """Take what is due; nobody else sends it until it is done or this claim lapses."""
        async with self._db.transaction() as tx:
            return await tx.notices.claim(limit=limit)

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
