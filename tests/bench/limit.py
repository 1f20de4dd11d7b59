"""The bare limit of this machine: what no bot in Python can do without.

Per update one script in Redis, one INSERT, one call of Telegram; no framework, no checks, no log.
Run as a process like the bot; it says back what it hears.
"""

import asyncio
import os
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import hiredis
import orjson
import uvloop

from bot.telegram.connection import Connections, Server
from tests.bench.people import Step
from tests.bench.telegram import TOKEN

COMMAND = ("-m", "tests.bench.limit")
SCRIPT = tuple(Step(f"word {n}", f"word {n}") for n in range(10))
_LUA = b"redis.call('SET', KEYS[1], ARGV[1], 'EX', 600) return redis.call('GET', KEYS[1])"
_HEAD = b"POST /bot%s/%s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_LENGTH = b"Content-Length: %d\r\n\r\n"


class _Redis(asyncio.Protocol):
    def __init__(self) -> None:
        self._reader = hiredis.Reader()
        self._waiting: deque[asyncio.Future] = deque()

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (answer := self._reader.gets()) is not False:
            self._waiting.popleft().set_result(answer)

    def ask(self, *command: Any) -> asyncio.Future:
        self._waiting.append(asyncio.get_running_loop().create_future())
        self._transport.write(hiredis.pack_command(command))
        return self._waiting[-1]


class _Bot:
    def __init__(self, redis: _Redis, pool: asyncpg.Pool, api: Server) -> None:
        self._redis = redis
        self._pool = pool
        self._api = api
        self._connections = Connections(limit=200)

    async def run(self) -> None:
        self._sha = await self._redis.ask("SCRIPT", "LOAD", _LUA)
        while True:
            updates = await self._call(b"getUpdates", timeout=30)
            await asyncio.gather(*(self._echo(update) for update in updates))

    async def _echo(self, update: dict) -> None:
        chat, text = update["message"]["chat"]["id"], update["message"]["text"]
        await self._redis.ask("EVALSHA", self._sha, 1, f"limit:{chat}", text)
        async with self._pool.acquire() as conn:
            await conn.execute("INSERT INTO bench_limit VALUES ($1, $2)", chat, text)
        await self._call(b"sendMessage", chat_id=chat, text=text)

    async def _call(self, method: bytes, **params: object) -> Any:
        body = orjson.dumps(params)
        head = _HEAD % (TOKEN.encode(), method) + _LENGTH % len(body)
        answer = await self._connections.ask(self._api, head + body)
        return orjson.loads(answer.body)["result"]


async def main() -> None:
    redis, api = (urlsplit(os.environ[name]) for name in ("REDIS_URL", "BOT_API_URL"))
    loop = asyncio.get_running_loop()
    _, line = await loop.create_connection(_Redis, redis.hostname, redis.port)
    if redis.password:
        await line.ask("AUTH", redis.username or "default", redis.password)

    async def leave(conn: asyncpg.Connection) -> None:
        """No round trip to reset what was not set."""

    async with asyncpg.create_pool(os.environ["DATABASE_URL"], max_size=10, reset=leave) as pool:
        await pool.execute("CREATE TABLE IF NOT EXISTS bench_limit (chat bigint, text text)")
        await _Bot(line, pool, Server(api.hostname, api.port, None)).run()


if __name__ == "__main__":
    uvloop.run(main())
