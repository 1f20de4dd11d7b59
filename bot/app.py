"""Composition root: the only module that knows all others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from bot import logs, startup, waiting
from bot.cache import RedisCache
from bot.config import Settings
from bot.db.database import Database, open_pool
from bot.db.lookout import Lookout
from bot.db.migrate import grant, migrate
from bot.dispatch import TableDispatcher
from bot.health import Probes
from bot.jobs.outbox import Outbox
from bot.jobs.runner import Runner
from bot.jobs.scheduler import Scheduler
from bot.jobs.sweeper import Sweeper
from bot.jobs.watch import Watch
from bot.metrics import CountCalls, CountingRedis, Metrics
from bot.middleware import BannedHearOnce, PrivateOnly, WhoIsTalking
from bot.models.club import Club
from bot.notices import Drawing
from bot.once.failures import Failures
from bot.once.handling import Once
from bot.once.store import RecordStore
from bot.once.trace import TraceHandler
from bot.routers import ORDER
from bot.services import Services
from bot.services.approvals import ApprovalService
from bot.services.audit import AuditService
from bot.services.bans import BanService
from bot.services.club import ClubService
from bot.services.item_uploads import ItemUploadService
from bot.services.items import ItemService
from bot.services.jobs import JobService
from bot.services.maintenance import MaintenanceService
from bot.services.members import MemberService
from bot.services.notices import NoticeService
from bot.services.notifications import NotificationService
from bot.services.people import PeopleService
from bot.services.privacy import PrivacyService
from bot.services.quarantine import QuarantineService
from bot.services.registrations import RegistrationService
from bot.services.schedules import ScheduleService
from bot.services.team import TeamService
from bot.telegram.budget import Budget, Limits
from bot.telegram.calling import Caller
from bot.telegram.delivery import Delivery
from bot.telegram.moves import Moves
from bot.telegram.pace import Pace
from bot.telegram.session import LeanSession
from bot.texts import club as club_texts
from bot.updates.intake import Intake
from bot.updates.lease import PollLease
from bot.updates.polling import Poller

_API_SECONDS = 15
UPDATES = ("message", "callback_query", "my_chat_member", "edited_message")

log = logs.get(__name__)


class Helper(Protocol):
    async def run(self, stopping: asyncio.Event) -> None:
        """Do it until the stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A worker, ready to run: everything in it is stateless but the queue of its own updates."""

    bot: Bot
    routes: list[startup.Route]
    services: Services
    store: RecordStore
    once: Once
    intake: Intake
    poller: Poller
    sweeper: Sweeper
    outbox: Outbox
    metrics: Metrics
    probes: Probes
    watch: Watch
    runner: Runner
    scheduler: Scheduler

    @property
    def helpers(self) -> tuple[Helper, ...]:
        """What every worker does beside updates."""
        return self.sweeper, self.outbox, self.probes, self.watch

    @property
    def job_helpers(self) -> tuple[Helper, ...]:
        """What only those workers do that are told to."""
        return self.runner, self.scheduler


def build_services(db: Database, cache: RedisCache) -> Services:
    return Services(
        people=PeopleService(db, cache),
        club=ClubService(db),
        members=MemberService(db),
        bans=BanService(db, cache),
        privacy=PrivacyService(db, cache),
        registrations=RegistrationService(db, cache),
        approvals=ApprovalService(db, cache),
        notices=NoticeService(db),
        notifications=NotificationService(db),
        team=TeamService(db, cache),
        audit=AuditService(db),
        items=ItemService(db),
        item_uploads=ItemUploadService(db),
        quarantine=QuarantineService(db),
        jobs=JobService(db),
        schedules=ScheduleService(db),
        maintenance=MaintenanceService(db),
    )


def for_handlers(services: Services) -> dict[str, object]:
    """What handlers may ask for by name, beside what comes with the update."""
    return {**services.by_name(), "drawing": Drawing(services)}


def build_dispatcher(services: Services) -> Dispatcher:
    """Routers in their order, checked; without aiogram's own state and locks (see ``bot.once``).

    Raises:
        BadWiring: something would quietly not be answered.
    """
    dispatcher = TableDispatcher(disable_fsm=True)
    dispatcher.workflow_data.update(for_handlers(services))
    dispatcher.update.outer_middleware(WhoIsTalking(services.people))
    dispatcher.update.outer_middleware(BannedHearOnce(services.bans))
    dispatcher.update.outer_middleware(PrivateOnly())
    for event in UPDATES:
        dispatcher.observers[event].middleware(TraceHandler())
    dispatcher.include_routers(*(seat.build() for seat in ORDER))
    dispatcher.use(startup.check(ORDER, dispatcher))
    return dispatcher


def offline_routes() -> list[startup.Route]:
    """The routing table without any server, for ``python -m bot routes``."""
    dispatcher = Dispatcher()
    dispatcher.include_routers(*(seat.build() for seat in ORDER))
    return startup.routes(ORDER, dispatcher)


@asynccontextmanager
async def open_app(
    settings: Settings, database_url: str, redis_url: str, *, migrating: bool = True
) -> AsyncIterator[App]:
    """A worker at its start: whom the settings name are the owners from now on.

    ``migrating``: bring the schema up to date ourselves; else wait until somebody has.

    Raises:
        WillNotWork, DatabaseTooNew, BadWiring: this build must not run here.
    """
    await prepare_database(database_url, migrating=migrating)
    async with connect_app(settings, database_url, redis_url) as app:
        await app.services.people.name_owners(settings.owner_ids)
        await app.store.begin(app.bot.id)
        yield app


@asynccontextmanager
async def connect_app(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[App]:
    """Wait for the servers, connect, wire; and let go of everything at the end, whatever happened.

    Nothing that a worker has written is changed by it, however poor its settings are.

    Raises:
        WillNotWork, BadWiring: as in ``open_app``.
    """
    metrics = Metrics()
    bot, redis = open_bot(settings, metrics), open_redis(redis_url, metrics)
    async with open_pool(database_url) as pool, bot, redis, Lookout(database_url) as lookout:
        await waiting.for_redis(redis, redis_url)
        metrics.watch_pool(pool)
        database = Database(pool, waited=metrics.connection_awaited)
        services = build_services(database, RedisCache(redis))
        await services.club.found(_first_club(settings))
        probes = Probes(metrics=metrics, lookout=lookout, redis=redis)
        runner = Runner(database_url, services, metrics)
        yield _wire(settings, bot, redis, services, probes, runner)


def _wire(  # noqa: PLR0913, PLR0917 -- what all the rest is made of
    settings: Settings,
    bot: Bot,
    redis: CountingRedis,
    services: Services,
    probes: Probes,
    runner: Runner,
) -> App:
    metrics = probes.metrics
    store = RecordStore(redis, form_seconds=settings.fsm_ttl_seconds)
    caller = _caller(settings, bot, redis, metrics)
    delivery = Delivery(caller)
    dispatcher = build_dispatcher(services)
    once = Once(
        bot=bot,
        dispatcher=dispatcher,
        store=store,
        delivery=delivery,
        people=services.people,
        failures=Failures(services.quarantine),
        metrics=metrics,
    )
    intake = Intake(bot, once, services.quarantine)
    return App(
        bot=bot,
        routes=startup.routes(ORDER, dispatcher),
        services=services,
        store=store,
        once=once,
        intake=intake,
        poller=Poller(bot, intake, PollLease(redis, bot.id), metrics, allowed_updates=UPDATES),
        sweeper=Sweeper(bot, store, delivery, metrics),
        outbox=Outbox(caller, delivery, services, metrics),
        metrics=metrics,
        probes=probes,
        watch=Watch(bot, metrics, backups=settings.backup_dir),
        runner=runner,
        scheduler=Scheduler(services),
    )


def _caller(settings: Settings, bot: Bot, redis: CountingRedis, metrics: Metrics) -> Caller:
    limits = Limits() if settings.sending_limits == "telegram" else Limits.none()
    return Caller(bot, Pace(Budget(redis, bot.id, limits), metrics), Moves(redis, bot.id))


def open_redis(url: str, metrics: Metrics) -> CountingRedis:
    """A client whose every wait is bounded; redis-py's own would wait for ever."""
    return CountingRedis.at(
        url,
        on_error=metrics.redis_failed,
        socket_timeout=None,  # the shared connection bounds each answer itself
        socket_connect_timeout=2,
    )


def open_bot(settings: Settings, metrics: Metrics) -> Bot:
    server = TelegramAPIServer.from_base(settings.bot_api_url)
    session = LeanSession(server, timeout=_API_SECONDS, limit=200)
    session.middleware(CountCalls(metrics))
    return Bot(
        settings.require_token(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )


async def prepare_database(database_url: str, *, migrating: bool, granting: bool = False) -> None:
    """Wait for PostgreSQL, then bring its schema up to date or wait until somebody has.

    ``granting``: also say anew what the workers' role may do, as a restore makes it necessary.

    Raises:
        WillNotWork, DatabaseTooNew: as in ``open_app``.
    """
    conn = await waiting.for_postgres(database_url)
    try:
        if not migrating:
            await waiting.for_schema(conn)
            return
        for name in await migrate(conn):
            log.info("migrated", file=name)
        if granting:
            await grant(conn)
    finally:
        await conn.close()


def _first_club(settings: Settings) -> Club:
    return Club(
        name=club_texts.FIRST_NAME,
        timezone=settings.club_timezone,
        currency=settings.club_currency,
        welcome_text=club_texts.FIRST_WELCOME,
        review_registrations=True,
        set_up_at=None,
    )
