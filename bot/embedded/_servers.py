"""Both servers together: started side by side, stopped side by side."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.embedded._errors import EmbeddedError, told_plainly
from bot.embedded._server import Server
from bot.embedded._site import Site
from bot.embedded.postgres import EmbeddedPostgres
from bot.embedded.valkey import EmbeddedValkey

_NEEDS_MB = 300
_THROWAWAY = "clubdesk-throwaway-"
_STALE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Urls:
    database_url: str = field(repr=False)  # they hold passwords
    redis_url: str = field(repr=False)


class Servers:
    """The servers of one data folder. A URL that is given is used; its server is not started."""

    def __init__(
        self,
        data_dir: Path,
        *,
        database_url: str = "",
        redis_url: str = "",
        fast: bool = False,
        needs_mb: int = _NEEDS_MB,
    ) -> None:
        self._given = Urls(database_url, redis_url)
        self._site = Site(data_dir, needs_mb=needs_mb)
        self._postgres = None if database_url else EmbeddedPostgres(self._site, fast=fast)
        self._valkey = None if redis_url else EmbeddedValkey(self._site, fast=fast)

    @property
    def _own(self) -> list[Server]:
        """In the order of launching: Valkey comes up while PostgreSQL makes its database."""
        return [server for server in (self._valkey, self._postgres) if server]

    def start(self) -> Urls:
        """Start them from the main thread.

        Raises:
            EmbeddedError: with a sentence for people.
        """
        try:
            with told_plainly(self._site.data_dir, self._site.needs_mb):
                return self._start()
        except BaseException:
            self.stop()
            raise

    def announce(self, url: str) -> None:
        """Tell a second start on the same data where this one answers."""
        if self._own:
            self._site.announce(url)

    def stop(self) -> None:
        """Stop them in good order; harmless when they do not run."""
        for server in self._own:
            server.ask_to_stop()
        for server in self._own:
            server.stop()
        self._site.leave()

    def _start(self) -> Urls:
        if not self._own:
            return self._given
        if sys.platform == "win32":
            raise EmbeddedError("On Windows, run ClubDesk inside WSL.")
        self._site.enter()
        for server in self._own:
            server.launch()
        self._site.note_servers([server.pid for server in self._own])
        return Urls(
            database_url=self._postgres.wait() if self._postgres else self._given.database_url,
            redis_url=self._valkey.wait() if self._valkey else self._given.redis_url,
        )


@contextmanager
def servers(
    data_dir: Path, *, database_url: str = "", redis_url: str = "", fast: bool = False
) -> Iterator[Urls]:
    """Run the servers for the length of the block."""
    pair = Servers(data_dir, database_url=database_url, redis_url=redis_url, fast=fast)
    urls = pair.start()
    try:
        yield urls
    finally:
        pair.stop()


@contextmanager
def throwaway(*, database_url: str = "", redis_url: str = "") -> Iterator[Urls]:
    """Run fast servers whose data ends with the block: for tests."""
    for left in Path(tempfile.gettempdir()).glob(f"{_THROWAWAY}*"):
        _sweep(left)
    folder = Path(tempfile.mkdtemp(prefix=_THROWAWAY))
    folder.chmod(0o755)  # what is inside is closed to others
    pair = Servers(folder, database_url=database_url, redis_url=redis_url, fast=True)
    try:
        yield pair.start()
    finally:
        pair.stop()
        Site(folder, needs_mb=0).erase()


def _sweep(left: Path) -> None:
    """Remove what a killed test run left, if it is old, ours and used by nobody."""
    site = Site(left, needs_mb=0)
    with suppress(OSError, EmbeddedError):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            site.enter()
            site.erase()
    site.leave()
