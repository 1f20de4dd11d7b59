"""What changing a subscription takes: whether it may be, what comes of it, who is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from bot.db.database import Repos
from bot.errors import PersonGone
from bot.errors.subscriptions import (
    FrozenAlready,
    GivenBack,
    MoneyWentBack,
    NotFrozen,
    NothingToUndo,
    ReceiverChanged,
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
from bot.services._access import standing_of
from bot.services._authority import require_admin_among


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
    standing = [each.id for each in subscription.standing_changes]
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


async def check_undo(
    repos: Repos, subscription: Subscription, undo: Change, *, today: date
) -> Subscription | None:
    """What went with a change comes back only with it; returns what another has got by it.

    Raises:
        NothingToUndo, SubscriptionChanged: see ``check``.
        MoneyWentBack: its money is credited, or used for what began in its place.
        GivenBack: of what was given over and taken back: whoever gave it has its days again.
        ReceiverChanged: what the other one got is not as they got it, or over.
    """
    _check_undo(subscription, undo)
    change_id = undo.undoes_id or 0
    if await repos.subscriptions.moved_money(change_id):
        raise MoneyWentBack
    moved_by = subscription.moved_by
    if moved_by is not None and await repos.subscriptions.is_undone(moved_by):
        raise GivenBack
    moved = await repos.subscriptions.find_moved(change_id)
    if moved and (moved.standing_changes or moved.term.last_day < today):
        raise ReceiverChanged
    return moved


async def change_one(  # noqa: PLR0913 -- all that a change is made of
    tx: Repos,
    before: Subscription,
    change: Change,
    reason: str = "",
    *,
    by: Person,
    now: datetime,
    operation_id: UUID,
    told: Mapping[str, Any] | None = None,
) -> int:
    """Write down a change of a locked person's, the log of it and their notice; returns its id.

    ``told``: what else both tell.

    Raises:
        Refusal: see ``check``.
    """
    changed = after(before, change)
    today, rules = (await tx.club.get()).day(now), await tx.subscription_rules.get()
    check(before, changed, change, today=today, rules=rules)
    made = await tx.subscriptions.add_change(
        before.id,
        change,
        delta_days=(changed.term.last_day - before.term.last_day).days,
        reason=reason,
        at=now,
        by=by.id,
        operation_id=operation_id,
    )
    if made is None:
        raise SubscriptionChanged
    told = {"kind": change.kind, "reason": reason, **(told or {})}
    await _tell(tx, before, changed, told, by=by, operation_id=operation_id)
    return made


async def receiver(
    repos: Repos, before: Subscription, change: Change, *, today: date
) -> Person | None:
    """Who loses what they have got, if that change is an undo of giving it over.

    Raises: as ``check_undo``.
    """
    if change.kind is not ChangeKind.UNDO:
        return None
    moved = await check_undo(repos, before, change, today=today)
    return await repos.people.find(moved.person_id) if moved else None


async def take_back(  # noqa: PLR0913 -- all that a change is made of
    tx: Repos, subscription_id: int, undo: Change, *, by: Person, now: datetime, operation_id: UUID
) -> None:
    """Undo a change; what somebody else has got by it ends, too. Once per operation.

    Raises:
        SubscriptionGone, NotAllowed.
        Refusal: see ``check_undo``.
    """
    before = there(await tx.subscriptions.find(subscription_id))
    moved = await tx.subscriptions.find_moved(undo.undoes_id or 0)
    people = [each.person_id for each in (before, moved) if each]
    admin = await require_admin_among(tx, by, *people)
    before = there(await tx.subscriptions.find(subscription_id))
    if await tx.subscriptions.has_change(operation_id):
        return
    today = (await tx.club.get()).day(now)
    if moved := await check_undo(tx, before, undo, today=today):
        ends = Change(id=0, kind=ChangeKind.CANCEL, on=today)
        linked = uuid5(operation_id, "taken back")
        told = {"taken_back": True}
        await change_one(tx, moved, ends, by=admin, now=now, operation_id=linked, told=told)
    await change_one(tx, before, undo, by=admin, now=now, operation_id=operation_id)


async def _tell(  # noqa: PLR0913 -- all that the log keeps
    tx: Repos,
    before: Subscription,
    after: Subscription,
    told: Mapping[str, Any],
    *,
    by: Person,
    operation_id: UUID,
) -> None:
    kept = {name: each for name, each in told.items() if each}
    await tx.audit.add(
        AuditAction.SUBSCRIPTION_CHANGED,
        by=by,
        subject_id=before.person_id,
        before={"last_day": before.term.last_day.isoformat()},
        after={**kept, "last_day": after.term.last_day.isoformat()},
        operation_id=operation_id,
    )
    await tx.notices.add(
        NoticeKind.SUBSCRIPTION_CHANGED,
        to=before.person_id,
        subject_id=before.id,
        payload=dict(told),
        dedupe_key=f"{NoticeKind.SUBSCRIPTION_CHANGED}:{operation_id}",
    )
