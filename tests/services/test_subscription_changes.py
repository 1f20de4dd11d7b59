"""Changes that admins make at the same time, and what they may be."""

import asyncio
from uuid import uuid4

import pytest

from bot.errors.subscriptions import FrozenAlready, SubscriptionChanged, SubscriptionOver
from bot.models.people import Office
from bot.models.subscription_cards import Rule, newest
from bot.models.subscriptions import Change, ChangeKind, Rules
from bot.services.subscription_rules import SubscriptionRuleService
from bot.services.subscriptions import SubscriptionService
from tests.services.test_bans import known
from tests.services.test_subscriptions import member
from tests.stories.subscribing import subscribed, today


@pytest.fixture
def subscriptions(db) -> SubscriptionService:
    return SubscriptionService(db)


@pytest.fixture
async def bought(db, asha) -> int:
    return await subscribed(db, await member(db, 7), asha)


async def test_of_two_who_saw_the_same_one_changes_it(db, asha, subscriptions, bought):
    bina = await known(db, 2, Office.ADMIN)
    seen = newest(await subscriptions.find(bought))
    made = await asyncio.gather(
        *(
            subscriptions.extend(
                bought, days=3, reason="x", by=admin, operation_id=uuid4(), seen=seen
            )
            for admin in (asha, bina)
        ),
        return_exceptions=True,
    )
    assert [type(each) for each in made].count(SubscriptionChanged) == 1
    assert len((await subscriptions.find(bought)).changes) == 1


async def test_only_the_newest_change_is_taken_back(asha, subscriptions, bought):
    for days in (3, 4):
        await subscriptions.extend(bought, days=days, reason="x", by=asha, operation_id=uuid4())
    first, second = (await subscriptions.find(bought)).changes
    with pytest.raises(SubscriptionChanged):
        await subscriptions.undo(bought, first.id, by=asha, operation_id=uuid4())
    for change in (second, first):
        back = await subscriptions.undo(bought, change.id, by=asha, operation_id=uuid4())
    assert back.term.last_day == back.last_day


async def test_a_day_is_frozen_once(asha, subscriptions, bought):
    freeze = Change(id=0, kind=ChangeKind.FREEZE, on=today(), days=5)
    await subscriptions.freeze(
        bought, on=today(), days=5, reason="x", by=asha, operation_id=uuid4()
    )
    with pytest.raises(FrozenAlready):
        await subscriptions.preview(bought, freeze)


async def test_a_preview_keeps_nothing_and_refuses_as_the_change_would(subscriptions, bought):
    shown = await subscriptions.preview(bought, Change(id=0, kind=ChangeKind.EXTEND, days=2))
    assert (shown.after.term.last_day - shown.before.term.last_day).days == 2
    assert (await subscriptions.find(bought)).changes == ()
    with pytest.raises(SubscriptionOver):
        await subscriptions.preview(bought, Change(id=0, kind=ChangeKind.EXTEND, days=-30))


async def test_rules_that_two_change_at_once_are_both_changed(db, asha):
    rules = SubscriptionRuleService(db)
    bina = await known(db, 2, Office.ADMIN)
    await asyncio.gather(
        rules.change(Rule.GRACE_DAYS, 9, by=asha),
        rules.change(Rule.PAY_LATER, True, by=bina),  # noqa: FBT003 -- its value
    )
    assert await rules.get() == Rules(grace_days=9, pay_later=True)
