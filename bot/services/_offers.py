"""A plan for one person, as it would be bought now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.db.database import Repos
from bot.errors import Refusal
from bot.errors.plans import PlanGone
from bot.errors.promos import PromoNotForPlan, PromoUnknown
from bot.errors.subscriptions import NotRegistered, RegistrationWaits
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.plans import Plan
from bot.models.promos import Discount
from bot.models.purchases import Offer
from bot.models.subscriptions import Access, Standing
from bot.models.upgrades import Upgrade
from bot.services._access import standing_of
from bot.services._activating import follows_on
from bot.services._credit import credit_of
from bot.services._plan_bill import tax_within
from bot.services._worth import worth_of


def require_member(me: Person) -> None:
    """Whoever holds an office and does not train here buys nothing either.

    Raises:
        NotRegistered, RegistrationWaits: what to do next differs.
    """
    if not me.is_member:
        raise RegistrationWaits if me.is_pending else NotRegistered


async def offers_of(repos: Repos, plans: Iterable[Plan], me: Person, *, today: date) -> list[Offer]:
    """Of several plans on sale, in their order."""
    prospect = await _prospect(repos, me, today=today)
    return [await _offer(repos, plan, prospect) for plan in plans]


async def offer_of(
    repos: Repos, plan_id: int, me: Person, *, today: date, code: str | None = None
) -> Offer:
    """One plan; with a discount where ``code`` is good for it, or else why it is not.

    Raises:
        PlanGone: not on sale any more.
    """
    plan = await repos.plans.find(plan_id)
    if plan is None or not plan.is_on_sale:
        raise PlanGone
    return await _offer(repos, plan, await _prospect(repos, me, today=today), code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prospect:
    """What of a person decides on every offer to them; ``may_owe_paise``: in all, by the rules."""

    person: Person
    today: date
    after: date | None
    pays_joining_fee: bool
    owed_paise: int
    credit_paise: int
    may_owe_paise: int


async def _prospect(repos: Repos, me: Person, *, today: date) -> _Prospect:
    subscriptions = await repos.subscriptions.list_of(me.id)
    after = await follows_on(repos, subscriptions, today=today)
    rules, account = await repos.subscription_rules.get(), Account(person_id=me.id)
    return _Prospect(
        person=me,
        today=today,
        after=after if after > today else None,
        pays_joining_fee=all(each.is_trial for each in subscriptions),
        owed_paise=sum(due.due_paise for due in await repos.payments.dues(account)),
        credit_paise=await credit_of(repos, account),
        may_owe_paise=rules.pay_later_limit_paise if rules.pay_later else 0,
    )


async def _offer(repos: Repos, plan: Plan, to: _Prospect, code: str | None = None) -> Offer:
    fee = plan.joining_fee_paise if to.pays_joining_fee else 0
    judged = await _judge(repos, code, plan, to.person, today=to.today) if code else None
    discount, obstacle = (None, judged) if isinstance(judged, Refusal) else (judged, None)
    total_paise = plan.price_paise + fee - (discount.paise if discount else 0)
    return Offer(
        plan=plan,
        joining_fee_paise=fee,
        tax_paise=await tax_within(repos, plan, price_paise=total_paise, today=to.today),
        today=to.today,
        after=to.after,
        may_pay_later=to.owed_paise + total_paise - to.credit_paise <= to.may_owe_paise,
        credit_paise=to.credit_paise,
        discount=discount,
        obstacle=obstacle,
    )


async def trial_days(repos: Repos, me: Person) -> int:
    """Of the trial that they may begin; 0: the club gives none, or they have had something."""
    days = (await repos.subscription_rules.get()).trial_days
    return 0 if days and await repos.subscriptions.list_of(me.id) else days


async def _judge(
    repos: Repos, code: str, plan: Plan, me: Person, *, today: date
) -> Discount | Refusal:
    """What a code gives, or why it gives nothing."""
    promo = await repos.promos.find_named(code)
    if promo is None or not promo.is_on:
        return PromoUnknown(code=code)
    used = await repos.promos.count_used_by(promo.id, me.id)
    if no := promo.objection(plan.id, used_by_me=used, today=today):
        return no
    paise = promo.gives.off(plan.price_paise)
    if not paise:
        return PromoNotForPlan(code=code)
    return Discount(promo_id=promo.id, code=code, paise=paise)


async def upgrade_of(
    repos: Repos, me: Person, *, today: date, stands: Standing | None = None
) -> Upgrade | None:
    """What is taken off whatever begins in place of the one that runs; ``stands``: if it is known.

    ``None``: nothing runs, it was never billed, or another follows on, whose days would be lost.
    """
    runs = stands or await standing_of(repos, me.id, today=today)
    current = runs.subscription
    if current is None or runs.access not in {Access.ACTIVE, Access.FROZEN}:
        return None
    bought = await repos.subscriptions.list_of(me.id)
    worth = await worth_of(repos, current, today=today)
    if worth is None or not worth.unused_paise:
        return None
    if any(each.term.last_day > current.term.last_day for each in bought):
        return None
    return Upgrade(
        subscription_id=current.id,
        plan_name=current.plan_name,
        share=worth.share,
        credit_paise=worth.unused_paise,
        unpaid_paise=max(0, worth.balance.due_paise),
    )


async def with_upgrade(repos: Repos, offer: Offer, me: Person) -> Offer:
    """With what an upgrade takes off, where something is left to pay."""
    upgrade = await upgrade_of(repos, me, today=offer.today)
    fits = upgrade is not None and upgrade.leaves(offer.total_paise)
    return replace(offer, upgrade=upgrade if fits else None)
