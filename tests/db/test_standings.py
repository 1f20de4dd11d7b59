"""Lists of people agree with the one rule that decides on each of them."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

import pytest

from bot.db.subscriptions import NewSubscription
from bot.models.subscriptions import (
    Access,
    Change,
    ChangeKind,
    Rules,
    Subscription,
    SubscriptionList,
    Term,
    standing,
)
from tests.club import enrolled

TODAY = date(2026, 3, 20)
AT = datetime(2026, 3, 1, tzinfo=UTC)
CROWD = 120
SOON = 7


def days(count: int) -> timedelta:
    return timedelta(days=count)


def drawn(dice: random.Random, person_id: int) -> list[Subscription]:
    """Up to three subscriptions with up to five changes each, some of them side by side.

    The first may be a trial.
    """
    bought = [_bought(dice, person_id) for _ in range(dice.randint(0, 3))]
    return [
        replace(each, is_trial=dice.random() < 1 / 2 and not at) for at, each in enumerate(bought)
    ]


def _bought(dice: random.Random, person_id: int) -> Subscription:
    first = TODAY + days(dice.randint(-45, 6))
    bought = Subscription(
        id=0,
        person_id=person_id,
        plan_id=None,
        plan_name="30 Days",
        price_paise=0,
        first_day=first,
        last_day=first + days(dice.randint(0, 40)),
        visits_limit=dice.choice([None, None, None, 1, 2, 4]),
    )
    day = first - days(3)
    for number in range(1, dice.choice([0, 0, 1, 2, 3, 5]) + 1):
        day += days(dice.randint(0, 9))
        bought = replace(bought, changes=(*bought.changes, _change(dice, bought, number, day)))
    return bought


def _change(dice: random.Random, bought: Subscription, number: int, day: date) -> Change:
    kind = dice.choice(list(ChangeKind))
    undone = {each.undoes_id for each in bought.changes}
    open_ = [
        each.id
        for each in bought.changes
        if each.kind is not ChangeKind.UNDO and each.id not in undone
    ]
    match kind:
        case ChangeKind.UNDO if open_:
            return Change(id=number, kind=kind, undoes_id=dice.choice(open_))
        case ChangeKind.FREEZE:
            on = day + days(dice.randint(0, 8))
            return Change(id=number, kind=kind, on=on, days=dice.randint(1, 10))
        case ChangeKind.UNFREEZE | ChangeKind.CANCEL:
            return Change(id=number, kind=kind, on=day)
        case _:
            return Change(id=number, kind=ChangeKind.EXTEND, days=dice.randint(-15, 15))


async def kept(db, bought: Subscription) -> None:
    """Written as the service writes it."""
    async with db.transaction() as tx:
        subscription_id = await tx.subscriptions.add(
            NewSubscription(
                request_id=None,
                person_id=bought.person_id,
                plan_id=None,
                plan_name=bought.plan_name,
                price_paise=0,
                first_day=bought.first_day,
                last_day=bought.last_day,
                visits_limit=bought.visits_limit,
                invoice_id=None,
                bought_at=AT,
                recorded_by=bought.person_id,
                is_trial=bought.is_trial,
            )
        )
        ids: dict[int | None, int | None] = {None: None}
        before = replace(bought, changes=())
        for change in bought.changes:
            after = replace(before, changes=(*before.changes, change))
            ids[change.id] = await tx.subscriptions.add_change(
                subscription_id,
                replace(change, undoes_id=ids[change.undoes_id]),
                delta_days=(after.term.last_day - before.term.last_day).days,
                reason="",
                at=AT,
                by=bought.person_id,
                operation_id=uuid4(),
            )
            before = after


async def crowd(db, dice: random.Random) -> list[int]:
    await enrolled(db, 1, CROWD)
    async with db.reading() as repos:
        people = [await repos.people.find_by_telegram_id(number) for number in range(1, CROWD + 1)]
    for person in people:
        came = [TODAY - days(dice.randint(0, 40)) for _ in range(dice.choice([0, 0, 2, 5]))]
        for bought in drawn(dice, person.id):
            await kept(db, bought)
            came += dice.choice([[], [bought.term.last_day]])
        async with db.transaction() as tx:
            for day in came:
                await tx.visits.add(person.id, min(day, TODAY))
            if person.id % 12 == 0:
                await tx.members.ban(person.id, reason="Rude", by=people[0].id)
    return [person.id for person in people]


class Rows(NamedTuple):
    """What the rule is asked with, and whether they are banned."""

    bought: list[Subscription]
    came: list[date]
    is_banned: bool


async def rows_of(db, people) -> dict[int, Rows]:
    async with db.reading() as repos:
        return {
            person_id: Rows(
                await repos.subscriptions.list_of(person_id),
                [visit.day for visit in await repos.visits.list_of(person_id)],
                (await repos.people.find(person_id)).is_banned,
            )
            for person_id in people
        }


def by_the_rule(rows, day: date, rules: Rules) -> dict[SubscriptionList, dict]:
    """Who is in which list and until when, asked one by one."""
    found: dict[SubscriptionList, dict] = {which: {} for which in SubscriptionList}
    for person_id, theirs in rows.items():
        now = standing(theirs.bought, theirs.came, today=day, rules=rules)
        then = standing(theirs.bought, theirs.came, today=day + days(1), rules=rules)
        if theirs.is_banned:
            if now.subscription:
                last_day = now.ends_on or now.subscription.term.last_day
                found[SubscriptionList.BANNED][person_id] = last_day
            continue
        for which in SubscriptionList:
            if _belongs(which, now, then, day):
                found[which][person_id] = now.ends_on
        if upcoming := _upcoming(theirs.bought, day):
            found[SubscriptionList.UPCOMING][person_id] = upcoming.last_day
    return found


def _upcoming(bought, day: date) -> Term | None:
    terms = [each.term for each in bought if day < each.term.first_day <= each.term.last_day]
    return min(terms, key=lambda term: term.first_day, default=None)


def _belongs(which, now, then, day: date) -> bool:
    match which:
        case SubscriptionList.EXPIRING:
            return now.access is Access.ACTIVE and now.ends_on <= day + days(SOON)
        case SubscriptionList.LOCKED_TOMORROW:
            return now.is_open and then.access is Access.LOCKED
        case _:
            names = {
                "active": Access.ACTIVE,
                "grace": Access.GRACE,
                "expired": Access.LOCKED,
                "frozen": Access.FROZEN,
            }
            return now.access is names.get(which.value)


@pytest.mark.parametrize("seed", range(3))
async def test_every_list_agrees_with_the_rule(db, seed):
    dice = random.Random(seed)  # noqa: S311 -- people, not secrets
    rows = await rows_of(db, await crowd(db, dice))
    seen = dict.fromkeys(SubscriptionList, 0)
    for day, rules in (
        (TODAY, Rules()),
        (TODAY + days(1), Rules(grace_days=1, grace_visits=1)),
        (TODAY + days(9), Rules(grace_days=3)),
        (TODAY + days(25), Rules(grace_days=0)),
        (TODAY + days(25), Rules(grace_days=60, grace_visits=0)),
    ):
        async with db.transaction() as tx:
            await tx.subscription_rules.save(rules)
        expected = by_the_rule(rows, day, rules)
        async with db.reading() as repos:
            counts = await repos.subscriptions.count_lists(today=day, soon=day + days(SOON))
            for which in SubscriptionList:
                entries = await repos.subscriptions.list_people(
                    which, today=day, soon=day + days(SOON), limit=CROWD, offset=0
                )
                listed = {entry.person_id: entry.last_day for entry in entries}
                assert listed == expected[which], (day, which)
                assert counts[which] == len(listed)
                seen[which] += len(listed)
    assert all(seen.values()), seen  # a list that is always empty proves nothing
