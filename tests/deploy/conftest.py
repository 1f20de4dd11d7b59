"""The club's database as docker-compose.yml lays it out: three roles, made by deploy/roles.sql."""

import subprocess
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from bot.app import prepare_database
from bot.demo.database import DEPLOY, ROLES, Addresses, lay_out


@pytest.fixture(scope="session")
def secrets(tmp_path_factory) -> Path:
    """What `make secrets` writes."""
    folder = tmp_path_factory.mktemp("deploy") / "secrets"
    subprocess.run(["sh", DEPLOY / "secrets.sh", folder], check=True)
    return folder


@pytest.fixture(scope="session")
async def roles(servers, secrets) -> AsyncIterator[Addresses]:
    """A database made as PostgreSQL's image makes it, then migrated by the migrator."""
    name = f"clubdesk_roles_{uuid.uuid4().hex[:8]}"
    made = await lay_out(servers.database_url, name, secrets)
    await prepare_database(made.migrator, migrating=True)
    yield made
    admin = await asyncpg.connect(servers.database_url)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    for role in ROLES:
        await admin.execute(f"DROP ROLE clubdesk_{role}")
    await admin.close()
