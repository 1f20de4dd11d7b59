"""Whole conversations again, by a worker with no more rights on its servers than in production."""

import uuid

import asyncpg
import pytest
from redis.asyncio import Redis

from bot.demo.database import addresses
from tests.stories.test_approvals import *  # noqa: F403 -- collected here a second time, on purpose
from tests.stories.test_deletion import *  # noqa: F403


@pytest.fixture
async def database_url(servers, secrets, roles):
    """A copy of the migrated database; the worker, and the tests too, are ``clubdesk_app``."""
    name = f"clubdesk_app_{uuid.uuid4().hex[:8]}"
    source = roles.owner.rsplit("/", 1)[1]
    admin = await asyncpg.connect(servers.database_url)
    await admin.execute(
        f"CREATE DATABASE {name} TEMPLATE {source} OWNER clubdesk_migrator STRATEGY file_copy"
    )
    yield addresses(servers.database_url, name, secrets).app
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


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
