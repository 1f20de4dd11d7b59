"""An update that keeps failing: five tries, an apology, and the chat goes on."""

import pytest

from bot import quarantine, recurring
from bot.app import open_app
from bot.services.quarantine import ATTEMPTS
from tests.test_once import fleet, heard, probe, updates, worker  # noqa: F401 -- fixtures


@pytest.fixture
def terminal(settings, database_url, redis_url):
    """The settings of an operator's terminal."""
    return settings.model_copy(update={"database_url": database_url, "redis_url": redis_url})


async def take(worker, sim, person, *texts):  # noqa: F811
    for text in texts:
        sim.engine.send_text(person, text)
    batch = await updates(worker, sim)
    for update in batch:
        await worker.once.take(update)
    return batch


async def test_five_tries_then_an_apology_with_a_code_and_the_form_as_it_was(
    worker,  # noqa: F811
    probe,  # noqa: F811
    club,
    sim,
):
    anna = club.visitor("Anna")
    *_, poison = await take(worker, sim, anna, "/probe", "1", "boom")
    apology = heard(sim, anna)[-1]
    assert "went wrong" in apology
    assert str(poison.update_id) in apology
    (failed,) = await worker.services.quarantine.set_aside(worker.bot.id)
    assert (failed.update_id, failed.attempts) == (poison.update_id, ATTEMPTS)
    assert failed.error.strip().endswith("RuntimeError")
    await take(worker, sim, anna, "2", "3")
    assert heard(sim, anna)[-1] == "1 2 3"


async def test_a_poisoned_chat_does_not_hold_up_another(worker, probe, club, sim):  # noqa: F811
    anna, bina = club.visitor("Anna"), club.visitor("Bina")
    await take(worker, sim, anna, "/probe", "1", "boom")
    await take(worker, sim, bina, "/probe", "1", "2", "3")
    assert heard(sim, bina)[-1] == "1 2 3"


async def test_tries_are_counted_across_workers(
    probe,  # noqa: F811
    settings,
    database_url,
    redis_url,
    club,
    sim,
):
    """As when each worker dies over it, or Telegram gives it to another one each time."""
    anna = club.visitor("Anna")
    async with fleet(2, settings, database_url, redis_url) as (one, two):
        for _ in range(ATTEMPTS - 1):
            await one.services.quarantine.failed(
                7, bot_id=one.bot.id, user_id=anna.id, payload={}, error="x"
            )
        last = await two.services.quarantine.failed(
            7, bot_id=two.bot.id, user_id=anna.id, payload={}, error="x"
        )
    assert last.quarantined_at


async def test_a_failure_that_passes_leaves_no_trace_in_the_quarantine(
    worker,  # noqa: F811
    probe,  # noqa: F811
    club,
    sim,
):
    anna = club.visitor("Anna")
    probe.booms = 2
    await take(worker, sim, anna, "/probe", "1", "boom", "3")
    assert heard(sim, anna)[-1] == "1 boom 3"
    assert await worker.services.quarantine.set_aside(worker.bot.id) == []


async def test_an_operator_looks_mends_and_replays(terminal, worker, probe, club, sim, capsys):  # noqa: F811
    anna = club.visitor("Anna")
    *_, poison = await take(worker, sim, anna, "/probe", "1", "boom")
    assert await quarantine.show_all(terminal) == 0
    assert f"{poison.update_id}  " in capsys.readouterr().out
    assert await quarantine.show(terminal, poison.update_id) == 0
    assert '"text": "boom"' in capsys.readouterr().out
    assert await quarantine.replay(terminal, poison.update_id) == 1  # not mended yet
    probe.booms = 0
    assert await quarantine.replay(terminal, None) == 0
    assert "1 of 1 replayed." in capsys.readouterr().out
    assert heard(sim, anna)[-1] == "three?"
    await take(worker, sim, anna, "3")
    assert heard(sim, anna)[-1] == "1 boom 3"
    assert await quarantine.drop(terminal, poison.update_id) == 1  # gone already


async def test_a_persons_failed_updates_go_with_the_person(worker, probe, club, sim, db):  # noqa: F811
    anna = await club.member("Anna")
    await take(worker, sim, club.people["Anna"], "/probe", "1", "boom")
    await worker.services.privacy.leave(anna.id, me=anna)
    assert await worker.services.quarantine.set_aside(worker.bot.id) == []


async def test_a_terminal_without_owner_ids_takes_no_owner_s_post(
    terminal, settings, database_url, redis_url, club
):
    vera = club.visitor("Vera")
    named = settings.model_copy(update={"owner_ids": (vera.id,)})
    async with open_app(named, database_url, redis_url) as running:
        assert await quarantine.show_all(terminal) == 0
        assert await recurring.show_all(terminal) == 0
        (owner,) = await running.services.team.list_leaders()
    assert (owner.telegram_id, owner.from_environment) == (vera.id, True)
