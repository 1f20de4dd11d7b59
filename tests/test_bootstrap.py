"""What a person reads when this machine lacks something; with a Python and a pip made of shell."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOOTSTRAP = ROOT / ".ci/bootstrap.py"
PYTHON = """#!/bin/sh
case "$*" in
  *find_spec*) echo '{about}' ;;
  *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; touch .venv/bin/pip ;;
  *"-m pip"*) echo "$*" >>pip.log; echo "{pip_says}"; exit {pip_code} ;;
esac
"""


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout with locks of one package each."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(BOOTSTRAP, tmp_path / ".ci")
    (tmp_path / "requirements.lock").write_text("aiogram==1\n")
    (tmp_path / "requirements-dev.lock").write_text("aiogram==1\nruff==1\n")
    return tmp_path


def a_python(checkout: Path, version=(3, 12, 1), *, has_venv=True, pip_says="", pip_code=0) -> Path:
    path = checkout / "python"
    about = {"version": version, "path": str(path), "has_venv": has_venv}
    path.write_text(PYTHON.format(about=json.dumps(about), pip_says=pip_says, pip_code=pip_code))
    path.chmod(0o755)
    return path


def set_up(checkout: Path, purpose: str = "run") -> subprocess.CompletedProcess:
    """Run the bootstrap with that Python and without uv."""
    return subprocess.run(
        [sys.executable, checkout / ".ci/bootstrap.py", purpose],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(checkout / "python")},
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


def installs(checkout: Path) -> list[str]:
    """The lock files that pip was given, in turn."""
    log = checkout / "pip.log"
    return (
        [Path(line.split()[-1]).name for line in log.read_text().splitlines()]
        if log.exists()
        else []
    )


def test_it_parses_on_a_python_that_is_far_too_old():
    ast.parse(BOOTSTRAP.read_text(), feature_version=(3, 6))


def test_an_old_python_is_named_with_its_place(checkout):
    python = a_python(checkout, (3, 9, 18))
    done = set_up(checkout)
    assert done.returncode == 1
    assert f"needs Python 3.11 or newer; found 3.9.18 at {python}" in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_the_named_place(checkout):
    done = set_up(checkout)
    assert "found none (PYTHON=" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_without_venv_is_told_what_to_install(checkout):
    a_python(checkout, has_venv=False)
    done = set_up(checkout)
    assert done.returncode == 1
    assert "lacks its venv module. Install it: apt-get install python" in done.stderr


def test_the_second_run_does_nothing(checkout):
    a_python(checkout)
    assert "Setting up (first time only, about half a minute)..." in set_up(checkout).stderr
    done = set_up(checkout)
    assert (done.returncode, done.stderr) == (0, "")
    assert installs(checkout) == ["requirements.lock"]


def test_the_demo_leaves_the_tools_alone_and_a_new_lock_is_followed(checkout):
    a_python(checkout)
    set_up(checkout, "dev")
    set_up(checkout, "run")
    assert installs(checkout) == ["requirements-dev.lock"]
    (checkout / "requirements.lock").write_text("aiogram==2\n")
    (checkout / ".venv/tool").touch()
    assert "Updating .venv from requirements.lock..." in set_up(checkout, "run").stderr
    assert (checkout / ".venv/tool").exists()


def test_an_interrupted_setup_is_begun_anew(checkout):
    a_python(checkout)
    set_up(checkout)
    (checkout / ".venv/clubdesk.json").unlink()
    (checkout / ".venv/half").touch()
    assert "Setting up" in set_up(checkout).stderr
    assert not (checkout / ".venv/half").exists()


def test_a_venv_that_was_moved_is_made_anew(checkout):
    a_python(checkout)
    set_up(checkout)
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    a_python(moved)
    assert "Setting up" in set_up(moved).stderr


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full. Free about 300 MB"),
        ("Retrying: NewConnectionError(...)", "Could not download the packages. Check the netwo"),
        ("SSLError(CERTIFICATE_VERIFY_FAILED)", "Could not download the packages."),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that the lock file"),
        ("ERROR: No matching distribution found for x", "A package is not made for this machine"),
        ("ERROR: a bug of pip", "pip could not install: ERROR: a bug of pip."),
    ],
)
def test_a_failed_download_is_one_plain_line(pip_says, told, checkout):
    a_python(checkout, pip_says=pip_says, pip_code=1)
    done = set_up(checkout)
    assert done.returncode == 1
    assert told in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    a_python(checkout)
    assert set_up(checkout).returncode == 0


def test_a_checkout_that_is_not_complete_is_one_plain_line(checkout):
    a_python(checkout)
    (checkout / "requirements-dev.lock").unlink()
    done = set_up(checkout)
    assert (
        done.stderr
        == f"Cannot use {checkout / 'requirements-dev.lock'}: No such file or directory.\n"
    )


def test_make_lists_its_commands_first():
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for command in ("demo", "test", "check", "run", "lock", "format", "clean", "screens", "routes"):
        assert f"make {command} " in listed
