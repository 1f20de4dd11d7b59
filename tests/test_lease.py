"""One process polls; the others stand by and take over when it stops, dies or sleeps."""

import asyncio
from time import monotonic

import pytest

from bot.updates.lease import LEASE_SECONDS, PollLease


@pytest.fixture
def leases(redis):
    """Those of two processes."""
    return PollLease(redis, 42), PollLease(redis, 42)


async def takes_it_within(lease, seconds) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await lease.wait()
    except TimeoutError:
        return False


async def test_the_second_waits_while_the_first_holds_it(leases):
    first, second = leases
    assert await first.wait()
    holding = asyncio.ensure_future(first.lost())
    assert not await takes_it_within(second, LEASE_SECONDS + 1)
    assert first.is_held
    holding.cancel()


async def test_a_clean_stop_hands_it_over_at_once(leases):
    first, second = leases
    await first.wait()
    await first.release()
    assert await takes_it_within(second, 1)


async def test_a_dead_holder_is_followed_when_its_lease_has_run_out(leases):
    first, second = leases
    await first.wait()
    started = monotonic()
    assert await takes_it_within(second, LEASE_SECONDS + 1.5)
    assert monotonic() - started > LEASE_SECONDS - 0.5


async def test_a_holder_that_slept_through_its_lease_knows_it_is_not_its_own_any_more(leases):
    first, second = leases
    await first.wait()
    await asyncio.sleep(LEASE_SECONDS + 0.1)  # as after SIGSTOP and SIGCONT
    await second.wait()
    assert not first.is_held
    await asyncio.wait_for(first.lost(), 1)
    await first.release()  # of what it does not hold: nothing
    assert not await takes_it_within(first, 0.8)


async def test_two_bots_on_one_redis_do_not_wait_for_each_other(redis):
    assert await takes_it_within(PollLease(redis, 42), 1)
    assert await takes_it_within(PollLease(redis, 43), 1)


async def test_a_flushed_redis_leaves_the_lease_with_one_of_them(leases, redis):
    first, second = leases
    await first.wait()
    await redis.flushall()
    holders = [await takes_it_within(lease, 0.3) for lease in (second, first)]
    assert holders == [True, False]
