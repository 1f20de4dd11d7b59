"""One worker's life: servers, wiring, updates by either road, and a clean stop."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from typing import Any, Final

import uvloop
from aiogram.exceptions import TelegramAPIError

from bot import embedded, garbage, health, logs
from bot.app import UPDATES, App, offline_routes, open_app, open_bot, prepare_database
from bot.config import Settings
from bot.db.migrate import DatabaseTooNew
from bot.errors import Unavailable
from bot.metrics import Metrics
from bot.serving import PortTaken, serving
from bot.startup import BadWiring
from bot.stopping import on_signals, until
from bot.updates import webhook
from bot.updates.polling import WebhookIsSet, WrongToken
from bot.waiting import WillNotWork
from bot.wiring import table

OK: Final = 0
FAILED: Final = 1
DRAIN_SECONDS: Final = 27  # the deadline of an update, and a little

_REASONS_NOT_TO_RUN: Final = (
    BadWiring,
    DatabaseTooNew,
    PortTaken,
    TelegramAPIError,
    Unavailable,
    WebhookIsSet,
    WillNotWork,
    WrongToken,
    webhook.BadAddress,
    embedded.EmbeddedError,
    OSError,
)

log = logs.get(__name__)


def run_polling(settings: Settings) -> int:
    """Ask Telegram for updates until SIGTERM or SIGINT; returns the exit code."""

    async def work(app: App, stopping: asyncio.Event) -> None:
        async with AsyncExitStack() as stack:
            pages = health.listening(app.probes, settings.http_host, settings.http_port)
            try:
                log.info("healthz, readyz and metrics", at=await stack.enter_async_context(pages))
            except PortTaken as taken:  # by a standby's first, say; polling needs no port
                log.warning("no healthz, readyz and metrics", reason=str(taken))
            await app.poller.run(stopping)

    return _run(settings, work, migrating=True, jobs=True)


def run_webhook(settings: Settings) -> int:
    """Have Telegram post updates to us until SIGTERM or SIGINT; returns the exit code."""
    url, secret = settings.require_webhook()

    async def work(app: App, stopping: asyncio.Event) -> None:
        hook = webhook.Webhook(app.intake, url=url, secret=secret)
        pages = webhook.application(hook.route(), *health.routes(app.probes))
        host, port = settings.http_host, settings.http_port
        async with serving(pages, host, port, drain_seconds=DRAIN_SECONDS) as here:
            if await until(stopping, hook.announce(app.bot, UPDATES)):
                log.info("serving", at=here)
                await stopping.wait()

    return _run(settings, work, migrating=False, jobs=False)


def run_jobs(settings: Settings) -> int:
    """Do what is to be done later, and no updates, until SIGTERM or SIGINT; the exit code."""

    async def work(app: App, stopping: asyncio.Event) -> None:
        host, port = settings.http_host, settings.http_port
        async with health.listening(app.probes, host, port) as here:
            log.info("doing jobs; healthz, readyz and metrics", at=here)
            await stopping.wait()

    return _run(settings, work, migrating=False, jobs=True)


async def run_migrations(settings: Settings) -> int:
    with servers(settings) as (database_url, _):
        await prepare_database(database_url, migrating=True, granting=True)
    return OK


async def take_webhook_off(settings: Settings) -> int:
    async with open_bot(settings, Metrics()) as bot:
        await webhook.take_off(bot)
    return OK


def print_routes() -> None:
    print(table(offline_routes()))  # noqa: T201 -- what the command is for


@contextmanager
def servers(settings: Settings) -> Iterator[tuple[str, str]]:
    """The addresses of PostgreSQL and Redis; embedded ones where none are set."""
    with embedded.servers(
        settings.data_dir, database_url=settings.database_url, redis_url=settings.redis_url
    ) as urls:
        yield urls.database_url, urls.redis_url


def _run(
    settings: Settings,
    work: Callable[[App, asyncio.Event], Awaitable[None]],
    *,
    migrating: bool,
    jobs: bool,
) -> int:
    def live() -> int:
        with servers(settings) as (database_url, redis_url):
            opening = open_app(settings, database_url, redis_url, migrating=migrating)
            uvloop.run(_live(opening, work, jobs=jobs))
        return OK

    logs.configure(settings.log_format)
    return plainly(live)


def run_plainly(
    settings: Settings, work: Callable[..., Coroutine[Any, Any, int]], *arguments: Any
) -> int:
    """As ``plainly``, for a command that needs no worker: ``work(settings, *arguments)``."""
    logs.configure(settings.log_format)
    return plainly(lambda: asyncio.run(work(settings, *arguments)))


def plainly(work: Callable[[], int]) -> int:
    """The exit code of ``work``; a reason not to run is a line of the log, and code 1."""
    code = FAILED
    try:
        code = work()
    except* _REASONS_NOT_TO_RUN as faults:
        for fault in faults.exceptions:
            log.error("cannot run", reason=str(fault) or type(fault).__name__)
    return code


async def _live(
    opening: AbstractAsyncContextManager[App],
    work: Callable[[App, asyncio.Event], Awaitable[None]],
    *,
    jobs: bool,
) -> None:
    """Do the work, with its helpers beside it, until a signal comes."""
    async with opening as app:
        log.info("\n".join(["routers, first match wins", table(app.routes)]))
        stopping = on_signals(app.probes.drain)
        if await until(stopping, app.poller.introduce()) is None:
            return
        garbage.settle()
        async with asyncio.TaskGroup() as helpers:
            for helper in (*app.helpers, *(app.job_helpers if jobs else ())):
                helpers.create_task(helper.run(stopping))
            try:
                await work(app, stopping)
            finally:
                stopping.set()  # a cancellation can be lost in a library; this cannot
    log.info("stopped")
