"""Builds the image without an engine: the Dockerfile's steps, in a bare folder of its own.

Every stage gets a folder that stands for its ``/``; what a step names below /app or /backups is
looked for there. Steps that would change this machine's accounts are listed, not done.
"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from bot.demo.database import DEPLOY

SOURCE = DEPLOY.parent
_OURS = re.compile(r"(?<![\w./-])/(?=app\b|backups\b)")  # the folders the image makes
_ACCOUNTS = ("useradd", "groupadd", "adduser")


def steps(text: str) -> list[tuple[str, str]]:
    """(instruction, the rest), continued lines joined, comments left out."""
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    written = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(instruction, rest) for instruction, rest in written]


class Stage:
    """One stage: a folder, the folder to work in, and the environment."""

    def __init__(self, root: Path, path: str) -> None:
        self.root = root
        self.folder = root
        self.env = {"PATH": path}
        self.user = "root"
        self.command = ""
        root.mkdir()

    def place(self, named: str) -> Path:
        """Where a path of the image is."""
        return self.root / named[1:] if named.startswith("/") else self.folder / named

    def here(self, text: str) -> str:
        return _OURS.sub(f"{self.root}/", text)


class Build:
    """``python`` takes the place of the one that comes with the base image."""

    def __init__(self, home: Path, python: str) -> None:
        base = home / "base"
        base.mkdir()
        (base / "python").symlink_to(python)
        self._path = f"{base}:/usr/bin:/bin"
        self._home = home
        self._stages: dict[str, Stage] = {}
        self.left_out: list[str] = []

    def run(self, text: str) -> Stage:
        """Take every step; the last stage is the image."""
        stage = Stage(self._home / "unused", self._path)
        for instruction, rest in steps(text):
            if instruction == "FROM":
                name = rest.split(" AS ")[-1]
                stage = Stage(self._home / f"stage{len(self._stages)}", self._path)
                self._stages[name] = stage
            else:
                getattr(self, f"_{instruction.lower()}")(stage, rest)
        return stage

    def _workdir(self, stage: Stage, rest: str) -> None:
        stage.folder = stage.place(rest)
        stage.folder.mkdir(parents=True, exist_ok=True)

    def _env(self, stage: Stage, rest: str) -> None:
        for pair in shlex.split(rest):
            name, _, value = pair.partition("=")
            stage.env[name] = stage.here(value).replace("$PATH", stage.env["PATH"])

    def _copy(self, stage: Stage, rest: str) -> None:
        *flags, source, target = rest.split()
        origin = SOURCE / source
        if flags:
            origin = self._stages[flags[0].removeprefix("--from=")].place(source)
        place = stage.place(target)
        place = place / origin.name if target in {".", "./"} else place
        if flags:
            shutil.copytree(origin, place, symlinks=True, copy_function=os.link)
        elif origin.is_dir():
            shutil.copytree(origin, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(origin, place)

    def _run(self, stage: Stage, rest: str) -> None:
        command = re.sub(r"^(--\S+\s+)+", "", rest)
        if command.startswith(_ACCOUNTS) or ("--owner" in command and os.geteuid() != 0):
            self.left_out.append(command)
            return
        subprocess.run(
            ["/bin/sh", "-c", stage.here(command)],
            cwd=stage.folder,
            env={**_of_pip(), **stage.env},
            check=True,
        )

    def _user(self, stage: Stage, rest: str) -> None:
        stage.user = rest

    def _cmd(self, stage: Stage, rest: str) -> None:
        stage.command = rest

    def _stopsignal(self, stage: Stage, rest: str) -> None:
        """The engine's business."""


def _of_pip() -> dict[str, str]:
    """Where pip finds packages and keeps its cache on this machine."""
    return {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HOME"))}
