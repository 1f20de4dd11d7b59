"""The free trial: offered to whoever never had a subscription, begun with one tap."""

from collections.abc import Callable
from datetime import date, datetime

from bot.db.database import Database, Repos
from bot.db.subscriptions import NewSubscription
from bot.errors import NotAllowed
from bot.errors.subscriptions import PurchaseWaiting, SubscriptionGone
from bot.errors.trials import TrialChanged, TrialGone, TrialUsed
from bot.models.audit import AuditAction
from bot.models.notices import Audience, Notice, NoticeKind
from bot.models.people import Person, Role
from bot.models.subscriptions import Subscription
from bot.models.trials import NAME, Trial, TrialNews
from bot.services._clock import utc_now
from bot.services._offers import require_member


class TrialService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def offer(self, *, me: Person) -> Trial:
        """The trial that ``me`` may begin now.

        Raises:
            NotRegistered, RegistrationWaits: for members only.
            TrialGone, TrialUsed, PurchaseWaiting: they may not.
        """
        require_member(me)
        async with self._db.reading() as repos:
            return await _offer(repos, me, today=await self._today(repos))

    async def begin(self, seen: Trial, *, me: Person) -> Subscription:
        """Begin what was ``seen``, today; a second tap finds the same.

        Raises:
            NotAllowed: for members only.
            TrialGone, TrialUsed, PurchaseWaiting: they may not.
            TrialChanged: the rule, or the day, is another one by now.
        """
        async with self._db.transaction() as tx:
            person = await tx.people.hold(me.id)
            if person is None or not person.may_train:
                raise NotAllowed(role="member")
            if made := await _begun(tx, seen, me):
                return made
            if seen != await _offer(tx, me, today=await self._today(tx)):
                raise TrialChanged
            subscription_id = await tx.subscriptions.add(self._new(seen, me))
            await _tell(tx, subscription_id, seen, by=person)
            if made := await tx.subscriptions.find(subscription_id):
                return made
            raise SubscriptionGone

    async def news(self, notice: Notice) -> TrialNews | None:
        """What an admin hears. ``None``: they are no admin any more, or the member is deleted."""
        async with self._db.reading() as repos:
            admin = await repos.people.find(notice.recipient_id)
            subscription = await repos.subscriptions.find(notice.subject_id or 0)
            person = await repos.people.find(subscription.person_id) if subscription else None
        if admin is None or admin.role < Role.ADMIN:
            return None
        if subscription is None or person is None or person.is_deleted:
            return None
        return TrialNews(person=person, subscription=subscription)

    def _new(self, trial: Trial, me: Person) -> NewSubscription:
        return NewSubscription(
            request_id=None,
            person_id=me.id,
            plan_id=None,
            plan_name=NAME,
            price_paise=0,
            first_day=trial.first_day,
            last_day=trial.last_day,
            visits_limit=None,
            invoice_id=None,
            bought_at=self._now(),
            recorded_by=me.id,
            is_trial=True,
        )

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


async def _offer(repos: Repos, me: Person, *, today: date) -> Trial:
    if await repos.subscriptions.list_of(me.id):
        raise TrialUsed
    if await repos.purchases.find_waiting_of(me.id):
        raise PurchaseWaiting
    days = (await repos.subscription_rules.get()).trial_days
    if not days:
        raise TrialGone
    return Trial(first_day=today, days=days)


async def _begun(repos: Repos, seen: Trial, me: Person) -> Subscription | None:
    """What an earlier tap on the same button has begun."""
    for each in await repos.subscriptions.list_of(me.id):
        if each.is_trial and (each.first_day, each.last_day) == (seen.first_day, seen.last_day):
            return each
    return None


async def _tell(tx: Repos, subscription_id: int, trial: Trial, *, by: Person) -> None:
    await tx.audit.add(
        AuditAction.TRIAL_BEGUN,
        by=by,
        subject_id=by.id,
        after={"plan": NAME, "last_day": trial.last_day.isoformat()},
    )
    kind = NoticeKind.TRIAL_BEGUN
    await tx.notices.add_for(Audience.ADMINS, kind, subject_id=subscription_id)
