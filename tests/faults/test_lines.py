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


@pytest.mark.parametrize("line", ["to_postgres", "to_redis", "to_telegram"])
async def test_a_line_suffers_from_one_thing_after_the_other(stage, line, many):
    await stage.club.admin("Asha")
    await stage.start(2)
    names = await life.crowd(stage, PEOPLE * len(TOXICS))
    proxy = getattr(stage, line)
    for number, (what, toxics) in enumerate(TOXICS.items()):
        some = names[number * PEOPLE : (number + 1) * PEOPLE]
        everybody = asyncio.gather(*(life.insists(stage, name) for name in some))
        await asyncio.sleep(0.2)
        with proxy.suffering(**toxics):
            await asyncio.sleep(many(2, long=20))
        proxy.cut()  # a line that swallowed something can go on only anew
        stage.waits.clear()
        await everybody
        print(f"  {line} {what}: longest wait {max(stage.waits, default=0):.1f} s")
    async with stage.db.reading() as repos:
        assert await repos.registrations.count_pending() == len(names)
    await stage.all_is_well()
