"""``python -m tests``: every test, each part in the company that it bears."""

import os
import subprocess
import sys
from tempfile import TemporaryFile
from time import monotonic
from typing import IO

import pytest

CORES = len(os.sched_getaffinity(0))
PARTS = {
    "together": min(CORES + 1, 6),  # processes; each has servers of its own, and waits now and then
    "faults": 2,  # hardly anything but waiting, but with workers whose patience is a few seconds
    "alone": 0,  # what counts tenths of a second
}
ONE_REDIS = "TEST_REDIS_URL" in os.environ  # and every test empties it
GIVES_WAY = ("nice", "-n", "10")


def main(arguments: list[str]) -> int:
    """Run all parts, also when one fails; the exit code is as of one run of pytest.

    What ``faults`` leaves of the machine ``together`` takes, and gives way where both want it.
    """
    began = monotonic()
    # Else each of some fifty processes compiles all modules anew, and rewrites all asserts.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with TemporaryFile("w+") as report:
        faults = start("faults", arguments, report=report)
        if ONE_REDIS:
            faults.wait()
        codes = [start("together", arguments, before=GIVES_WAY).wait(), faults.wait()]
        report.seek(0)
        print(report.read(), flush=True)
    if pytest.ExitCode.INTERRUPTED not in codes:
        codes.append(run_alone(arguments))
    nothing = int(pytest.ExitCode.NO_TESTS_COLLECTED)
    verdict = max((code for code in codes if code != nothing), default=nothing)
    minutes, seconds = divmod(round(monotonic() - began), 60)
    print(f"{'NOT GREEN' if verdict else 'All green'}, after {minutes} min {seconds} s.")
    return verdict


def run_alone(arguments: list[str]) -> int:
    """What fails is asked once more."""
    code = start("alone", arguments).wait()
    if code == pytest.ExitCode.TESTS_FAILED:
        print("\nOnce more: the machine may have stood still for those tenths of a second.")
        code = start("alone", [*arguments, "--last-failed"]).wait()
    return code


def start(
    part: str,
    arguments: list[str],
    *,
    before: tuple[str, ...] = (),
    report: IO[str] | None = None,
) -> subprocess.Popen[bytes]:
    processes = 0 if ONE_REDIS else PARTS[part]
    print(f"\n{part}, {processes or 1} at a time:", file=report, flush=True)
    options = [f"--part={part}", f"--numprocesses={processes}", "--dist=worksteal"]
    command = [*before, sys.executable, "-m", "pytest", *options, *arguments]
    return subprocess.Popen(command, stdout=report, stderr=report and subprocess.STDOUT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
