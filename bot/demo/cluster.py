"""``make cluster``: what docker-compose.yml runs, as processes on this machine.

Telegram (the simulator) posts to nginx, nginx to one of several workers; PostgreSQL and Valkey are
the embedded ones, with the roles and grants of production.
"""

import asyncio
import shutil
import subprocess
from pathlib import Path
from typing import Final

from bot import embedded
from bot.app import prepare_database
from bot.config import Settings
from bot.demo import bots, database, proxy
from bot.demo.seed import seed
from bot.demo.telegram import OK, Telegram, fail, say, telegram
from bot.serving import PortTaken
from bot.stopping import on_signals, pause, until

_DATABASE: Final = "clubdesk"
_REDIS_DATABASE: Final = "/1"  # 0 is the demo's: the same people, other forms
_RESTART_SECONDS: Final = 1


def run_cluster(settings: Settings, workers: int) -> int:
    """Run until Ctrl+C; returns the exit code."""
    servers = embedded.Servers(settings.data_dir)
    try:
        proxy.nginx()
        return asyncio.run(_run(settings, servers, servers.start(), workers))
    except (embedded.EmbeddedError, PortTaken) as fault:
        return fail(str(fault))
    finally:
        servers.stop()


async def _run(
    settings: Settings, servers: embedded.Servers, urls: embedded.Urls, workers: int
) -> int:
    folder = settings.data_dir.resolve() / "cluster"
    urls = await _with_roles(urls, _secrets(folder))
    await seed(urls.database_url, timezone=settings.club_timezone, currency=settings.club_currency)
    async with telegram(settings, "make cluster") as found:
        servers.announce(found.url)
        hook, *ports = embedded.free_ports(1 + workers)
        environment = {
            **bots.environment(settings, urls, found.url),
            "WEBHOOK_URL": f"http://127.0.0.1:{hook}",
            "WEBHOOK_SECRET": (folder / "secrets" / "webhook_secret").read_text(),
        }
        return await _run_all(found, environment, proxy.command(folder, hook, ports), ports)


async def _run_all(
    found: Telegram, environment: dict[str, str], front: tuple[str, ...], ports: list[int]
) -> int:
    """The workers end before the proxy does: what they have in hand is still answered."""
    stop = on_signals()
    async with bots.started(*front) as nginx, asyncio.TaskGroup() as group:
        for port in ports:
            env = {**environment, "HTTP_PORT": str(port)}
            group.create_task(_keep_running("serve", env, found, stop))
        group.create_task(_keep_running("worker", environment, found, stop))
        ready = group.create_task(found.say_when_ready(f"A cluster of {len(ports)} workers"))
        died = await until(stop, nginx.wait()) is not None
        ready.cancel()
        stop.set()
    return fail("nginx stopped by itself; its reason stands above.") if died else OK


async def _keep_running(
    command: str, environment: dict[str, str], found: Telegram, stop: asyncio.Event
) -> None:
    """One worker; when it is killed, the next in its place, as ``restart: unless-stopped`` does."""
    while not stop.is_set():
        code = await bots.run(command, environment, found.simulator, stop)
        if code is not None:
            say(f"`{command}` at port {environment['HTTP_PORT']} ended ({code}); starting another.")
            await pause(stop, _RESTART_SECONDS)


async def _with_roles(urls: embedded.Urls, secrets: Path) -> embedded.Urls:
    """The database as in production: migrated by the migrator, used by the workers' role."""
    made = await database.lay_out(urls.database_url, _DATABASE, secrets)
    await prepare_database(made.migrator, migrating=True, granting=True)
    server, _, _ = urls.redis_url.rpartition("/")
    return embedded.Urls(database_url=made.app, redis_url=f"{server}{_REDIS_DATABASE}")


def _secrets(folder: Path) -> Path:
    """What ``make secrets`` writes, kept with the data it opens."""
    folder.mkdir(parents=True, exist_ok=True)
    shell = shutil.which("sh") or "/bin/sh"
    subprocess.run(  # noqa: S603 -- our own script
        [shell, database.DEPLOY / "secrets.sh", folder / "secrets"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder / "secrets"
