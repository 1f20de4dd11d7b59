"""The journal: entries are added and read, never changed."""

from bot.db._rows import Connection, sure
from bot.models.books import Entry


class BookRepo:
    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, entry: Entry) -> None:
        """A document that is booked already is a bug, and refused."""
        sql = """
            INSERT INTO journal_entries (kind, document_id, person_id, walk_in_id, booked_at)
            VALUES ($1, $2, $3, $4, $5)
            RETURNING id
        """
        row = await self._conn.fetchrow(
            sql,
            entry.kind,
            entry.document_id,
            entry.account.person_id,
            entry.account.walk_in_id,
            entry.booked_at,
        )
        postings = """
            INSERT INTO journal_postings (entry_id, account, amount_paise)
            VALUES ($1, $2, $3)
        """
        entry_id = sure(row)["id"]
        values = [(entry_id, account, paise) for account, paise in entry.postings.items() if paise]
        await self._conn.executemany(postings, values)
