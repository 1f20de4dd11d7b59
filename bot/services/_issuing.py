"""Turning a draft into the documents that the law asks for, in a transaction of the caller's."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.db.database import Repos
from bot.models import books
from bot.models.audit import AuditAction
from bot.models.billing import compose
from bot.models.books import Entry, EntryKind
from bot.models.business import Business
from bot.models.drafts import Draft
from bot.models.invoices import Document, NewInvoice
from bot.models.notices import NoticeKind
from bot.models.payments import Account
from bot.models.people import Person
from bot.services._sellers import seller
from bot.services._series import next_number


async def numbered(
    tx: Repos, draft: Draft, *, by: Person, now: datetime, exact: bool = False
) -> list[NewInvoice]:
    """The documents of a draft with the next numbers of their series, as of ``now``.

    ``exact``: its prices hold their tax and come to the total, whatever the business has set.

    Raises:
        NothingToBill, AddressNeeded: see ``models.billing.compose``.
        SeriesFull, SeriesSealed: the series gives no more numbers.
    """
    business, zone = await tx.business.get(), (await tx.club.get()).zone
    if exact:
        business = replace(business, prices_inclusive=True, is_rounded=False)
    return [
        await _numbered(tx, draft, document, part, business, by=by, now=now, zone=zone)
        for part, document in enumerate(compose(draft.bill, business), 1)
    ]


async def issue_documents(
    tx: Repos, draft: Draft, *, by: Person, now: datetime, exact: bool = False
) -> list[int]:
    """Number, book and owe their buyer the documents of a draft; returns their ids.

    Raises: as ``numbered``.
    """
    documents = await numbered(tx, draft, by=by, now=now, exact=exact)
    ids = [await _add(tx, new) for new in documents]
    for invoice_id in ids:
        if draft.person_id is not None:  # a walk-in customer has no chat with us
            await tell_issued(tx, invoice_id, to=draft.person_id)
    total_paise = sum(new.document.totals.total_paise for new in documents)
    await tx.audit.add(
        AuditAction.INVOICE_ISSUED,
        by=by,
        subject_id=draft.person_id,
        after={"numbers": ", ".join(new.number for new in documents), "total_paise": total_paise},
    )
    return ids


async def tell_issued(tx: Repos, invoice_id: int, *, to: int, again: UUID | None = None) -> bool:
    """``False``: that is owed already."""
    key = f"{NoticeKind.INVOICE}:{invoice_id}" + (f":{again}" if again else "")
    return await tx.notices.add(NoticeKind.INVOICE, to=to, subject_id=invoice_id, dedupe_key=key)


async def _add(tx: Repos, new: NewInvoice) -> int:
    invoice_id = await tx.invoices.add(new)
    await tx.books.add(
        Entry(
            kind=EntryKind.INVOICE,
            document_id=invoice_id,
            account=Account.billed(invoice_id, new.person_id),
            booked_at=new.issued_at,
            postings=books.of_invoice(new.document.totals),
        )
    )
    return invoice_id


async def _numbered(  # noqa: PLR0913 -- all that a document is made of
    tx: Repos,
    draft: Draft,
    document: Document,
    part: int,
    business: Business,
    *,
    by: Person,
    now: datetime,
    zone: ZoneInfo,
) -> NewInvoice:
    """With the next number of the series, of the financial year by the club's clock."""
    today = now.astimezone(zone).date()
    numbered = await next_number(tx, [business.invoice_prefix], at=now, zone=zone)
    return NewInvoice(
        document=document,
        number=numbered.number,
        prefix=numbered.prefix,
        year=numbered.year,
        serial=numbered.serial,
        draft_id=draft.id,
        part=part,
        issued_at=now,
        issued_by=by.id,
        supplied_on=today,
        due_on=today + timedelta(days=business.due_days),
        person_id=draft.person_id,
        seller=seller(business, zone),
        buyer=draft.buyer,
        inclusive=business.prices_inclusive,
    )
