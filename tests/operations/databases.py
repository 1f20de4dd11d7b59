"""What tests of backups share: databases looked at from outside, the bot as a command."""

import asyncio
import os
import sys

from bot.db import restoring
from tests.postgres import connected
from tests.test_processes import ROOT


async def counts(url) -> dict[str, int]:
    async with connected(url) as conn:
        return await restoring.row_counts(conn)


async def execute(url, *statements) -> None:
    async with connected(url) as conn:
        for statement in statements:
            await conn.execute(statement)


async def bot(*arguments, **environment):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *map(str, arguments)),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert b"Traceback" not in out + err
    return process.returncode, out.decode(), err.decode()
