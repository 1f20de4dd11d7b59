"""Composition root: the only module that knows all others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from bot import logs, startup
from bot.cache import RedisCache
from bot.config import Settings
from bot.db.database import Database, open_pool
from bot.db.migrate import migrate
from bot.delivery import Delivery
from bot.dispatch import TableDispatcher
from bot.middleware import BannedHearOnce, PrivateOnly, WhoIsTalking
from bot.models.club import Club
from bot.multiplex import SharedRedis
from bot.once.handling import Once
from bot.once.store import RecordStore
from bot.once.trace import TraceHandler
from bot.outbox import Outbox
from bot.polling import Poller
from bot.routers import ORDER
from bot.services import Services
from bot.services.approvals import ApprovalService
from bot.services.audit import AuditService
from bot.services.bans import BanService
from bot.services.club import ClubService
from bot.services.members import MemberService
from bot.services.notices import NoticeService
from bot.services.people import PeopleService
from bot.services.privacy import PrivacyService
from bot.services.registrations import RegistrationService
from bot.services.team import TeamService
from bot.session import LeanSession
from bot.sweeper import Sweeper
from bot.texts import club as club_texts

_API_SECONDS = 15
_POLLED = ("message", "callback_query", "my_chat_member", "edited_message")

log = logs.get(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A worker, ready to run: everything in it is stateless but the queue of its own updates."""

    bot: Bot
    routes: list[startup.Route]
    services: Services
    once: Once
    poller: Poller
    sweeper: Sweeper
    outbox: Outbox


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
        team=TeamService(db, cache),
        audit=AuditService(db),
    )


def build_dispatcher(services: Services) -> Dispatcher:
    """Routers in their order, checked; without aiogram's own state and locks (see ``bot.once``).

    Raises:
        BadWiring: something would quietly not be answered.
    """
    dispatcher = TableDispatcher(disable_fsm=True)
    dispatcher.workflow_data.update(services.by_name())
    dispatcher.update.outer_middleware(WhoIsTalking(services.people))
    dispatcher.update.outer_middleware(BannedHearOnce(services.bans))
    dispatcher.update.outer_middleware(PrivateOnly())
    for event in _POLLED:
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
async def open_app(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[App]:
    """Connect, migrate, wire; and let go of everything at the end, whatever happened.

    Raises:
        DatabaseTooNew, BadWiring: this build must not run here.
    """
    await migrate_database(database_url)
    redis = SharedRedis.from_url(redis_url, socket_timeout=None, socket_connect_timeout=2)
    bot = open_bot(settings)
    async with open_pool(database_url) as pool, bot, redis:
        services = build_services(Database(pool), RedisCache(redis))
        await services.club.found(_first_club(settings))
        await services.people.name_owners(settings.owner_ids)
        delivery = Delivery(bot)
        store = RecordStore(redis, form_seconds=settings.fsm_ttl_seconds)
        dispatcher = build_dispatcher(services)
        once = Once(
            bot=bot,
            dispatcher=dispatcher,
            store=store,
            delivery=delivery,
            people=services.people,
        )
        yield App(
            bot=bot,
            routes=startup.routes(ORDER, dispatcher),
            services=services,
            once=once,
            poller=Poller(bot, once, allowed_updates=_POLLED),
            sweeper=Sweeper(bot, store, delivery),
            outbox=Outbox(bot, delivery, services),
        )


def open_bot(settings: Settings) -> Bot:
    server = TelegramAPIServer.from_base(settings.bot_api_url)
    return Bot(
        settings.require_token(),
        session=LeanSession(server, timeout=_API_SECONDS, limit=200),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )


async def migrate_database(database_url: str) -> None:
    conn = await asyncpg.connect(database_url, timeout=10)
    try:
        for name in await migrate(conn):
            log.info("migrated", file=name)
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
