"""What a subscription is worth still, and that going back as a credit note."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from bot.db.database import Repos
from bot.errors.credit_notes import NothingToCredit
from bot.models.credit_notes import Seen, late_since
from bot.models.payments import Unused
from bot.models.people import Person
from bot.models.prorata import Share, Worth, share
from bot.models.purchases import Purchase
from bot.models.subscriptions import Subscription, visits_left
from bot.models.upgrades import Replaced
from bot.services._crediting import check, reduction
from bot.services._noting import issue_note


async def worth_of(repos: Repos, subscription: Subscription, *, today: date) -> Worth | None:
    """``None``: it was never billed, or all of its bill is credited."""
    purchase_id, invoice_id = await repos.subscriptions.origin(subscription.id)
    invoice = await repos.invoices.find(invoice_id) if invoice_id else None
    if invoice is None:
        return None
    worth = Worth(
        today=today,
        invoice_id=invoice.id,
        number=invoice.number,
        share=await _share(repos, subscription, today=today),
        balance=await repos.balances.get(invoice.id),
        joining_fee_paise=await repos.purchases.joining_fee(purchase_id) if purchase_id else 0,
        late_since=late_since(invoice, invoice.totals, today),
    )
    return worth if worth.creditable_paise > 0 else None


async def _share(repos: Repos, subscription: Subscription, *, today: date) -> Share:
    whole, limit = share(subscription.term, today), subscription.visits_limit
    if limit is None:
        return whole
    term = subscription.term
    came = await repos.visits.list_since(subscription.person_id, term.first_day)
    left = visits_left(subscription, term, came) or 0
    return replace(whole, unused_visits=left, all_visits=limit)


async def replaced_by(repos: Repos, purchase: Purchase, *, today: date) -> Replaced | None:
    """What ends when it is approved; of what is cancelled already nothing is taken off."""
    if purchase.upgrades_id is None:
        return None
    subscription = await repos.subscriptions.find(purchase.upgrades_id)
    if subscription is None:
        return None
    worth = await worth_of(repos, subscription, today=today)
    is_over = subscription.term.is_cancelled
    return Replaced(
        subscription=subscription,
        invoice_id=worth.invoice_id if worth else None,
        asked_paise=purchase.credit_paise,
        creditable_paise=worth.creditable_paise if worth and not is_over else 0,
        unpaid_paise=max(0, worth.balance.due_paise) if worth else 0,
        late_since=worth.late_since if worth and not is_over else None,
    )


async def credit_back(  # noqa: PLR0913 -- all that a credit note is made of
    tx: Repos,
    invoice_id: int,
    paise: int,
    *,
    reason: str,
    by: Person,
    now: datetime,
    operation_id: UUID,
    seen: Seen | None = None,
) -> list[Unused]:
    """Take back so much of a subscription's bill, which has one line; returns what was freed.

    Raises:
        NothingToCredit, NotCreditable, SeriesFull.
        InvoiceChanged: something was booked on it since it was ``seen``.
    """
    invoice = await tx.invoices.find(invoice_id)
    if invoice is None:
        raise NothingToCredit
    plan = await reduction(tx, invoice, position=1, paise=paise)
    check(plan, seen)
    _, freed = await issue_note(tx, plan, reason=reason, by=by, now=now, operation_id=operation_id)
    return freed
