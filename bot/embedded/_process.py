"""Child processes that never outlive us, even when we are killed."""

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

from bot.embedded._account import Account
from bot.embedded._errors import EmbeddedError

Process = subprocess.Popen[bytes]
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork
_OURS = range(15_000, 32_000)  # ports


def spawn(  # noqa: PLR0913 - the one place where processes are made
    account: Account,
    command: list[str],
    *,
    folder: Path,
    output: IO[bytes] | int,
    stdin: int = subprocess.DEVNULL,
    keeps: tuple[int, ...] = (),
) -> Process:
    """Start a process of the account's in ``folder``; it holds the locks it ``keeps``."""
    if threading.current_thread() is not threading.main_thread():
        # The kernel's promise is about the thread that forked: the servers would end with it.
        raise EmbeddedError("The servers must be started from the main thread.")
    steps_down: dict[str, Any] = (
        {"user": account.uid, "group": account.gid, "extra_groups": []} if account.drops else {}
    )
    try:
        return subprocess.Popen(  # noqa: S603 - our own binaries, no shell
            command,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=keeps,
            umask=0o077,
            start_new_session=True,  # Ctrl+C is ours to handle
            preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 - system calls only
            **steps_down,
        )
    except (OSError, subprocess.SubprocessError) as fault:
        as_whom = f" as user {account.uid}" if account.drops else ""
        raise EmbeddedError(
            f"Cannot run {command[0]}{as_whom}: {fault}. "
            "Set DATABASE_URL and REDIS_URL to use servers of your own."
        ) from fault


def stop(process: Process | None, *, hard: signal.Signals, patience_seconds: float = 20) -> None:
    """Ask to end in good order, then insist. SIGINT is the quick orderly end of both servers."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(patience_seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(hard)
        process.wait()


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Ports that are free now, all different, and given to nobody else while this process lives.

    Below those that the system gives to outgoing connections: one of these could take a port
    between our look at it and its use.
    """
    found: list[int] = []
    while len(found) < count:
        port = secrets.choice(_OURS)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            _claim(port)
            found.append(port)
    return found


def _claim(port: int) -> None:
    """Raises OSError: another process that looks here for its ports has this one, or we have.

    A name without a file, which the system forgets with the process that holds it. Elsewhere than
    on Linux there is none: a port that two chose at the same moment fails one of them.
    """
    if sys.platform == "linux":
        with socket.socket(socket.AF_UNIX) as claim:
            claim.bind(f"\0clubdesk-port-{port}")
            claim.detach()


def die_with_parent(parent: int) -> None:
    """Between fork and exec: have the kernel send this process SIGINT when its parent ends.

    One that comes before the server looks for it ends it, also where we were told to ignore it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # it ended before the line above
            os.kill(os.getpid(), signal.SIGINT)
