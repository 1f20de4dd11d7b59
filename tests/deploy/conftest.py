"""The servers as docker-compose.yml has them: three roles in PostgreSQL, one user in Valkey."""

import asyncio
import os
import subprocess
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import redis.exceptions
from redis.asyncio import Redis

from bot import embedded
from bot.app import prepare_database
from bot.demo.database import DEPLOY, Addresses, addresses, lay_out
from bot.embedded import _account, _binaries


@pytest.fixture(scope="session")
def secrets(tmp_path_factory) -> Path:
    """What `make secrets` writes."""
    folder = tmp_path_factory.mktemp("deploy") / "secrets"
    subprocess.run(["sh", DEPLOY / "secrets.sh", folder], check=True)
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of these tests alone: roles are of all its databases, and so are their grants."""
    with embedded.throwaway(redis_url="redis://not.used") as started:
        yield started.database_url


@pytest.fixture(scope="session")
async def roles(postgres, secrets) -> Addresses:
    """A database made as PostgreSQL's image makes it, then migrated by the migrator."""
    made = await lay_out(postgres, "clubdesk", secrets)
    await prepare_database(made.migrator, migrating=True)
    return made


@pytest.fixture
async def app_database_url(postgres, secrets, roles) -> AsyncIterator[str]:
    """A copy of that database for one test, as the workers' role reaches it."""
    name = f"clubdesk_{uuid.uuid4().hex[:8]}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(
        f"CREATE DATABASE {name} TEMPLATE clubdesk OWNER clubdesk_migrator STRATEGY file_copy"
    )
    yield addresses(postgres, name, secrets).app
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture(scope="session")
async def valkey(secrets, tmp_path_factory) -> AsyncIterator[str]:
    """The address of a Valkey that deploy/valkey.sh started."""
    home = tmp_path_factory.mktemp("valkey")
    (home / "bin").mkdir()
    (home / "bin" / "valkey-server").symlink_to(_binaries.valkey(_account.current()))
    (port,) = embedded.free_ports(1)
    settings = {"SECRETS_DIR": str(secrets), "PORT": str(port), "MAXMEMORY": "16mb"}
    server = await asyncio.create_subprocess_exec(
        *("sh", str(DEPLOY / "valkey.sh")),
        cwd=home,
        env={"PATH": f"{home / 'bin'}:{os.defpath}", **settings},
        stdout=asyncio.subprocess.DEVNULL,
    )
    url = (secrets / "redis_url").read_text().replace("valkey:6379", f"127.0.0.1:{port}")
    try:
        await _until_it_answers(url)
        yield url
    finally:
        server.terminate()
        await server.wait()


async def _until_it_answers(url: str) -> None:
    async with asyncio.timeout(10), Redis.from_url(url) as client:
        while True:
            try:
                await client.ping()
            except redis.exceptions.ConnectionError:
                await asyncio.sleep(0.02)
            else:
                return
