"""A TCP line that can be made slow, narrow, silent or cut: between a worker and one server."""

import asyncio
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

_CHUNK = 65_536


@dataclass(slots=True)
class Toxics:
    """What is wrong with a line; the names are Toxiproxy's. All off: as if it were not there."""

    latency: float = 0.0  # seconds added to whatever passes, in either direction
    bandwidth: int | None = None  # bytes a second, in either direction
    blackhole: bool = False  # everything is swallowed, nothing is closed: «timeout 0»
    down: bool = False  # nobody listens
    reset: bool = False  # every line is cut as soon as something passes
    limit_data: int | None = None  # a line is cut after so many bytes of answer


class Proxy:
    """Listens on ``port`` and passes on to ``target``, which may move."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.toxics = Toxics()
        self.port = 0
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    @asynccontextmanager
    async def listening(self):
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self._server.close()
            self.cut()
            await asyncio.sleep(0)

    @contextmanager
    def suffering(self, **toxics):
        """These toxics for the length of the block; lines open already suffer as well."""
        self.toxics = Toxics(**toxics)
        if self.toxics.down:
            self.cut()
        try:
            yield
        finally:
            self.toxics = Toxics()

    def cut(self) -> None:
        """Reset every line that is open."""
        for line in self._lines:
            line.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        there = None
        try:
            if self.toxics.down:
                return
            to_server, there = await asyncio.open_connection(*self.target)
            self._lines.add(there)
            await self._both_ways((reader, there), (to_server, writer))
        except OSError:
            return
        finally:
            for line in filter(None, (writer, there)):
                line.transport.abort()
                self._lines.discard(line)

    async def _both_ways(self, up, down) -> None:
        """Until either side ends."""
        ways = [
            asyncio.ensure_future(self._pass(*up, is_answer=False)),
            asyncio.ensure_future(self._pass(*down, is_answer=True)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        passed = 0
        with suppress(OSError):
            while chunk := await source.read(_CHUNK):
                toxics = self.toxics
                if toxics.latency:
                    await asyncio.sleep(toxics.latency)
                if toxics.bandwidth:
                    await asyncio.sleep(len(chunk) / toxics.bandwidth)
                if toxics.reset:
                    return
                if self.toxics.blackhole:
                    continue
                if is_answer and toxics.limit_data is not None:
                    chunk = chunk[: max(toxics.limit_data - passed, 0)]
                    passed += len(chunk)
                sink.write(chunk)
                await sink.drain()
                if is_answer and toxics.limit_data is not None and passed >= toxics.limit_data:
                    return
