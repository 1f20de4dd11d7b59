"""`make cluster`, really run: Telegram, nginx, workers, PostgreSQL and Valkey as processes."""

import asyncio
import os
import re
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot import embedded
from bot.demo import proxy
from bot.demo.database import DEPLOY
from bot.demo.people import VERA
from bot.demo.telegram import TOKEN

WORKERS = 2
if not os.environ.get("CLUBDESK_REQUIRE_NGINX"):  # CI does
    try:
        proxy.nginx()
    except embedded.EmbeddedError as missing:
        pytest.skip(str(missing), allow_module_level=True)


@asynccontextmanager
async def cluster(data_dir: Path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "cluster", "--workers", str(WORKERS)),
        cwd=DEPLOY.parent,
        env={**os.environ, "DATA_DIR": str(data_dir), "HTTP_PORT": "0"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def address(process) -> str:
    """The one line it says when everyone has been welcomed."""
    async with asyncio.timeout(90):
        async for line in process.stdout:
            if b" is ready: open " in line:
                assert f"cluster of {WORKERS} workers" in line.decode()
                return re.search(r"http://\S+", line.decode())[0]
    raise AssertionError("it ended before it was ready")


def children(pid: int, words: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, IndexError):
            continue  # it ended meanwhile
        if parent == pid and words in command:
            found.append(int(folder.name))
    return found


async def says(client: aiohttp.ClientSession, words: str) -> None:
    """Vera writes to the bot, as the page would."""
    body = {"chat_id": VERA.telegram_id, "text": words}
    async with client.post(f"/sim/people/{VERA.telegram_id}/text", json=body) as response:
        assert response.ok, await response.text()


async def pending(client: aiohttp.ClientSession) -> int:
    async with client.get(f"/bot{TOKEN}/getWebhookInfo") as response:
        return (await response.json())["result"]["pending_update_count"]


async def test_a_killed_worker_is_replaced_and_no_update_waits_for_ever(tmp_path):
    async with cluster(tmp_path) as process, aiohttp.ClientSession(await address(process)) as page:
        workers = children(process.pid, "bot serve")
        assert len(workers) == WORKERS
        os.kill(workers[0], signal.SIGKILL)
        for _ in range(5):
            await says(page, "/menu")
        async with asyncio.timeout(30):
            while await pending(page):
                await asyncio.sleep(0.1)
            while len(children(process.pid, "bot serve")) < WORKERS:
                await asyncio.sleep(0.1)
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(40):
            assert await process.wait() == 0


async def test_without_nginx_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(proxy, "_SBIN", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(embedded.EmbeddedError, match="apt-get install nginx"):
        proxy.nginx()
