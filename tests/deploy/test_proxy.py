"""deploy/nginx.conf in a real nginx: what reaches a worker, and how often."""

import asyncio
import os
import socket
import subprocess
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot import embedded
from bot.demo import proxy
from bot.demo.database import DEPLOY
from bot.updates.webhook import PATH

if not os.environ.get("CLUBDESK_REQUIRE_NGINX"):  # CI does
    try:
        proxy.nginx()
    except embedded.EmbeddedError as missing:
        pytest.skip(str(missing), allow_module_level=True)


class Worker:
    """Stands where a worker would, and does one thing with every request."""

    def __init__(self, act: str = "answer") -> None:
        self.act = act
        self.got: list[str] = []
        self.port = 0

    @asynccontextmanager
    async def listening(self):
        async with await asyncio.start_server(self._take, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield self

    async def _take(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.got.append(head)
        if self.act == "answer":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
        writer.close()


@asynccontextmanager
async def nginx(folder: Path, *workers: int):
    (port,) = embedded.free_ports(1)
    command = proxy.command(folder, port, list(workers))
    process = await asyncio.create_subprocess_exec(*command)
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
            await until_it_listens(port)
            yield client
    finally:
        process.terminate()
        await process.wait()


async def until_it_listens(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


async def status(client, method: str, path: str, **more) -> int:
    async with client.request(method, path, **more) as response:
        return response.status


def nobody_listens() -> int:
    return embedded.free_ports(1)[0]


def test_the_file_of_the_container_is_valid(tmp_path):
    command = [proxy.nginx(), "-t", "-p", f"{tmp_path}/", "-e", "stderr"]
    said = subprocess.run(
        [*command, "-c", DEPLOY / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr


async def test_updates_alone_reach_a_worker(tmp_path):
    async with Worker().listening() as worker, nginx(tmp_path, worker.port) as client:
        for path in ("/", "/metrics", "/healthz", "/readyz", PATH + "/", "/sim/"):
            assert await status(client, "POST", path) == 404
        assert worker.got == []
        assert await status(client, "GET", "/proxy/healthz") == 204
        assert await status(client, "POST", PATH, data=b"{}") == 200
    assert len(worker.got) == 1
    assert worker.got[0].startswith(f"POST {PATH} HTTP/1.1")


async def test_a_body_of_more_than_a_mebibyte_is_refused_at_the_door(tmp_path):
    async with Worker().listening() as worker, nginx(tmp_path, worker.port) as client:
        assert await status(client, "POST", PATH, data=BytesIO(b"x" * (2**20 + 1))) == 413
        assert worker.got == []
        assert await status(client, "POST", PATH, data=BytesIO(b"x" * 2**20)) == 200


async def test_what_a_client_says_of_its_address_is_not_believed(tmp_path):
    async with Worker().listening() as worker, nginx(tmp_path, worker.port) as client:
        claim = {"X-Forwarded-For": "149.154.167.220", "X-Telegram-Bot-Api-Secret-Token": "s"}
        assert await status(client, "POST", PATH, headers=claim) == 200
    head = worker.got[0]
    assert "X-Forwarded-For: 127.0.0.1\r\n" in head
    assert "149.154" not in head
    assert "X-Telegram-Bot-Api-Secret-Token: s\r\n" in head


async def test_a_worker_that_is_gone_costs_no_update(tmp_path):
    gone = nobody_listens()
    async with Worker().listening() as worker, nginx(tmp_path, gone, worker.port) as client:
        codes = [await status(client, "POST", PATH, data=b"{}") for _ in range(20)]
    assert codes == [200] * 20
    assert len(worker.got) == 20


async def test_an_update_that_a_worker_may_have_taken_is_not_given_to_another(tmp_path):
    async with (
        Worker("hang up").listening() as one,
        Worker("hang up").listening() as other,
        nginx(tmp_path, one.port, other.port) as client,
    ):
        codes = [await status(client, "POST", PATH, data=b"{}") for _ in range(10)]
    assert codes == [502] * 10
    assert len(one.got) + len(other.got) == 10


async def test_updates_are_spread_over_the_workers(tmp_path):
    async with (
        Worker().listening() as one,
        Worker().listening() as other,
        nginx(tmp_path, one.port, other.port) as client,
    ):
        for _ in range(20):
            assert await status(client, "POST", PATH) == 200
    assert min(len(one.got), len(other.got)) > 0


async def test_the_files_own_way_to_find_workers_asks_dns_and_takes_the_next_address(tmp_path):
    """As in the container: a name with two addresses, one of which nobody answers at."""
    async with Worker().listening() as worker, dns(["127.0.0.2", "127.0.0.1"]) as resolver:
        (port,) = embedded.free_ports(1)
        text = (DEPLOY / "nginx.conf").read_text()
        for theirs, ours in {
            "resolver 127.0.0.11 ": f"resolver 127.0.0.1:{resolver.port} ",
            "listen 8080;": f"listen 127.0.0.1:{port};",
            "set $workers worker:8080;": f"set $workers worker:{worker.port};",
        }.items():
            assert text.count(theirs) == 1
            text = text.replace(theirs, ours)
        conf = tmp_path / "nginx.conf"
        conf.write_text(text)
        command = (proxy.nginx(), "-p", f"{tmp_path}/", "-e", "stderr", "-c", str(conf))
        process = await asyncio.create_subprocess_exec(*command, "-g", "daemon off;")
        try:
            await until_it_listens(port)
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
                codes = [await status(client, "POST", PATH, data=b"{}") for _ in range(20)]
        finally:
            process.terminate()
            await process.wait()
    assert codes == [200] * 20
    assert len(worker.got) == 20
    assert resolver.asked >= 1


class Resolver(asyncio.DatagramProtocol):
    """Docker's DNS, as far as nginx needs it: every name has these addresses."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses
        self.asked = 0
        self.port = 0

    def connection_made(self, transport) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr) -> None:
        self.asked += 1
        question = data[12 : data.index(b"\0", 12) + 5]
        count = len(self._addresses).to_bytes(2, "big")
        header = data[:2] + b"\x81\x80\x00\x01" + count + b"\0\0\0\0"
        answer = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04"
        records = b"".join(answer + socket.inet_aton(ip) for ip in self._addresses)
        self._transport.sendto(header + question + records, addr)


@asynccontextmanager
async def dns(addresses: list[str]):
    loop = asyncio.get_running_loop()
    transport, resolver = await loop.create_datagram_endpoint(
        lambda: Resolver(addresses), local_addr=("127.0.0.1", 0)
    )
    try:
        yield resolver
    finally:
        transport.close()
