"""The line to a server is slow, narrow, silent or cut: every wait ends, and all heals by itself."""

import asyncio

import pytest

from tests.faults import life

PEOPLE = 8
pytestmark = pytest.mark.timeout(240)
TOXICS = {
    "slow": {"latency": 0.15},
    "narrow": {"bandwidth": 8_000},
    "silent": {"blackhole": True},
    "cut": {"reset": True},
    "down": {"down": True},
    "cut amid an answer": {"limit_data": 700},
}


CASES = [(line, what) for line in ("to_postgres", "to_redis", "to_telegram") for what in TOXICS]
SHORT = {("to_postgres", "silent"), ("to_redis", "cut amid an answer"), ("to_telegram", "down")}


@pytest.mark.parametrize(("line", "what"), CASES)
async def test_a_line_suffers_and_heals(stage, line, what, many, request):
    if (line, what) not in SHORT:
        request.getfixturevalue("long_only")
    await stage.club.admin("Asha")
    await stage.start(2)
    names = await life.crowd(stage, PEOPLE)
    everybody = asyncio.gather(*(life.insists(stage, name) for name in names))
    while len(stage.waits) < PEOPLE:
        await asyncio.sleep(0.01)
    with getattr(stage, line).suffering(**TOXICS[what]):
        await asyncio.sleep(many(3, long=20))
    getattr(stage, line).cut()  # a line that swallowed something can go on only anew
    await everybody
    print(f"  {line} {what}: longest wait {max(stage.waits):.1f} s")
    async with stage.db.reading() as repos:
        assert await repos.registrations.count_pending() == len(names)
    await stage.all_is_well()
