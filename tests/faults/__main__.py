"""``python -m tests.faults``: a soak. MINUTES (10), SEED (random), PEOPLE (30 a round), ROAD."""

import asyncio
import logging
import os
import random
import sys
import tempfile
from pathlib import Path

from bot.simulator.rules import Rules
from tests.faults.servers import machines
from tests.faults.soak import Soak
from tests.faults.stage import make_template, staged


async def soak(postgres, valkey, seed: int, minutes: float) -> bool:
    """``True``: nothing was violated."""
    template = await make_template(postgres)
    folder = Path(tempfile.mkdtemp(prefix="clubdesk-soak-"))
    async with staged(folder, postgres, valkey, template, rules=Rules(retry_scale=0.25)) as stage:
        run = Soak(
            stage,
            seed,
            people=int(os.environ.get("PEOPLE", "30")),
            road=os.environ.get("ROAD", "webhook"),
        )
        try:
            await run.run(seconds=60 * minutes, strikes=6)
        finally:
            print(f"SEED={seed}, the workers' logs: {folder}\n{run.summary()}", flush=True)
    return not run.violations


def main() -> int:
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    minutes = float(os.environ.get("MINUTES") or 10)
    print(f"SEED={seed} MINUTES={minutes:g}", flush=True)
    logging.getLogger("asyncpg").setLevel(
        logging.CRITICAL
    )  # our own pool, while PostgreSQL is away
    with machines() as pair:
        return 0 if asyncio.run(soak(*pair, seed, minutes)) else 1


if __name__ == "__main__":
    sys.exit(main())
