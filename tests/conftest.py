"""Real servers for every test: embedded PostgreSQL and Valkey, and a Telegram of our own."""

import pytest

pytest.register_assert_rewrite("tests.chat")

import asyncio
import contextlib
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import structlog
from redis.asyncio import Redis

from bot import embedded
from bot.app import App, open_app
from bot.cache import RedisCache
from bot.config import Settings
from bot.db import database
from bot.db.database import Database
from bot.db.migrate import migrate
from bot.once.handling import DEADLINE_SECONDS
from bot.simulator.server import Simulator
from tests.chat import Chat
from tests.club import ClubBuilder
from tests.faster import keep_routers, remember
from tests.postgres import Databases, connected, named

TOKEN = "42:TEST"
FAULTS = Path(__file__).parent / "faults"
DEPLOY = Path(__file__).parent / "deploy"

remember()
keep_routers()

# Its own way to draw a trace, with every variable, takes seconds for an update.
*_before, _ = structlog.get_config()["processors"]
_plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*_before, _plain])


def pytest_addoption(parser):
    parser.addoption(
        "--profile",
        choices=("short", "long"),
        default="short",
        help="how often tests/faults repeats itself; `make soak` runs the long one",
    )
    parser.addoption(
        "--part",
        choices=("all", "together", "faults", "alone"),
        default="all",
        help="a part of the tests; `make test` runs one after the other (see tests/__main__.py)",
    )


def pytest_collection_modifyitems(config, items):
    part = config.getoption("--part")
    if part != "all":
        others = [item for item in items if _part_of(item) != part]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _part_of(item) == part]
        # What takes a minute begins first, in one process: an image is built, a cluster started.
        items.sort(key=lambda item: not item.path.is_relative_to(DEPLOY))


def _part_of(item) -> str:
    if item.get_closest_marker("alone"):
        return "alone"
    return "faults" if item.path.is_relative_to(FAULTS) else "together"


def pytest_report_header(config):
    profile = config.getoption("--profile")
    return f"faults: {profile} profile" + (" (the long one: make soak)" * (profile == "short"))


@pytest.fixture(scope="session")
def servers() -> Iterator[embedded.Urls]:
    """Servers of our own, or those of TEST_DATABASE_URL and TEST_REDIS_URL."""
    urls = (os.environ.get("TEST_DATABASE_URL", ""), os.environ.get("TEST_REDIS_URL", ""))
    with embedded.throwaway(database_url=urls[0], redis_url=urls[1]) as started:
        yield started


@pytest.fixture(scope="session")
async def template(servers) -> str:
    """A migrated database; that of a test is a copy."""
    name = f"clubdesk_template_{uuid.uuid4().hex[:8]}"
    async with connected(servers.database_url) as admin:
        await admin.execute(f"CREATE DATABASE {name}")
    async with connected(named(servers.database_url, name)) as conn:
        await migrate(conn)
    return name


@pytest.fixture(scope="session")
async def databases(servers, template) -> AsyncIterator[Databases]:
    databases = Databases(servers.database_url, template)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.open_pool", databases.open_pool)
        _have_patience(patch)
        yield databases
    await databases.drop()


def _have_patience(patch: pytest.MonkeyPatch) -> None:
    """A machine that stands still for seconds is no PostgreSQL that is away."""
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        patch.setitem(database._SERVER_SETTINGS, limit, "30s")
    patch.setattr(database, "ACQUIRE_SECONDS", 30)
    patch.setattr(database, "_COMMAND_SECONDS", 40)


@pytest.fixture
async def database_url(databases) -> str:
    return await databases.fresh()


@pytest.fixture
async def redis_url(servers) -> str:
    async with Redis.from_url(servers.redis_url) as redis:
        await redis.flushall()
    return servers.redis_url


@pytest.fixture
async def redis(redis_url) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture
async def db(databases, database_url) -> AsyncIterator[Database]:
    async with databases.open_pool(database_url) as pool:
        yield Database(pool)


@pytest.fixture
def cache(redis) -> RedisCache:
    return RedisCache(redis)


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    simulator = Simulator()
    simulator.url = await simulator.start()
    simulator.engine.add_bot(token=TOKEN, username="clubdesk_bot", name="ClubDesk")
    yield simulator
    await simulator.stop()


@pytest.fixture
def settings(sim, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=sim.url,
        sending_limits="none",  # a person of a story types faster than any
        data_dir=tmp_path,
        log_format="json",
    )


@pytest.fixture
def stopping() -> asyncio.Event:
    """Set it, and the worker of ``app`` polls no more."""
    return asyncio.Event()


@pytest.fixture
async def app(sim, settings, database_url, redis_url, stopping, monkeypatch) -> AsyncIterator[App]:
    """A worker that polls. Its sweeper and outbox rest: the chat sends what is owed itself."""
    # A machine that stands still for a second does not make a toast come as a message.
    monkeypatch.setattr("bot.once.handling.LATE_SECONDS", DEADLINE_SECONDS)
    async with open_app(settings, database_url, redis_url) as worker, polling(worker, stopping):
        yield worker
        sim.engine.rules.busy_pause = 0  # its good-bye repeats the offset: half a second each time


@contextlib.asynccontextmanager
async def polling(worker: App, stopping: asyncio.Event | None = None) -> AsyncIterator[None]:
    stopping = stopping or asyncio.Event()
    poll = asyncio.ensure_future(worker.poller.run(stopping))
    try:
        yield
    finally:
        stopping.set()
        await poll


@pytest.fixture
def environment(sim, database_url, redis_url) -> dict[str, str]:
    """What a bot of its own process needs to know."""
    return {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": sim.url,
        "SENDING_LIMITS": "none",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "LOG_FORMAT": "json",
        "HTTP_PORT": "0",
    }


@pytest.fixture
def club(sim, db, cache) -> ClubBuilder:
    return ClubBuilder(sim.engine, db, cache)


@pytest.fixture
def chat(sim, app, club) -> Chat:
    return Chat(sim.engine, app, club)
