"""``python -m bot check-books``: what the books come to, and whether they are right."""

import asyncio
import sys
from typing import Final

from bot.backups.commands import FAILED, OK, database_of, fail
from bot.backups.connecting import connect
from bot.backups.errors import BackupError
from bot.config import Settings
from bot.db.book_checks import Broken, broken_books
from bot.db.books import BookRepo
from bot.db.migrate import DatabaseTooNew, missing
from bot.models.books import Figures
from bot.texts import books as texts

SHOWN: Final = 20  # places of one broken promise


def run_check_books(settings: Settings) -> int:
    """Print the figures and every broken promise; 0: all is right."""
    with database_of(settings) as url:
        try:
            figures, broken = asyncio.run(_look(url))
        except (BackupError, DatabaseTooNew) as fault:
            return fail(str(fault))
    sys.stdout.write(f"{texts.figures(figures)}\n\n")
    for each in broken:
        sys.stdout.write(f"{texts.broken(each.promise, each.where, shown=SHOWN)}\n")
    sys.stdout.write(f"{texts.verdict(len(broken))}\n")
    return FAILED if broken else OK


async def _look(database_url: str) -> tuple[Figures, list[Broken]]:
    """All of it as of one moment, whatever is being booked meanwhile.

    Raises:
        BackupError: PostgreSQL is away, or its schema is not up to date.
        DatabaseTooNew: a newer ClubDesk has migrated it.
    """
    async with connect(database_url) as conn:
        if await missing(conn):
            raise BackupError(texts.SCHEMA_BEHIND)
        async with conn.transaction(isolation="repeatable_read", readonly=True):
            return await BookRepo(conn).figures(), await broken_books(conn)
