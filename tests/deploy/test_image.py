"""The image: built by its own Dockerfile in a bare folder, run by a stranger who may not write."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.embedded._account import Account
from tests.deploy.image import SOURCE, Build, Stage, steps

DOCKERFILE = (SOURCE / "Dockerfile").read_text()
UID = int(re.search(r"--uid (\d+)", DOCKERFILE)[1])
HAS_VENV = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"

pytestmark = pytest.mark.timeout(400)


def python_for_strangers() -> str:
    """A Python that another user can start, or any when we cannot be another user."""
    stranger = Account(uid=UID, gid=UID, drops=os.geteuid() == 0)
    for found in (sys._base_executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        reached = Path(found).exists() and stranger.reaches(Path(found))
        if reached and subprocess.run([found, "-c", HAS_VENV], check=False).returncode == 0:
            return found
    pytest.skip(f"no Python 3.11 with venv that user {UID} could start")


@pytest.fixture(scope="module")
def built():
    """The image's folder, and the steps that were left out."""
    home = Path(tempfile.mkdtemp(prefix="clubdesk-image-"))
    home.chmod(0o755)
    try:
        build = Build(home, python_for_strangers())
        image = build.run(DOCKERFILE)
        for path in (image.root / "app").rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        yield image, build.left_out
    finally:
        shutil.rmtree(home)


def as_its_user(image: Stage, *arguments: str) -> subprocess.CompletedProcess:
    who = {"user": UID, "group": UID, "extra_groups": []} if os.geteuid() == 0 else {}
    python = image.root / "app/.venv/bin/python"
    return subprocess.run(
        [python, *arguments],
        cwd=image.folder,
        env={**image.env, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
        **who,
    )


def test_only_accounts_are_left_out(built):
    _, left_out = built
    assert all(step.startswith("useradd") or "--owner" in step for step in left_out)
    assert len(left_out) <= 2


def test_the_bot_runs_as_a_stranger_who_may_not_write(built):
    image, _ = built
    said = as_its_user(image, "-m", "bot", "routes")
    assert (said.returncode, said.stderr) == (0, "")
    assert "old_button" in said.stdout
    assert said.stdout.startswith("tier")


def test_every_command_can_be_asked_for_its_help(built):
    image, _ = built
    for command in ("serve", "run", "migrate", "simulator", "quarantine"):
        said = as_its_user(image, "-m", "bot", command, "--help")
        assert said.returncode == 0, said.stderr


def test_serve_says_in_a_line_what_it_lacks(built):
    image, _ = built
    said = as_its_user(image, "-m", "bot", "serve")
    assert said.returncode == 2
    assert said.stderr.startswith("BOT_TOKEN is not set")


def test_the_programs_of_a_backup_are_in_it(built):
    image, _ = built
    (programs,) = (image.root / "app/.venv").rglob("pginstall/bin")
    for program in ("pg_dump", "pg_restore"):
        who = {"user": UID} if os.geteuid() == 0 else {}
        said = subprocess.run([programs / program, "--version"], check=False, **who)
        assert said.returncode == 0


def test_nothing_but_the_bot_and_its_packages_is_in_it(built):
    image, _ = built
    assert {path.name for path in (image.root / "app").iterdir()} == {".venv", "bot"}


def test_it_ends_as_a_user_of_no_rights_with_a_command_that_exists(built):
    image, _ = built
    assert image.user == "clubdesk"
    assert json.loads(image.command) == ["python", "-m", "bot", "serve"]


def test_what_it_copies_is_not_ignored():
    allowed = re.findall(r"(?m)^!(.+)$", (SOURCE / ".dockerignore").read_text())
    sources = [
        rest.split()[0]
        for instruction, rest in steps(DOCKERFILE)
        if instruction == "COPY" and "--from" not in rest
    ]
    assert sorted(sources) == sorted(allowed)
