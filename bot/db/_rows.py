"""What every repository needs: a connection type, a sure row, folded names."""

import unicodedata

from asyncpg import Connection as DirectConnection
from asyncpg import Record
from asyncpg.pool import PoolConnectionProxy

Connection = DirectConnection | PoolConnectionProxy


def sure(row: Record | None) -> Record:
    """For INSERT … RETURNING, which always returns."""
    if row is None:
        raise RuntimeError("a statement that must return a row returned none")
    return row


def storable(text: str) -> str:
    """PostgreSQL cannot hold the character 0; nobody types it, but it can be sent."""
    return text.replace("\0", "\ufffd")


def fold(name: str) -> str:
    """A name as it is searched: without case, accents and doubled spaces.

    Only Latin-style combining marks go; Devanagari vowel signs are letters and stay.
    """
    split = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in split if not "\u0300" <= c <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", kept).split())


def like(text: str) -> str:
    """``text`` anywhere, its own wildcards taken literally."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
