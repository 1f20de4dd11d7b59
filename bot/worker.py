"""One worker's life: servers, wiring, polling, and a clean stop."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvloop

from bot import embedded, garbage, logs
from bot.app import App, migrate_database, offline_routes, open_app
from bot.config import Settings
from bot.db.migrate import DatabaseTooNew
from bot.polling import WrongToken
from bot.startup import BadWiring
from bot.wiring import table

OK: Final = 0
FAILED: Final = 1

log = logs.get(__name__)


def run_worker(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code."""
    logs.configure(settings.log_format)
    try:
        with servers(settings) as (database_url, redis_url):
            uvloop.run(_work(settings, database_url, redis_url))
    except (BadWiring, DatabaseTooNew, WrongToken, embedded.EmbeddedError, OSError) as fault:
        log.error("cannot run", reason=str(fault) or type(fault).__name__)
        return FAILED
    return OK


async def run_migrations(settings: Settings) -> None:
    logs.configure(settings.log_format)
    with servers(settings) as (database_url, _):
        await migrate_database(database_url)


def print_routes() -> None:
    print(table(offline_routes()))  # noqa: T201 -- what the command is for


@contextmanager
def servers(settings: Settings) -> Iterator[tuple[str, str]]:
    """The addresses of PostgreSQL and Redis; embedded ones where none are set."""
    with embedded.servers(
        settings.data_dir, database_url=settings.database_url, redis_url=settings.redis_url
    ) as urls:
        yield urls.database_url, urls.redis_url


async def _work(settings: Settings, database_url: str, redis_url: str) -> None:
    async with open_app(settings, database_url, redis_url) as app:
        log.info("routers, first match wins", table=f"\n{table(app.routes)}")
        _stop_on_signals(app)
        await app.poller.introduce()
        garbage.settle()
        async with asyncio.TaskGroup() as group:
            helpers = [group.create_task(app.sweeper.run()), group.create_task(app.outbox.run())]
            log.info("polling", api=settings.bot_api_url)
            await app.poller.run()
            for helper in helpers:
                helper.cancel()
    log.info("stopped")


def _stop_on_signals(app: App) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, app.poller.stop)
