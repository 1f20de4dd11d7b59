"""How a visitor becomes a member."""

from bot.db.database import Database


class RegistrationService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def count_pending(self) -> int:
        async with self._db.reading() as repos:
            return await repos.registrations.count_pending()
