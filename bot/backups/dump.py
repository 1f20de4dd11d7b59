"""Making a backup: the name appears when the file behind it is whole and was read back."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.backups import archive, files, tools
from bot.backups.connecting import connect


async def back_up(database_url: str, file: Path) -> list[str]:
    """Write a backup to ``file``, readable by us alone; returns the migrations in it.

    Raises:
        BackupError: nothing was written, and an older file of that name is as it was.
    """
    async with connect(database_url) as conn:
        programs = await tools.find(conn.get_server_version().major)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=files.PART, suffix=".part")
    os.close(handle)
    making = Path(name)
    try:
        await tools.run(
            programs / "pg_dump",
            "--format=custom",
            "--no-comments",  # only its owner may write an extension's
            "--lock-wait-timeout=30s",
            f"--file={making}",
            database_url=database_url,
        )
        migrations = await archive.verify(making, programs)
        _publish(making, file)
    finally:
        making.unlink(missing_ok=True)
    return migrations


def _publish(making: Path, file: Path) -> None:
    """The checksum first: with the file there is always its checksum."""
    line = f"{archive.checksum(making)}  {file.name}\n"
    beside = making.with_suffix(".sha256")
    beside.touch(mode=0o600)
    beside.write_text(line)
    for part in (making, beside):
        _to_disk(part)
    beside.rename(archive.checksum_file(file))
    making.rename(file)
    _to_disk(file.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot do it for a folder
            os.fsync(handle)
    finally:
        os.close(handle)
