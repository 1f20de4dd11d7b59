"""A person's own documents: invoices, receipts and credit notes in one list."""

from typing import Final

from bot.db.database import Database
from bot.models.documents import DocumentPage
from bot.models.people import Person
from bot.services._pages import nearest

PAGE: Final = 6


class DocumentService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def page(self, number: int, *, me: Person) -> DocumentPage:
        """Newest first; a number beyond the ends gives the nearest page."""
        async with self._db.reading() as repos:
            number, pages = nearest(number, of=await repos.documents.count(me.id), size=PAGE)
            entries = await repos.documents.list_latest(me.id, limit=PAGE, offset=number * PAGE)
        return DocumentPage(number=number, pages=pages, entries=entries)
