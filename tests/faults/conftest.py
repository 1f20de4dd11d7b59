"""Servers for the faults alone: what happens to them must not happen to the other tests."""

from collections.abc import AsyncIterator, Callable
from zlib import crc32

import pytest

from tests.faults.servers import machines
from tests.faults.stage import Stage, make_template, staged


@pytest.fixture(scope="session")
def own_servers():
    with machines() as pair:
        yield pair


@pytest.fixture(scope="session")
async def own_template(own_servers) -> str:
    return await make_template(own_servers[0])


@pytest.fixture
async def stage(own_servers, own_template, tmp_path) -> AsyncIterator[Stage]:
    async with staged(tmp_path, *own_servers, own_template) as made:
        yield made


FLEETS = {
    "one webhook worker": (1, "webhook"),
    "two webhook workers": (2, "webhook"),
    "a poller": (1, "polling"),
    "a poller and its standby": (2, "polling"),
}


def pytest_generate_tests(metafunc):
    """Every fleet in the long profile; in the short one each test has one, always the same."""
    if "fleet" not in metafunc.fixturenames:
        return
    names = list(FLEETS)
    if metafunc.config.getoption("--profile") == "short":
        names = [names[crc32(metafunc.definition.name.encode()) % len(names)]]
    metafunc.parametrize("fleet", [FLEETS[name] for name in names], ids=names)


@pytest.fixture
def many(request) -> Callable[..., int]:
    """``many(20, long=200)``: as often as the profile wants it."""
    is_long = request.config.getoption("--profile") == "long"
    return lambda short, *, long: long if is_long else short


@pytest.fixture
def long_only(request) -> None:
    """For what the short profile has no time for; said aloud, not skipped in silence."""
    if request.config.getoption("--profile") == "short":
        pytest.skip("left to `make soak`")
