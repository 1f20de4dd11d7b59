"""A sender dies at the n-th await of a notice, for every n: it arrives, twice only if it must."""

import asyncio
import itertools
from uuid import uuid4

import pytest

from bot.assembly import build_services
from bot.models.broadcasts import Content, NewBroadcast, Segment, SegmentKind
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
        if not await _dies(stage, doomed):
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


async def test_a_broadcast_outlives_every_death_of_its_sender(stage):
    asha = await stage.club.admin("Asha")
    (founder,) = await stage.start()
    await founder.stop()
    for at in itertools.count(1):
        member = await stage.club.member(f"Mk{at}")
        await broadcast(stage, member, by=asha)
        doomed = stage.fork("jobs", death_sending=Death(NoticeKind.BROADCAST, at))
        if not await _dies(stage, doomed, NoticeKind.BROADCAST):
            break
    await doomed.kill()
    names = [name for name in stage.club.people if name != "Asha"]
    before = {name: len(stage.heard(name)) for name in names}
    async with connected(stage.database_url) as conn:  # time passes
        await conn.execute("UPDATE notices SET claimed_until = now() - interval '1 s'")
    await stage.start(1, "jobs")
    await stage.quiet()
    assert at > 5
    for name in names:
        assert len(stage.heard(name)) in {1, 1 + before[name]}
    twice = [name for name in names if len(stage.heard(name)) == 2]
    print(f"  killed at each of {at - 1} awaits; sent twice after {len(twice)} of them: {twice}")


async def broadcast(stage, member, *, by) -> None:
    broadcasts = build_services(stage.db, None).broadcasts
    segment = Segment(kind=SegmentKind.PICKED, people=(member.id,))
    content = Content(html="Closed on Sunday")
    new = NewBroadcast(operation_id=uuid4(), segment=segment, content=content)
    await broadcasts.send(await broadcasts.add(new, by=by), revision=1, by=by)


def cards(stage, name) -> int:
    return len([text for text in stage.heard("Asha") if f"{name} Rao" in text])


async def _dies(stage, doomed, kind=NoticeKind.REGISTRATION_CARD) -> bool:
    """``False``: it got through; then this notice is marked as sent."""
    sql = "SELECT sent_at FROM notices WHERE kind = $1 ORDER BY id DESC LIMIT 1"
    async with connected(stage.database_url) as conn:
        while doomed.is_alive:
            if await conn.fetchval(sql, kind):
                return False
            await asyncio.sleep(0.01)
    return True
