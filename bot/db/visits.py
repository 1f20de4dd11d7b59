"""The visits table: who came in on which day of the club."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.db._rows import Connection
from bot.models.visits import Visit

# The last visit of a person ``p``, NULL when there was none: for whoever asks about many people.
LAST_VISIT: Final = "(SELECT max(v.day) FROM visits v WHERE v.person_id = p.id)"


class VisitRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, person_id: int, day: date, *, by: int | None = None) -> bool:
        """``False``: it is marked already."""
        sql = """
            INSERT INTO visits (person_id, day, marked_by)
            VALUES ($1, $2, $3)
            ON CONFLICT (person_id, day) DO NOTHING
            RETURNING person_id
        """
        return await self._conn.fetchval(sql, person_id, day, by) is not None

    async def remove(self, person_id: int, day: date) -> bool:
        """``False``: it is not marked."""
        sql = "DELETE FROM visits WHERE person_id = $1 AND day = $2 RETURNING person_id"
        return await self._conn.fetchval(sql, person_id, day) is not None

    async def find_last(self, person_id: int) -> date | None:
        sql = f"SELECT {LAST_VISIT} FROM people p WHERE p.id = $1"
        last: date | None = await self._conn.fetchval(sql, person_id)
        return last

    async def list_days(self, ids: Sequence[int]) -> dict[int, list[date]]:
        """The days on which each of these people came in; none for whoever never did."""
        sql = "SELECT person_id, day FROM visits WHERE person_id = ANY ($1) ORDER BY day"
        days: dict[int, list[date]] = {person_id: [] for person_id in ids}
        for row in await self._conn.fetch(sql, list(ids)):
            days[row["person_id"]].append(row["day"])
        return days

    async def list_since(self, person_id: int, first: date) -> list[date]:
        """The days from that one on, in their order."""
        sql = "SELECT day FROM visits WHERE person_id = $1 AND day >= $2 ORDER BY day"
        return [row["day"] for row in await self._conn.fetch(sql, person_id, first)]

    async def list_of(self, person_id: int) -> list[Visit]:
        """Oldest first."""
        sql = "SELECT day, at FROM visits WHERE person_id = $1 ORDER BY day"
        return [Visit(**row) for row in await self._conn.fetch(sql, person_id)]
