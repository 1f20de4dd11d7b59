"""Each fault provoked against real servers: the doctor names it and says what to do."""

import asyncio
import re
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiogram.methods import DeleteWebhook

from bot.app import open_bot
from bot.config import Settings
from bot.doctor import examination, here, sentences, telegram
from bot.metrics import Metrics
from bot.telegram.calling import Caller
from tests.operations.databases import bot
from tests.operations.findings import findings, line
from tests.operations.test_health import frozen_server


@pytest.fixture
def ask_telegram(settings):
    async def ask(clock=time.time, **changes):
        changed = settings.model_copy(update=changes)
        async with open_bot(changed, Metrics()) as client:
            return await findings(telegram.check(changed, client, clock))

    return ask


@pytest.fixture
def environment(sim, database_url, redis_url, tmp_path):
    return {
        "BOT_TOKEN": "42:TEST",
        "BOT_API_URL": sim.url,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(tmp_path),
        "OWNER_IDS": "1",
    }


async def test_a_sound_installation_has_no_cross_and_exit_code_0(environment):
    code, said, err = await bot("doctor", **environment)
    assert (code, err) == (0, "")
    assert "✗" not in said
    assert "@clubdesk_bot answers" in said
    assert "agrees with Telegram" in said
    assert "agrees with PostgreSQL" in said
    assert "schema is up to date" in said
    assert "every promise about its rows" in said
    assert "never evicts" in said


async def test_everything_wrong_at_once_is_told_at_once(environment, tmp_path):
    code, said, err = await bot(
        "doctor",
        **environment
        | {"BOT_API_URL": "http://127.0.0.1:1", "REDIS_URL": "redis://:hunter2@127.0.0.1:1"}
        | {"DATABASE_URL": "postgresql://x:hunter2@127.0.0.1:1/x", "BACKUP_DIR": "/nowhere"},
    )
    assert (code, err) == (1, "")
    assert said.count("✗") == 4
    assert "hunter2" not in said
    assert "42:TEST" not in said


async def test_settings_that_cannot_be_read_are_findings(environment):
    code, said, _ = await bot("doctor", **environment | {"LOG_FORMAT": "xml", "BOT_TOKEN": "hey"})
    assert (code, said.count("✗ Settings: ")) == (1, 2)


async def test_a_check_that_fails_itself_is_a_fault():
    async def breaks():
        raise ValueError("hunter2")
        yield

    found = await findings(examination._surely("Moon", breaks()))
    assert "✗ Moon: could not be checked (ValueError)" in found[0]


# --- here -------------------------------------------------------------------------------------


async def test_settings_folders_and_backups(settings, tmp_path):
    def look(clock=time.time, **changes):
        changed = settings.model_copy(update=changes)
        return [str(finding) for finding in here.check(changed, tmp_path / ".env", clock)]

    (tmp_path / ".env").touch(mode=0o644)
    assert "chmod 600" in line(look(), ".env")
    assert "nobody watches the backups" in line(look(), "backups")
    blank = type(settings.bot_token)("")
    assert "✗ Settings: BOT_TOKEN is not set" in line(look(bot_token=blank), "BOT_TOKEN")
    assert "WEBHOOK_SECRET" in line(look(webhook_url="https://bot.example.org"), "anybody")
    assert "✗" in line(look(backup_dir=tmp_path / "none"), "BACKUP_DIR")
    assert "there is none" in line(look(backup_dir=tmp_path), "Backups")
    (tmp_path / "clubdesk-20261124T120000Z.dump").touch()
    noon = 1_795_521_600
    assert "✓ Backups: the newest is 2 h" in line(
        look(lambda: noon + 7200, backup_dir=tmp_path), "Backups"
    )
    assert "✗" in line(look(lambda: noon + 30 * 3600, backup_dir=tmp_path), "Backups")
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert "✗" in line(look(data_dir=in_the_way / "data"), "DATA_DIR")


# --- Telegram ---------------------------------------------------------------------------------


async def test_a_refused_token(ask_telegram, settings):
    (said,) = await ask_telegram(bot_token=type(settings.bot_token)("43:top-secret"))
    assert "✗ Telegram: BOT_TOKEN is refused" in said


async def test_telegram_away_and_telegram_frozen(ask_telegram, monkeypatch):
    (said,) = await ask_telegram(bot_api_url="http://127.0.0.1:1")
    assert "✗ Telegram: BOT_API_URL does not answer (TelegramNetworkError)" in said
    monkeypatch.setattr(telegram, "_SECONDS", 0.3)
    async with frozen_server() as port:
        (said,) = await ask_telegram(bot_api_url=f"http://127.0.0.1:{port}")
    assert "✗ Telegram" in said


async def test_a_webhook_while_polling_is_meant_and_one_elsewhere(sim, ask_telegram):
    async with hooked(sim, "http://127.0.0.1:1/telegram/webhook"):
        assert "✗" in line(await ask_telegram(), "`run` gets no updates")
        found = await ask_telegram(webhook_url="https://bot.example.org")
        assert "✗ Webhook: Telegram posts updates to 127.0.0.1:1, not to bot.ex" in found[1]
        assert "✓" in line(await ask_telegram(webhook_url="http://127.0.0.1:1"), "posts updates")
    found = await ask_telegram(webhook_url="https://bot.example.org")
    assert "! Webhook: WEBHOOK_URL names bot.example.org" in found[1]


async def test_deliveries_that_fail_and_updates_that_wait(sim, ask_telegram, monkeypatch):
    monkeypatch.setattr(telegram, "MANY", 1)
    anna = sim.engine.add_person("Anna")
    async with hooked(sim, "http://127.0.0.1:1/telegram/webhook"):
        sim.engine.start(anna)
        sim.engine.send_text(anna, "hello")
        async with asyncio.timeout(10):
            while not [one for one in await ask_telegram() if "could not deliver" in one]:
                await asyncio.sleep(0.1)
        assert "2 updates wait" in line(await ask_telegram(), "wait at Telegram")


async def test_a_clock_that_differs_from_telegrams(ask_telegram):
    assert "✓" in line(await ask_telegram(), "Clock")
    fast = line(await ask_telegram(lambda: time.time() + 10), "ahead of Telegram")
    assert fast.startswith("! Clock: this machine is 1")
    assert "✗ Clock" in line(await ask_telegram(lambda: time.time() - 60), "behind Telegram")


@asynccontextmanager
async def hooked(sim, url):
    settings = Settings(_env_file=None, bot_token="42:TEST", bot_api_url=sim.url)
    async with open_bot(settings, Metrics()) as client:
        await client.set_webhook(url, secret_token="top-secret")
        yield
        await Caller(client).call(DeleteWebhook(drop_pending_updates=True))  # floods are patient


def test_every_sentence_is_used():
    folder = Path(sentences.__file__).parent
    others = [path for path in folder.glob("*.py") if path.name != "sentences.py"]
    sources = "".join(path.read_text() for path in others)
    written = re.findall(
        r"^(?:def )?(\w+)(?: = |\()", Path(sentences.__file__).read_text(), re.MULTILINE
    )
    assert len(written) > 40
    assert [name for name in written if f"sentences.{name}" not in sources] == []
