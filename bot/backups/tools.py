"""PostgreSQL's own programs: found, and run without a password on any process list."""

import asyncio
import os
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from bot import embedded
from bot.backups.errors import BackupError

_SETTINGS: Final = {
    "statement_timeout": "0",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "0",
    "client_min_messages": "warning",  # every erased table would be a notice
}
_GRAVE: Final = re.compile(r"error|fatal", re.IGNORECASE)


async def find(server: int) -> Path:
    """The folder of programs that are new enough for a server of this major version.

    Raises:
        BackupError: there are none.
    """
    for folder in _folders():
        if await _major(folder / "pg_dump") >= server:
            return folder
    raise BackupError(
        f"There is no pg_dump of PostgreSQL {server} or newer here. Install the package "
        f"postgresql-client-{server}, or set PG_BIN_DIR to the folder of PostgreSQL's programs."
    )


async def run(program: Path, *arguments: str | Path, database_url: str = "") -> str:
    """Run to the end; returns what it wrote.

    Raises:
        BackupError: it failed, with the line in which it says why.
    """
    process = await start(program, *arguments, database_url=database_url, stdout=PIPE)
    out, err = await _communicate(process)
    if process.returncode:
        raise BackupError(complaint(program, err))
    return out.decode(errors="replace")


async def start(
    program: Path,
    *arguments: str | Path,
    database_url: str = "",
    stdin: int = DEVNULL,
    stdout: int = DEVNULL,
) -> Process:
    """Start one of the programs, told of the database by ``--dbname`` and the environment."""
    environment = {**os.environ, "LC_ALL": "C", "PGAPPNAME": "clubdesk-backup"}
    options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    environment |= {"PGOPTIONS": options, "PGCONNECT_TIMEOUT": "10"}
    if database_url:
        address, password = without_password(database_url)
        arguments = (f"--dbname={address}", *arguments)
        if password:
            environment["PGPASSWORD"] = password
    return await asyncio.create_subprocess_exec(
        program, *arguments, env=environment, stdin=stdin, stdout=stdout, stderr=PIPE
    )


def complaint(program: Path, err: bytes) -> str:
    """One sentence of a program that failed."""
    lines = [line.strip() for line in err.decode(errors="replace").splitlines() if line.strip()]
    said = next((line for line in lines if _GRAVE.search(line)), (lines or ["it says nothing"])[-1])
    said = said.removeprefix(f"{program.name}: ").removeprefix("error: ")
    return f"{program.name} failed: {said.rstrip('.')}."


async def _communicate(process: Process) -> tuple[bytes, bytes]:
    try:
        return await process.communicate()
    except BaseException:
        process.kill()  # else it goes on writing what nobody wants any more
        await process.wait()
        raise


def _folders() -> list[Path]:
    on_path = shutil.which("pg_dump")
    given = os.environ.get("PG_BIN_DIR")
    found = [Path(given) if given else None, Path(on_path).parent if on_path else None]
    return [folder for folder in (*found, embedded.client_programs()) if folder]


async def _major(program: Path) -> int:
    """0: it does not run."""
    try:
        said = await run(program, "--version")
    except (BackupError, OSError):
        return 0
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else 0


def without_password(url: str) -> tuple[str, str]:
    """The address as others may see it, and the password."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    also = query.pop("password", "")
    password = unquote(parts.password or "") or also
    user, _, place = parts.netloc.rpartition("@")
    netloc = f"{user.partition(':')[0]}@{place}" if user else place
    options = f"?{urlencode(query)}" if query else ""
    return f"{parts.scheme}://{netloc}{parts.path}{options}", password
