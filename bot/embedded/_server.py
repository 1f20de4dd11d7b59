"""What the two servers have in common: launched, awaited, stopped."""

import re
import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, ClassVar

from bot.embedded import _process
from bot.embedded._errors import EmbeddedError, gravest_line, not_enough_space
from bot.embedded._process import Process
from bot.embedded._site import Site

_READY_SECONDS = 60
_TRIES = 20
_PASSING = re.compile(r"Address already in use|pre-existing shared memory block")
_FULL = re.compile(r"No space left on device|quota exceeded")
_LOG_BYTES = 5 * 2**20


class Server(ABC):
    name: ClassVar[str]
    hard_stop: ClassVar[signal.Signals]

    def __init__(self, site: Site, *, fast: bool = False) -> None:
        self.site = site
        self.fast = fast
        self.port = 0
        self.home = Path()
        self.password = ""
        self._process: Process | None = None
        self._log = site.data_dir / f"{self.name.lower()}.log"
        self._log_from = 0
        self._tries = 0

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def launch(self) -> None:
        """Set it going. It may be launched before another is awaited."""
        self.prepare()
        self._spawn()

    def wait(self) -> str:
        """Return its URL as soon as it answers."""
        until = time.monotonic() + _READY_SECONDS
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                self._try_again()
            elif self.answers():
                return self.url
            time.sleep(0.01)
        raise EmbeddedError(
            f"{self.name} was not ready after {_READY_SECONDS} seconds. Its log: {self._log}."
        )

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        _process.stop(self._process, hard=self.hard_stop)
        self._process = None

    @abstractmethod
    def prepare(self) -> None:
        """Find the program, make the data folder, read the password."""

    @abstractmethod
    def run(self, log: IO[bytes]) -> Process: ...

    @abstractmethod
    def answers(self) -> bool: ...

    def _spawn(self) -> None:
        self.port = _process.free_port()
        mode = "wb" if self._log.exists() and self._log.stat().st_size > _LOG_BYTES else "ab"
        with self._log.open(mode) as log:
            self._log_from = log.tell()
            self._process = self.run(log)

    def _try_again(self) -> None:
        """Once more if another try may help: a port taken meanwhile, a killed server's memory."""
        said = self._log.read_bytes()[self._log_from :].decode(errors="replace").strip()
        self._tries += 1
        if self._tries < _TRIES and _PASSING.search(said):
            time.sleep(0.1)
            self._spawn()
            return
        if _FULL.search(said):
            raise not_enough_space(self.home, self.site.needs_mb)
        raise EmbeddedError(
            f"{self.name} did not start: {gravest_line(said)} (its log: {self._log}). "
            f"To begin anew, without the old data, delete {self.home}."
        )
