"""Kept-alive HTTP/1.1 connections: one request, its whole answer, then the next request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Any, Final, NamedTuple

from httptools import HttpParserError, HttpResponseParser

CONNECT_SECONDS: Final = 5
_FIRST_FINAL_STATUS: Final = 200  # below that the real answer is still to come


class Server(NamedTuple):
    """``ssl``: how to check who it is; ``None`` for plain HTTP."""

    host: str
    port: int
    ssl: SSLContext | None


class Answer(NamedTuple):
    status: int
    body: bytes


class Connections:
    """Opens connections as they are needed, up to ``limit``, and keeps them for the next time."""

    def __init__(self, *, limit: int) -> None:
        self._limit = asyncio.Semaphore(limit)
        self._idle: dict[Server, list[_Connection]] = {}

    async def ask(self, server: Server, request: bytes) -> Answer:
        """Send ``request`` and return what came back.

        Nothing is sent twice: whether the server had acted before a connection broke is not known.

        Raises:
            OSError: no connection, or it broke; TimeoutError among them if it did not open in time.
        """
        async with self._limit, self._borrowed(server) as connection:
            return await connection.ask(request)

    def close(self) -> None:
        for connections in self._idle.values():
            while connections:
                connections.pop().close()

    @asynccontextmanager
    async def _borrowed(self, server: Server) -> "AsyncIterator[_Connection]":
        connection = self._kept(server) or await _open(server)
        try:
            yield connection
        except BaseException:
            connection.close()  # its answer may still come, and must not be taken for the next one
            raise
        if connection.is_open:
            self._idle[server].append(connection)

    def _kept(self, server: Server) -> "_Connection | None":
        """The one used last: the others may be closed by the server when they are not needed."""
        kept = self._idle.setdefault(server, [])
        while kept:
            if (connection := kept.pop()).is_open:
                return connection
        return None


async def _open(server: Server) -> "_Connection":
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(CONNECT_SECONDS):
        _, connection = await loop.create_connection(
            _Connection, server.host, server.port, ssl=server.ssl
        )
    return connection


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self._body: list[bytes] = []
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes) -> Answer:
        if self._transport is None:
            raise ConnectionResetError("the connection is closed")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    # What asyncio tells

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self._fail(ConnectionError("the answer was not HTTP"))
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._fail(exc or ConnectionResetError("the connection was closed before the answer"))

    # What the parser tells

    def on_message_begin(self) -> None:
        self._body.clear()

    def on_body(self, part: bytes) -> None:
        self._body.append(part)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < _FIRST_FINAL_STATUS:
            return
        if not self._parser.should_keep_alive():
            self.close()
        if self._answer and not self._answer.done():
            self._answer.set_result(Answer(status, b"".join(self._body)))

    def _fail(self, trouble: Exception) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(trouble)
