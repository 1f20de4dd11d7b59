"""An account under lock, and what is booked on it: payments, allocations, refunds, the journal."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.db.database import Repos
from bot.errors.payments import DuesChanged, Overpaid, ReferenceUsed
from bot.models import books
from bot.models.audit import AuditAction
from bot.models.books import Entry, EntryKind
from bot.models.claims import reference_key
from bot.models.invoices import Invoice
from bot.models.notices import NoticeKind
from bot.models.payments import (
    RECEIPT_PREFIXES,
    Account,
    Allocation,
    Due,
    Method,
    NewPayment,
    PaymentLine,
    Receipt,
    Unused,
    settle,
)
from bot.models.people import Person
from bot.services._advances import adjust, take_advance
from bot.services._authority import require_admin, require_admin_with
from bot.services._rewards import reward_for
from bot.services._sellers import seller
from bot.services._series import next_number


def account_of(invoice: Invoice) -> Account:
    return Account.billed(invoice.id, invoice.person_id)


async def hold_account(tx: Repos, account: Account, *, by: Person) -> Person:
    """Lock the account and the admin who works on it; people in the order of their ids.

    With it is locked whoever invited its person: money that comes or goes may give them a reward or
    take one back. Returns the admin as they are now. Everybody who books on this account waits
    until then.

    Raises:
        NotAllowed: ``by`` is an admin no longer.
    """
    if account.person_id is None:
        admin = await require_admin(tx, by)
        await tx.invoices.hold(account.walk_in_id or 0)
        return admin
    # Who is invited in this very moment has brought no reward yet: giving one needs no lock.
    referrer_id = await tx.referrals.find_referrer_id(account.person_id)
    others = [referrer_id] if referrer_id else []
    admin, _ = await require_admin_with(tx, by, account.person_id, *others)
    return admin


async def receive(  # noqa: PLR0913 -- all that a receipt is made of
    tx: Repos,
    receipt: Receipt,
    *,
    operation_id: UUID,
    by: Person,
    now: datetime,
    claim_id: int | None = None,
) -> int:
    """Book money on a locked account: number it, settle what it is for, keep the rest as credit.

    The audit log is told of who booked it, its member of their receipt; whoever invited them gets
    their reward. ``claim_id``: the claim that has taken the references; what it took for lines that
    did not come is free again. Returns the payment's id.

    Raises:
        DuesChanged: something else is due than was looked at.
        Overpaid: more than is due, and the rest may not become credit.
        ReferenceUsed: a bank's reference was counted before.
        SeriesFull: the year's numbers are used up.
    """
    dues = await _dues(tx, receipt)
    zone = (await tx.club.get()).zone
    new = NewPayment(
        numbered=await next_number(tx, RECEIPT_PREFIXES, at=now, zone=zone),
        operation_id=operation_id,
        receipt=receipt,
        received_at=now,
        recorded_by=by.id,
    )
    payment_id = await tx.payments.add(new)
    await _take_references(tx, receipt.lines, payment_id, claim_id)
    await tx.receipts.add(payment_id, seller(await tx.business.get(), zone))
    await _enter(tx, payment_id, receipt, now=now)
    await _spread(tx, payment_id, receipt, dues, by=by, now=now)
    await _tell(tx, payment_id, new, by=by)
    await reward_for(tx, payment_id, of=receipt.account.person_id, by=by, now=now)
    return payment_id


async def _spread(  # noqa: PLR0913 -- what is spent, on what, by whom
    tx: Repos,
    payment_id: int,
    receipt: Receipt,
    dues: Sequence[Due],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Settle what it is for; the rest is paid ahead, and taxed as such."""
    source = Unused(payment_id=payment_id, unused_paise=receipt.total_paise)
    made = settle(dues, [source])
    await allocate(tx, made, receipt.account, by=by, now=now)
    await take_advance(tx, source, made, now=now, for_fitness=receipt.for_fitness)


async def _enter(tx: Repos, payment_id: int, receipt: Receipt, *, now: datetime) -> None:
    await tx.books.add(
        Entry(
            kind=EntryKind.PAYMENT,
            document_id=payment_id,
            account=receipt.account,
            booked_at=now,
            postings=books.of_payment(by_method(receipt.lines)),
        )
    )


async def allocate(
    tx: Repos, made: Sequence[Allocation], account: Account, *, by: Person, now: datetime
) -> None:
    """Spend payments of a locked account on its invoices, or (below zero) give them back.

    Below an invoice that its member has, the buttons to pay it go with the last of what is due, and
    come back with it.
    """
    settled: Counter[int] = Counter()
    for each in made:
        settled[each.invoice_id] += each.amount_paise
        allocation_id = await tx.payments.add_allocation(each, at=now, by=by.id)
        await adjust(tx, allocation_id, each)
        await tx.books.add(
            Entry(
                kind=EntryKind.ALLOCATION,
                document_id=allocation_id,
                account=account,
                booked_at=now,
                postings=books.of_allocation(each.amount_paise),
            )
        )
    if settled and account.person_id is not None:  # a walk-in customer has no chat with us
        await tx.notices.refresh_settled(settled)


def given_back(allocations: Sequence[Allocation], paise: int) -> list[Allocation]:
    """So much less of these, in their order, as allocations below zero."""
    made = []
    for each in allocations:
        part = min(each.amount_paise, paise)
        if part > 0:
            made.append(
                Allocation(
                    payment_id=each.payment_id, invoice_id=each.invoice_id, amount_paise=-part
                )
            )
            paise -= part
    return made


def by_method(lines: Sequence[PaymentLine]) -> dict[Method, int]:
    sums: Counter[Method] = Counter()
    for line in lines:
        sums[line.method] += line.amount_paise
    return dict(sums)


async def _dues(tx: Repos, receipt: Receipt) -> list[Due]:
    """What the receipt settles, in order."""
    dues = await tx.payments.dues(receipt.account)
    if receipt.invoices is not None:
        by_id = {due.invoice_id: due for due in dues}
        dues = [by_id[chosen] for chosen in receipt.invoices if chosen in by_id]
    due_paise = sum(due.due_paise for due in dues)
    if receipt.seen_due_paise is not None and receipt.seen_due_paise != due_paise:
        raise DuesChanged(due_paise=due_paise)
    if receipt.total_paise > due_paise and not await _may_keep(tx, receipt):
        raise Overpaid(due_paise=due_paise)
    return dues


async def _may_keep(tx: Repos, receipt: Receipt) -> bool:
    """Whether the rest may be credit: an advance always, a walk-in customer's never."""
    if receipt.account.person_id is None:
        return False
    return receipt.invoices == () or (await tx.business.get()).credits_overpayment


async def _take_references(
    tx: Repos, lines: Sequence[PaymentLine], payment_id: int, claim_id: int | None
) -> None:
    for key, reference in unique_references(lines):
        taken = await tx.bank_references.take_for_payment(
            key, payment_id=payment_id, claim_id=claim_id
        )
        if not taken:
            raise ReferenceUsed(reference=reference)
    if claim_id is not None:
        await tx.bank_references.release_unpaid(claim_id=claim_id)


async def _tell(tx: Repos, payment_id: int, new: NewPayment, *, by: Person) -> None:
    person_id = new.receipt.account.person_id
    await tx.audit.add(
        AuditAction.PAYMENT_RECORDED,
        by=by,
        subject_id=person_id,
        after={"number": new.numbered.number, "total_paise": new.receipt.total_paise},
    )
    if person_id is not None:
        await tx.notices.add(
            NoticeKind.PAYMENT_BOOKED,
            to=person_id,
            subject_id=payment_id,
            dedupe_key=f"{NoticeKind.PAYMENT_BOOKED}:{payment_id}",
        )


def unique_references(lines: Sequence[PaymentLine]) -> list[tuple[str, str]]:
    """Keys and references of banks' transfers, in one order: two who take some never deadlock."""
    return sorted(
        (reference_key(line.reference), line.reference)
        for line in lines
        if line.reference and line.method.has_unique_reference
    )
