"""Issuing a credit note, in a transaction of the caller's."""

from datetime import datetime
from uuid import UUID

from bot.db.database import Repos
from bot.models import books
from bot.models.audit import AuditAction
from bot.models.books import Entry, EntryKind
from bot.models.credit_notes import CREDIT_NOTE_PREFIXES, CreditPlan, NewCreditNote
from bot.models.invoices import Invoice
from bot.models.notices import NoticeKind
from bot.models.payments import Account, Unused
from bot.models.people import Person
from bot.services._accounts import account_of, allocate, given_back
from bot.services._series import next_number


async def issue_note(  # noqa: PLR0913 -- all that a credit note is made of
    tx: Repos,
    plan: CreditPlan,
    *,
    reason: str,
    by: Person,
    now: datetime,
    operation_id: UUID,
    pieces: int = 0,
) -> tuple[int, list[Unused]]:
    """Number and book it on a locked account; what was paid and is owed no more becomes credit.

    Returns its id, and that credit by the payments it is of.

    Raises:
        SeriesFull: the year's numbers are used up.
    """
    invoice, account = plan.invoice, account_of(plan.invoice)
    zone = (await tx.club.get()).zone
    new = NewCreditNote(
        numbered=await next_number(tx, CREDIT_NOTE_PREFIXES, at=now, zone=zone),
        operation_id=operation_id,
        invoice_id=invoice.id,
        reason=reason,
        issued_at=now,
        issued_by=by.id,
        lines=plan.lines,
        totals=plan.totals,
    )
    note_id = await _book(tx, new, account)
    too_much = -(await tx.invoices.due(invoice.id))
    if 0 <= too_much < plan.totals.total_paise:  # something was due, and nothing is any more
        await tx.notices.refresh(NoticeKind.INVOICE, subject_id=invoice.id)
    freed = given_back(await tx.payments.allocations(of_invoice=invoice.id), too_much)
    await allocate(tx, freed, account, by=by, now=now)
    await _tell(tx, note_id, new, invoice, by=by, pieces=pieces)
    return note_id, [
        Unused(payment_id=each.payment_id, unused_paise=-each.amount_paise) for each in freed
    ]


async def _book(tx: Repos, new: NewCreditNote, account: Account) -> int:
    note_id = await tx.credit_notes.add(new)
    await tx.books.add(
        Entry(
            kind=EntryKind.CREDIT_NOTE,
            document_id=note_id,
            account=account,
            booked_at=new.issued_at,
            postings=books.of_credit_note(new.totals),
        )
    )
    return note_id


async def _tell(  # noqa: PLR0913 -- what happened, to whom, by whom
    tx: Repos, note_id: int, new: NewCreditNote, invoice: Invoice, *, by: Person, pieces: int
) -> None:
    returned = {"pieces_returned": pieces} if pieces else {}
    await tx.audit.add(
        AuditAction.CREDIT_NOTE_ISSUED,
        by=by,
        subject_id=invoice.person_id,
        after={
            "number": new.numbered.number,
            "invoice": invoice.number,
            "total_paise": new.totals.total_paise,
            "reason": new.reason,
            **returned,
        },
    )
    if invoice.person_id is not None:
        await tx.notices.add(
            NoticeKind.CREDIT_NOTE,
            to=invoice.person_id,
            subject_id=note_id,
            dedupe_key=f"{NoticeKind.CREDIT_NOTE}:{note_id}",
        )
