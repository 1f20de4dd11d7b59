"""The failed_updates table: what failed, how often, and what is set aside."""

from collections.abc import Mapping
from typing import Any

from bot.db._rows import Connection, storable, sure
from bot.models.quarantine import FailedUpdate

_COLUMNS = """
    bot_id, update_id, user_id, payload, error, attempts, failed_at, quarantined_at
"""


class QuarantineRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add_failure(  # noqa: PLR0913 -- keyword-only: the columns of a row
        self,
        *,
        bot_id: int,
        update_id: int,
        user_id: int | None,
        payload: Mapping[str, Any],
        error: str,
        attempts_allowed: int,
    ) -> FailedUpdate:
        """Count one more failure; with the last one allowed the update is in quarantine.

        Telegram starts its numbers anew after an idle week: a row a day old is another update's.
        """
        sql = f"""
            INSERT INTO failed_updates AS f
                   (bot_id, update_id, user_id, payload, error, quarantined_at)
            VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 <= 1 THEN now() END)
            ON CONFLICT (bot_id, update_id) DO UPDATE
               SET user_id = EXCLUDED.user_id,
                   payload = EXCLUDED.payload,
                   error = EXCLUDED.error,
                   failed_at = now(),
                   attempts = CASE WHEN f.failed_at < now() - interval '1 day' THEN 1
                                   ELSE f.attempts + 1 END,
                   quarantined_at = CASE WHEN f.failed_at < now() - interval '1 day' THEN NULL
                                         WHEN f.attempts + 1 >= $6
                                         THEN coalesce(f.quarantined_at, now()) END
            RETURNING {_COLUMNS}
        """
        row = await self._conn.fetchrow(
            sql,
            bot_id,
            update_id,
            user_id,
            dict(payload),
            storable(error),
            attempts_allowed,
        )
        return FailedUpdate(**sure(row))

    async def list_quarantined(self, bot_id: int) -> list[FailedUpdate]:
        """Oldest first."""
        sql = f"""
            SELECT {_COLUMNS}
              FROM failed_updates
             WHERE bot_id = $1
               AND quarantined_at IS NOT NULL
             ORDER BY quarantined_at, update_id
        """
        return [FailedUpdate(**row) for row in await self._conn.fetch(sql, bot_id)]

    async def find_quarantined(self, bot_id: int, update_id: int) -> FailedUpdate | None:
        sql = f"""
            SELECT {_COLUMNS}
              FROM failed_updates
             WHERE bot_id = $1
               AND update_id = $2
               AND quarantined_at IS NOT NULL
        """
        row = await self._conn.fetchrow(sql, bot_id, update_id)
        return FailedUpdate(**row) if row else None

    async def delete(self, bot_id: int, update_id: int) -> bool:
        """Let one go. ``False``: it is not there."""
        sql = "DELETE FROM failed_updates WHERE bot_id = $1 AND update_id = $2 RETURNING update_id"
        return await self._conn.fetchval(sql, bot_id, update_id) is not None

    async def delete_of(self, user_id: int) -> None:
        await self._conn.execute("DELETE FROM failed_updates WHERE user_id = $1", user_id)

    async def delete_old(self) -> None:
        """Drop what a later try must have cured (Telegram repeats for a day), or nobody wanted."""
        sql = """
            DELETE FROM failed_updates
             WHERE failed_at < now() - CASE WHEN quarantined_at IS NULL THEN interval '1 day'
                                            ELSE interval '30 days' END
        """
        await self._conn.execute(sql)
