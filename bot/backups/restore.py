"""The way back: verify, restore in one transaction, migrate, make peace with old chats, check."""

from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from asyncpg import Connection

from bot.backups import archive, tools
from bot.backups.connecting import connect
from bot.backups.errors import BackupError
from bot.db import invariants, restoring
from bot.db.migrate import FOLDER, grant, migrate
from bot.models.credit_notes import CREDIT_NOTE_PREFIXES
from bot.models.payments import RECEIPT_PREFIXES, REFUND_PREFIXES, VOUCHER_PREFIXES
from bot.models.referrals import REWARD_PREFIXES, TAKEN_BACK_PREFIXES

_CHUNK: Final = 1 << 16
_OWN_PREFIXES: Final = [
    RECEIPT_PREFIXES[0],
    REFUND_PREFIXES[0],
    VOUCHER_PREFIXES[0],
    CREDIT_NOTE_PREFIXES[0],
    REWARD_PREFIXES[0],
    TAKEN_BACK_PREFIXES[0],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back, and what had to be done to it."""

    rows: int
    migrated: list[str]
    notices_held: int
    without_grants: bool
    sealed: list[str]  # invoices' series that give no more numbers


async def restore(
    database_url: str, file: Path, *, replace: bool = False, numbers_are_current: bool = False
) -> Restored:
    """Bring a database to the state of a backup, then up to date.

    ``replace``: what is there now is erased, in the same transaction.
    ``numbers_are_current``: no document has got its number since the backup was made.

    Raises:
        BackupError: the database is as it was; or, if it says so, restored but not to be trusted.
    """
    async with connect(database_url) as conn:
        programs = await tools.find(conn.get_server_version().major)
        await _demand_known(file, programs)
        await _demand_free(conn, replace=replace)
    without_grants = await _load(database_url, file, programs)
    async with connect(database_url) as conn:
        migrated = await migrate(conn)
        await grant(conn)
        held = await restoring.hold_notices(conn)
        await restoring.hold_broadcasts(conn)
        await restoring.skip_ids(conn)
        sealed = [] if numbers_are_current else await restoring.seal_series(conn, _OWN_PREFIXES)
        if faults := await invariants.broken(conn):
            raise BackupError(
                "Restored, but it cannot be trusted: " + "; ".join(faults) + ". "
                "Try an older backup."
            )
        rows = sum((await restoring.row_counts(conn)).values())
    return Restored(
        rows=rows,
        migrated=migrated,
        notices_held=held,
        without_grants=without_grants,
        sealed=sealed,
    )


async def _demand_known(file: Path, programs: Path) -> None:
    seen = await archive.verify(file, programs)
    if newer := set(seen).difference(path.name for path in FOLDER.glob("[0-9]*.sql")):
        raise BackupError(f"{file} is from a newer ClubDesk: it has {', '.join(sorted(newer))}.")


async def _demand_free(conn: Connection, *, replace: bool) -> None:
    if count := await restoring.workers_connected(conn):
        raise BackupError(f"ClubDesk uses this database ({count} connections). Stop it first.")
    if not replace and not await restoring.is_empty(conn):
        raise BackupError(
            "The database is not empty. Restore into a fresh one, or say --replace to have "
            "everything in it erased."
        )


async def _load(database_url: str, file: Path, programs: Path) -> bool:
    """Replace what is there by what is in the file; ``True``: without the grants to roles.

    A server of another club's has not the same roles; the owner of everything is always us.
    """
    try:
        await _replay(database_url, file, programs)
    except BackupError as fault:
        if "role" not in str(fault) or "does not exist" not in str(fault):
            raise
        await _replay(database_url, file, programs, "--no-privileges")
        return True
    return False


async def _replay(database_url: str, file: Path, programs: Path, *options: str) -> None:
    """One transaction, committed only when the last byte of the archive has been replayed."""
    reader = await tools.start(
        programs / "pg_restore", "--no-owner", *options, "--file=-", file, stdout=PIPE
    )
    writer = await tools.start(
        programs / "psql",
        *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"),
        database_url=database_url,
        stdin=PIPE,
    )
    try:
        await _pump(reader, writer)
        _, said = await reader.communicate()
        if reader.returncode:
            raise BackupError(tools.complaint(programs / "pg_restore", said))
        _, said = await writer.communicate(b"\nCOMMIT;\n")
        if writer.returncode:
            raise BackupError(tools.complaint(programs / "psql", said))
    finally:
        for process in (reader, writer):
            if process.returncode is None:
                process.kill()
                await process.wait()


async def _pump(reader: Process, writer: Process) -> None:
    """Carry the script over; ends early when the writer has, whose last words come later."""
    if reader.stdout is None or writer.stdin is None:
        raise ValueError("both ends need a pipe")
    script = ["BEGIN;\n", restoring.ERASE]
    try:
        writer.stdin.writelines(part.encode() for part in script)
        while chunk := await reader.stdout.read(_CHUNK):
            writer.stdin.write(chunk)
            await writer.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        _, said = await writer.communicate()
        raise BackupError(tools.complaint(Path("psql"), said)) from None
