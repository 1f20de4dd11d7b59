"""A purchase under lock, its card, and who has decided on it."""

from collections.abc import Sequence
from datetime import date

from bot.db.database import Repos
from bot.errors.subscriptions import PurchaseGone, SubscriptionGone
from bot.models.payments import Account, Method
from bot.models.people import Person
from bot.models.purchases import (
    Deal,
    Decision,
    Purchase,
    PurchaseCard,
    PurchaseStatus,
    PurchaseVerdict,
    Starts,
)
from bot.models.renewals import next_start
from bot.models.subscriptions import Subscription
from bot.services._access import standing_of
from bot.services._accounts import hold_account
from bot.services._credit import credit_of
from bot.services._worth import replaced_by


async def hold_purchase(tx: Repos, purchase_id: int, *, by: Person) -> tuple[Purchase, Person]:
    """It and the admin, locked; people first, as everywhere.

    Raises:
        PurchaseGone, NotAllowed.
    """
    found = await tx.purchases.find(purchase_id)
    if found is None:
        raise PurchaseGone
    admin = await hold_account(tx, Account(person_id=found.person_id), by=by)
    purchase = await tx.purchases.hold(purchase_id)
    if purchase is None:
        raise PurchaseGone
    return purchase, admin


async def first_day(repos: Repos, purchase: Purchase, *, today: date) -> date:
    """When it begins if it is approved now; nothing that is paid already is lost."""
    if purchase.starts is not Starts.AFTER:
        return today
    return await follows_on(
        repos, await repos.subscriptions.list_of(purchase.person_id), today=today
    )


async def follows_on(repos: Repos, bought: Sequence[Subscription], *, today: date) -> date:
    """See ``next_start``, of all that one person has; visits are read only where they count."""
    limited = [each for each in bought if each.visits_limit is not None]
    came: list[date] = []
    if limited:
        first = min(each.term.first_day for each in limited)
        came = await repos.visits.list_since(limited[0].person_id, first)
    return next_start(bought, came, today=today)


async def card_of(repos: Repos, purchase_id: int, *, today: date) -> PurchaseCard | None:
    purchase = await repos.purchases.find(purchase_id)
    person = await repos.people.find(purchase.person_id) if purchase else None
    if purchase is None or person is None:
        return None
    subscription_id = await repos.subscriptions.find_id_of(purchase_id)
    deal = await deal_of(repos, subscription_id) if subscription_id else None
    begins = await first_day(repos, purchase, today=today)
    if deal is not None:
        begins = deal.subscription.first_day
    claim = await repos.claims.find(purchase.claim_id) if purchase.claim_id else None
    sums = {Method.UPI: 0, Method.CASH: 0}
    for line in claim.lines if claim else ():
        sums[line.method] = sums.get(line.method, 0) + line.amount_paise
    member = await repos.members.find_card(purchase.person_id)
    replaced = await replaced_by(repos, purchase, today=today)
    return PurchaseCard(
        purchase=purchase,
        person=person,
        claim=claim,
        standing=await standing_of(repos, purchase.person_id, today=today),
        first_day=begins,
        usual=Decision(
            price_paise=purchase.price_paise,
            last_day=purchase.duration.last_day(begins),
            upi_paise=sums[Method.UPI],
            cash_paise=sums[Method.CASH],
            credit_paise=replaced.credit_paise if replaced else 0,
        ),
        decided_by=await repos.people.find(purchase.decided_by) if purchase.decided_by else None,
        photo_file_id=member.profile.photo_file_id if member and member.profile else None,
        plan=await repos.plans.find(purchase.plan_id),
        same_proof=tuple(await repos.claims.list_same_proof(claim)) if claim else (),
        deal=deal,
        replaced=replaced,
        own_credit_paise=await credit_of(repos, Account(person_id=purchase.person_id)),
    )


async def deal_of(repos: Repos, subscription_id: int) -> Deal:
    """Raises SubscriptionGone: never there."""
    subscription = await repos.subscriptions.find(subscription_id)
    if subscription is None:
        raise SubscriptionGone
    purchase_id, invoice_id = await repos.subscriptions.origin(subscription_id)
    payment, credit_paise = None, 0
    if purchase_id is not None:
        operation_id = await repos.purchases.operation_id(purchase_id)
        payment_id = await repos.payments.find_id(operation_id)
        payment = await repos.payments.find(payment_id) if payment_id else None
        credit_paise = await repos.credit_notes.total_of(operation_id)
    return Deal(
        subscription=subscription,
        invoice_id=invoice_id,
        lines=payment.lines if payment else (),
        due_paise=await repos.invoices.due(invoice_id) if invoice_id else 0,
        credit_paise=credit_paise,
    )


async def verdict(
    repos: Repos, purchase_id: int, asked: PurchaseStatus, *, by: Person, today: date
) -> PurchaseVerdict:
    card = await card_of(repos, purchase_id, today=today)
    if card is None:
        raise PurchaseGone
    purchase = card.purchase
    stands = purchase.status is asked and purchase.decided_by == by.id
    return PurchaseVerdict(card=card, stands=stands)
