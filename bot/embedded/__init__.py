"""PostgreSQL and Valkey without installing either: for ``make demo`` and ``make test``.

with embedded.servers(Path(".data")) as urls: ...      # kept from start to start
with embedded.throwaway() as urls: ...                 # fast, erased at the end
"""

from pathlib import Path

from bot.embedded import _account, _binaries
from bot.embedded._errors import EmbeddedError
from bot.embedded._process import die_with_parent, free_ports
from bot.embedded._servers import Servers, Urls, servers, throwaway

__all__ = [
    "EmbeddedError",
    "Servers",
    "Urls",
    "die_with_parent",
    "free_ports",
    "postgres_programs",
    "servers",
    "throwaway",
]


def postgres_programs() -> Path:
    """Return the folder with ``psql``, ``pg_dump`` and the other programs of PostgreSQL.

    Raises:
        EmbeddedError: none are made for this machine.
    """
    return _binaries.postgres(_account.current())
