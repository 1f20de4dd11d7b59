"""Fetching a file that somebody sent."""

from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile
from aiogram.types import Document, PhotoSize

from bot import logs
from bot.errors.files import FileNotFetched, FileTooBig
from bot.telegram.calling import Caller

_TRIES: Final = 2
_SECONDS: Final = 4  # for each; an update has fifteen in all
_CHUNK: Final = 65_536
_MEGABYTE: Final = 1_000_000

log = logs.get(__name__)


async def fetch(bot: Bot, file: Document | PhotoSize, *, limit: int) -> bytes:
    """The whole file, at most ``limit`` bytes.

    Raises:
        FileTooBig: it is larger.
        FileNotFetched: it did not come; the person may send it again.
        Unavailable: Telegram does not answer at all.
    """
    if (file.file_size or 0) > limit:
        raise _too_big(limit)
    try:
        found = await Caller(bot).call(GetFile(file_id=file.file_id))
    except TelegramBadRequest as refusal:
        raise FileNotFetched from refusal
    url = bot.session.api.file_url(bot.token, found.file_path or "")
    for _ in range(_TRIES):
        try:
            return await _download(bot, url, limit=limit)
        except OSError as trouble:
            log.warning("a file does not come", error=type(trouble).__name__)
    raise FileNotFetched


async def _download(bot: Bot, url: str, *, limit: int) -> bytes:
    content = bytearray()
    async for chunk in bot.session.stream_content(url, timeout=_SECONDS, chunk_size=_CHUNK):
        content += chunk
        if len(content) > limit:
            raise _too_big(limit)
    return bytes(content)


def _too_big(limit: int) -> FileTooBig:
    return FileTooBig(megabytes=limit // _MEGABYTE)
