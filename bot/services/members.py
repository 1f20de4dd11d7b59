"""What admins do with members."""

from bot.db.database import Database


class MemberService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim_ban_notice(self, person_id: int) -> str | None:
        """The reason of a ban not told yet; ``None`` when it was told, or there is no ban."""
        async with self._db.transaction() as tx:
            return await tx.members.claim_ban_notice(person_id)
