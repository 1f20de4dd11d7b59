"""Fetching a file that somebody sent."""

from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile

from bot.errors import Unavailable
from bot.telegram.calling import Caller

_SECONDS: Final = 8
_CHUNK: Final = 65_536


class TooBig(Exception):
    """More than the limit, or more than Telegram hands out."""


async def fetch(bot: Bot, file_id: str, *, limit: int) -> bytes:
    """The whole file, at most ``limit`` bytes.

    Raises:
        TooBig: nothing was kept.
        Unavailable: Telegram did not answer; the update may come again.
    """
    try:
        found = await Caller(bot).call(GetFile(file_id=file_id))
    except TelegramBadRequest as refusal:
        if "too big" in refusal.message:
            raise TooBig from refusal
        raise Unavailable(f"Telegram: {refusal.message}") from refusal
    if found.file_path is None or (found.file_size or 0) > limit:
        raise TooBig
    url = bot.session.api.file_url(bot.token, found.file_path)
    content = bytearray()
    try:
        async for chunk in bot.session.stream_content(url, timeout=_SECONDS, chunk_size=_CHUNK):
            content += chunk
            if len(content) > limit:
                raise TooBig
    except OSError as trouble:
        raise Unavailable(f"Telegram: {type(trouble).__name__}") from trouble
    return bytes(content)
