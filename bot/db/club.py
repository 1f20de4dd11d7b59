"""The club table: its one row."""

from asyncpg import Record

from bot.db._rows import Connection, sure
from bot.models.club import Club

_COLUMNS = "name, timezone, currency, welcome_text, review_registrations, set_up_at"


class ClubRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def found(self, club: Club) -> None:
        """Write the first facts; a club that exists keeps its own."""
        sql = f"""
            INSERT INTO club ({_COLUMNS})
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO NOTHING
        """
        values = (getattr(club, name.strip()) for name in _COLUMNS.split(","))
        await self._conn.execute(sql, *values)

    async def get(self) -> Club:
        sql = f"SELECT {_COLUMNS} FROM club"
        return _club(sure(await self._conn.fetchrow(sql)))

    async def hold(self) -> Club:
        """The club, locked until the transaction ends, so that «before» in the audit is true."""
        sql = f"SELECT {_COLUMNS} FROM club FOR UPDATE"
        return _club(sure(await self._conn.fetchrow(sql)))

    async def save(self, club: Club) -> None:
        sql = """
            UPDATE club
               SET name = $1, timezone = $2, currency = $3, welcome_text = $4,
                   review_registrations = $5, set_up_at = $6
        """
        values = (getattr(club, name.strip()) for name in _COLUMNS.split(","))
        await self._conn.execute(sql, *values)


def _club(row: Record) -> Club:
    return Club(**dict(row))
