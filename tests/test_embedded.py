"""The embedded servers survive what people and machines do to them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from bot import embedded
from bot.embedded import Servers, _process
from bot.embedded._site import Site

NO_SUCH_NEED_MB = 2**30
SUPERVISOR = """
import sys, time
from pathlib import Path
from bot.embedded import Servers
servers = Servers(Path(sys.argv[1]))
urls = servers.start()
servers.announce("http://127.0.0.1:1234")
print(urls.database_url, urls.redis_url, flush=True)
sys.stdin.read()
servers.stop()
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that does not exist yet, within everybody's reach (pytest's own are private)."""
    folder = Path(tempfile.mkdtemp(prefix="clubdesk-embedded-"))
    folder.chmod(0o755)
    yield folder / "data"
    erase(folder)


def erase(folder: Path) -> None:
    for data_dir in list(folder.glob("**/running.lock")):
        Site(data_dir.parent, needs_mb=0).erase()
    shutil.rmtree(folder)


class Supervisor:
    """Another process that runs the servers, as ``make demo`` does."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        database_url, redis_url = self.process.stdout.readline().split()
        self.urls = embedded.Urls(database_url, redis_url)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        self.process.communicate("")


async def write(urls: embedded.Urls) -> None:
    conn = await asyncpg.connect(urls.database_url)
    await conn.execute("CREATE TABLE kept AS SELECT 'ЖЁ' AS word")
    await conn.close()
    async with Redis.from_url(urls.redis_url) as redis:
        await redis.set("kept", "yes")
        await redis.execute_command("WAITAOF", 1, 0, 1000)


async def is_kept(urls: embedded.Urls) -> bool:
    conn = await asyncpg.connect(urls.database_url)
    word = await conn.fetchval("SELECT lower(word) FROM kept")
    await conn.close()
    async with Redis.from_url(urls.redis_url) as redis:
        return (word, await redis.get("kept")) == ("жё", b"yes")


def pids_of(data_dir: Path) -> list[int]:
    return [int(pid) for pid in (data_dir / "servers.lock").read_text().split()]


def all_gone(pids: list[int]) -> bool:
    return not any(lives(pid) for pid in pids)


def lives(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet buried has no command line."""
    try:
        return command_line(pid) != ""
    except OSError:
        return False


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


async def test_a_second_start_finds_the_data_and_is_quick(data_dir):
    with embedded.servers(data_dir) as urls:
        assert embedded.running_database(data_dir) == urls.database_url
        assert embedded.running_redis(data_dir) == urls.redis_url
        await write(urls)
    pids = pids_of(data_dir)
    started = time.monotonic()
    with embedded.servers(data_dir) as urls:
        assert time.monotonic() - started < 10  # 0.05 s on an idle machine
        assert await is_kept(urls)
    assert all_gone(pids + pids_of(data_dir))


async def test_both_servers_ask_for_the_password(data_dir):
    with embedded.servers(data_dir) as urls:
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(urls.database_url.replace("clubdesk:", "clubdesk:x"))
        async with Redis.from_url(urls.redis_url.replace("//:", "//:x")) as redis:
            with pytest.raises(Exception, match="invalid username-password"):
                await redis.ping()
        commands = [command_line(pid) for pid in pids_of(data_dir)]
        assert all(commands)
        secrets = [
            url.rpartition("@")[0].rpartition(":")[2] for url in (urls.database_url, urls.redis_url)
        ]
        assert not any(secret in command for secret in secrets for command in commands)
        assert "127.0.0.1" not in repr(urls)


async def test_killed_at_once_with_both_servers_nothing_is_lost(data_dir):
    first = Supervisor(data_dir)
    await write(first.urls)
    pids = pids_of(data_dir)
    for pid in (first.process.pid, *pids):
        os.kill(pid, signal.SIGKILL)
    first.kill()
    with embedded.servers(data_dir) as urls:
        assert await is_kept(urls)


async def test_a_killed_start_takes_its_servers_along(data_dir):
    first = Supervisor(data_dir)
    await write(first.urls)
    pids = pids_of(data_dir)
    first.kill()
    with embedded.servers(data_dir) as urls:
        assert all_gone(pids)
        assert await is_kept(urls)


async def test_a_process_number_used_again_does_not_block_the_start(data_dir):
    with embedded.servers(data_dir) as urls:
        await write(urls)
    home = (data_dir / "postgres-18").resolve()
    (home / "postmaster.pid").write_text(f"{os.getppid()}\n{home}\n")
    with embedded.servers(data_dir) as urls:
        assert await is_kept(urls)


def test_a_second_start_is_told_where_the_first_answers(data_dir):
    first = Supervisor(data_dir)
    with pytest.raises(embedded.EmbeddedError) as told:
        Servers(data_dir).start()
    first.end()
    running = f"ClubDesk is already running (process {first.process.pid}) at http://127.0.0.1:1234"
    assert str(told.value).startswith(running)
    with embedded.servers(data_dir):
        pass


async def test_an_interrupted_making_of_the_database_is_redone(data_dir):
    with embedded.servers(data_dir):
        pass
    home = (data_dir / "postgres-18").resolve()
    home.rename(home.with_name("postgres-18.new"))
    (home.with_name("postgres-18.new") / "PG_VERSION").unlink()
    with embedded.servers(data_dir) as urls:
        await write(urls)
    assert not home.with_name("postgres-18.new").exists()


def test_a_full_disk_is_one_plain_line(data_dir):
    with pytest.raises(embedded.EmbeddedError) as told:
        Servers(data_dir, needs_mb=NO_SUCH_NEED_MB).start()
    assert f"Not enough space in {data_dir}: needs about {NO_SUCH_NEED_MB} MB, has" in str(
        told.value
    )


async def test_a_port_taken_meanwhile_is_left_to_its_owner(data_dir, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        free_port = _process.free_port
        ports = iter([taken, taken])
        monkeypatch.setattr(_process, "free_port", lambda: next(ports, None) or free_port())
        with embedded.servers(data_dir) as urls:
            assert f":{taken}/" not in urls.database_url + urls.redis_url
            await write(urls)


def test_a_port_is_given_once_while_the_process_lives(monkeypatch):
    """Nobody listens on it yet: whoever was given it is about to."""
    ours = _process._OURS[-60:]
    monkeypatch.setattr(_process, "_OURS", ours)
    given = [port for _ in range(20) for port in embedded.free_ports(2)]
    assert len(set(given)) == len(given)
    look = f"from bot.embedded import _process; _process._claim({given[0]})"
    other = subprocess.run([sys.executable, "-c", look], capture_output=True, check=False)
    assert b"Address already in use" in other.stderr


@pytest.mark.parametrize("setting", ["PG_BIN_DIR", "REDIS_SERVER_BIN"])
def test_an_override_without_a_program_is_named(setting, data_dir, monkeypatch):
    monkeypatch.setenv(setting, "/nowhere")
    with pytest.raises(embedded.EmbeddedError, match=f"{setting} is set, but there is no program"):
        Servers(data_dir).start()


def test_a_machine_without_a_ready_made_server_is_told_the_way_out(data_dir, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(embedded.EmbeddedError, match="Set REDIS_URL to the address of a server"):
        Servers(data_dir).start()


def test_addresses_that_are_given_start_nothing(data_dir):
    with embedded.servers(data_dir, database_url="postgresql://a", redis_url="redis://b") as urls:
        assert (urls.database_url, urls.redis_url) == ("postgresql://a", "redis://b")
    assert not data_dir.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make data of another user's")
def test_data_of_another_user_is_refused_and_left_alone(data_dir):
    (data_dir / "valkey-9").mkdir(parents=True)
    os.chown(data_dir / "valkey-9", 5, 5)
    with pytest.raises(
        embedded.EmbeddedError, match=r"belongs to user 5.*Start the same way again"
    ):
        Servers(data_dir).start()
    assert (data_dir / "valkey-9").stat().st_uid == 5


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's servers run as that user")
async def test_root_keeps_private_folders_private(data_dir):
    private = data_dir / "private"
    private.mkdir(mode=0o700, parents=True)
    with embedded.servers(private / "data") as urls:
        await write(urls)
    with embedded.servers(private / "data") as urls:
        assert await is_kept(urls)
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_throwaway_leaves_nothing(data_dir, monkeypatch):
    data_dir.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(data_dir))
    with embedded.throwaway() as urls:
        assert urls.redis_url
        assert len(list(data_dir.iterdir())) == 1
    assert not list(data_dir.iterdir())


def test_what_a_killed_test_run_left_is_swept_when_it_is_old(data_dir, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(data_dir))
    old, young = data_dir / "clubdesk-throwaway-old", data_dir / "clubdesk-throwaway-young"
    for left in (old, young):
        left.mkdir(parents=True)
    os.utime(old, (0, 0))
    with embedded.throwaway():
        assert not old.exists()
        assert young.exists()
