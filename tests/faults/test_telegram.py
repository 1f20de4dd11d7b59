"""A Telegram that is slow, fails, drops its answers or says «too many»: nobody is lost for it."""

import asyncio

import pytest

from bot.models.notices import NoticeKind
from tests.faults import life
from tests.postgres import connected

PEOPLE = 8
pytestmark = pytest.mark.timeout(240)


@pytest.fixture
async def through(stage, fleet):
    """``await through()``: a crowd registers with Telegram as it is; then all is well."""
    count, road = fleet

    async def run() -> None:
        await stage.club.admin("Asha")
        await stage.start(count, road)
        names = await life.crowd(stage, PEOPLE)
        await asyncio.gather(*(life.insists(stage, name) for name in names))
        stage.engine.faults.clear()
        await stage.quiet(90)
        async with stage.db.reading() as repos:
            assert await repos.registrations.count_pending() == PEOPLE
        for name in names:
            assert [text for text in stage.heard("Asha") if f"{name} Rao" in text]
        await stage.all_is_well()
        print(f"  longest wait {max(stage.waits):.1f} s")

    return run


def cards(stage) -> int:
    return len([text for text in stage.heard("Asha") if "Mk" in text])


@pytest.mark.usefixtures("long_only")
async def test_telegram_is_slow(stage, through):
    stage.engine.faults.add(kind="slow_headers", seconds=1, probability=0.2, times=None)
    await through()
    assert cards(stage) == PEOPLE


async def test_telegram_fails_in_every_way_it_knows(stage, through):
    for number, kind in enumerate(("html", "empty", "invalid_json", "reset_before", "error")):
        status = 502 if number < 2 else 500
        stage.engine.faults.add(kind=kind, status=status, probability=0.06, times=None)
    await through()


@pytest.mark.usefixtures("long_only")
async def test_telegram_does_it_and_drops_the_answer(stage, through):
    for kind in ("drop_response", "reset_after"):
        stage.engine.faults.add(kind=kind, probability=0.1, times=None)
    await through()


async def test_telegram_says_too_many_requests(stage, through):
    stage.engine.faults.add(status=429, retry_after=1, probability=0.2, times=None)
    await through()
    assert cards(stage) == PEOPLE  # waited out, never sent twice


@pytest.mark.usefixtures("long_only")
async def test_notices_of_two_senders_go_out_once_when_telegram_takes_its_time(stage):
    """More is owed to one person than a claim lasts for, one message after the other."""
    await stage.club.admin("Asha")
    (founder,) = await stage.start()  # there is a club, and nobody to send
    await founder.stop()
    names = [f"Mk{number}" for number in range(15)]
    await life.applied(stage, *names)
    stage.engine.faults.add(method="sendMessage", kind="slow_headers", seconds=5, times=None)
    await stage.start(2)
    await stage.quiet(110)
    assert cards(stage) == len(names)
    await stage.all_is_well()


async def test_a_notice_waits_as_long_as_telegram_asks(stage):
    await stage.club.admin("Asha")
    await stage.start()
    stage.engine.faults.add(method="sendMessage", status=429, retry_after=300)
    await life.applied(stage, "Mk1")
    async with asyncio.timeout(20):
        while not [call for call in stage.engine.calls if call.status == 429]:
            await asyncio.sleep(0.02)
    await asyncio.sleep(2.5)  # longer than the first pause of its own
    assert cards(stage) == 0
    async with connected(stage.database_url) as conn:
        late = "SELECT due_at > now() + interval '4 minutes' FROM notices WHERE kind = $1"
        assert await conn.fetchval(late, NoticeKind.REGISTRATION_CARD)
