"""A club under test: the simulator, workers as processes, and a line to each of their servers."""

import asyncio
import itertools
import signal
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import monotonic

from redis.asyncio import Redis

from bot.cache import RedisCache
from bot.db.database import Database, open_pool
from bot.db.migrate import migrate
from bot.embedded._process import free_port
from bot.models.people import Person
from bot.simulator.rules import Rules
from bot.simulator.server import Simulator
from tests.chat import Chat
from tests.club import ClubBuilder
from tests.faults import invariants
from tests.faults.balancer import Balancer
from tests.faults.proxy import Proxy
from tests.faults.servers import Machine
from tests.faults.workers import Orders, Worker
from tests.postgres import connected, named

TOKEN = "42:TEST"
SECRET = "s3cret"


class Stage:
    """Start workers, let people act, let things go wrong, then ask whether all is well."""

    def __init__(self, folder: Path, postgres: Machine, valkey: Machine, rules: Rules) -> None:
        self.postgres, self.valkey = postgres, valkey
        self.to_postgres = Proxy(postgres.address)
        self.to_redis = Proxy(valkey.address)
        self.to_telegram = Proxy(("", 0))
        self.sim = Simulator(rules=rules)
        self.engine = self.sim.engine
        self.balancer = Balancer()
        self.workers: list[Worker] = []
        self.waits: list[float] = []  # seconds from each person's doing to its end
        self.poisoned = False  # a bug was let in on purpose: an apology may be said
        self._folder = folder
        self._numbers = itertools.count(1)
        self.database_url = ""
        self.db: Database
        self.redis: Redis
        self.club: ClubBuilder
        self.chat: Chat

    @property
    def queue(self):
        return self.engine.queue_of(self.engine.bot)

    # workers

    async def start(self, count: int = 1, road: str = "webhook", **more) -> list[Worker]:
        started = [self.fork(road, **more) for _ in range(count)]
        for worker in started:
            await worker.ready()
        return started

    def fork(
        self,
        road: str = "webhook",
        *,
        port: int | None = None,
        ttl: int = 600,
        limits: str = "none",
        **more,
    ):
        """Begin to start a worker; it gets its share of the webhooks as soon as it listens."""
        port = port or free_port()
        settings = {
            "bot_token": TOKEN,
            "bot_api_url": f"http://127.0.0.1:{self.to_telegram.port}",
            "sending_limits": limits,
            "database_url": named(
                self.postgres.through(self.to_postgres.port), self.database_url.rsplit("/", 1)[1]
            ),
            "redis_url": self.valkey.through(self.to_redis.port),
            "data_dir": self._folder,
            "log_format": "json",
            "http_port": port,
            "webhook_url": self.balancer.url,
            "webhook_secret": SECRET,
            "fsm_ttl_seconds": ttl,
        }
        log = self._folder / f"worker-{next(self._numbers)}.log"
        worker = Worker(Orders(road, settings, log, **more))
        self.workers.append(worker)
        if road == "webhook" and port not in self.balancer.workers:
            self.balancer.workers.append(port)
        return worker

    async def replace(self, worker: Worker) -> Worker:
        """A new process in the place of one that has ended."""
        self.drop(worker)
        return await self.again_as(worker)

    async def again_as(self, worker: Worker) -> Worker:
        """Another process with the orders of one that has ended; no death is among them."""
        orders = worker.orders
        ttl = orders.settings["fsm_ttl_seconds"]
        fresh = self.fork(orders.road, port=worker.port, ttl=ttl, before=orders.before)
        return await fresh.ready()

    def drop(self, worker: Worker) -> None:
        """Take it out of the turn-taking, as a load balancer does with who fails."""
        if worker.port in self.balancer.workers:
            self.balancer.workers.remove(worker.port)

    @property
    def alive(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.is_alive]

    # people

    async def says(self, who: str, what: str, seconds: float = 30) -> float:
        """One doing of one person, as in ``tests.chat``; returns the seconds until its end."""
        began = monotonic()
        await self.engine.handled(self.chat.act(who, what), timeout=seconds)
        self.waits.append(monotonic() - began)
        return self.waits[-1]

    async def plays(self, who: str, *lines: str, seconds: float = 30) -> None:
        for line in lines:
            await self.says(who, line, seconds)

    def again(self, update: dict) -> asyncio.Future:
        """Deliver an update once more, by the balancer, whatever became of it before."""
        return asyncio.ensure_future(self.post(update))

    async def post(self, update: dict, *, port: int | None = None) -> int:
        """Post an update as Telegram does; returns the status, 0 when nobody answered."""
        return await self.balancer.post(update, secret=SECRET, port=port)

    async def post_again(self, update: dict, *, port: int | None = None) -> int:
        """Again while the answer is 503: it asks for that."""
        while (status := await self.post(update, port=port)) == 503:
            await asyncio.sleep(0.2)
        return status

    def take(self, act: Callable[[], int]) -> dict:
        """Let somebody act, and keep the update from Telegram's queue: it is the test's."""
        update_id = act()
        (update,) = [one for one in self.queue.pending() if one.id == update_id]
        self.queue.forget(update, handled=True)
        return update.envelope()

    async def person(self, who: str) -> Person:
        """As the database knows them now."""
        async with self.db.reading() as repos:
            found = await repos.people.find_by_telegram_id(self.club.people[who].id)
        assert found
        return found

    def heard(self, who: str) -> list[str]:
        """Every text the bot sent or drew in this person's chat, in order."""
        chat_id = self.club.people[who].id
        return [
            call.params["text"]
            for call in self.engine.calls
            if call.method in {"sendMessage", "editMessageText"} and call.status == 200
            if call.chat_id == chat_id
        ]

    # afterwards

    async def quiet(self, seconds: float = 60) -> None:
        """Wait until nothing waits: no update, no job, and no notice but for quiet hours' sake."""
        async with asyncio.timeout(seconds):
            while self.queue.pending() or await self._owed():
                await asyncio.sleep(0.05)

    async def _owed(self) -> int:
        async with connected(self.database_url) as conn:
            await conn.execute("""
                UPDATE pgqueuer SET execute_after = now()
                 WHERE status = 'queued' AND execute_after > now()
            """)  # what is to be tried again need not take its time
            return await conn.fetchval("""
                SELECT count(*)
                       + (SELECT count(*) FROM jobs WHERE done_at IS NULL AND dead_at IS NULL)
                       + (SELECT count(*) FROM pgqueuer)
                  FROM notices n JOIN people p ON p.id = n.recipient_id
                 WHERE refused_at IS NULL AND (sent_at IS NULL OR refresh > refreshed)
                   AND NOT (held AND due_at > now())
                   AND p.telegram_id IS NOT NULL AND p.is_reachable
            """)

    async def all_is_well(self, seconds: float = 60) -> None:
        """Once everything has come to rest, every invariant holds.

        A rest may end: a broadcast tells who began it that it is over, a moment after its last
        message.
        """
        for pause in (0, 1, 2, 4):
            await asyncio.sleep(pause)
            await self.quiet(seconds)
            if not (found := await self._broken()):
                return
        raise AssertionError("\n".join(found))

    async def _broken(self) -> list[str]:
        async with self.db.reading() as repos:
            return await invariants.violations(self) + await repos.maintenance.broken()


@asynccontextmanager
async def staged(
    folder: Path, postgres: Machine, valkey: Machine, template: str, *, rules: Rules | None = None
) -> AsyncIterator[Stage]:
    """A stage on a database of its own; at the end its workers are gone."""
    stage = Stage(folder, postgres, valkey, rules or Rules(retry_scale=0.1))
    async with AsyncExitStack() as stack:
        url = await stage.sim.start()
        stack.push_async_callback(stage.sim.stop)
        stage.engine.add_bot(token=TOKEN, username="clubdesk_bot", name="ClubDesk")
        stage.to_telegram.target = ("127.0.0.1", int(url.rsplit(":", 1)[1]))
        for line in (stage.to_postgres, stage.to_redis, stage.to_telegram, stage.balancer):
            await stack.enter_async_context(line.listening())
        stage.database_url = await stack.enter_async_context(cloned(postgres, template))
        stage.redis = await stack.enter_async_context(Redis.from_url(valkey.url))
        await stage.redis.flushall()
        pool = await stack.enter_async_context(open_pool(stage.database_url, size=4))
        stage.db = Database(pool)
        stage.club = ClubBuilder(stage.engine, stage.db, RedisCache(stage.redis))
        stage.chat = Chat(stage.engine, None, stage.club)
        try:
            yield stage
        finally:
            for worker in stage.alive:
                worker.signal(signal.SIGKILL)
            for worker in stage.workers:
                await worker.ended()


async def make_template(postgres: Machine) -> str:
    name = f"template_{uuid.uuid4().hex[:8]}"
    async with connected(postgres.url) as admin:
        await admin.execute(f"CREATE DATABASE {name}")
    async with connected(named(postgres.url, name)) as conn:
        await migrate(conn)
    return name


@asynccontextmanager
async def cloned(postgres: Machine, template: str) -> AsyncIterator[str]:
    name = f"club_{uuid.uuid4().hex[:8]}"
    async with connected(postgres.url) as admin:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        # The servers are hasty for the tests' sake; but a commit must outlive a crash of theirs.
        await admin.execute(f"ALTER DATABASE {name} SET synchronous_commit TO on")
    yield named(postgres.url, name)
    async with connected(postgres.url) as admin:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
