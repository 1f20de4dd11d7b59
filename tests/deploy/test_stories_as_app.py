"""Whole conversations again, by a worker whose database role is the one of production."""

import uuid

import asyncpg
import pytest

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


async def test_the_worker_of_these_stories_is_the_restricted_role(db, database_url):
    conn = await asyncpg.connect(database_url)
    assert await conn.fetchval("SELECT current_user") == "clubdesk_app"
    await conn.close()
