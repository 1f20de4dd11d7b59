"""Jobs of the tests' own, and runners in the test's hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.assembly import build_services
from bot.jobs.runner import Runner
from bot.metrics import Metrics
from tests.jobs.tasks import HANDLERS


@pytest.fixture
def services(db, cache):
    return build_services(db, cache)


@pytest.fixture
def running(database_url, services):
    """``async with running():`` a worker does jobs until the end of the block."""

    @asynccontextmanager
    async def run(url: str = database_url) -> AsyncIterator[Runner]:
        runner = Runner(url, services, Metrics(), handlers=HANDLERS, lease=timedelta(seconds=2))
        stopping = asyncio.Event()
        work = asyncio.ensure_future(runner.run(stopping))
        try:
            yield runner
        finally:
            stopping.set()
            await work

    return run
