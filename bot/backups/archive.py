"""A backup file read through: whole, unchanged, and of a club."""

import hashlib
import re
from pathlib import Path
from typing import Final

from bot.backups import tools
from bot.backups.errors import BackupError

_MIGRATION: Final = re.compile(r"^(\d{4}_\w+\.sql)\t", re.MULTILINE)


async def verify(file: Path, programs: Path) -> list[str]:
    """Read every byte of it; returns the migrations it has seen.

    Raises:
        BackupError: it is damaged, not a backup of ClubDesk, or not there.
    """
    if not file.is_file():
        raise BackupError(f"There is no backup {file}.")
    _compare(file)
    try:
        await tools.run(programs / "pg_restore", "--file=/dev/null", file)
        history = await tools.run(
            programs / "pg_restore", "--data-only", "--table=schema_history", "--file=-", file
        )
    except BackupError as fault:
        raise BackupError(f"{file} is not a whole backup. {fault}") from fault
    migrations = _MIGRATION.findall(history)
    if not migrations:
        raise BackupError(f"{file} is not a backup of ClubDesk: it knows no migrations.")
    return migrations


def checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def checksum_file(file: Path) -> Path:
    """Where the checksum stands, in the format of ``sha256sum --check``."""
    return file.with_name(f"{file.name}.sha256")


def _compare(file: Path) -> None:
    kept = checksum_file(file)
    if kept.is_file() and kept.read_text().split()[:1] != [checksum(file)]:
        raise BackupError(f"{file} has changed since it was made: its checksum is another.")
