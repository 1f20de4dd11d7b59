"""The one door to PostgreSQL: a pool, and every repository on one connection."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, Final

import asyncpg
import orjson
from asyncpg import Pool
from asyncpg.pool import PoolConnectionProxy

from bot.db._rows import Connection
from bot.db.advances import AdvanceRepo
from bot.db.ahead import AheadRepo
from bot.db.audit import AuditRepo
from bot.db.balances import BalanceRepo
from bot.db.bank_references import BankReferenceRepo
from bot.db.birthdays import BirthdayRepo
from bot.db.books import BookRepo
from bot.db.broadcasts import BroadcastRepo
from bot.db.bulk_changes import BulkChangeRepo
from bot.db.business import BusinessRepo
from bot.db.claims import ClaimRepo
from bot.db.club import ClubRepo
from bot.db.credit_notes import CreditNoteRepo
from bot.db.documents import DocumentRepo
from bot.db.drafts import DraftRepo
from bot.db.dues import DueRepo
from bot.db.dues_reminders import DuesReminderRepo
from bot.db.expiry import ExpiryRepo
from bot.db.exports import ExportRepo
from bot.db.follow_ups import FollowUpRepo
from bot.db.invoices import InvoiceRepo
from bot.db.item_uploads import ItemUploadRepo
from bot.db.items import ItemRepo
from bot.db.jobs import JobRepo
from bot.db.maintenance import MaintenanceRepo
from bot.db.members import MemberRepo
from bot.db.notices import NoticeRepo
from bot.db.notifications import NotificationRepo
from bot.db.payment_requests import PaymentRequestRepo
from bot.db.payments import PaymentRepo
from bot.db.people import PersonRepo
from bot.db.plan_sales import PlanSalesRepo
from bot.db.plans import PlanRepo
from bot.db.privacy import PrivacyRepo
from bot.db.private_money import PrivateMoneyRepo
from bot.db.promos import PromoRepo
from bot.db.purchases import PurchaseRepo
from bot.db.quarantine import QuarantineRepo
from bot.db.receipts import ReceiptRepo
from bot.db.receivables import ReceivableRepo
from bot.db.recipients import RecipientRepo
from bot.db.referrals import ReferralRepo
from bot.db.registrations import RegistrationRepo
from bot.db.rejections import RejectionRepo
from bot.db.schedules import ScheduleRepo
from bot.db.subscription_rules import SubscriptionRuleRepo
from bot.db.subscriptions import SubscriptionRepo
from bot.db.visits import VisitRepo
from bot.errors import Unavailable

ACQUIRE_SECONDS: Final = 3
_COMMAND_SECONDS: Final = 6
_SERVER_SETTINGS: Final = {
    "application_name": "clubdesk",
    "timezone": "UTC",
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}
# What a retry of the whole update may cure; anything else PostgreSQL says is a bug of ours.
_TROUBLE: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.DiskFullError,
)


class Repos:
    """Every repository, on the one connection of a transaction."""

    def __init__(self, conn: Connection) -> None:
        self.audit = AuditRepo(conn)
        self.balances = BalanceRepo(conn)
        self.bank_references = BankReferenceRepo(conn)
        self.broadcasts = BroadcastRepo(conn)
        self.birthdays = BirthdayRepo(conn)
        self.business = BusinessRepo(conn)
        self.claims = ClaimRepo(conn)
        self.club = ClubRepo(conn)
        self.credit_notes = CreditNoteRepo(conn)
        self.dues = DueRepo(conn)
        self.documents = DocumentRepo(conn)
        self.expiry = ExpiryRepo(conn)
        self.follow_ups = FollowUpRepo(conn)
        self.drafts = DraftRepo(conn)
        self.dues_reminders = DuesReminderRepo(conn)
        self.exports = ExportRepo(conn)
        self.invoices = InvoiceRepo(conn)
        self.item_uploads = ItemUploadRepo(conn)
        self.items = ItemRepo(conn)
        self.jobs = JobRepo(conn)
        self.maintenance = MaintenanceRepo(conn)
        self.members = MemberRepo(conn)
        self.notices = NoticeRepo(conn)
        self.notifications = NotificationRepo(conn)
        self.payment_requests = PaymentRequestRepo(conn)
        self.payments = PaymentRepo(conn)
        self.people = PersonRepo(conn)
        self.privacy = PrivacyRepo(conn)
        self.private_money = PrivateMoneyRepo(conn)
        self.quarantine = QuarantineRepo(conn)
        self.receipts = ReceiptRepo(conn)
        self.receivables = ReceivableRepo(conn)
        self.recipients = RecipientRepo(conn)
        self.registrations = RegistrationRepo(conn)
        self.rejections = RejectionRepo(conn)
        self.schedules = ScheduleRepo(conn)
        self.visits = VisitRepo(conn)
        self._of_books(conn)
        self._of_subscriptions(conn)

    def _of_books(self, conn: Connection) -> None:
        self.advances = AdvanceRepo(conn)
        self.ahead = AheadRepo(conn)
        self.books = BookRepo(conn)

    def _of_subscriptions(self, conn: Connection) -> None:
        self.bulk_changes = BulkChangeRepo(conn)
        self.plan_sales = PlanSalesRepo(conn)
        self.plans = PlanRepo(conn)
        self.promos = PromoRepo(conn)
        self.purchases = PurchaseRepo(conn)
        self.referrals = ReferralRepo(conn)
        self.subscription_rules = SubscriptionRuleRepo(conn)
        self.subscriptions = SubscriptionRepo(conn)


class Database:
    """``waited`` is told the seconds that each wait for a connection took."""

    def __init__(self, pool: Pool, *, waited: Callable[[float], None] | None = None) -> None:
        self._pool = pool
        self._waited = waited

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Repos]:
        """All or nothing. Never talk to Telegram inside this block.

        Raises:
            Unavailable: the server is away, restarting or too busy; the whole may be tried again.
        """
        try:
            async with self._connection() as conn, conn.transaction():
                yield Repos(conn)
        except _TROUBLE as trouble:
            raise Unavailable(f"PostgreSQL: {type(trouble).__name__}: {trouble}") from trouble

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Repos]:
        """Reading only, and all statements see one moment: for figures that must agree.

        Keep it short: while it is open, the server keeps what others delete.

        Raises:
            Unavailable: as in ``transaction``.
        """
        try:
            async with (
                self._connection() as conn,
                conn.transaction(isolation="repeatable_read", readonly=True),
            ):
                yield Repos(conn)
        except _TROUBLE as trouble:
            raise Unavailable(f"PostgreSQL: {type(trouble).__name__}: {trouble}") from trouble

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Repos]:
        """Single statements without a transaction around them: the cheap way to look something up.

        Raises:
            Unavailable: as in ``transaction``.
        """
        try:
            async with self._connection() as conn:
                yield Repos(conn)
        except _TROUBLE as trouble:
            raise Unavailable(f"PostgreSQL: {type(trouble).__name__}: {trouble}") from trouble

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[PoolConnectionProxy]:
        asked = perf_counter()
        try:
            conn = await self._pool.acquire(timeout=ACQUIRE_SECONDS)
        finally:
            if self._waited:
                self._waited(perf_counter() - asked)
        try:
            yield conn
        finally:
            await self._pool.release(conn)


@asynccontextmanager
async def open_pool(database_url: str, *, size: int = 10) -> AsyncIterator[Pool]:
    """A pool that bounds every wait; connections come back whatever happens to their borrower."""
    async with asyncpg.create_pool(
        database_url,
        min_size=1,
        max_size=size,
        command_timeout=_COMMAND_SECONDS,
        server_settings=_SERVER_SETTINGS,
        init=_speak_json,
        reset=_nothing_to_reset,
    ) as pool:
        yield pool


async def _speak_json(conn: Connection) -> None:
    await conn.set_type_codec(
        "jsonb",
        encoder=_as_json,
        decoder=orjson.loads,
        schema="pg_catalog",
    )


def _as_json(value: Any) -> str:
    """As ``storable``, in JSON's spelling."""
    return orjson.dumps(value).decode().replace("\\u0000", "\\ufffd")


async def _nothing_to_reset(_conn: Connection) -> None:
    """Saves a round trip after each use.

    asyncpg rolls back by itself; its further query undoes what no statement of ours does: session
    settings and locks, cursors, LISTEN. Ours are all of one transaction.
    """
