"""A member's own subscription, looked at."""

from collections.abc import Callable
from datetime import datetime

from bot.db.database import Database
from bot.models.my_subscription import PAYMENTS, MySubscription
from bot.models.people import Person
from bot.services._access import standing_of
from bot.services._clock import utc_now
from bot.services._offers import upgrade_of


class MySubscriptionService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def overview(self, *, me: Person) -> MySubscription:
        """How ``me`` stands today, what they have, and what waits."""
        async with self._db.reading() as repos:
            club = await repos.club.get()
            today = club.day(self._now())
            rules = await repos.subscription_rules.get()
            bought = await repos.subscriptions.list_of(me.id)
            bought.sort(key=lambda each: each.term.first_day)
            waiting = await repos.purchases.find_waiting_of(me.id)
            stands = await standing_of(repos, me.id, today=today)
            upgrade = None if waiting else await upgrade_of(repos, me, today=today, stands=stands)
            plans = await repos.plans.list(only_on_sale=True) if upgrade else []
            payments = await repos.plan_sales.payments_of(
                me.id, timezone=club.timezone, limit=PAYMENTS
            )
            return MySubscription(
                today=today,
                standing=stands,
                running=tuple(each for each in bought if each.term.holds(today)),
                ahead=tuple(
                    each for each in bought if today < each.term.first_day <= each.term.last_day
                ),
                waiting=waiting,
                payments=tuple(payments),
                due_paise=await repos.plan_sales.due_of(me.id),
                may_invite=rules.referral_reward_paise > 0,
                can_upgrade=any(upgrade.leaves(each.price_paise) for each in plans if upgrade),
            )
