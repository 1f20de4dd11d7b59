"""Updates that keep failing: counted, set aside, looked at, let go."""

from collections.abc import Mapping
from typing import Any, Final

from bot.db.database import Database
from bot.models.quarantine import FailedUpdate

ATTEMPTS: Final = 5


class QuarantineService:
    """For operators at a terminal; no person in chat reaches it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def failed(  # noqa: PLR0913 -- keyword-only: the facts of a failure
        self,
        update_id: int,
        *,
        bot_id: int,
        user_id: int | None,
        payload: Mapping[str, Any],
        error: str,
        hopeless: bool = False,
    ) -> FailedUpdate:
        """Count a failure; the fifth, or a ``hopeless`` first, sets the update aside."""
        async with self._db.transaction() as tx:
            await tx.quarantine.delete_old()
            return await tx.quarantine.add_failure(
                bot_id=bot_id,
                update_id=update_id,
                user_id=user_id,
                payload=payload,
                error=error,
                attempts_allowed=1 if hopeless else ATTEMPTS,
            )

    async def set_aside(self, bot_id: int) -> list[FailedUpdate]:
        async with self._db.reading() as repos:
            return await repos.quarantine.list_quarantined(bot_id)

    async def find(self, update_id: int, *, bot_id: int) -> FailedUpdate | None:
        """``None``: it is not set aside."""
        async with self._db.reading() as repos:
            return await repos.quarantine.find_quarantined(bot_id, update_id)

    async def let_go(self, update_id: int, *, bot_id: int) -> bool:
        """Forget one: replayed, or not worth it. ``False``: it is not there."""
        async with self._db.reading() as repos:
            return await repos.quarantine.delete(bot_id, update_id)
