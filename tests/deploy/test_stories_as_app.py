"""Whole conversations again, by a worker with no more rights on its servers than in production."""

import asyncpg
import pytest
from redis.asyncio import Redis

from tests.stories.test_approvals import *  # noqa: F403 -- collected here a second time, on purpose
from tests.stories.test_deletion import *  # noqa: F403


@pytest.fixture
def database_url(app_database_url):
    """The worker, and the test's own look into the tables too, are ``clubdesk_app``."""
    return app_database_url


@pytest.fixture
async def redis_url(valkey):
    """Valkey's one user, which cannot even flush: what the last test left is removed by name."""
    async with Redis.from_url(valkey) as client:
        async for key in client.scan_iter(count=1000):
            await client.unlink(key)
    return valkey


async def test_the_worker_of_these_stories_is_the_restricted_role(db, database_url):
    conn = await asyncpg.connect(database_url)
    assert await conn.fetchval("SELECT current_user") == "clubdesk_app"
    await conn.close()
