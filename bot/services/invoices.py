"""Issuing documents, and finding those that were issued."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import Unreachable
from bot.errors.invoices import DraftChanged, InvoiceGone, StockShort
from bot.models.audit import AuditAction
from bot.models.drafts import Draft, DraftStatus
from bot.models.invoices import (
    Invoice,
    InvoiceCard,
    InvoiceEntry,
    Invoices,
    Printed,
)
from bot.models.notices import Notice
from bot.models.people import Person, Role
from bot.services._authority import require_admin_with
from bot.services._clock import utc_now
from bot.services._issuing import issue_documents, tell_issued
from bot.services._pages import nearest
from bot.services.drafts import hold_open, issued, new_rates

PAGE: Final = 6


class InvoiceService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def issue(self, draft_id: int, *, revision: int, by: Person) -> list[InvoiceEntry]:
        """Make of a draft what the law asks for, number it, and owe the member the documents.

        Numbers, documents, stock and notices are one transaction: all of it happens, or nothing.
        A draft is issued once; a repeat of the same update gets the same answer.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            DraftGone: dropped, or its buyer is deleted.
            DraftIssued: somebody was first.
            DraftChanged: it is not what was looked at, or a rate by date has changed since.
            NothingToBill, AddressNeeded: see ``models.billing.compose``.
            StockShort: fewer pieces are left than billed.
            SeriesFull, SeriesSealed: the series gives no more numbers.
        """
        async with self._db.transaction() as tx:
            # Held as well: nothing is issued to somebody who is being deleted.
            person_id = await tx.drafts.find_person_id(draft_id)
            admin, _ = await require_admin_with(tx, by, person_id or by.id)
            draft = await tx.drafts.hold(draft_id)
            if draft and draft.status is DraftStatus.ISSUED:
                if await tx.audit.has_own(AuditAction.INVOICE_ISSUED):
                    return await tx.invoices.list_of_draft(draft_id)
                raise await issued(tx, draft)
            draft = await hold_open(tx, draft_id)
            now = self._now()
            today = (await tx.club.get()).day(now)
            if draft.revision != revision or await new_rates(tx, draft, today):
                raise DraftChanged
            await _take_stock(tx, draft)
            await issue_documents(tx, draft, by=admin, now=now)
            await tx.drafts.set_status(draft_id, DraftStatus.ISSUED)
            return await tx.invoices.list_of_draft(draft_id)

    async def find(self, invoice_id: int, *, me: Person) -> Invoice:
        """One that ``me`` may see: an admin any, everybody else their own.

        Raises:
            InvoiceGone: never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            invoice = await repos.invoices.find(invoice_id)
        if invoice is None or (me.role < Role.ADMIN and invoice.person_id != me.id):
            raise InvoiceGone
        return invoice

    async def find_own(self, invoice_id: int, *, me: Person) -> Invoice:
        """One of one's own documents, whatever else one may see.

        Raises:
            InvoiceGone: never there, or somebody else's.
        """
        invoice = await self.find(invoice_id, me=me)
        if invoice.person_id != me.id:
            raise InvoiceGone
        return invoice

    async def printed(self, invoice: Invoice) -> Printed:
        """With its seller's logo, and whether it is to be paid."""
        async with self._db.reading() as repos:
            logo_id = invoice.seller.logo_file_id
            return Printed(
                invoice=invoice,
                logo=await repos.business.find_logo(logo_id) if logo_id else None,
                zone=(await repos.club.get()).zone,
                is_due=await repos.invoices.due(invoice.id) > 0,
            )

    async def card(self, invoice_id: int) -> InvoiceCard:
        """One as admins see it.

        Raises:
            InvoiceGone: never there.
        """
        async with self._db.reading() as repos:
            today = (await repos.club.get()).day(self._now())
            card = await repos.invoices.find_card(invoice_id, today=today)
        if card is None:
            raise InvoiceGone
        return card

    async def send_again(self, invoice_id: int, *, by: Person, operation_id: UUID) -> None:
        """Owe its buyer the document once more; once per operation.

        Raises:
            InvoiceGone: never there.
            NotAllowed: ``by`` is an admin no longer.
            Unreachable: a walk-in customer, deleted, or has blocked the bot.
        """
        async with self._db.transaction() as tx:
            invoice = await tx.invoices.find(invoice_id)
            if invoice is None:
                raise InvoiceGone
            admin, buyer = await require_admin_with(tx, by, invoice.person_id or by.id)
            if invoice.person_id is None or buyer is None or not buyer.is_reachable:
                raise Unreachable
            if await tell_issued(tx, invoice_id, to=buyer.id, again=operation_id):
                await tx.audit.add(
                    AuditAction.INVOICE_SENT_AGAIN,
                    by=admin,
                    subject_id=buyer.id,
                    after={"number": invoice.number},
                )

    async def of_notice(self, notice: Notice) -> Invoice | None:
        """The one that a notice tells of."""
        async with self._db.reading() as repos:
            return await repos.invoices.find(notice.subject_id or 0)

    async def page(self, number: int, *, of: int | None = None) -> Invoices:
        """Of the whole club or one person, newest first; beyond the ends the nearest page."""
        async with self._db.reading() as repos:
            number, pages = nearest(number, of=await repos.invoices.count(of=of), size=PAGE)
            entries = await repos.invoices.list_latest(limit=PAGE, offset=number * PAGE, of=of)
            today = (await repos.club.get()).day(self._now())
        return Invoices(number=number, pages=pages, today=today, entries=entries)


async def _take_stock(tx: Repos, draft: Draft) -> None:
    """In the order of items, so that two admins cannot block each other."""
    for each in sorted(draft.lines, key=lambda each: each.line.item_id or 0):
        line = each.line
        if line.item_id and not await tx.items.take(line.item_id, line.quantity):
            item = await tx.items.find(line.item_id)
            raise StockShort(name=line.name, left=item.stock if item else 0)
