"""Days for a whole list: one effect, whoever asks how often, and whatever happens meanwhile."""

import asyncio
from uuid import uuid4

import pytest

from bot.errors import NotAllowed
from bot.errors.bulk_changes import NobodyThere
from bot.models.people import Office
from bot.models.subscriptions import SubscriptionList
from bot.services.bulk_changes import BulkChangeService
from tests.services.test_bans import known
from tests.services.test_subscriptions import member
from tests.stories.memberships import subscribed
from tests.stories.subscribing import last_days, today

EXPIRING = SubscriptionList.EXPIRING


async def crowd(db, count=12) -> list:
    people = [await member(db, 20 + number) for number in range(count)]
    for person in people:
        await subscribed(db, person, ends_in=2)
    return people


def seen(targets) -> list[tuple[int, int, int]]:
    return [(each.subscription_id, each.seen, each.bought) for each in targets]


async def test_one_operation_has_one_effect_however_often_it_runs(db, asha):
    people, bulk = await crowd(db), BulkChangeService(db)
    targets, operation = seen(await bulk.extendable(EXPIRING)), uuid4()

    async def run(part=targets):
        return await bulk.extend(part, days=1, reason="x", by=asha, operation_id=operation)

    await run(targets[:5])  # and then the process died
    made = await asyncio.gather(run(), run(), run())
    assert [(each.done, each.skipped) for each in made] == [(12, 0)] * 3
    for person in people:
        assert [(day - today()).days for day in await last_days(db, person)] == [3]
    again = await bulk.extend(targets, days=1, reason="x", by=asha, operation_id=uuid4())
    assert (again.done, again.skipped) == (0, 12)  # another operation saw what is no more


async def test_who_has_renewed_since_is_left_out_and_only_admins_do_it(db, asha):
    (renewed, stays), bulk = await crowd(db, 2), BulkChangeService(db)
    targets = seen(await bulk.extendable(EXPIRING))
    await subscribed(db, renewed, ends_in=32)
    with pytest.raises(NotAllowed):
        await bulk.extend(targets, days=1, reason="x", by=stays, operation_id=uuid4())
    made = await bulk.extend(targets, days=1, reason="x", by=asha, operation_id=uuid4())
    assert (made.done, made.skipped) == (1, 1)
    with pytest.raises(NobodyThere):
        await bulk.extendable(SubscriptionList.GRACE)


async def test_two_who_remind_at_once_remind_each_person_once(db, asha):
    people, bulk = await crowd(db, 6), BulkChangeService(db)
    bina = await known(db, 2, Office.ADMIN)
    made = await asyncio.gather(
        *(bulk.remind(EXPIRING, today(), by=by) for by in (asha, bina, asha))
    )
    assert sorted(made) == [0, 0, 6]
    assert (await bulk.remindable(EXPIRING)).reminded == len(people)
    with pytest.raises(NotAllowed):
        await bulk.remind(EXPIRING, today(), by=people[0])
