"""What a worker counts, read back as Prometheus would."""

import asyncio

import pytest
from aiogram.methods import GetMe
from prometheus_client.parser import text_string_to_metric_families
from redis.exceptions import RedisError

from bot.app import open_app
from bot.jobs.watch import Watch
from bot.metrics import Metrics
from tests.conftest import polling
from tests.stories.registering import register


def figures(metrics: Metrics) -> dict[str, float]:
    """``name{label,label}`` -> value, labels in the order of their names."""
    found = {}
    for family in text_string_to_metric_families(metrics.exposition().decode()):
        for sample in family.samples:
            labels = ",".join(value for _, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


@pytest.fixture
def now(app):
    return lambda: figures(app.metrics)


async def test_an_update_is_counted_by_router_and_class_of_outcome(chat, club, now):
    await club.member("Anna")
    await chat.says("Anna", "/help")
    await chat.says("Anna", "/admin")
    assert now()["clubdesk_updates_total{ok,menu}"] == 1
    assert [name for name in now() if name.startswith("clubdesk_updates_total{refused")]
    assert now()["clubdesk_update_seconds_count{menu}"] >= 1
    assert now()["clubdesk_turn_wait_seconds_count"] == 2


async def test_a_wait_behind_an_earlier_update_is_seen(sim, chat, club, now):
    await club.member("Anna")
    sim.engine.faults.add(method="sendMessage", kind="slow_headers", seconds=0.6)
    chat.act("Anna", "/help")
    await sim.engine.handled(chat.act("Anna", "/help"))
    waits = now()
    assert waits["clubdesk_turn_wait_seconds_bucket{0.5}"] == 1
    assert waits["clubdesk_turn_wait_seconds_count"] == 2


async def test_calls_to_telegram_are_counted_by_their_result(sim, chat, club, now):
    await club.member("Anna")
    for fault in ({"status": 429, "retry_after": 1}, {"status": 500}, {"status": 502}):
        sim.engine.faults.add(method="sendMessage", **fault)
    await chat.says("Anna", "/help")
    calls = now()
    results = ("429", "5xx", "garbled", "ok")
    assert [calls[f"clubdesk_telegram_calls_total{{sendMessage,{r}}}"] for r in results] == [1] * 4
    assert calls["clubdesk_telegram_call_seconds_count{sendMessage}"] == 4


async def test_a_call_that_is_given_up_is_counted_too(sim, app, now):
    sim.engine.faults.add(method="getMe", kind="slow_headers", seconds=5)
    call = asyncio.ensure_future(app.bot(GetMe()))
    await asyncio.sleep(0.1)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert now()["clubdesk_telegram_calls_total{getMe,cancelled}"] == 1


async def test_notices_are_counted_by_what_came_of_them(sim, chat, club, now):
    await club.admin("Vera")
    await club.admin("Gita")
    club.visitor("Anna")
    sim.engine.deactivate(club.people["Gita"])
    await register(chat, "Anna")
    assert now()["clubdesk_notices_total{sent}"] == 2  # the card, and Anna’s slash commands
    assert now()["clubdesk_notices_total{held}"] == 1


async def test_the_pool_shows_what_is_in_use(app, now):
    async with app.services.people._db.reading():
        assert now()["clubdesk_pool_connections{in_use}"] == 1
    assert now()["clubdesk_pool_connections{in_use}"] == 0
    assert now()["clubdesk_pool_limit"] == app.services.people._db._pool.get_max_size()
    assert now()["clubdesk_pool_wait_seconds_count"] >= 1


async def test_what_redis_refuses_is_counted_and_a_new_script_is_no_error(app, chat, club, now):
    await club.member("Anna")
    await chat.says("Anna", "/help")  # its scripts were not known to the server
    assert not [name for name in now() if name.startswith("clubdesk_redis_errors_total")]
    with pytest.raises(RedisError):
        await app.once._store._redis.execute_command("NOSUCH")
    assert now()["clubdesk_redis_errors_total{ResponseError}"] == 1


async def test_updates_that_telegram_keeps_and_the_newest_backup_are_looked_up(
    sim, app, club, tmp_path, now, stopping
):
    stopping.set()
    await asyncio.sleep(0.2)
    sim.engine.start(club.visitor("Anna"))
    (tmp_path / "clubdesk-20261124T120000Z.dump").touch()
    (tmp_path / "clubdesk-20261123T120000Z.dump").touch()
    (tmp_path / "notes.txt").touch()
    await Watch(app.bot, app.metrics, backups=tmp_path).look()
    assert now()["clubdesk_telegram_pending_updates"] == 1
    assert now()["clubdesk_backup_newest_timestamp_seconds"] == 1_795_521_600


async def test_who_polls_and_who_stands_by_is_seen(settings, database_url, redis_url):
    async with (
        open_app(settings, database_url, redis_url) as first,
        open_app(settings, database_url, redis_url) as second,
    ):
        async with polling(first):
            await until(lambda: figures(first.metrics)["clubdesk_poller_state{polling}"] == 1)
            async with polling(second):
                await asyncio.sleep(0.2)
                assert figures(second.metrics)["clubdesk_poller_state{standby}"] == 1
                assert figures(second.metrics)["clubdesk_poller_takeovers_total"] == 0
        assert figures(first.metrics)["clubdesk_poller_state{off}"] == 1
        assert figures(first.metrics)["clubdesk_poller_takeovers_total"] == 1


async def until(holds) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.02)


async def test_nothing_personal_is_in_any_line(sim, app, chat, club):
    anna = await club.member("Anna", phone="+919876543210")
    await chat.says("Anna", "/help")
    text = app.metrics.exposition().decode()
    for private in ("Anna", "anna", str(anna.telegram_id), "9876543210"):
        assert private not in text
