#!/usr/bin/env python3
"""Make .venv hold what the lock files say: ``bootstrap.py run`` or ``bootstrap.py dev``.

Standard library only; it must parse and speak on any Python 3, to say that one is too old.
"""

import errno
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STATE = VENV / "clubdesk.json"  # there only while .venv is whole: its place, its locks' hashes
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
NEEDS_MB = {"run": 300, "dev": 700}
COMMANDS = ("python3", "python3.13", "python3.12", "python3.11")
ABOUT = """
import importlib.util as u, json, sys
venv = all(u.find_spec(name) for name in ("venv", "ensurepip"))
base = getattr(sys, "_base_executable", None) or sys.executable
print(json.dumps({"version": sys.version_info[:3], "path": base, "has_venv": venv}))
"""
FAULTS = {  # what pip and uv say when it is nobody's bug
    r"No space left on device|os error 28|quota exceeded": (
        "The disk is full. Free about {needs} MB, then run the same command again."
    ),
    r"DO NOT MATCH THE HASHES|[Hh]ash mismatch": (
        "A downloaded package is not the one that the lock file names. Run the same command "
        "again; if it says so again, do not trust the place that the packages come from."
    ),
    (
        r"NewConnectionError|name resolution|not known|onnection refused|onnection reset|timed out"
        r"|ProxyError|SSLError|CERTIFICATE|unreachable|error sending request|dns error"
    ): (
        "Could not download the packages. Check the network (or the proxy settings), then run "
        "the same command again."
    ),
    r"No matching distribution|no wheels|No solution found": (
        "A package is not made for this machine ({machine}): ClubDesk runs on Linux with glibc "
        "and on macOS. It says: {said}"
    ),
}


class Trouble(Exception):
    """A sentence for the person at the keyboard."""


def set_up(purpose: str) -> None:
    """Fill .venv. ``dev`` holds all that ``run`` does; neither takes anything out."""
    hashes = {name: hashlib.sha256(lock.read_bytes()).hexdigest() for name, lock in LOCKS.items()}
    if is_whole() and read_state().get(purpose) == hashes[purpose]:
        return
    with LOCKS["run"].open() as mutex:
        os.set_inheritable(mutex.fileno(), True)  # noqa: FBT003 - a pip that outlives us holds it
        wait_for_our_turn(mutex)
        if is_whole() and read_state().get(purpose) == hashes[purpose]:
            return  # the one before us did it
        uv = shutil.which("uv")
        if uv and output_of([uv, "--version"])[0] == 0:
            try:
                fill(purpose, hashes, uv)
            except Trouble as trouble:  # pip may know of a mirror or a certificate that uv does not
                say(f"With uv: {trouble} Trying without it...")
            else:
                return
        fill(purpose, hashes, "")


def fill(purpose: str, hashes: dict, uv: str) -> None:
    started = time.time()
    demand_space(purpose)
    state = read_state() if is_whole() and (uv or (VENV / "bin" / "pip").exists()) else {}
    if state:
        say(f"Updating .venv from {LOCKS[purpose].name}...")
    else:
        python = choose_python(uv)
        about = "some seconds" if uv else "about half a minute"
        say(f"Setting up (first time only, {about})...")
        make_venv(python, uv)
    if STATE.exists():
        STATE.unlink()  # a .venv without it was interrupted, and is made anew
    install(purpose, uv)
    state.update(hashes if purpose == "dev" else {"run": hashes["run"]}, at=str(ROOT))
    STATE.write_text(json.dumps(state))
    say(f"Ready after {time.time() - started:.0f} s.")


def is_whole() -> bool:
    """Tell whether .venv was finished, here (not moved), and its Python still runs."""
    if read_state().get("at") != str(ROOT):
        return False
    return Path(sys.prefix) == VENV or output_of([str(VENV_PYTHON), "-c", ""])[0] == 0


def read_state() -> dict:
    try:
        return dict(json.loads(STATE.read_text()))
    except (OSError, ValueError):
        return {}


def wait_for_our_turn(mutex: object) -> None:
    try:
        fcntl.flock(mutex, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another setup is at work in this folder; waiting for it...")
        fcntl.flock(mutex, fcntl.LOCK_EX)


def demand_space(purpose: str) -> None:
    has_mb = shutil.disk_usage(str(ROOT)).free // 2**20
    if has_mb < NEEDS_MB[purpose]:
        needs_mb = NEEDS_MB[purpose]
        raise Trouble(f"Not enough space in {ROOT}: needs about {needs_mb} MB, has {has_mb} MB.")


def make_venv(python: str, uv: str) -> None:
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(str(VENV))
    if uv:
        command = [uv, "venv", "-q", "--no-python-downloads", "--python", python, str(VENV)]
    else:
        command = [python, "-I", "-m", "venv", str(VENV)]
    code, said = output_of(command)
    if code:
        raise explain(said, "run", f"{Path(command[0]).name} could not make .venv")


def choose_python(uv: str) -> str:
    """Return a Python that is new enough and can make a venv (uv needs no help with that)."""
    given = os.environ.get("PYTHON")
    answers = [ask(name) for name in ([given] if given else COMMANDS)]
    found = {about["path"]: about for about in answers if about}
    good = [path for path, about in found.items() if tuple(about["version"]) >= OLDEST]
    for path in good:
        if uv or found[path]["has_venv"]:
            return path
    if good:
        package = "python3-venv" if good[0] == "/usr/bin/python3" else f"{Path(good[0]).name}-venv"
        raise Trouble(f"{good[0]} lacks its venv module. Install it: apt-get install {package}")
    others = [f"{'.'.join(map(str, about['version']))} at {path}" for path, about in found.items()]
    raise Trouble(
        f"ClubDesk needs Python 3.11 or newer; found {', '.join(others) or 'none'}"
        f"{f' (PYTHON={given})' if given else ''}. Install it, or set PYTHON=/path/to/python3."
    )


def ask(name: str) -> dict:
    path = shutil.which(name)
    code, said = output_of([path, "-I", "-c", ABOUT]) if path else (1, "")
    return json.loads(said) if code == 0 else {}


def install(purpose: str, uv: str) -> None:
    """Install the lock's packages. What is there already is not downloaded again."""
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[purpose])]
    if uv:
        code, said = output_of([uv, "pip", "install", "-q", "--python", str(VENV_PYTHON), *options])
    else:
        pip = [str(VENV_PYTHON), "-I", "-m", "pip", "install", "--disable-pip-version-check"]
        quiet = ["--no-input", "--progress-bar", "off", "--retries", "2"]
        total = len(re.findall(r"(?m)^[\w.-]+==", LOCKS[purpose].read_text()))
        code, said = output_of([*pip, *quiet, *options], Progress(total))
    if code:
        raise explain(said, purpose, f"{'uv' if uv else 'pip'} could not install")


class Progress:
    """Counts packages on one line of a terminal; in a log, a line for each quarter."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.seen = 0

    def __call__(self, line: str) -> None:
        if line.startswith(("Collecting ", "Processing ", "Requirement already")):
            self.seen += 1
            self.show(f"{min(self.seen, self.total)} of {self.total} packages")
        elif line.startswith("Installing collected"):
            self.show("unpacking...            ", last=True)

    def show(self, what: str, *, last: bool = False) -> None:
        if sys.stderr.isatty():
            sys.stderr.write("\r  {}{}".format(what, "\n" if last else ""))
            sys.stderr.flush()
        elif last or self.seen % (self.total // 4 + 1) == 0:
            say(f"  {what.strip()}")


def output_of(command: list, each_line: object = None) -> tuple:
    """Run a command; return its exit code and all it said."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            close_fds=False,
        )
    except OSError as fault:
        return 127, str(fault)
    said = []
    for raw in process.stdout:
        said.append(raw.decode("utf-8", "replace"))
        if each_line:
            each_line(said[-1])
    return process.wait(), "".join(said)


def explain(said: str, purpose: str, what: str) -> Trouble:
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["it says nothing"]
    gravest = next((line for line in reversed(lines) if "rror" in line), lines[-1])
    for pattern, sentence in FAULTS.items():
        if re.search(pattern, said):
            machine = f"{platform.system()} {platform.machine()}"
            return Trouble(sentence.format(needs=NEEDS_MB[purpose], machine=machine, said=gravest))
    return Trouble(f"{what}: {gravest}.")


def say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> int:
    try:
        os.environ.setdefault("UV_NATIVE_TLS", "1")  # uv trusts what the system trusts, as pip does
        set_up(sys.argv[1])
    except Trouble as trouble:
        say(str(trouble))
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        say("The disk is full." if full else f"Cannot use {fault.filename}: {fault.strerror}.")
    except KeyboardInterrupt:
        say("\nStopped; the next run begins it anew.")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
