"""Subscriptions once they are bought: how people stand, and what admins change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors.subscriptions import (
    NotFrozen,
    NothingToUndo,
    SubscriptionGone,
    SubscriptionOver,
    TooLongFrozen,
)
from bot.models.audit import AuditAction
from bot.models.notices import NoticeKind
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.subscriptions import (
    EXPIRING_DAYS,
    Change,
    ChangeKind,
    Rules,
    Standing,
    Subscription,
    SubscriptionEntry,
    SubscriptionList,
    SubscriptionPage,
    Term,
)
from bot.services._accounts import hold_account
from bot.services._activating import standing_of
from bot.services._authority import require_admin
from bot.services._clock import utc_now
from bot.services._pages import nearest

PAGE: Final = 8


class SubscriptionService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def standing(self, person_id: int) -> Standing:
        """What somebody may use today: the one access rule, asked of the rows."""
        async with self._db.reading() as repos:
            return await standing_of(repos, person_id, today=await self._today(repos))

    async def list_of(self, person_id: int) -> list[Subscription]:
        """In the order in which they were bought."""
        async with self._db.reading() as repos:
            return await repos.subscriptions.list_of(person_id)

    async def find(self, subscription_id: int) -> Subscription:
        """Raises SubscriptionGone: never there."""
        async with self._db.reading() as repos:
            return _there(await repos.subscriptions.find(subscription_id))

    async def rules(self) -> Rules:
        async with self._db.reading() as repos:
            return await repos.subscriptions.rules()

    async def set_rules(self, rules: Rules, *, by: Person) -> None:
        """Raises NotAllowed: for admins only."""
        async with self._db.transaction() as tx:
            admin = await require_admin(tx, by)
            was = await tx.subscriptions.rules()
            if was != rules:
                await tx.subscriptions.save_rules(rules)
                await tx.audit.add(
                    AuditAction.SUBSCRIPTION_RULES_CHANGED,
                    by=admin,
                    before=_facts(was),
                    after=_facts(rules),
                )

    async def page(self, which: SubscriptionList, number: int) -> SubscriptionPage:
        """People by how they stand today, who ends first on top."""
        async with self._db.reading() as repos:
            today = await self._today(repos)
            soon = today + timedelta(days=EXPIRING_DAYS)
            count = await repos.subscriptions.count_people(which, today=today, soon=soon)
            number, pages = nearest(number, of=count, size=PAGE)
            entries: list[SubscriptionEntry] = await repos.subscriptions.list_people(
                which, today=today, soon=soon, limit=PAGE, offset=number * PAGE
            )
        return SubscriptionPage(
            which=which, number=number, pages=pages, count=count, entries=entries
        )

    async def extend(
        self, subscription_id: int, *, days: int, reason: str, by: Person, operation_id: UUID
    ) -> Subscription:
        """By so many days, or (below zero) less; once per operation.

        Raises:
            SubscriptionGone, NotAllowed.
            SubscriptionOver: cancelled, or it would end before it began.
        """
        change = Change(id=0, kind=ChangeKind.EXTEND, days=days)
        return await self._change(subscription_id, change, reason, by, operation_id)

    async def freeze(  # noqa: PLR0913 -- all that a freeze is made of
        self,
        subscription_id: int,
        *,
        on: date,
        days: int,
        reason: str,
        by: Person,
        operation_id: UUID,
    ) -> Subscription:
        """From a day that has not passed, for so many days; its end moves with them.

        Raises:
            SubscriptionGone, NotAllowed.
            SubscriptionOver: it does not run on that day, or is frozen then already.
            TooLongFrozen: more days than the club allows for one subscription.
        """
        change = Change(id=0, kind=ChangeKind.FREEZE, on=on, days=days)
        return await self._change(subscription_id, change, reason, by, operation_id)

    async def unfreeze(
        self, subscription_id: int, *, by: Person, operation_id: UUID
    ) -> Subscription:
        """From today it runs again; the days that were left of the freeze are given back.

        Raises:
            SubscriptionGone, NotAllowed, NotFrozen.
        """
        change = Change(id=0, kind=ChangeKind.UNFREEZE, on=await self._now_day())
        return await self._change(subscription_id, change, "", by, operation_id)

    async def cancel(
        self, subscription_id: int, *, reason: str, by: Person, operation_id: UUID
    ) -> Subscription:
        """From today it runs no longer, and there is no grace. Money is another matter.

        Raises:
            SubscriptionGone, NotAllowed, SubscriptionOver.
        """
        change = Change(id=0, kind=ChangeKind.CANCEL, on=await self._now_day())
        return await self._change(subscription_id, change, reason, by, operation_id)

    async def undo(
        self, subscription_id: int, change_id: int, *, by: Person, operation_id: UUID
    ) -> Subscription:
        """Take back a change by a counter-entry.

        Raises:
            SubscriptionGone, NotAllowed.
            NothingToUndo: taken back already, or never made.
        """
        change = Change(id=0, kind=ChangeKind.UNDO, undoes_id=change_id)
        return await self._change(subscription_id, change, "", by, operation_id)

    async def _change(
        self, subscription_id: int, change: Change, reason: str, by: Person, operation_id: UUID
    ) -> Subscription:
        async with self._db.transaction() as tx:
            found = _there(await tx.subscriptions.find(subscription_id))
            admin = await hold_account(tx, Account(person_id=found.person_id), by=by)
            if await tx.subscriptions.has_change(operation_id):
                return _there(await tx.subscriptions.find(subscription_id))
            now = self._now()
            today = (await tx.club.get()).day(now)
            before = _there(await tx.subscriptions.find(subscription_id))
            _check(before, change, today=today, rules=await tx.subscriptions.rules())
            after = replace(before, changes=(*before.changes, replace(change, id=2**62)))
            delta = (after.term.last_day - before.term.last_day).days
            await tx.subscriptions.add_change(
                subscription_id,
                change,
                delta_days=delta,
                reason=reason,
                at=now,
                by=admin.id,
                operation_id=operation_id,
            )
            await _tell(tx, before, after, change, reason, by=admin, operation_id=operation_id)
            return _there(await tx.subscriptions.find(subscription_id))

    async def _now_day(self) -> date:
        async with self._db.reading() as repos:
            return await self._today(repos)

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


def _check(  # noqa: C901 -- one rule for each kind
    subscription: Subscription, change: Change, *, today: date, rules: Rules
) -> None:
    term = subscription.term
    match change.kind:
        case ChangeKind.UNDO:
            _check_undo(subscription, change)
        case ChangeKind.UNFREEZE:
            if not term.is_frozen(today):
                raise NotFrozen
        case ChangeKind.EXTEND:
            if term.is_cancelled or term.last_day + timedelta(change.days) < term.first_day:
                raise SubscriptionOver
        case ChangeKind.CANCEL:
            if term.is_cancelled or term.last_day < today:
                raise SubscriptionOver
        case ChangeKind.FREEZE:
            _check_freeze(term, change.on or today, change.days, today=today, rules=rules)


def _check_undo(subscription: Subscription, change: Change) -> None:
    undone = {each.undoes_id for each in subscription.changes}
    known = {c.id for c in subscription.changes if c.kind is not ChangeKind.UNDO}
    if change.undoes_id in undone or change.undoes_id not in known:
        raise NothingToUndo


def _check_freeze(term: Term, day: date, days: int, *, today: date, rules: Rules) -> None:
    if term.is_cancelled or day < today or not term.holds(day) or term.is_frozen(day):
        raise SubscriptionOver
    left = rules.freeze_days - sum(frozen.days for frozen in term.freezes)
    if not 0 < days <= left:
        raise TooLongFrozen(left=max(0, left))


def _there(subscription: Subscription | None) -> Subscription:
    if subscription is None:
        raise SubscriptionGone
    return subscription


def _facts(rules: Rules) -> dict[str, int | bool]:
    return {name: getattr(rules, name) for name in Rules.__slots__}


async def _tell(  # noqa: PLR0913 -- all that the log keeps
    tx: Repos,
    before: Subscription,
    after: Subscription,
    change: Change,
    reason: str,
    *,
    by: Person,
    operation_id: UUID,
) -> None:
    await tx.audit.add(
        AuditAction.SUBSCRIPTION_CHANGED,
        by=by,
        subject_id=before.person_id,
        before={"last_day": before.term.last_day.isoformat()},
        after={
            "kind": change.kind,
            "last_day": after.term.last_day.isoformat(),
            **({"reason": reason} if reason else {}),
        },
        operation_id=operation_id,
    )
    await tx.notices.add(
        NoticeKind.SUBSCRIPTION_CHANGED,
        to=before.person_id,
        subject_id=before.id,
        payload={"kind": change.kind, "reason": reason},
        dedupe_key=f"{NoticeKind.SUBSCRIPTION_CHANGED}:{operation_id}",
    )
