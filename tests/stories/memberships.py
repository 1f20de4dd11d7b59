"""What stories about subscriptions share: somebody who has one, asks for one, or had one."""

from datetime import date, timedelta
from uuid import uuid4

from bot.db.subscriptions import NewSubscription
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.purchases import NewPurchase, Purchase, Starts
from bot.models.subscriptions import Change, ChangeKind
from tests.stories.test_visits import club_today


async def subscribed(
    db, person, *, ends_in: int, days: int = 30, today: date | None = None, plan_id=1, visits=None
) -> int:
    """A subscription whose last day is so many days from today (below zero: ago)."""
    last = (today or club_today()) + timedelta(days=ends_in)
    new = NewSubscription(
        request_id=None,
        person_id=person.id,
        plan_id=plan_id,
        plan_name={1: "30 Days", 2: "90 Days", 3: "180 Days"}[plan_id],
        price_paise=2_500_00,
        first_day=last - timedelta(days=days - 1),
        last_day=last,
        visits_limit=visits,
        invoice_id=None,
        bought_at=await _moment(db),
        recorded_by=person.id,
    )
    async with db.transaction() as tx:
        return await tx.subscriptions.add(new)


async def changed(db, subscription_id: int, kind: ChangeKind, *, days=0, on=None, delta=0) -> None:
    """A counter-entry as an admin's hand leaves it."""
    async with db.transaction() as tx:
        found = await tx.subscriptions.find(subscription_id)
        await tx.subscriptions.add_change(
            subscription_id,
            Change(id=0, kind=kind, days=days, on=on),
            delta_days=delta,
            reason="",
            at=await _moment(db),
            by=found.person_id,
            operation_id=uuid4(),
        )


async def asked(services, person, *, starts=Starts.TODAY) -> Purchase:
    """They ask for 30 days, paid in cash."""
    payment = NewClaim(lines=(PaymentLine(method=Method.CASH, amount_paise=2_500_00),))
    new = NewPurchase(plan_id=1, starts=starts, total_paise=2_500_00, payment=payment)
    return await services.purchases.submit(new, me=person, operation_id=uuid4())


async def _moment(db):
    async with db.reading() as repos:
        return await repos.privacy.now()
