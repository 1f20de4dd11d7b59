"""Redis over one connection that everybody shares: a third of what a connection each costs.

redis-py takes a connection out of its pool for each command, checks it and gives it back. Redis
answers in the order of asking, so one connection can carry them all, as long as nobody blocks it.
"""

import asyncio
from collections import deque
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.connection import HiredisRespSerializer
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

ANSWER_SECONDS: Final = 2
_PACKER: Final = HiredisRespSerializer()  # in C; redis-py's asyncio side packs in Python


class SharedRedis(Redis):
    """redis-py's client for short commands: scripts and single keys, nothing that blocks.

    A command is sent once. When the connection breaks, whoever waits on it is told, and the next
    command opens a new one.
    """

    _line: "_Line | None" = None
    _opening: asyncio.Lock

    async def execute_command(self, *command: Any, **_options: Any) -> Any:
        """Send one command and return the server's answer as it came.

        Raises:
            RedisError, OSError: no connection, it broke, or the server declined; TimeoutError.
        """
        line = self._line
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                if line is None or not line.is_open:
                    line = await self._open()
                return await line.ask(command)
        except TimeoutError:
            if line:
                await line.close()  # what was asked after it would not be answered either
            raise

    async def aclose(self, close_connection_pool: bool | None = None) -> None:  # noqa: FBT001 -- redis-py's signature
        if self._line:
            await self._line.close()
        await super().aclose(close_connection_pool)

    async def _open(self) -> "_Line":
        """A new line, opened once however many wait for it."""
        if not hasattr(self, "_opening"):
            self._opening = asyncio.Lock()
        async with self._opening:
            if self._line is None or not self._line.is_open:
                connection = self.connection_pool.make_connection()  # type: ignore[no-untyped-call]
                await connection.connect()
                self._line = _Line(connection)
            return self._line


class _Line:
    """One connection and those who wait for its answers, in the order of asking."""

    def __init__(self, connection: AbstractConnection) -> None:
        self._connection = connection
        self._unsent: list[bytes] = []
        self._asked = asyncio.Event()
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._work = asyncio.ensure_future(self._run())

    @property
    def is_open(self) -> bool:
        return not self._work.done() and self._connection.is_connected

    async def ask(self, command: tuple[Any, ...]) -> Any:
        self._unsent += _PACKER.pack(*command)
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._asked.set()
        try:
            return await answer
        finally:
            answer.cancel()  # of no effect once answered

    async def close(self) -> None:
        self._work.cancel()
        await asyncio.wait({self._work})

    async def _run(self) -> None:
        trouble: Exception = RedisConnectionError("the connection was closed")
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._write())
                both.create_task(self._read())
        except* (RedisError, OSError) as broken:
            trouble = broken.exceptions[0]
        finally:
            for answer in self._waiting:
                if not answer.done():
                    answer.set_exception(trouble)
            await self._connection.disconnect(nowait=True)

    async def _write(self) -> None:
        """All that is asked at one moment goes out in one piece."""
        while await self._asked.wait():
            self._asked.clear()
            packed, self._unsent = self._unsent, []
            await self._connection.send_packed_command(packed, check_health=False)

    async def _read(self) -> None:
        while True:
            await self._read_one()

    async def _read_one(self) -> None:
        try:
            found = await self._connection.read_response()
        except ResponseError as refusal:
            found = refusal
        answer = self._waiting.popleft()
        if answer.done():
            return  # whoever asked has given up
        if isinstance(found, Exception):
            answer.set_exception(found)
        else:
            answer.set_result(found)
