"""Servers for the faults alone: what happens to them must not happen to the other tests."""

from collections.abc import AsyncIterator, Callable

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


@pytest.fixture
def many(request) -> Callable[..., int]:
    """``many(20, long=200)``: as often as the profile wants it."""
    is_long = request.config.getoption("--profile") == "long"
    return lambda short, *, long: long if is_long else short
