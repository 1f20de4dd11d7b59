"""PostgreSQL and Valkey without installing either: for ``make demo`` and ``make test``.

with embedded.servers(Path(".data")) as urls: ...      # kept from start to start
with embedded.throwaway() as urls: ...                 # fast, erased at the end
"""

from bot.embedded._clients import client_programs, running_database, running_redis
from bot.embedded._errors import EmbeddedError
from bot.embedded._process import die_with_parent, free_ports
from bot.embedded._servers import Servers, Urls, servers, throwaway

__all__ = [
    "EmbeddedError",
    "Servers",
    "Urls",
    "client_programs",
    "die_with_parent",
    "free_ports",
    "running_database",
    "running_redis",
    "servers",
    "throwaway",
]
