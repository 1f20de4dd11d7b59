"""aiogram's way to Telegram, leaner: JSON over kept-alive connections instead of forms.

What a call costs is mostly the client's own work. Files still go as aiogram sends them; answers and
errors are read by aiogram, so nothing changes for the caller. The token is part of every address:
no error that leaves this module quotes one.
"""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from typing import Any, Self, cast
from urllib.parse import urlsplit

import certifi
import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError

from bot.telegram.connection import Answer, Connections, Server

_HEAD = (
    "POST {path} HTTP/1.1\r\n"
    "Host: {host}\r\n"
    "User-Agent: ClubDesk\r\n"
    "Accept: application/json\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: {length}\r\n\r\n"
)


class LeanSession(AiohttpSession):
    """``timeout``: seconds a call may take; ``limit``: calls at once, the others wait in line."""

    def __init__(self, api: TelegramAPIServer, *, timeout: float, limit: int) -> None:
        super().__init__(api=api, timeout=timeout, limit=limit, json_loads=orjson.loads)
        self._connections = Connections(limit=limit)
        self._ssl = ssl.create_default_context(cafile=certifi.where())

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 -- aiogram's signature
    ) -> TelegramType:
        """Call Telegram.

        Raises:
            TelegramAPIError, ClientDecodeError: as aiogram's own session does.
        """
        files: dict[str, InputFile] = {}
        parameters = self._parameters(bot, method, files)
        if files:
            return await self._upload(bot, method, timeout)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        try:
            async with asyncio.timeout(self.timeout if timeout is None else timeout):
                answer = await self._ask(url, orjson.dumps(parameters))
        except TimeoutError as trouble:
            raise TelegramNetworkError(method, "Request timeout error") from trouble
        except OSError as trouble:
            raise TelegramNetworkError(method, f"{type(trouble).__name__}: {trouble}") from trouble
        text = answer.body.decode(errors="replace")
        response = self.check_response(bot, method, answer.status, text)
        return cast(TelegramType, response.result)

    async def stream_content(self, *args: Any, **options: Any) -> AsyncGenerator[bytes, None]:
        """Download a file.

        Raises:
            OSError: it did not come; TimeoutError among them.
        """
        try:
            async for chunk in super().stream_content(*args, **options):
                yield chunk
        except ClientError as trouble:
            raise ConnectionError(f"download failed: {type(trouble).__name__}") from None

    async def close(self) -> None:
        self._connections.close()
        await super().close()

    async def __aenter__(self) -> Self:
        return self  # aiohttp is opened by the first file

    def _parameters(
        self, bot: Bot, method: TelegramMethod[Any], files: dict[str, InputFile]
    ) -> dict[str, Any]:
        given = method.model_dump(warnings=False, exclude_none=True)
        prepared = (
            (name, self.prepare_value(value, bot, files, _dumps_json=False))
            for name, value in given.items()
        )
        return {name: value for name, value in prepared if value is not None}

    async def _ask(self, url: str, body: bytes) -> Answer:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        server = Server(
            parts.hostname or "",
            parts.port or (443 if secure else 80),
            self._ssl if secure else None,
        )
        host = parts.netloc.rpartition("@")[2]
        head = _HEAD.format(path=parts.path, host=host, length=len(body))
        return await self._connections.ask(server, head.encode() + body)

    async def _upload(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None,  # noqa: ASYNC109 -- aiogram's signature
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except TelegramNetworkError as trouble:
            kind = trouble.message.partition(":")[0]  # what follows may quote the address
            raise TelegramNetworkError(method, kind) from None
