"""Subscriptions once they are bought: how people stand, and what admins change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from bot.db.database import Database, Repos
from bot.errors import PersonGone
from bot.errors.subscriptions import SubscriptionChanged
from bot.models.people import Person
from bot.models.renewals import clashes
from bot.models.subscription_cards import (
    Overview,
    Preview,
    SubscriptionCard,
    SubscriptionEntry,
    SubscriptionPage,
    newest,
)
from bot.models.subscriptions import (
    EXPIRING_DAYS,
    Change,
    ChangeKind,
    Standing,
    Subscription,
    SubscriptionList,
)
from bot.services._access import standing_of
from bot.services._authority import require_admin_with
from bot.services._clock import utc_now
from bot.services._pages import nearest
from bot.services._subscription_changes import (
    after,
    change_one,
    check,
    receiver,
    subscription_card,
    take_back,
    there,
)

PAGE: Final = 8
_FROM_TODAY: Final = {ChangeKind.UNFREEZE, ChangeKind.CANCEL}


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
            return there(await repos.subscriptions.find(subscription_id))

    async def today(self) -> date:
        """The club's day."""
        async with self._db.reading() as repos:
            return await self._today(repos)

    async def overview(self) -> Overview:
        """How many stand how today, and how many wait for a decision."""
        async with self._db.reading() as repos:
            today = await self._today(repos)
            soon = today + timedelta(days=EXPIRING_DAYS)
            counts = await repos.subscriptions.count_lists(today=today, soon=soon)
            return Overview(counts=counts, waiting=await repos.purchases.count_waiting())

    async def card(self, person_id: int) -> SubscriptionCard:
        """How somebody stands, what they bought, and the changes of the one that decides.

        Raises:
            PersonGone: deleted.
        """
        async with self._db.reading() as repos:
            today = await self._today(repos)
            return await subscription_card(repos, person_id, None, today=today)

    async def card_of(self, subscription_id: int) -> SubscriptionCard:
        """As ``card``, with the changes of this one.

        Raises:
            PersonGone, SubscriptionGone.
        """
        async with self._db.reading() as repos:
            found = there(await repos.subscriptions.find(subscription_id))
            today = await self._today(repos)
            return await subscription_card(repos, found.person_id, subscription_id, today=today)

    async def preview(self, subscription_id: int, change: Change) -> Preview:
        """What would come of a change; nothing is kept. A day that is not given is today.

        Raises:
            SubscriptionGone, PersonGone.
            Refusal: what making that change would raise.
        """
        async with self._db.reading() as repos:
            before = there(await repos.subscriptions.find(subscription_id))
            person = await repos.people.find(before.person_id)
            if person is None or person.is_deleted:
                raise PersonGone
            today, rules = await self._today(repos), await repos.subscription_rules.get()
            moved_to = await receiver(repos, before, change, today=today)
            theirs = await repos.subscriptions.list_of(person.id)
        change = replace(change, on=change.on or today)
        changed = after(before, change)
        check(before, changed, change, today=today, rules=rules)
        return Preview(
            person=person,
            before=before,
            after=changed,
            moved_to=moved_to,
            clashes=tuple(clashes(before.term, changed.term, theirs)),
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

    async def extend(  # noqa: PLR0913 -- all that an extension is made of
        self,
        subscription_id: int,
        *,
        days: int,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: int | None = None,
    ) -> Subscription:
        """By so many days, or (below zero) less; once per operation.

        ``seen``, here and below: the newest change when this was decided, 0 where there was none.

        Raises:
            SubscriptionGone, NotAllowed; PersonGone, here and below: deleted.
            SubscriptionChanged: something else was changed since it was ``seen``.
            SubscriptionOver: cancelled, or it would end before it began.
        """
        change = Change(id=0, kind=ChangeKind.EXTEND, days=days)
        return await self._change(subscription_id, change, reason, by, operation_id, seen)

    async def freeze(  # noqa: PLR0913 -- all that a freeze is made of
        self,
        subscription_id: int,
        *,
        on: date,
        days: int,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: int | None = None,
    ) -> Subscription:
        """From a day that has not passed, for so many days; its end moves with them.

        Raises:
            SubscriptionGone, NotAllowed, SubscriptionChanged.
            SubscriptionOver: it does not run on that day.
            FrozenAlready: on one of these days.
            TooLongFrozen: more days than the club allows for one subscription.
        """
        change = Change(id=0, kind=ChangeKind.FREEZE, on=on, days=days)
        return await self._change(subscription_id, change, reason, by, operation_id, seen)

    async def unfreeze(
        self, subscription_id: int, *, by: Person, operation_id: UUID, until: date | None = None
    ) -> Subscription:
        """From today it runs again; the days that were left of the freeze are given back.

        ``until``: the last day that this was shown to come to.

        Raises:
            SubscriptionGone, NotAllowed, NotFrozen.
            SubscriptionChanged: it would come to another one by now.
        """
        change = Change(id=0, kind=ChangeKind.UNFREEZE)
        return await self._change(subscription_id, change, "", by, operation_id, until=until)

    async def cancel(
        self,
        subscription_id: int,
        *,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: int | None = None,
    ) -> Subscription:
        """From today it runs no longer, and there is no grace. Money is another matter.

        Raises:
            SubscriptionGone, NotAllowed, SubscriptionChanged, SubscriptionOver.
        """
        change = Change(id=0, kind=ChangeKind.CANCEL)
        return await self._change(subscription_id, change, reason, by, operation_id, seen)

    async def undo(
        self, subscription_id: int, change_id: int, *, by: Person, operation_id: UUID
    ) -> Subscription:
        """Take back the newest change that stands, by a counter-entry.

        Raises:
            SubscriptionGone, NotAllowed.
            NothingToUndo: taken back already, or never made.
            SubscriptionChanged: another one was made since.
            SubscriptionOver: it would end before it began.
            MoneyWentBack, GivenBack: see ``check_undo``.
        """
        undo = Change(id=0, kind=ChangeKind.UNDO, undoes_id=change_id)
        async with self._db.transaction() as tx:
            now = self._now()
            await take_back(tx, subscription_id, undo, by=by, now=now, operation_id=operation_id)
            return there(await tx.subscriptions.find(subscription_id))

    async def _change(  # noqa: PLR0913, PLR0917 -- all that a change is made of
        self,
        subscription_id: int,
        change: Change,
        reason: str,
        by: Person,
        operation_id: UUID,
        seen: int | None = None,
        until: date | None = None,
    ) -> Subscription:
        async with self._db.transaction() as tx:
            found = there(await tx.subscriptions.find(subscription_id))
            admin, person = await require_admin_with(tx, by, found.person_id)
            if person is None or person.is_deleted:
                raise PersonGone
            if change.kind in _FROM_TODAY:
                change = replace(change, on=await self._today(tx))
            before = there(await tx.subscriptions.find(subscription_id))
            if await tx.subscriptions.has_change(operation_id):
                return before
            has_changed = seen not in {None, newest(before)}
            if has_changed or until not in {None, after(before, change).term.last_day}:
                raise SubscriptionChanged
            now = self._now()
            await change_one(
                tx, before, change, reason, by=admin, now=now, operation_id=operation_id
            )
            return there(await tx.subscriptions.find(subscription_id))

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())
