"""The soak of ``make soak``, short, and always of the same seed."""

import os

import pytest

from tests.faults.soak import Soak


@pytest.mark.timeout(300)
async def test_a_club_lives_while_everything_goes_wrong(stage, many):
    seed = int(os.environ.get("SEED", "1"))
    soak = Soak(stage, seed, people=many(16, long=30))
    await soak.run(seconds=many(15, long=120), strikes=4)
    print(f"\n  SEED={seed} {soak.summary()}")
    assert not soak.violations, f"SEED={seed}\n{soak.summary()}"
