"""Databases of one's own."""

import uuid

import asyncpg
import pytest

from tests.postgres import named


@pytest.fixture
async def fresh(servers):
    """The address of an empty database, for each asking a new one."""
    made = []
    admin = await asyncpg.connect(servers.database_url)

    async def make(options: str = "") -> str:
        made.append(f"clubdesk_fresh_{uuid.uuid4().hex[:8]}")
        await admin.execute(f"CREATE DATABASE {made[-1]} {options}")
        return named(servers.database_url, made[-1])

    yield make
    for name in made:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await admin.close()
