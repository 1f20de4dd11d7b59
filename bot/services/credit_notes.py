"""Credit notes: an issued invoice is cancelled or reduced, and what was paid becomes credit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.credit_notes import CreditNoteGone
from bot.errors.invoices import InvoiceGone
from bot.models.credit_notes import (
    CreditedLine,
    CreditNote,
    CreditPlan,
    Seen,
    late_since,
)
from bot.models.invoices import Invoice
from bot.models.notices import Notice, NoticeKind
from bot.models.people import Person, Role
from bot.services._accounts import account_of, hold_account
from bot.services._clock import utc_now
from bot.services._crediting import cancellation, check, left, reduction
from bot.services._noting import issue_note


class CreditNoteService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def left(self, invoice_id: int) -> list[CreditedLine]:
        """What may still be credited, line by line.

        Raises:
            InvoiceGone: never there.
        """
        async with self._db.reading() as repos:
            invoice = await repos.invoices.find(invoice_id)
            if invoice is None:
                raise InvoiceGone
            return await left(repos, invoice)

    async def plan(
        self, invoice_id: int, *, position: int | None = None, paise: int = 0
    ) -> CreditPlan:
        """The credit note as it would be issued now: of one line, or of all that is left.

        It tells whether its tax can still be taken back.

        Raises:
            InvoiceGone: never there.
            NothingToCredit, NotCreditable: as ``cancel`` and ``reduce``.
        """
        async with self._db.reading() as repos:
            invoice = await repos.invoices.find(invoice_id)
            if invoice is None:
                raise InvoiceGone
            if position is None:
                plan = await cancellation(repos, invoice)
            else:
                plan = await reduction(repos, invoice, position=position, paise=paise)
            today = (await repos.club.get()).day(self._now())
        return replace(plan, late_since=late_since(invoice, plan.totals, today))

    async def pieces(self, invoice_id: int) -> int:
        """How many pieces of the store's counted items an invoice billed."""
        async with self._db.reading() as repos:
            return sum((await repos.items.billed_on(invoice_id)).values())

    async def cancel(  # noqa: PLR0913 -- all that a credit note is made of
        self,
        invoice_id: int,
        *,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: Seen | None = None,
        restock: bool = False,
    ) -> CreditNote:
        """Take back all that is left of an invoice; once per operation.

        ``seen``: what was booked on it when ``by`` looked. ``restock``: the store's pieces that it
        billed came back.

        Raises:
            InvoiceGone, NotAllowed, NothingToCredit, SeriesFull.
            InvoiceChanged: something was booked on it since.
        """
        async with self._db.transaction() as tx:
            invoice, admin = await _hold(tx, invoice_id, by)
            if (made := await tx.credit_notes.find_id(operation_id)) is None:
                plan = await cancellation(tx, invoice)
                check(plan, seen)
                pieces = await _put_back(tx, invoice_id) if restock else 0
                now = self._now()
                made, _ = await issue_note(
                    tx,
                    plan,
                    reason=reason,
                    by=admin,
                    now=now,
                    operation_id=operation_id,
                    pieces=pieces,
                )
                await _settle_rejection(tx, invoice_id, by=admin, now=now)
            return await _note(tx, made)

    async def reduce(  # noqa: PLR0913 -- all that a credit note is made of
        self,
        invoice_id: int,
        *,
        position: int,
        paise: int,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: Seen | None = None,
    ) -> CreditNote:
        """Take back so much of one line, its tax included; once per operation.

        Raises:
            InvoiceGone, NotAllowed, SeriesFull.
            NotCreditable: more than is left of that line.
            InvoiceChanged: something was booked on it since it was ``seen``.
        """
        async with self._db.transaction() as tx:
            invoice, admin = await _hold(tx, invoice_id, by)
            if (made := await tx.credit_notes.find_id(operation_id)) is None:
                plan = await reduction(tx, invoice, position=position, paise=paise)
                check(plan, seen)
                now = self._now()
                made, _ = await issue_note(
                    tx, plan, reason=reason, by=admin, now=now, operation_id=operation_id
                )
            return await _note(tx, made)

    async def issue(  # noqa: PLR0913 -- all that a credit note is made of
        self,
        invoice_id: int,
        *,
        position: int | None,
        paise: int,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: Seen,
        restock: bool,
    ) -> CreditNote:
        """``reduce`` of that line, or without one ``cancel``."""
        if position is None:
            return await self.cancel(
                invoice_id,
                reason=reason,
                by=by,
                operation_id=operation_id,
                seen=seen,
                restock=restock,
            )
        return await self.reduce(
            invoice_id,
            position=position,
            paise=paise,
            reason=reason,
            by=by,
            operation_id=operation_id,
            seen=seen,
        )

    async def find(self, note_id: int, *, me: Person) -> CreditNote:
        """One that ``me`` may see: an admin any, everybody else their own.

        Raises:
            CreditNoteGone: never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            note = await repos.credit_notes.find(note_id)
        if note is None or (me.role < Role.ADMIN and note.invoice.person_id != me.id):
            raise CreditNoteGone
        return note

    async def list_of_invoice(self, invoice_id: int) -> list[CreditNote]:
        """The oldest first."""
        async with self._db.reading() as repos:
            return await repos.credit_notes.list_of_invoice(invoice_id)

    async def of_notice(self, notice: Notice) -> CreditNote | None:
        """The one that a notice tells of."""
        async with self._db.reading() as repos:
            return await repos.credit_notes.find(notice.subject_id or 0)


async def _settle_rejection(tx: Repos, invoice_id: int, *, by: Person, now: datetime) -> None:
    """An admin has looked at it, if its member did not accept it."""
    rejection_id = await tx.rejections.settle(invoice_id, by=by.id, at=now)
    if rejection_id is not None:
        await tx.notices.refresh(NoticeKind.INVOICE_REJECTED, subject_id=rejection_id)


async def _hold(tx: Repos, invoice_id: int, by: Person) -> tuple[Invoice, Person]:
    invoice = await tx.invoices.find(invoice_id)
    if invoice is None:
        raise InvoiceGone
    admin = await hold_account(tx, account_of(invoice), by=by)
    return invoice, admin


async def _note(tx: Repos, note_id: int) -> CreditNote:
    note = await tx.credit_notes.find(note_id)
    if note is None:
        raise CreditNoteGone
    return note


async def _put_back(tx: Repos, invoice_id: int) -> int:
    """In the order of items, as they were taken; returns how many pieces."""
    billed = await tx.items.billed_on(invoice_id)
    for item_id, quantity in billed.items():
        await tx.items.put_back(item_id, quantity)
    return sum(billed.values())
