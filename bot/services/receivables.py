"""What the club is owed, by whom; receipts and credit booked on it; statements of an account."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.invoices import InvoiceGone
from bot.errors.payments import DuesChanged, NothingDue
from bot.errors.receivables import AccountGone
from bot.models.audit import AuditAction
from bot.models.payments import Account, Payment, Receipt
from bot.models.people import Person, Role
from bot.models.receivables import (
    PAGE,
    PAYMENTS_SHOWN,
    AccountCard,
    Balance,
    Bills,
    Holder,
    Listed,
    OpenInvoice,
    Overview,
)
from bot.models.statements import Period, Statement, run
from bot.services._accounts import account_of, hold_account
from bot.services._clock import utc_now
from bot.services._credit import settling, spend
from bot.services._pages import nearest
from bot.services.payments import PaymentService


class ReceivableService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now
        self._payments = PaymentService(db, now)

    async def overview(self) -> Overview:
        async with self._db.reading() as repos:
            club = await repos.club.get()
            return await repos.receivables.overview(club.day(self._now()), timezone=club.timezone)

    async def debtors(self, number: int) -> Listed[Balance]:
        """Who owes anything, the largest first; beyond the ends the nearest page."""
        async with self._db.reading() as repos:
            count, total = await repos.receivables.count_debtors()
            number, pages = nearest(number, of=count, size=PAGE)
            entries = await repos.receivables.list_debtors(limit=PAGE, offset=number * PAGE)
        return Listed(number=number, pages=pages, count=count, total_paise=total, entries=entries)

    async def creditors(self, number: int) -> Listed[Balance]:
        """Whose credit the club holds, the largest first."""
        async with self._db.reading() as repos:
            zone = (await repos.club.get()).timezone
            count, total = await repos.receivables.count_creditors()
            number, pages = nearest(number, of=count, size=PAGE)
            entries = await repos.receivables.list_creditors(
                timezone=zone, limit=PAGE, offset=number * PAGE
            )
        return Listed(number=number, pages=pages, count=count, total_paise=total, entries=entries)

    async def overdue(self, number: int) -> Listed[OpenInvoice]:
        """What was to be paid before today, the oldest first."""
        async with self._db.reading() as repos:
            today = await self._today(repos)
            count, total = await repos.receivables.count_overdue(today)
            number, pages = nearest(number, of=count, size=PAGE)
            entries = await repos.receivables.list_overdue(today, limit=PAGE, offset=number * PAGE)
        return Listed(number=number, pages=pages, count=count, total_paise=total, entries=entries)

    async def card(self, account: Account) -> AccountCard:
        """An account as admins see it.

        Raises:
            AccountGone: never there.
        """
        async with self._db.reading() as repos:
            holder = await _holder(repos, account)
            invoices = await repos.receivables.list_open(account, await self._today(repos))
            unused = await repos.payments.unused(account)
            person_id = account.person_id
            return AccountCard(
                account=account,
                holder=holder,
                credit_paise=sum(each.unused_paise for each in unused),
                invoices=invoices,
                payments=await repos.receivables.list_payments(account, limit=PAYMENTS_SHOWN),
                reminded_at=await repos.dues_reminders.last_at(person_id) if person_id else None,
            )

    async def account_of(self, invoice_id: int) -> Account:
        """Whose an invoice is, of which something is due.

        Raises:
            InvoiceGone: never there.
            NothingDue: it is settled.
        """
        async with self._db.reading() as repos:
            invoice = await repos.invoices.find(invoice_id)
            if invoice is None:
                raise InvoiceGone
            if await repos.invoices.due(invoice_id) <= 0:
                raise NothingDue
        return account_of(invoice)

    async def bills(self, account: Account) -> Bills:
        """What a receipt may settle, as of now.

        Raises:
            AccountGone: never there.
        """
        async with self._db.reading() as repos:
            holder = await _holder(repos, account)
            business = await repos.business.get()
            return Bills(
                account=account,
                name=holder.name,
                dues=await repos.payments.dues(account),
                may_keep=business.credits_overpayment and account.person_id is not None,
                asks_what_for=business.asks_what_for,
            )

    async def save(self, receipt: Receipt, *, by: Person, operation_id: UUID) -> Payment | None:
        """Book it, once per operation. ``None``: something else is due than was looked at.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            AccountGone: never there.
            Overpaid, ReferenceUsed, SeriesFull: see ``PaymentService.record``.
        """
        async with self._db.reading() as repos:
            await _holder(repos, receipt.account)
        try:
            return await self._payments.record(receipt, by=by, operation_id=operation_id)
        except DuesChanged:
            return None

    async def use_credit(self, account: Account, *, seen_paise: int, by: Person) -> int:
        """Spend the account's credit on its bills, the oldest first; returns how much, in paise.

        ``seen_paise``: how much it was to be when whoever asks for it looked. A repeat of the same
        update gets the same answer.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            NothingDue: all is settled.
            NoCredit: the account has none.
            DuesChanged: by now it would be another amount.
        """
        async with self._db.transaction() as tx:
            admin = await hold_account(tx, account, by=by)
            if await tx.audit.has_own(AuditAction.CREDIT_USED):
                return seen_paise
            dues = await tx.payments.dues(account)
            made = await settling(tx, account, dues)
            spent = sum(each.amount_paise for each in made)
            if spent != seen_paise:
                raise DuesChanged(due_paise=sum(due.due_paise for due in dues))
            await spend(tx, account, made, dues, by=admin, now=self._now())
            return spent

    async def statement(self, account: Account, period: Period, *, me: Person) -> Statement:
        """Every document of an account in a period that ends today, and the balances around.

        An admin may see any account's, everybody else their own.

        Raises:
            AccountGone: never there, or somebody else's.
        """
        if me.role < Role.ADMIN and account.person_id != me.id:
            raise AccountGone
        now = self._now()
        async with self._db.reading() as repos:
            holder = await _holder(repos, account)
            zone = (await repos.club.get()).zone
            business = await repos.business.get()
            documents = await repos.receivables.list_documents(account, until=now)
        begins = period.begins(now, zone)
        opening, lines = run(documents, begins=begins, zone=zone)
        return Statement(
            account=account,
            name=holder.name,
            business=business,
            period=period,
            begins=begins,
            ends=now.astimezone(zone).date(),
            opening_paise=opening,
            lines=lines,
        )

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


async def _holder(repos: Repos, account: Account) -> Holder:
    holder = await repos.receivables.find_holder(account)
    if holder is None:
        raise AccountGone
    return holder
