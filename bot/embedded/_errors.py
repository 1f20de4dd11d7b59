"""The one way the servers say no: a sentence that says what is wrong and what to do."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_GRAVE = re.compile(r"FATAL|PANIC|[Ff]atal|[Ff]ailed|[Ee]rror|Can't|Bad ")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class EmbeddedError(Exception):
    """The servers cannot run here. ``str()`` of it is meant for people."""


def not_enough_space(place: Path, needs_mb: int) -> EmbeddedError:
    has_mb = shutil.disk_usage(_existing(place)).free // 2**20
    return EmbeddedError(
        f"Not enough space in {place}: needs about {needs_mb} MB, has {has_mb} MB."
    )


def demand_space(place: Path, needs_mb: int) -> None:
    if shutil.disk_usage(_existing(place)).free < needs_mb * 2**20:
        raise not_enough_space(place, needs_mb)


def gravest_line(said: str) -> str:
    """Return the line of a server's last words that says why."""
    lines = [line.strip() for line in said.splitlines()] or ["it says nothing"]
    return next((line for line in reversed(lines) if _GRAVE.search(line)), lines[-1])


@contextmanager
def told_plainly(place: Path, needs_mb: int) -> Iterator[None]:
    """Turn what the system refuses inside the block into an ``EmbeddedError`` about ``place``."""
    try:
        yield
    except OSError as fault:
        where = Path(os.fsdecode(fault.filename)) if fault.filename else place
        if fault.errno in _FULL:
            raise not_enough_space(place, needs_mb) from fault
        if fault.errno in _REFUSED:
            raise EmbeddedError(
                f"Not allowed to use {where} ({fault.strerror}). Was it made by another user, "
                "with sudo perhaps? Start the same way again, or set DATA_DIR to another folder."
            ) from fault
        raise EmbeddedError(
            f"The servers cannot use {where}: {fault.strerror or fault}."
        ) from fault


def _existing(place: Path) -> Path:
    return next(path for path in (place, *place.parents) if path.exists())
