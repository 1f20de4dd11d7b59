"""``python -m bot …`` as a process of its own, in a tenth of the time: forked with its imports.

aiogram takes seconds to import. That the command starts from nothing, too, tests/deploy proves.
"""

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parent.parent
PRELOADED = ["tests.faults.warm", "tests.commands"]
_forks = multiprocessing.get_context("forkserver")


def _become(
    arguments: tuple[str, ...], environment: dict[str, str], out: Connection, err: Connection
) -> None:
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.argv = ["bot", *arguments]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


class Command:
    """One process, with the names of asyncio's."""

    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader

    @classmethod
    async def start(cls, *arguments: str, environment: Mapping[str, str]) -> "Command":
        command = cls()
        _forks.set_forkserver_preload(PRELOADED)
        out, its_out = _forks.Pipe(duplex=False)
        err, its_err = _forks.Pipe(duplex=False)
        orders = (arguments, dict(environment), its_out, its_err)
        command._process = _forks.Process(target=_become, args=orders, daemon=True)
        await asyncio.to_thread(command._process.start)  # the first one waits for the imports
        its_out.close()
        its_err.close()
        command.stdout, command.stderr = await _reader(out), await _reader(err)
        return command

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    async def wait(self) -> int:
        while self.returncode is None:
            await asyncio.sleep(0.005)
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """All that it has written to both, when it has ended."""
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err


async def _reader(end: Connection) -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)  # of a line: the table of routers is one
    with end:
        pipe = os.fdopen(os.dup(end.fileno()), "rb")
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    return reader
