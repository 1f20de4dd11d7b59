"""``python -m tests``: every test, each part in the company that it bears."""

import os
import subprocess
import sys
from time import monotonic

import pytest

CORES = len(os.sched_getaffinity(0))
PARTS = {
    "together": min(CORES + 1, 6),  # processes; each has servers of its own, and waits now and then
    "faults": 2,  # hardly anything but waiting, but with workers whose patience is a few seconds
    "alone": 0,  # what counts tenths of a second
}


def main(arguments: list[str]) -> int:
    """Run all parts, also when one fails; the exit code is as of one run of pytest."""
    began, codes = monotonic(), []
    for part, processes in PARTS.items():
        code = run(part, processes, arguments)
        if part == "alone" and code == pytest.ExitCode.TESTS_FAILED:
            print("\nOnce more: this machine may have stood still for those tenths of a second.")
            code = run(part, processes, [*arguments, "--last-failed"])
        codes.append(code)
        if codes[-1] == pytest.ExitCode.INTERRUPTED:
            break
    nothing = int(pytest.ExitCode.NO_TESTS_COLLECTED)
    verdict = max((code for code in codes if code != nothing), default=nothing)
    minutes, seconds = divmod(round(monotonic() - began), 60)
    print(f"{'NOT GREEN' if verdict else 'All green'}, after {minutes} min {seconds} s.")
    return verdict


def run(part: str, processes: int, arguments: list[str]) -> int:
    if "TEST_REDIS_URL" in os.environ:
        processes = 0  # there is one, and every test empties it
    print(f"\n{part}, {processes or 1} at a time:", flush=True)
    options = [f"--part={part}", f"--numprocesses={processes}", "--dist=worksteal"]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
