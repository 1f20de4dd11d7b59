"""What tests of backups share: databases looked at from outside, the bot as a command."""

import asyncio
import os

from bot.db import restoring
from tests.commands import Command
from tests.postgres import connected


async def counts(url) -> dict[str, int]:
    async with connected(url) as conn:
        return await restoring.row_counts(conn)


async def execute(url, *statements) -> None:
    async with connected(url) as conn:
        for statement in statements:
            await conn.execute(statement)


async def bot(*arguments, **environment):
    environment = {**os.environ, **environment}
    process = await Command.start(*map(str, arguments), environment=environment)
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert b"Traceback" not in out + err
    return process.returncode, out.decode(), err.decode()
