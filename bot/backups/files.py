"""The files of a backup folder: their names, which is the newest, which may go."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

PART: Final = ".clubdesk-"  # how the name of a backup begins that is being made
_STALE_SECONDS: Final = 86_400
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"clubdesk-(\d{8}T\d{6}Z)\.dump")


def name_at(moment: datetime) -> str:
    """The name of a backup made at ``moment``: names sort as times do."""
    return f"clubdesk-{moment.astimezone(UTC):{_STAMP}}.dump"


def newest_at(folder: Path) -> float:
    """When the newest backup was made, in seconds since 1970; 0 when there is none."""
    names = _backups(folder)
    return _moment(names[-1]).timestamp() if names else 0


def rotate(folder: Path, *, keep: int) -> list[str]:
    """Remove all but the newest ``keep`` backups, and nothing that is not one of ours."""
    gone = _backups(folder)[:-keep]
    for name in gone:
        (folder / name).unlink()
        (folder / f"{name}.sha256").unlink(missing_ok=True)
    _sweep(folder)
    return gone


def _backups(folder: Path) -> list[str]:
    """Whole ones, oldest first: one that is being made has another name."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))


def _sweep(folder: Path) -> None:
    """Remove what a killed backup left behind."""
    for part in folder.glob(f"{PART}*"):
        if time.time() - part.stat().st_mtime > _STALE_SECONDS:
            part.unlink()


def _moment(name: str) -> datetime:
    return datetime.strptime(name, f"clubdesk-{_STAMP}.dump").replace(tzinfo=UTC)
