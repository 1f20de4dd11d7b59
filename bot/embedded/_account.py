"""As whom the servers run: as ourselves, or unprivileged when we are root (PostgreSQL insists)."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from bot.embedded._errors import EmbeddedError

NOBODY = 65534
_OUTSIDE = Path("/var/tmp")  # noqa: S108 - only folders of root's own are used in it


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int
    drops: bool  # we are root and step down to it

    def reaches(self, path: Path) -> bool:
        """Whether the account can walk to ``path`` and read it as one of the others."""
        path = path.resolve()
        return not self.drops or (
            bool(path.stat().st_mode & stat.S_IROTH)
            and all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
        )

    def make_private(self, folder: Path) -> None:
        """Make a folder that only the account can use."""
        folder.mkdir(mode=0o700)
        self.give(folder)

    def give(self, path: Path) -> None:
        if self.drops:
            os.chown(path, self.uid, self.gid)

    def demand(self, path: Path, data_dir: Path) -> None:
        """Refuse data that someone else's servers made."""
        owner = path.stat().st_uid
        if owner != self.uid:
            raise EmbeddedError(
                f"{path} belongs to user {owner}, but its server would run as user {self.uid}. "
                "Was it made with sudo, or without? Start the same way again, set DATA_DIR to "
                f"another folder, or delete {data_dir} to begin anew."
            )


def current() -> Account:
    if os.geteuid() == 0:
        return Account(uid=NOBODY, gid=NOBODY, drops=True)
    return Account(uid=os.geteuid(), gid=os.getegid(), drops=False)


def outside(name: str) -> Path:
    """Return root's own folder outside of private places: for what the account cannot reach."""
    folder = _OUTSIDE / name
    folder.mkdir(mode=0o755, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise EmbeddedError(f"{folder} is not a folder of root's own. Delete it and start again.")
    folder.chmod(0o755)  # ours, whatever the umask was
    return folder
