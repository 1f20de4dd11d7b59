"""Where the servers' data lives, and the right to use it: one ClubDesk at a time."""

import hashlib
import os
import secrets
import shutil
import signal
from contextlib import suppress
from pathlib import Path

from bot.embedded import _account
from bot.embedded._errors import EmbeddedError, demand_space
from bot.embedded._locks import Lock

_LEFT_BEHIND_SECONDS = 1  # servers of a killed start are given this long to end unasked
_ENDING_SECONDS = 20


class Site:
    """A data folder and as whom its servers run."""

    def __init__(self, data_dir: Path, *, needs_mb: int) -> None:
        self.data_dir = data_dir.resolve()
        self.account = _account.current()
        self.needs_mb = needs_mb
        self._ours = Lock(self.data_dir / "running.lock")  # held by us alone
        self._theirs = Lock(self.data_dir / "servers.lock")  # held by the servers as well

    @property
    def server_lock(self) -> int:
        return self._theirs.fd

    def enter(self) -> None:
        """Make the folder ours until ``leave``, however we end."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        demand_space(self.data_dir, self.needs_mb)
        if not self._ours.take():
            raise EmbeddedError(
                f"ClubDesk is already running {self._ours.read()}, with the data in "
                f"{self.data_dir}. Use that one, stop it, or set DATA_DIR to another folder."
            )
        self.announce("")
        if not self._theirs.take(patience_seconds=_LEFT_BEHIND_SECONDS):
            self._end_the_left_behind()

    def announce(self, url: str) -> None:
        """Tell the next start where this one answers."""
        self._ours.write(f"(process {os.getpid()})" + (f" at {url}" if url else ""))

    def note_servers(self, pids: list[int]) -> None:
        self._theirs.write(" ".join(map(str, pids)))

    def leave(self) -> None:
        self._theirs.release()
        self._ours.release()

    def home(self, name: str) -> Path:
        """Return the folder of one server's data, which may not exist yet."""
        here = self.data_dir / name
        if here.is_symlink() and self.account.drops:
            _account.outside(here.readlink().parent.name)
        elif not here.exists() and not self.account.reaches(self.data_dir):
            here.symlink_to(self._fresh_outside(name))
        home = here.resolve()
        if home.exists():
            self.account.demand(home, self.data_dir)
        demand_space(home, self.needs_mb)
        return home

    def erase(self) -> None:
        """Remove the data. Only for data that is nobody's: the tests'."""
        for entry in self.data_dir.iterdir():
            if entry.is_symlink():
                shutil.rmtree(entry.resolve(), ignore_errors=True)
                with suppress(OSError):
                    entry.resolve().parent.rmdir()
        shutil.rmtree(self.data_dir)

    def _fresh_outside(self, name: str) -> Path:
        """Return a place within the account's reach. What lies there lost its link: start anew."""
        mark = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        away = _account.outside(f"clubdesk-{mark}") / name
        shutil.rmtree(away, ignore_errors=True)
        return away

    def _end_the_left_behind(self) -> None:
        """End servers that outlived a killed start (where the kernel does not do it for us)."""
        pids = self._theirs.read().split()
        for pid in pids:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(int(pid), signal.SIGINT)
        if not self._theirs.take(patience_seconds=_ENDING_SECONDS):
            raise EmbeddedError(
                f"Servers of an earlier start (processes {', '.join(pids)}) still use "
                f"{self.data_dir} and do not end. End them, then start again."
            )


def password_in(folder: Path) -> str:
    """Return the password kept in a server's folder, made on the first call."""
    kept = folder / "password"
    if not kept.exists():
        making = folder / "password.new"
        making.unlink(missing_ok=True)
        making.touch(mode=0o600)
        making.write_text(secrets.token_urlsafe(24))
        making.rename(kept)
    return kept.read_text()
