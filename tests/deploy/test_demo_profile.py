"""`docker compose --profile demo`, less the containers: the same commands, the secrets in files."""

import asyncio
import sys
from contextlib import asynccontextmanager

from bot import embedded
from bot.demo.database import DEPLOY
from tests.deploy.test_compose import SERVICES, named, words


@asynccontextmanager
async def service(name: str, tmp_path, *, secrets: dict[str, str], env: dict[str, str]):
    """One service's own command, with its secrets under the names that it is given them by."""
    folder = tmp_path / name
    folder.mkdir()
    for source, target in named(SERVICES[name], "secrets"):
        (folder / target).write_text(secrets[source])
    python, *arguments = words(SERVICES[name]).split()
    assert python == "python"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        cwd=folder,  # not where a developer's .env may be
        env={"PYTHONPATH": str(DEPLOY.parent), "SECRETS_DIR": str(folder), **env},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def line_with(process, words: bytes) -> bytes:
    async for line in process.stdout:
        if words in line:
            return line
    return b""


async def test_the_demo_welcomes_its_people_with_nothing_but_its_own_secrets(
    tmp_path, roles, app_database_url, valkey
):
    demo = DEPLOY / "demo-secrets"
    secrets = {
        **{path.name: path.read_text() for path in demo.iterdir()},
        "app_database_url": app_database_url,  # these two name real servers, not Compose's
        "redis_url": valkey,
    }
    page, hook = embedded.free_ports(2)
    telegram = {"HTTP_HOST": "127.0.0.1", "HTTP_PORT": str(page)}
    worker = {
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(hook),
        "BOT_API_URL": f"http://127.0.0.1:{page}",
        "WEBHOOK_URL": f"http://127.0.0.1:{hook}",
    }
    async with (
        service("simulator", tmp_path, secrets=secrets, env=telegram) as simulator,
        service("worker", tmp_path, secrets=secrets, env=worker) as bot,
        asyncio.timeout(100),
    ):
        ready = await line_with(simulator, b" is ready: open ")
        bot.terminate()
        code = await bot.wait()
    assert ready.startswith(b"The club")
    assert code == 0
