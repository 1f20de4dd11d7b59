"""Everybody on a list at once: reminded, or given days."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from bot.db.database import Database, Repos
from bot.errors import NotAllowed
from bot.errors.bulk_changes import NobodyThere
from bot.errors.subscriptions import SubscriptionChanged, SubscriptionGone, SubscriptionOver
from bot.models.audit import AuditAction
from bot.models.bulk_changes import Extended, Remindable, Target
from bot.models.expiry import Books, Reminder, at_hand, ending
from bot.models.payments import Account
from bot.models.people import Person, Role
from bot.models.subscription_cards import SubscriptionEntry, newest
from bot.models.subscriptions import EXPIRING_DAYS, Change, ChangeKind, SubscriptionList, standing
from bot.services._accounts import hold_account
from bot.services._clock import utc_now
from bot.services._subscription_changes import change_one, there
from bot.services.expiry import owe_by_hand


class BulkChangeService:
    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._now = now

    async def remindable(self, which: SubscriptionList) -> Remindable:
        """Who would be reminded now.

        Raises:
            NobodyThere: nobody is on that list.
        """
        async with self._db.reading() as repos:
            day = await self._today(repos)
            entries = await _entries(repos, which, day)
            if not entries:
                raise NobodyThere
            due, reminded = await _due(repos, [each.person_id for each in entries], day)
        return Remindable(
            which=which,
            day=day,
            names=[each.name for each in entries if each.person_id in due],
            reminded=reminded,
            silent=len(entries) - len(due) - reminded,
        )

    async def remind(self, which: SubscriptionList, day: date, *, by: Person) -> int:
        """Owe everybody on a list a reminder who has none of today; returns how many have one now.

        Once per person and day, whoever asks, by hand or by itself. ``day``: the club's, on which
        it was looked at.

        Raises:
            NotAllowed: for admins only.
            NobodyThere: it is another day by now.
        """
        async with self._db.transaction() as tx:
            today = await self._today(tx)
            if day != today:
                raise NobodyThere
            ids = [each.person_id for each in await _entries(tx, which, day)]
            await tx.bulk_changes.hold([*ids, by.id])
            admin = await tx.people.find(by.id)
            if admin is None or admin.role < Role.ADMIN:
                raise NotAllowed(role=Role.ADMIN.name.lower())
            await tx.subscription_rules.hold()  # who owes reminders does so alone
            due, _ = await _due(tx, ids, day)
            for person_id, reminder in due.items():
                await owe_by_hand(tx, person_id, reminder, day)
            if due:
                after = {"list": which.value, "count": len(due)}
                await tx.audit.add(AuditAction.SUBSCRIBERS_REMINDED, by=admin, after=after)
        return len(due)

    async def extendable(self, which: SubscriptionList) -> list[Target]:
        """Whose subscriptions could be given days: of each the one that ends, who ends first first.

        Raises:
            NobodyThere: nobody's.
        """
        async with self._db.reading() as repos:
            day = await self._today(repos)
            entries = await _entries(repos, which, day)
            found = await _targets(repos, entries, day)
        if not found:
            raise NobodyThere
        return found

    async def extend(
        self,
        targets: Sequence[tuple[int, int, int]],
        *,
        days: int,
        reason: str,
        by: Person,
        operation_id: UUID,
    ) -> Extended:
        """Give each of these so many days, as ``SubscriptionService.extend`` would.

        ``targets``: ``subscription_id``, ``seen`` and ``bought`` of each. One transaction each, and
        one effect however often it is asked for: the operation of each follows from this one. Who
        was changed, banned or has bought since is left out.

        Raises:
            NotAllowed: for admins only; those before have their days.
        """
        done = 0
        for subscription_id, seen, bought in targets:
            made = await self._extend(
                *(subscription_id, seen, bought, days, reason, by),
                uuid5(operation_id, str(subscription_id)),
            )
            done += made
        return Extended(done=done, skipped=len(targets) - done)

    async def _extend(  # noqa: PLR0913, PLR0917 -- all that an extension is made of
        self,
        subscription_id: int,
        seen: int,
        bought: int,
        days: int,
        reason: str,
        by: Person,
        operation_id: UUID,
    ) -> bool:
        change = Change(id=0, kind=ChangeKind.EXTEND, days=days)
        try:
            async with self._db.transaction() as tx:
                found = there(await tx.subscriptions.find(subscription_id))
                admin = await hold_account(tx, Account(person_id=found.person_id), by=by)
                if await tx.subscriptions.has_change(operation_id):
                    return True
                person = await tx.people.find(found.person_id)
                if person is None or person.is_deleted or person.is_banned:
                    return False
                theirs = await tx.subscriptions.list_of(found.person_id)
                before = next(each for each in theirs if each.id == subscription_id)
                if (newest(before), max(each.id for each in theirs)) != (seen, bought):
                    return False
                now = self._now()
                await change_one(
                    tx, before, change, reason, by=admin, now=now, operation_id=operation_id
                )
        except (SubscriptionGone, SubscriptionOver, SubscriptionChanged):
            return False
        return True

    async def _today(self, repos: Repos) -> date:
        return (await repos.club.get()).day(self._now())


async def _entries(repos: Repos, which: SubscriptionList, day: date) -> list[SubscriptionEntry]:
    """The whole list."""
    soon = day + timedelta(days=EXPIRING_DAYS)
    return await repos.subscriptions.list_people(which, today=day, soon=soon)


async def _books(repos: Repos, ids: Sequence[int]) -> dict[int, Books]:
    bought = await repos.subscriptions.list_of_people(ids)
    came = await repos.visits.list_days(ids)
    return {
        person_id: Books(subscriptions=bought[person_id], visits=came[person_id])
        for person_id in ids
    }


async def _due(repos: Repos, ids: Sequence[int], day: date) -> tuple[dict[int, Reminder], int]:
    """What each is to be told who was not told today; and how many were."""
    reminded = await repos.bulk_changes.list_reminded(ids, day)
    concerned = await repos.bulk_changes.list_concerned(ids)
    books, rules = await _books(repos, ids), await repos.subscription_rules.get()
    due = {}
    for each in concerned:
        reminder = at_hand(books[each.person_id], today=day, rules=rules)
        if reminder and each.may_hear and each.person_id not in reminded:
            due[each.person_id] = reminder
    return due, len(reminded)


async def _targets(repos: Repos, entries: Sequence[SubscriptionEntry], day: date) -> list[Target]:
    books = await _books(repos, [each.person_id for each in entries])
    rules = await repos.subscription_rules.get()
    found = []
    for entry in entries:
        theirs = books[entry.person_id]
        now = standing(theirs.subscriptions, theirs.visits, today=day, rules=rules)
        last = ending(now, theirs.subscriptions)
        if last is None or last.term.is_cancelled:
            continue
        found.append(
            Target(
                subscription_id=last.id,
                seen=newest(last),
                bought=max(each.id for each in theirs.subscriptions),
                name=entry.name,
                last_day=last.term.last_day,
            )
        )
    return found
