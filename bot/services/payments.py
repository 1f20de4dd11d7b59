"""Payments: money booked, credit spent, mistakes booked back, refunds."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.payments import (
    AlreadyReversed,
    CreditChanged,
    NotMoney,
    PaymentChanged,
    PaymentGone,
    TooMuchToRefund,
)
from bot.models.notices import Notice, NoticeKind
from bot.models.payments import (
    Account,
    Payment,
    PaymentLine,
    Receipt,
    ReceiptPaper,
    Refund,
    RefundKind,
    RefundPaper,
    Unused,
    take_from,
)
from bot.models.people import Person, Role
from bot.services._accounts import (
    allocate,
    given_back,
    hold_account,
    receive,
)
from bot.services._clock import utc_now
from bot.services._credit import use_credit
from bot.services._refunds import give_back


class PaymentService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def record(self, receipt: Receipt, *, by: Person, operation_id: UUID) -> Payment:
        """Book money that an admin has received, and tell the member; once per operation.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            DuesChanged, Overpaid, ReferenceUsed, SeriesFull: see ``_accounts.receive``.
        """
        async with self._db.transaction() as tx:
            admin = await hold_account(tx, receipt.account, by=by)
            made = await tx.payments.find_id(operation_id)
            if made is None:
                made = await receive(
                    tx, receipt, operation_id=operation_id, by=admin, now=self._now()
                )
            return await _payment(tx, made)

    async def use_credit(
        self, invoice_id: int, *, by: Person, seen_paise: int | None = None
    ) -> int:
        """Spend the account's credit on an invoice, the oldest first; returns how much, in paise.

        The member may do so with their own, an admin with anybody's. ``seen_paise``: how much was
        shown to them. A repeat of the same update gets the same answer.

        Raises:
            InvoiceGone: never there, or neither theirs nor are they an admin.
            ClaimWaiting: the member has reported a payment for it, which is not decided.
            NothingDue: it is settled.
            NoCredit: the account has none.
            CreditChanged: not so much can be used as was shown.
        """
        async with self._db.transaction() as tx:
            return await use_credit(tx, invoice_id, by=by, seen_paise=seen_paise, now=self._now())

    async def reverse(
        self,
        payment_id: int,
        *,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: list[list[int]] | None = None,
    ) -> Refund:
        """Book back a payment that never came or was booked wrongly.

        Once per operation. Its invoices are open again, and so is what the club had asked for; its
        references may be used again.

        Raises:
            PaymentGone: never there.
            NotAllowed: ``by`` is an admin no longer.
            AlreadyReversed: some of it has gone back to the member before.
            PaymentChanged: it settles something else than ``Payment.spent`` as it was ``seen``.
            NotMoney: a reward, which goes back with what it was given for.
        """
        async with self._db.transaction() as tx:
            payment = await tx.payments.find(payment_id)
            if payment is None:
                raise PaymentGone
            if payment.is_reward:
                raise NotMoney
            admin = await hold_account(tx, payment.account, by=by)
            if (made := await tx.payments.find_refund_id(operation_id)) is None:
                payment = await _payment(tx, payment_id)  # as it is under the lock
                if payment.refunded_paise:
                    raise AlreadyReversed
                if seen not in (None, payment.spent):
                    raise PaymentChanged
                made = await self._book_back(
                    tx, payment, reason=reason, by=admin, operation_id=operation_id
                )
            return await _refund(tx, made)

    async def refund(  # noqa: PLR0913 -- all that a refund is made of
        self,
        account: Account,
        line: PaymentLine,
        *,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen_credit_paise: int | None = None,
    ) -> Refund:
        """Book money that was given back out of the account's credit; once per operation.

        ``seen_credit_paise``: how much of it could be, when ``by`` looked: see ``refundable``.

        Raises:
            NotAllowed: ``by`` is an admin no longer.
            TooMuchToRefund: more than there is credit that was paid.
            CreditChanged: it is not what was looked at.
        """
        async with self._db.transaction() as tx:
            admin = await hold_account(tx, account, by=by)
            if (made := await tx.payments.find_refund_id(operation_id)) is None:
                unused = await tx.payments.refundable(account)
                credit = sum(each.unused_paise for each in unused)
                if line.amount_paise > credit:
                    raise TooMuchToRefund(credit_paise=credit)
                if seen_credit_paise not in {None, credit}:
                    raise CreditChanged(credit_paise=credit)
                made = await give_back(
                    tx,
                    RefundKind.REFUND,
                    account,
                    (line,),
                    tuple(take_from(unused, line.amount_paise)),
                    reason=reason,
                    by=admin,
                    now=self._now(),
                    operation_id=operation_id,
                )
            return await _refund(tx, made)

    async def credit(self, account: Account) -> int:
        """What the account has and has not spent, in paise."""
        async with self._db.reading() as repos:
            return sum(each.unused_paise for each in await repos.payments.unused(account))

    async def refundable(self, account: Account) -> int:
        """What the account has paid and not spent, in paise: its credit without rewards."""
        async with self._db.reading() as repos:
            return sum(each.unused_paise for each in await repos.payments.refundable(account))

    async def find(self, payment_id: int, *, me: Person) -> Payment:
        """One that ``me`` may see: an admin any, everybody else their own.

        Raises:
            PaymentGone: never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            payment = await repos.payments.find(payment_id)
        if payment is None or (me.role < Role.ADMIN and payment.account.person_id != me.id):
            raise PaymentGone
        return payment

    async def receipt(self, payment_id: int, *, me: Person) -> ReceiptPaper:
        """As it was given; of a payment that ``me`` may see.

        Raises:
            PaymentGone: never there, or somebody else's.
        """
        payment = await self.find(payment_id, me=me)
        async with self._db.reading() as repos:
            paper = await repos.receipts.find(payment.id)
        if paper is None:
            raise PaymentGone
        return paper

    async def voucher(self, refund_id: int, *, me: Person) -> RefundPaper:
        """The refund voucher as it was given: an admin gets any, everybody else their own.

        Raises:
            PaymentGone: never there, or somebody else's.
        """
        async with self._db.reading() as repos:
            refund = await repos.payments.find_refund(refund_id)
            paper = await repos.receipts.find_voucher(refund_id)
        is_theirs = refund is not None and refund.account.person_id == me.id
        if paper is None or (me.role < Role.ADMIN and not is_theirs):
            raise PaymentGone
        return paper

    async def receipt_of_notice(self, notice: Notice) -> ReceiptPaper | None:
        async with self._db.reading() as repos:
            return await repos.receipts.find(notice.subject_id or 0)

    async def voucher_of_notice(self, notice: Notice) -> RefundPaper | None:
        async with self._db.reading() as repos:
            return await repos.receipts.find_voucher(notice.subject_id or 0)

    async def refund_of_notice(self, notice: Notice) -> Refund | None:
        async with self._db.reading() as repos:
            return await repos.payments.find_refund(notice.subject_id or 0)

    async def _book_back(
        self, tx: Repos, payment: Payment, *, reason: str, by: Person, operation_id: UUID
    ) -> int:
        """All of it, whatever it settles; returns the id of the refund."""
        now, allocations = self._now(), await tx.payments.allocations(of_payment=payment.id)
        back = given_back(allocations, payment.total_paise)
        await allocate(tx, back, payment.account, by=by, now=now)
        await tx.bank_references.release(payment_id=payment.id)
        await _ask_again(tx, payment.id)
        return await give_back(
            tx,
            RefundKind.REVERSAL,
            payment.account,
            payment.lines,
            (Unused(payment_id=payment.id, unused_paise=payment.total_paise),),
            reason=reason,
            by=by,
            now=now,
            operation_id=operation_id,
        )


async def _ask_again(tx: Repos, payment_id: int) -> None:
    """What the club had asked for, if this payment was the answer, and they are here to pay it."""
    request_id = await tx.payment_requests.reopen(payment_id)
    if request_id is not None:
        await tx.notices.refresh(NoticeKind.PAYMENT_REQUESTED, subject_id=request_id)


async def _payment(tx: Repos, payment_id: int) -> Payment:
    payment = await tx.payments.find(payment_id)
    if payment is None:
        raise PaymentGone
    return payment


async def _refund(tx: Repos, refund_id: int) -> Refund:
    refund = await tx.payments.find_refund(refund_id)
    if refund is None:
        raise PaymentGone
    return refund
