"""``python -m bot backup``, ``restore`` and ``drill``: one line of success, or one of failure."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bot import embedded
from bot.backups import files
from bot.backups.dump import back_up
from bot.backups.errors import BackupError
from bot.backups.restore import Restored, restore
from bot.config import Settings

OK: Final = 0
FAILED: Final = 1


def run_backup(settings: Settings, target: Path, *, keep: int | None) -> int:
    """Back up into a folder, whose older backups are removed but ``keep``, or to a file."""
    if keep is not None and not target.is_dir():
        return fail(f"--keep goes with a folder, and {target} is none.")
    if not (target if target.is_dir() else target.absolute().parent).is_dir():
        return fail(f"There is no folder {target.absolute().parent}.")

    async def work(database_url: str) -> str:
        file = target / files.name_at(datetime.now(UTC)) if target.is_dir() else target
        migrations = await back_up(database_url, file)
        gone = files.rotate(target, keep=keep) if keep else []
        removed = f" Removed {len(gone)} older." if gone else ""
        return f"{file}: {_size(file)}, up to {migrations[-1]}, read back whole.{removed}"

    with database_of(settings) as url:
        return _done(work(url))


def run_restore(settings: Settings, file: Path, *, replace: bool, numbers_are_current: bool) -> int:
    async def work(database_url: str) -> str:
        restored = await restore(
            database_url, file, replace=replace, numbers_are_current=numbers_are_current
        )
        return _told(file, restored)

    with database_of(settings) as url:
        return _done(work(url))


def run_drill(file: Path) -> int:
    """Restore into a database that exists for this alone, and check it: is the backup any good?"""

    async def work(database_url: str) -> str:
        started = perf_counter()
        restored = await restore(database_url, file, numbers_are_current=True)
        seconds = perf_counter() - started
        return f"The drill succeeded in {seconds:.1f} s. {_told(file, restored)}"

    try:
        with embedded.throwaway(redis_url="redis://unused") as urls:
            return _done(work(urls.database_url))
    except embedded.EmbeddedError as fault:
        return fail(f"Could not verify {file}: {fault}")


@contextmanager
def database_of(settings: Settings) -> Iterator[str]:
    """The database of the settings, also where it is an embedded one, running or not."""
    url = settings.database_url or embedded.running_database(settings.data_dir)
    if url:
        yield url
        return
    try:
        with embedded.servers(settings.data_dir, redis_url="redis://unused") as urls:
            yield urls.database_url
    except embedded.EmbeddedError as fault:
        sys.exit(fail(str(fault)))


def _done(work: Coroutine[Any, Any, str]) -> int:
    try:
        sentence = asyncio.run(work)
    except BackupError as fault:
        return fail(str(fault))
    except OSError as fault:
        return fail(f"{fault.strerror or fault}: {fault.filename or 'the backup'}.")
    sys.stdout.write(f"{sentence}\n")
    return OK


def _told(file: Path, restored: Restored) -> str:
    said = [f"Restored {restored.rows} rows from {file}; every check holds."]
    if restored.migrated:
        said.append(f"Migrated by {', '.join(restored.migrated)}.")
    if restored.notices_held:
        said.append(f"Held back {restored.notices_held} notices that were most likely sent.")
    if restored.without_grants:
        said.append("Its roles do not exist here, so nothing is granted to them.")
    if restored.sealed:
        said.append(
            f"Invoices need a new prefix (🧮 GST): {', '.join(restored.sealed)} gives no more "
            "numbers, as this backup may not know the last. Other documents go on by themselves."
        )
    return " ".join(said)


def _size(file: Path) -> str:
    return f"{max(1, file.stat().st_size // 1024)} kB"


def fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return FAILED
