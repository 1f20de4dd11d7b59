"""The token, the webhook, and Telegram's clock."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe, GetWebhookInfo
from aiogram.types import WebhookInfo

from bot.config import Settings
from bot.doctor import sentences
from bot.doctor.clock import Clock, compared
from bot.doctor.findings import Finding

MANY: Final = 100  # updates that wait
_SECONDS: Final = 5
_RECENT: Final = timedelta(hours=1)


async def check(settings: Settings, bot: Bot, clock: Clock = time.time) -> AsyncIterator[Finding]:
    try:
        me = await bot(GetMe(), request_timeout=_SECONDS)
        info = await bot(GetWebhookInfo(), request_timeout=_SECONDS)
    except (TelegramUnauthorizedError, TelegramNotFound):
        yield sentences.TOKEN_REFUSED
        return
    except (TelegramAPIError, ClientDecodeError, OSError, TimeoutError) as trouble:
        yield sentences.telegram_away(type(trouble).__name__)
        return
    yield sentences.telegram_answers(me.username or str(me.id))
    for finding in _webhook(settings, info):
        yield finding
    async with aiohttp.ClientSession() as session, session.get(settings.bot_api_url) as answer:
        said = parsedate_to_datetime(answer.headers["Date"]).timestamp()
        yield compared(clock(), said, whose="Telegram")


def _webhook(settings: Settings, info: WebhookInfo) -> list[Finding]:
    is_at, wanted = urlsplit(info.url).netloc, urlsplit(settings.webhook_url).netloc
    found = [_address(is_at, wanted, info.pending_update_count)]
    recent = info.last_error_date and datetime.now(UTC) - info.last_error_date < _RECENT
    if info.url and recent:
        error = info.last_error_message or "it does not say why"
        found.append(sentences.hook_failing(error, refused="401" in error))
    if info.pending_update_count > MANY:
        found.append(sentences.many_wait(info.pending_update_count))
    return found


def _address(is_at: str, wanted: str, pending: int) -> Finding:
    if is_at == wanted:
        if wanted:
            return sentences.hook_good(wanted, pending)
        return sentences.polling_is_possible(pending)
    if not wanted:
        return sentences.hook_in_the_way(is_at)
    return sentences.hook_elsewhere(is_at, wanted) if is_at else sentences.hook_missing(wanted)
