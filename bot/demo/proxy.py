"""The proxy of docker-compose.yml on this machine: its nginx.conf, with other addresses."""

import os
import shutil
from pathlib import Path
from typing import Final

from bot.demo.database import DEPLOY
from bot.embedded import EmbeddedError

_CONF: Final = DEPLOY / "nginx.conf"
_SBIN: Final = ("/usr/sbin", "/usr/local/sbin")  # where it is, though not on everyone's PATH


def nginx() -> str:
    """Return the program.

    Raises:
        EmbeddedError: it is not installed; says how to.
    """
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), *_SBIN])
    if found := shutil.which("nginx", path=places):
        return found
    raise EmbeddedError(
        "This needs nginx, and there is none here. Install it from the system's packages "
        "(Debian: apt-get install nginx; macOS: brew install nginx)."
    )


def configuration(port: int, workers: list[int]) -> str:
    """deploy/nginx.conf for workers that are processes with ports of their own.

    Raises:
        ValueError: the file has changed; one of these places is not in it once.
    """
    upstream = "".join(f"server 127.0.0.1:{worker} max_fails=0; " for worker in workers)
    places = {
        "resolver 127.0.0.11 valid=2s ipv6=off;": f"upstream workers {{ {upstream}}}",
        "error_log stderr warn;": "error_log nginx.log warn;",
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "set $workers worker:8080;": "set $workers workers;",
    }
    text = _CONF.read_text()
    for theirs, ours in places.items():
        if text.count(theirs) != 1:
            raise ValueError(f"{_CONF} has not “{theirs}” once")
        text = text.replace(theirs, ours)
    return text


def command(folder: Path, port: int, workers: list[int]) -> tuple[str, ...]:
    """Write the configuration into ``folder``; the command that runs it in the foreground."""
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "nginx.conf"
    conf.write_text(configuration(port, workers))
    return (nginx(), "-p", f"{folder}/", "-e", "stderr", "-c", str(conf), "-g", "daemon off;")
