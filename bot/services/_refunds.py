"""Booking money that goes back: a refund, or a payment that is booked back.

A refund of what was paid ahead has a voucher (CGST Rule 51); what a credit note freed has that
note, and a payment that never came has no document: its receipt voucher is void.
Money that has gone back whole takes along the reward that it brought.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.db.database import Repos
from bot.models import books
from bot.models.audit import AuditAction
from bot.models.books import Entry, EntryKind
from bot.models.notices import NoticeKind
from bot.models.payments import (
    REFUND_PREFIXES,
    VOUCHER_PREFIXES,
    Account,
    NewRefund,
    PaymentLine,
    RefundKind,
    Unused,
)
from bot.models.people import Person
from bot.services._accounts import by_method
from bot.services._advances import advances_in, give_advances_back
from bot.services._rewards import take_back_rewards
from bot.services._sellers import seller
from bot.services._series import next_number


async def give_back(  # noqa: PLR0913 -- all that a refund is made of
    tx: Repos,
    kind: RefundKind,
    account: Account,
    lines: tuple[PaymentLine, ...],
    sources: tuple[Unused, ...],
    *,
    reason: str,
    by: Person,
    now: datetime,
    operation_id: UUID,
) -> int:
    """Book what goes back out of a locked account, and tell who hears of it; returns its id."""
    zone = (await tx.club.get()).zone
    ahead = await advances_in(tx, sources)
    has_voucher = bool(ahead) and kind is RefundKind.REFUND
    prefixes = VOUCHER_PREFIXES if has_voucher else REFUND_PREFIXES
    new = NewRefund(
        numbered=await next_number(tx, prefixes, at=now, zone=zone),
        operation_id=operation_id,
        kind=kind,
        account=account,
        reason=reason,
        lines=lines,
        sources=sources,
        refunded_at=now,
        recorded_by=by.id,
    )
    refund_id = await _book(tx, new)
    await give_advances_back(tx, refund_id, ahead)
    if has_voucher:
        await _vouch(tx, refund_id, zone)
    await _tell_given_back(tx, refund_id, new, by=by)
    await take_back_rewards(tx, [each.payment_id for each in sources], by=by, now=now)
    return refund_id


async def _vouch(tx: Repos, refund_id: int, zone: ZoneInfo) -> None:
    """Under the GSTIN of the receipt voucher, even if no tax is charged any more."""
    business = await tx.business.get()
    giver = replace(seller(business, zone), gstin=business.gstin)
    await tx.receipts.add_voucher(refund_id, giver)


async def _book(tx: Repos, new: NewRefund) -> int:
    refund_id = await tx.payments.add_refund(new)
    await tx.books.add(
        Entry(
            kind=EntryKind.REFUND,
            document_id=refund_id,
            account=new.account,
            booked_at=new.refunded_at,
            postings=books.of_refund(by_method(new.lines)),
        )
    )
    return refund_id


async def _tell_given_back(tx: Repos, refund_id: int, new: NewRefund, *, by: Person) -> None:
    reversal = new.kind is RefundKind.REVERSAL
    number, reason = new.numbered.number, new.reason
    await tx.audit.add(
        AuditAction.PAYMENT_REVERSED if reversal else AuditAction.REFUND_RECORDED,
        by=by,
        subject_id=new.account.person_id,
        after={"number": number, "total_paise": new.total_paise, "reason": reason},
    )
    if new.account.person_id is not None:
        await tx.notices.add(
            NoticeKind.REFUNDED,
            to=new.account.person_id,
            subject_id=refund_id,
            dedupe_key=f"{NoticeKind.REFUNDED}:{refund_id}",
        )
