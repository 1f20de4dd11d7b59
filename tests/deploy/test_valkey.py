"""deploy/valkey.sh with the real server: one user, nothing evicted, nothing to configure."""

from pathlib import Path

import pytest
import redis.exceptions
from redis.asyncio import Redis


@pytest.fixture
async def client(valkey):
    async with Redis.from_url(valkey) as connected:
        yield connected


async def test_nobody_comes_in_without_the_password(valkey):
    place = valkey.rpartition("@")[2]
    for credentials in ("", "clubdesk:wrong@", "default:@"):
        async with Redis.from_url(f"redis://{credentials}{place}") as stranger:
            with pytest.raises(redis.exceptions.RedisError):
                await stranger.get("anything")


@pytest.mark.parametrize(
    "command",
    [
        "FLUSHALL",
        "CONFIG SET maxmemory-policy allkeys-lru",
        "SHUTDOWN NOSAVE",
        "KEYS *",
        "ACL LIST",
        "MONITOR",
        "REPLICAOF 127.0.0.1 1",
        "BGREWRITEAOF",
    ],
)
async def test_the_workers_user_cannot_do_harm_to_all(client, command):
    with pytest.raises(redis.exceptions.NoPermissionError):
        await client.execute_command(*command.split())


async def test_it_keeps_what_it_has_when_it_is_full(client):
    info = await client.config_get("maxmemory-policy", "appendonly", "appendfsync")
    assert info == {
        "maxmemory-policy": "noeviction",
        "appendonly": "yes",
        "appendfsync": "everysec",
    }
    await client.set("kept", "1")
    with pytest.raises(redis.exceptions.OutOfMemoryError):
        for number in range(10_000):
            await client.set(f"filler:{number}", "x" * 8192)
    assert await client.get("kept") == b"1"
    async for key in client.scan_iter("filler:*", count=1000):
        await client.unlink(key)


def test_the_password_is_on_no_list_of_processes(secrets):
    password = (secrets / "redis_url").read_text().split(":")[2].split("@")[0]
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert password not in line.read_text(errors="replace")
        except OSError:
            continue  # it ended meanwhile
