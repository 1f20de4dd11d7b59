"""A club lives for a while, and everything goes wrong in an order that a seed decides.

``make soak`` runs it for MINUTES with SEED; ``make test`` runs a short one. Rounds: people do what
people do while the nemesis strikes; then everything comes to rest and every invariant is checked.
"""

import asyncio
import random
import time

from tests.faults import background, buying, invariants, life
from tests.faults.nemesis import Nemesis
from tests.faults.stage import Stage
from tests.stories.invoicing import registered

TTL_SECONDS = 15  # of a form: some run out in every round
WORKERS = 3
FOR_JOBS = 2  # processes that do nothing else


class Soak:
    def __init__(self, stage: Stage, seed: int, *, people: int, road: str = "webhook") -> None:
        self.stage = stage
        self.rng = random.Random(seed)
        self.people = people
        self.road = road
        self.nemesis = Nemesis(stage, self.rng)
        self.violations: list[str] = []
        self.rounds = 0
        self.figures = ""
        self.held = 0  # notices that waited for the end of quiet hours when that came
        self._born = 0

    async def run(self, *, seconds: float, strikes: int) -> None:
        """Round after round for so long, at least one."""
        await self.stage.club.admin("Asha")
        await self.stage.club.admin("Bina")
        await self.stage.club.owner("Olga")
        await registered(self.stage.db)
        orders = {"ttl": TTL_SECONDS, "before": background.busy_days()}
        await self.stage.start(WORKERS, self.road, **orders)
        await self.stage.start(FOR_JOBS, "jobs", **orders)
        for name in ("Asha", "Bina", "Olga"):
            await self.stage.says(name, "/start")
        ends = time.monotonic() + seconds
        while not self.rounds or (time.monotonic() < ends and not self.violations):
            await self._round(strikes)

    async def _round(self, strikes: int) -> None:
        self.rounds += 1
        chance = random.Random(self.rng.random())
        self.stage.balancer.repeats = lambda: chance.random() < 0.05
        names = [self._newcomer() for _ in range(self.people)]
        lives = [self._lives(name, random.Random(self.rng.random())) for name in names]
        members = [await self._member() for _ in range(self.people // 4)]
        lives += [self._trains(name, random.Random(self.rng.random())) for name in members]
        jobs = background.asks(self.stage, random.Random(self.rng.random()), 2 * self.people)
        deciding = (self._decides("Asha"), self._decides("Bina"))
        busy = asyncio.gather(*lives, *deciding, self._wishes("Olga"), jobs)
        for _ in range(strikes):
            await asyncio.sleep(self.rng.uniform(0.2, 1.5))
            await self.nemesis.strike()
        await busy
        await self.stage.quiet(180)
        self.violations += await invariants.violations(self.stage)
        async with self.stage.db.reading() as repos:
            self.violations += await repos.maintenance.broken()
        self.violations += invariants.sent_twice(self.stage, self.nemesis.doubtful)
        self.figures = await background.figures(self.stage)

    def _newcomer(self) -> str:
        self._born += 1
        name = f"Mk{self._born}"
        self.stage.club.visitor(name)
        return name

    async def _member(self) -> str:
        self._born += 1
        await self.stage.club.member(f"Mk{self._born}")
        return f"Mk{self._born}"

    async def _trains(self, name: str, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0, 3))
        await buying.asks(self.stage, name, rng)
        await self.stage.says(name, "/my_subscription", 120)

    async def _lives(self, name: str, rng: random.Random) -> None:
        """Register as often as it takes; some dawdle past the end of their form, some go away."""
        await asyncio.sleep(rng.uniform(0, 3))
        fate = rng.random()
        await life.insists(
            self.stage, name, seconds=120, dawdles=TTL_SECONDS + 3 if fate < 0.1 else 0
        )
        if 0.1 < fate < 0.3:
            await self.stage.says(name, "/my_data", 120)
        elif 0.3 < fate < 0.5:
            await self.stage.says(name, "/whoami", 120)
        elif 0.5 < fate < 0.6:
            await self.stage.says(name, "/cancel", 120)
        elif 0.6 < fate < 0.8:
            await life.wander(self.stage, name, rng, 5)

    async def _wishes(self, owner: str) -> None:
        """An owner lets all wait until the morning, and then wants to hear now this, now that."""
        rng = random.Random(self.rng.random())
        await life.begin_quiet(self.stage, owner)
        for _ in range(20):
            await asyncio.sleep(1)
            if waits := await background.held(self.stage):
                self.held += waits
                break
        await life.end_quiet(self.stage, owner)
        for _ in range(self.people // 4):
            await asyncio.sleep(rng.uniform(0.1, 1))
            await life.wander(self.stage, owner, rng, 6)
        await life.end_quiet(self.stage, owner)

    async def _decides(self, admin: str) -> None:
        """An admin works through the cards: most people are approved, some are not."""
        stage, rng = self.stage, random.Random(self.rng.random())
        for _ in range(self.people):
            await asyncio.sleep(rng.uniform(0.1, 0.6))
            shown = life.open_card(stage, admin)
            if shown is None or rng.random() < 0.3:
                await buying.decides(stage, admin, rng)
                continue
            registration_id = life.number_on(shown)
            if rng.random() < 0.75:
                await self._handled(life.approve(stage, admin, shown, registration_id))
            else:
                await self._handled(life.reject(stage, admin, shown, registration_id))
                await stage.says(admin, "Not this time.", 120)
        for _ in range(self.people // 4):  # of those who train, most have asked by now
            await buying.decides(stage, admin, rng)
        await buying.freezes(stage, admin, rng)

    async def _handled(self, update: int) -> None:
        await self.stage.engine.handled(update, timeout=120)

    def summary(self) -> str:
        waits = sorted(self.stage.waits)
        calls = self.stage.engine.calls
        sent = sum(call.method in {"sendMessage", "editMessageText"} for call in calls)
        again = len(invariants.sent_twice(self.stage, []))
        faults = ", ".join(f"{deed} {n}" for deed, n in sorted(self.nemesis.done.items()))
        return (
            f"{self.rounds} rounds, {self._born} people, {len(self.stage.queue._waiting)} updates, "
            f"{sent} messages, {again} for the second time\n"
            f"in the background: {self.figures}, held {self.held}\nfaults: {faults}\n"
            f"waits: p50 {waits[len(waits) // 2]:.2f} s, "
            f"p99 {waits[int(len(waits) * 0.99)]:.2f} s, longest {waits[-1]:.1f} s\n"
            f"violations: {len(self.violations)}" + "".join(f"\n  {one}" for one in self.violations)
        )
