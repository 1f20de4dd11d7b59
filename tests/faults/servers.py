"""PostgreSQL and Valkey of our own, to be stopped, crashed, frozen and started again."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from bot.embedded._server import Server
from bot.embedded._site import Site
from bot.embedded.postgres import EmbeddedPostgres
from bot.embedded.valkey import EmbeddedValkey

FAST = signal.SIGINT  # both end in good order
IMMEDIATE = signal.SIGQUIT  # PostgreSQL as if it had crashed
CRASH = signal.SIGKILL


class Machine:
    """One server process that keeps its port and its data (Valkey: only the port) for ever."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self._server.port

    def through(self, port: int) -> str:
        """The URL by way of a proxy that listens on ``port``."""
        parts = urlsplit(self.url)
        return self.url.replace(f":{parts.port}/", f":{port}/")

    async def restart(self, how: signal.Signals = FAST, *, away: float = 0.0) -> None:
        await self.stop(how)
        await asyncio.sleep(away)
        await self.start()

    async def stop(self, how: signal.Signals = FAST) -> None:
        process = self._server._process
        process.send_signal(how)
        while process.poll() is None:
            await asyncio.sleep(0.01)

    async def start(self) -> None:
        """As ``Server.launch``, on the same port and without blocking the loop."""
        with self._server._log.open("ab") as log:
            self._server._process = self._server.run(log)
        async with asyncio.timeout(30):
            while not self._server.answers():
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def frozen(self):
        """Stopped in its tracks, connections and all; it goes on where it was."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)

    def signal(self, number: signal.Signals) -> None:
        """To the process and all its children: PostgreSQL has one for each connection."""
        for pid in _family(self._server.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, number)


@contextmanager
def machines() -> Iterator[tuple[Machine, Machine]]:
    """PostgreSQL and Valkey, erased at the end."""
    folder = Path(tempfile.mkdtemp(prefix="clubdesk-throwaway-"))
    folder.chmod(0o755)
    site = Site(folder, needs_mb=0)
    servers = [EmbeddedPostgres(site, fast=True), EmbeddedValkey(site, fast=True)]
    site.enter()
    try:
        for server in servers:
            server.launch()
        for server in servers:
            server.wait()
        yield Machine(servers[0]), Machine(servers[1])
    finally:
        for server in servers:
            Machine(server).signal(signal.SIGCONT)
            server.stop()
        site.leave()
        Site(folder, needs_mb=0).erase()


def _family(pid: int) -> list[int]:
    """A process and its children; a child that ended meanwhile is left out."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]
