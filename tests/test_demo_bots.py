"""The demo's workers: what they say is read, however long it is."""

import sys

from bot.demo.bots import started


async def test_a_worker_s_line_may_be_of_any_length():
    """The table of routers, or a traceback, is one line of JSON."""
    async with started(sys.executable, "-c", "print('x' * 200_000)") as worker:
        assert [len(line) async for line in worker.stdout] == [200_001]
