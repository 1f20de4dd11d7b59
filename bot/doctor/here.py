"""What can be seen without any server: settings, folders, backups."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.backups import files
from bot.config import Settings
from bot.doctor import sentences
from bot.doctor.clock import Clock
from bot.doctor.findings import Finding

_TOO_OLD_HOURS: Final = 26  # a nightly one may be late
_OTHERS: Final = 0o044


def check(settings: Settings, env: Path, clock: Clock = time.time) -> Iterator[Finding]:
    yield sentences.SETTINGS_GOOD if settings.bot_token.get_secret_value() else sentences.NO_TOKEN
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        yield sentences.NO_SECRET
    if env.is_file() and env.stat().st_mode & _OTHERS:
        yield sentences.ENV_IS_OPEN
    if not (settings.database_url and settings.redis_url):
        usable = _can_write(settings.data_dir)
        yield (sentences.folder_good if usable else sentences.folder_bad)("DATA_DIR")
    yield _backups(settings.backup_dir, clock())


def _backups(folder: Path | None, now: float) -> Finding:
    if folder is None:
        return sentences.NO_BACKUP_DIR
    if not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        return sentences.backup_dir_unseen("BACKUP_DIR")
    newest = files.newest_at(folder)
    if not newest:
        return sentences.no_backup()
    hours = (now - newest) / 3600
    return sentences.backup_age(hours, too_old=hours > _TOO_OLD_HOURS)


def _can_write(folder: Path) -> bool:
    """It, or the nearest folder above that is there: the rest would be made."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
