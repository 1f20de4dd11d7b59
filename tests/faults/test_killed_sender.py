"""A sender dies at the n-th await of a notice, for every n: it arrives, twice only if it must."""

import itertools

import pytest

from bot.models.notices import NoticeKind
from tests.faults import life
from tests.faults.dying import Death
from tests.postgres import connected

pytestmark = pytest.mark.timeout(300)


async def test_a_notice_outlives_every_death_of_its_sender(stage):
    await stage.club.admin("Asha")
    (founder,) = await stage.start()
    await founder.stop()
    for at in itertools.count(1):
        await life.applied(stage, f"Mk{at}")
        doomed = stage.fork(death_sending=Death(NoticeKind.REGISTRATION_CARD, at))
        if not await _dies(stage, doomed, at):
            break
    await doomed.kill()
    sent_before = {name: cards(stage, name) for name in stage.club.people}
    async with connected(stage.database_url) as conn:  # time passes
        await conn.execute("UPDATE notices SET claimed_until = now() - interval '1 s'")
    await stage.start()
    await stage.quiet()
    assert at > 5
    for name, before in sent_before.items():
        if name != "Asha":
            assert cards(stage, name) in {1, 1 + before}
    twice = [name for name in sent_before if cards(stage, name) == 2]
    print(f"  killed at each of {at - 1} awaits; sent twice after {len(twice)} of them: {twice}")
    await stage.all_is_well()


def cards(stage, name) -> int:
    return len([text for text in stage.heard("Asha") if f"{name} Rao" in text])


async def _dies(stage, doomed, at) -> bool:
    """``False``: it got through; then this notice is marked as sent."""
    while doomed.is_alive:
        async with connected(stage.database_url) as conn:
            last = await conn.fetchval("SELECT sent_at FROM notices ORDER BY id DESC LIMIT 1")
        if last:
            return False
    return True
