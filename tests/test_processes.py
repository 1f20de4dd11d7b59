"""The bot as a process of its own: stopped, killed and started again, nothing is lost."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import asynccontextmanager

import pytest

from bot import embedded
from tests.commands import Command

PEOPLE = 40


@asynccontextmanager
async def bot(environment, *arguments):
    process = await Command.start(*(arguments or ("run",)), environment=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def welcomed(sim, person) -> int:
    """How often this person was welcomed."""
    return sum(
        call.method == "sendMessage" and int(call.params["chat_id"]) == person.id
        for call in sim.engine.calls
        if call.status == 200
    )


async def all_start(sim, club):
    people = [club.visitor(f"P{number}") for number in range(PEOPLE)]
    return people, [sim.engine.start(person) for person in people]


async def wait_until(holds) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


async def test_sigterm_finishes_what_is_in_hand_and_exits_cleanly(environment, sim, club):
    people, updates = await all_start(sim, club)
    sim.engine.faults.add(method="sendMessage", times=PEOPLE, kind="slow_headers", seconds=0.5)
    async with bot(environment) as process:
        await wait_until(lambda: sum(welcomed(sim, person) for person in people) > 0)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    assert [welcomed(sim, person) for person in people] == [1] * PEOPLE
    for update in updates:
        await sim.engine.handled(update, timeout=1)


async def test_a_killed_worker_leaves_its_batch_to_the_next(environment, sim, club):
    people, updates = await all_start(sim, club)
    sim.engine.faults.add(method="sendMessage", times=PEOPLE, kind="slow_headers", seconds=0.3)
    async with bot(environment) as process:
        await wait_until(lambda: sum(welcomed(sim, person) for person in people) > 0)
        process.kill()
        await process.wait()
    async with bot(environment):
        for update in updates:
            await sim.engine.handled(update, timeout=60)
    counts = [welcomed(sim, person) for person in people]
    assert min(counts) == 1
    assert max(counts) <= 2  # at most a repeat of a reply whose mark was not made


@pytest.mark.alone
async def test_a_second_process_stands_by_and_takes_over_when_the_first_is_killed(
    environment, sim, club
):
    async with bot(environment) as first:
        await sim.engine.handled(sim.engine.start(club.visitor("Anna")), timeout=60)
        async with bot(environment) as second:
            await asyncio.sleep(4)
            await sim.engine.handled(sim.engine.start(club.visitor("Bina")), timeout=10)
            assert second.returncode is None
            first.kill()
            await first.wait()
            killed = asyncio.get_running_loop().time()
            await sim.engine.handled(sim.engine.start(club.visitor("Chetan")), timeout=10)
            assert asyncio.get_running_loop().time() - killed < 5
    assert not [call for call in sim.engine.calls if call.status == 409]


async def test_polling_ends_with_a_hint_where_a_webhook_is_set(environment, sim):
    sim.engine.webhook_of(sim.engine.bot).url = "http://127.0.0.1:1/elsewhere"
    async with bot(environment) as process:
        out, err = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 1
        assert b"bot unhook" in out
        assert b"Traceback" not in out + err
    async with bot(environment, "unhook") as process:
        await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0
    async with bot(environment):
        await sim.engine.handled(sim.engine.start(sim.engine.add_person("Anna")), timeout=60)


async def test_a_webhook_worker_serves_and_stops_with_everything_done(environment, sim, club):
    (port,) = embedded.free_ports(1)
    settings = {
        "HTTP_PORT": str(port),
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": "s3cret",
    }
    people, updates = await all_start(sim, club)
    sim.engine.faults.add(method="sendMessage", times=PEOPLE, kind="slow_headers", seconds=0.5)
    async with bot({**environment, **settings}, "serve") as process:
        await wait_until(lambda: sum(welcomed(sim, person) for person in people) > 0)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    before = sum(welcomed(sim, person) for person in people)
    assert before > 0
    async with bot({**environment, **settings}, "serve"):
        for update in updates:
            await sim.engine.handled(update, timeout=60)
    assert [welcomed(sim, person) for person in people] == [1] * PEOPLE


async def test_a_wrong_token_ends_the_process_with_one_line(environment, sim):
    async with bot({**environment, "BOT_TOKEN": "43:WRONG"}) as process:
        out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"Traceback" not in out + err
    assert b"token" in (out + err).lower()


async def test_without_a_token_the_error_names_the_variable_and_the_demo(environment):
    async with bot({**environment, "BOT_TOKEN": ""}) as process:
        _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    assert b"BOT_TOKEN" in err
    assert b"make demo" in err


async def test_routes_prints_the_table_without_any_server(environment):
    offline = {**environment, "DATABASE_URL": "", "REDIS_URL": "", "BOT_TOKEN": ""}
    async with bot(offline, "routes") as process:
        out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    assert out.decode().startswith("tier")
    assert "old_button" in out.decode()


@pytest.fixture
def taken_port(environment) -> Iterator[dict[str, str]]:
    """The environment of a worker whose port somebody else has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield {
            **environment,
            "HTTP_PORT": str(taken.getsockname()[1]),
            "WEBHOOK_URL": "http://127.0.0.1:1",
            "WEBHOOK_SECRET": "s3cret",
        }


async def test_serving_on_a_port_that_is_taken_ends_with_one_line(taken_port, sim):
    async with bot(taken_port, "migrate") as process:
        await process.communicate()
    async with bot(taken_port, "serve") as process:
        out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"HTTP_PORT=" in out
    assert b"Traceback" not in out + err


async def test_polling_does_without_the_port_that_another_process_has(taken_port, sim, club):
    async with bot(taken_port):
        await sim.engine.handled(sim.engine.start(club.visitor("Anna")), timeout=60)


async def test_the_quarantine_of_a_bot_that_does_not_run_is_one_line(environment, tmp_path):
    nowhere = {"DATABASE_URL": "", "REDIS_URL": "", "DATA_DIR": str(tmp_path)}
    async with bot({**environment, **nowhere}, "quarantine", "list") as process:
        out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"start the bot first" in out
    assert b"Traceback" not in out + err
