"""A subscription cancelled together with its money: days and paise go in one transaction."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.payments import TooMuchToRefund
from bot.errors.subscriptions import MoreThanBilled, SubscriptionChanged
from bot.models.payments import Account, RefundKind, take_from
from bot.models.people import Person
from bot.models.prorata import Settlement, Worth
from bot.models.subscription_cards import newest
from bot.models.subscriptions import Change, ChangeKind, Subscription
from bot.services._accounts import hold_account
from bot.services._clock import utc_now
from bot.services._refunds import give_back
from bot.services._subscription_changes import change_one, there
from bot.services._worth import credit_back, worth_of


class CancellationService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def worth(self, subscription_id: int) -> Worth | None:
        """What it is worth if it ends today; ``None``: no money is to be decided on.

        Raises:
            SubscriptionGone.
        """
        async with self._db.reading() as repos:
            subscription = there(await repos.subscriptions.find(subscription_id))
            return await worth_of(repos, subscription, today=await self._today(repos))

    async def cancel(  # noqa: PLR0913 -- all that such a cancellation is made of
        self,
        subscription_id: int,
        settlement: Settlement,
        *,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: int | None = None,
    ) -> Subscription:
        """From today it runs no longer, and its money goes as it is settled; once per operation.

        A credit note lowers what is owed on its bill; what was paid of that becomes credit, out of
        which a refund is paid. ``seen``: as in ``SubscriptionService.extend``.

        Raises:
            SubscriptionGone, NotAllowed, SubscriptionOver, SeriesFull, NotCreditable.
            SubscriptionChanged: it, or the day, is another than was looked at.
            InvoiceChanged: something was booked on its bill since.
            MoreThanBilled: than is left of its bill.
            TooMuchToRefund: than was paid of what is credited.
        """
        async with self._db.transaction() as tx:
            found = there(await tx.subscriptions.find(subscription_id))
            account = Account(person_id=found.person_id)
            admin = await hold_account(tx, account, by=by)
            before = there(await tx.subscriptions.find(subscription_id))
            if await tx.subscriptions.has_change(operation_id):
                return before
            today = await self._today(tx)
            if seen not in {None, newest(before)} or settlement.on != today:
                raise SubscriptionChanged
            worth = _checked(settlement, await worth_of(tx, before, today=today))
            change = Change(id=0, kind=ChangeKind.CANCEL, on=today)
            known: dict[str, Any] = {"by": admin, "now": self._now(), "operation_id": operation_id}
            await change_one(tx, before, change, reason, **known, told=_told(settlement, worth))
            await _settle(tx, account, settlement, worth, reason=reason, **known)
            return there(await tx.subscriptions.find(subscription_id))

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


async def _settle(  # noqa: PLR0913 -- all that a credit note and a refund are made of
    tx: Repos,
    account: Account,
    settlement: Settlement,
    worth: Worth,
    *,
    reason: str,
    by: Person,
    now: datetime,
    operation_id: UUID,
) -> None:
    """The credit note, and out of what it frees the refund."""
    known: dict[str, Any] = {
        "reason": reason,
        "by": by,
        "now": now,
        "operation_id": operation_id,
    }
    paise, seen = settlement.credit_paise, settlement.seen
    freed = await credit_back(tx, worth.invoice_id, paise, seen=seen, **known)
    if line := settlement.refund:
        money = {each.payment_id for each in await tx.payments.refundable(account)}
        freed = [each for each in freed if each.payment_id in money]  # a reward is never paid out
        if (paid := sum(each.unused_paise for each in freed)) < line.amount_paise:
            raise TooMuchToRefund(credit_paise=paid)
        sources = tuple(take_from(freed, line.amount_paise))
        await give_back(tx, RefundKind.REFUND, account, (line,), sources, **known)


def _checked(settlement: Settlement, worth: Worth | None) -> Worth:
    creditable = worth.creditable_paise if worth else 0
    if worth is None or not 0 < settlement.credit_paise <= creditable:
        raise MoreThanBilled(creditable_paise=creditable)
    freed = worth.freed_paise(settlement.credit_paise)
    if settlement.refund and settlement.refund.amount_paise > freed:
        raise TooMuchToRefund(credit_paise=freed)
    return worth


def _told(settlement: Settlement, worth: Worth) -> dict[str, int]:
    """The figures, in paise, as the log and the member's notice tell them."""
    paid_out = settlement.refund.amount_paise if settlement.refund else 0
    return {
        "credited_paise": settlement.credit_paise,
        "kept_paise": worth.freed_paise(settlement.credit_paise) - paid_out,
        "refunded_paise": paid_out,
    }
