"""What changing a subscription takes: whether it may be, what comes of it, who is told."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.db.database import Repos
from bot.errors import PersonGone
from bot.errors.subscriptions import (
    FrozenAlready,
    NotFrozen,
    NothingToUndo,
    SubscriptionChanged,
    SubscriptionGone,
    SubscriptionOver,
    TooLongFrozen,
)
from bot.models.audit import AuditAction
from bot.models.notices import NoticeKind
from bot.models.people import Person
from bot.models.subscription_cards import SubscriptionCard
from bot.models.subscriptions import Change, ChangeKind, Rules, Subscription, Term
from bot.services._activating import standing_of


def after(before: Subscription, change: Change) -> Subscription:
    """With that change as the newest."""
    return replace(before, changes=(*before.changes, replace(change, id=2**62)))


def check(
    before: Subscription, after: Subscription, change: Change, *, today: date, rules: Rules
) -> None:
    term = before.term
    match change.kind:
        case ChangeKind.UNDO:
            _check_undo(before, change)
        case ChangeKind.UNFREEZE if not term.is_frozen(today):
            raise NotFrozen
        case ChangeKind.EXTEND if term.is_cancelled:
            raise SubscriptionOver
        case ChangeKind.CANCEL if term.is_cancelled or term.last_day < today:
            raise SubscriptionOver
        case ChangeKind.FREEZE:
            _check_freeze(term, change.on or today, change.days, today=today, rules=rules)
    if not after.term.is_cancelled and after.term.last_day < after.term.first_day:
        raise SubscriptionOver


def _check_undo(subscription: Subscription, change: Change) -> None:
    """The newest change that stands, and no other: what came later was decided knowing it."""
    undone = {each.undoes_id for each in subscription.changes}
    standing = [
        each.id
        for each in subscription.changes
        if each.kind is not ChangeKind.UNDO and each.id not in undone
    ]
    if change.undoes_id not in standing:
        raise NothingToUndo
    if change.undoes_id != standing[-1]:
        raise SubscriptionChanged


def _check_freeze(term: Term, day: date, days: int, *, today: date, rules: Rules) -> None:
    if term.is_cancelled or day < today or not term.holds(day):
        raise SubscriptionOver
    left = rules.freeze_days - sum(frozen.days for frozen in term.freezes)
    if not 0 < days <= left:
        raise TooLongFrozen(left=max(0, left))
    ends = day + timedelta(days=days - 1)
    if any(each.first_day <= ends and day <= each.last_day for each in term.freezes):
        raise FrozenAlready


def there(subscription: Subscription | None) -> Subscription:
    if subscription is None:
        raise SubscriptionGone
    return subscription


async def subscription_card(
    repos: Repos, person_id: int, subscription_id: int | None, *, today: date
) -> SubscriptionCard:
    """See ``SubscriptionService.card``."""
    person = await repos.people.find(person_id)
    if person is None or person.is_deleted:
        raise PersonGone
    bought = await repos.subscriptions.list_of(person_id)
    stands = await standing_of(repos, person_id, today=today)
    wanted = subscription_id or (stands.subscription.id if stands.subscription else None)
    chosen = next((each for each in bought if each.id == wanted), None)
    if chosen is None and subscription_id is not None:
        raise SubscriptionGone
    return SubscriptionCard(
        person=person,
        today=today,
        standing=stands,
        bought=bought,
        chosen=chosen,
        history=await repos.subscriptions.history(chosen.id) if chosen else [],
    )


async def change_one(  # noqa: PLR0913 -- all that a change is made of
    tx: Repos,
    before: Subscription,
    change: Change,
    reason: str,
    *,
    by: Person,
    now: datetime,
    operation_id: UUID,
) -> None:
    """One more change of a subscription whose account is locked; its member and the log are told.

    Raises:
        Refusal: what ``check`` raises.
    """
    rules, today = await tx.subscriptions.rules(), (await tx.club.get()).day(now)
    changed = after(before, change)
    check(before, changed, change, today=today, rules=rules)
    await tx.subscriptions.add_change(
        before.id,
        change,
        delta_days=(changed.term.last_day - before.term.last_day).days,
        reason=reason,
        at=now,
        by=by.id,
        operation_id=operation_id,
    )
    await _tell(tx, before, changed, change, reason, by=by, operation_id=operation_id)


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
