"""The club's own facts."""

from bot.db.database import Database
from bot.models.club import Club


class ClubService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self) -> Club:
        async with self._db.reading() as repos:
            return await repos.club.get()

    async def found(self, first: Club) -> None:
        """Write the club's first facts, once in its life."""
        async with self._db.transaction() as tx:
            await tx.club.found(first)
