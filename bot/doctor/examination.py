"""All checks, one after the other, each printed as soon as it is known."""

import asyncio
import sys
from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import Final

from bot import embedded
from bot.app import open_bot
from bot.config import Settings
from bot.doctor import database, here, redis, sentences, telegram
from bot.doctor.findings import Finding, Mark
from bot.metrics import Metrics

OK: Final = 0
SOMETHING_IS_WRONG: Final = 1


def run_doctor(settings: Settings | list[str]) -> int:
    """Print every finding; returns 1 if any of them is bad. A list: the faults of the settings."""
    return asyncio.run(_print(examine(settings)))


async def examine(settings: Settings | list[str]) -> AsyncIterator[Finding]:
    if isinstance(settings, list):
        for line in settings:
            yield sentences.wrong_setting(line)
        return
    for finding in here.check(settings, Path(".env")):
        yield finding
    for what, checking in (
        ("Telegram", _telegram(settings)),
        ("Database", _database(settings)),
        ("Redis", _redis(settings)),
    ):
        async for finding in _surely(what, checking):
            yield finding


async def _surely(what: str, checking: AsyncIterable[Finding]) -> AsyncIterator[Finding]:
    try:
        async for finding in checking:
            yield finding
    except Exception as fault:  # noqa: BLE001 -- "could not verify" is a finding
        yield sentences.check_failed(what, type(fault).__name__)


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.bot_token.get_secret_value():
        return
    async with open_bot(settings, Metrics()) as bot:
        async for finding in telegram.check(settings, bot):
            yield finding


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database_url
    if not url:
        yield sentences.EMBEDDED
        url = embedded.running_database(settings.data_dir) or ""
    if not url:
        yield sentences.EMBEDDED_RESTS
        return
    async for finding in database.check(settings, url):
        yield finding


async def _redis(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.redis_url:
        yield sentences.REDIS_EMBEDDED
        return
    async for finding in redis.check(settings.redis_url):
        yield finding


async def _print(findings: AsyncIterable[Finding]) -> int:
    code = OK
    async for finding in findings:
        sys.stdout.write(f"{finding}\n")
        sys.stdout.flush()
        if finding.mark is Mark.BAD:
            code = SOMETHING_IS_WRONG
    return code
