"""Who holds the data: locks that the kernel releases with their holder's last process."""

import fcntl
import os
import time
from pathlib import Path


class Lock:
    """A lock file with a note in it. Processes given ``fd`` hold the lock as well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fd = -1

    def take(self, *, patience_seconds: float = 0) -> bool:
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        until = time.monotonic() + patience_seconds
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    os.close(fd)
                    return False
                time.sleep(0.02)
            else:
                self.fd = fd
                return True

    def write(self, note: str) -> None:
        os.pwrite(self.fd, note.encode(), 0)
        os.ftruncate(self.fd, len(note.encode()))

    def read(self) -> str:
        return self.path.read_text()

    def release(self) -> None:
        """Let go. The file stays: removing it would let two others hold "the" lock."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
