"""The rest of a subscription goes to another member; taking it back is undoing a change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.database import Database, Repos
from bot.db.subscriptions import NewSubscription
from bot.errors import PersonGone
from bot.errors.subscriptions import (
    FrozenNow,
    NotAReceiver,
    NothingLeft,
    SubscriptionChanged,
    TheirsAlready,
)
from bot.models.audit import AuditAction
from bot.models.notices import NoticeKind
from bot.models.people import Person
from bot.models.prorata import share
from bot.models.subscriptions import Change, ChangeKind, Subscription, visits_left
from bot.models.transfers import Rest, Transfer, TransferSeen
from bot.services._activating import follows_on
from bot.services._authority import require_admin_among
from bot.services._clock import utc_now
from bot.services._subscription_changes import change_one, there


class TransferService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def rest(self, subscription_id: int) -> Rest:
        """What of it there is to give over.

        Raises:
            SubscriptionGone, PersonGone.
            NothingLeft: over, cancelled, its visits are used up, or it is a trial.
            FrozenNow: frozen today.
        """
        async with self._db.reading() as repos:
            return await self._rest(repos, subscription_id)

    async def preview(self, subscription_id: int, receiver_id: int) -> Transfer:
        """As it would be made now; nothing is kept.

        Raises:
            Refusal: see ``transfer``.
        """
        async with self._db.reading() as repos:
            return await self._plan(repos, subscription_id, receiver_id)

    async def transfer(
        self,
        subscription_id: int,
        receiver_id: int,
        *,
        by: Person,
        operation_id: UUID,
        seen: TransferSeen | None = None,
    ) -> None:
        """It ends with yesterday; the receiver has its unused days from today, or after their own.

        No money moves: the giver's bill stays as it is. Once per operation.

        Raises:
            SubscriptionGone, PersonGone, NotAllowed, NothingLeft, FrozenNow.
            TheirsAlready, NotAReceiver: it cannot be them.
            SubscriptionChanged: what would be made is not what was ``seen``.
        """
        async with self._db.transaction() as tx:
            found = there(await tx.subscriptions.find(subscription_id))
            admin = await require_admin_among(tx, by, found.person_id, receiver_id)
            if await tx.subscriptions.has_change(operation_id):
                return
            plan = await self._plan(tx, subscription_id, receiver_id)
            if seen not in {None, plan.seen}:
                raise SubscriptionChanged
            now = self._now()
            change = Change(id=0, kind=ChangeKind.CANCEL, on=plan.rest.today)
            change_id = await change_one(
                tx,
                plan.rest.subscription,
                change,
                by=admin,
                now=now,
                operation_id=operation_id,
                told={"moved": True},
            )
            await _give(tx, plan, change_id, by=admin, now=now)

    async def _plan(self, repos: Repos, subscription_id: int, receiver_id: int) -> Transfer:
        rest = await self._rest(repos, subscription_id)
        receiver = await repos.people.find(receiver_id)
        if receiver is None or receiver.is_deleted:
            raise PersonGone
        if receiver.id == rest.giver.id:
            raise TheirsAlready
        if not receiver.may_train:
            raise NotAReceiver
        theirs = await repos.subscriptions.list_of(receiver_id)
        first_day = await follows_on(repos, theirs, today=rest.today)
        return Transfer(
            rest=rest,
            receiver=receiver,
            first_day=first_day,
            last_day=first_day + timedelta(days=rest.days - 1),
        )

    async def _rest(self, repos: Repos, subscription_id: int) -> Rest:
        subscription = there(await repos.subscriptions.find(subscription_id))
        giver = await repos.people.find(subscription.person_id)
        if giver is None or giver.is_deleted:
            raise PersonGone
        today, term = (await repos.club.get()).day(self._now()), subscription.term
        days, left = share(term, today).unused_days, await _visits_left(repos, subscription)
        is_over = term.is_cancelled or term.last_day < today or left == 0 or not days
        if is_over or subscription.is_trial:
            raise NothingLeft
        if term.is_frozen(today):
            raise FrozenNow
        return Rest(giver=giver, subscription=subscription, today=today, days=days, visits=left)


async def _visits_left(repos: Repos, subscription: Subscription) -> int | None:
    visits = await repos.visits.list_of(subscription.person_id)
    return visits_left(subscription, subscription.term, (visit.day for visit in visits))


async def _give(tx: Repos, plan: Transfer, change_id: int, *, by: Person, now: datetime) -> None:
    given = plan.rest.subscription
    made = await tx.subscriptions.add(
        NewSubscription(
            request_id=None,
            person_id=plan.receiver.id,
            plan_id=given.plan_id,
            plan_name=given.plan_name,
            price_paise=0,
            first_day=plan.first_day,
            last_day=plan.last_day,
            visits_limit=plan.rest.visits,
            invoice_id=None,
            bought_at=now,
            recorded_by=by.id,
            moved_by=change_id,
        )
    )
    await tx.audit.add(
        AuditAction.SUBSCRIPTION_RECEIVED,
        by=by,
        subject_id=plan.receiver.id,
        after={"plan": given.plan_name, "last_day": plan.last_day.isoformat()},
    )
    await tx.notices.add(
        NoticeKind.SUBSCRIPTION_BEGUN,
        to=plan.receiver.id,
        subject_id=made,
        dedupe_key=f"{NoticeKind.SUBSCRIPTION_BEGUN}:{made}",
    )
