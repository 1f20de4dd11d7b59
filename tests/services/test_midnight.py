"""The day turns at the club's midnight: in India 18:30 by UTC, where it is still the day before."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.errors.activations import FirstDayChanged
from bot.errors.subscriptions import SubscriptionChanged, SubscriptionOver
from bot.models.purchases import Seen, Starts
from bot.models.subscriptions import Access, Change, ChangeKind, SubscriptionList
from bot.services.my_subscription import MySubscriptionService
from tests.services.test_subscriptions import Desk, cash, member, wanted
from tests.stories.invoicing import registered

INDIA = ZoneInfo("Asia/Kolkata")
SECOND = timedelta(seconds=1)
LEAP_DAY = date(2028, 2, 29)
LAST = date(2028, 3, 29)  # of 30 days from then


def midnight(day: date) -> datetime:
    """As it begins; by UTC, as services have the time."""
    begins = datetime(day.year, day.month, day.day, tzinfo=INDIA).astimezone(UTC)
    assert begins.date() == day - timedelta(days=1)
    return begins


@pytest.fixture
async def anna(db, asha):
    await registered(db)
    return await member(db, 7)


@pytest.fixture
def before(db) -> Desk:
    """The last second of 28 February."""
    return Desk(db, midnight(LEAP_DAY) - SECOND)


@pytest.fixture
def after(db) -> Desk:
    return Desk(db, midnight(LEAP_DAY))


async def test_it_begins_on_the_club_s_day_and_is_locked_on_it(db, asha, anna, before, after):
    for desk, day in ((before, date(2028, 2, 28)), (after, LEAP_DAY)):
        assert (await desk.purchases.offer(1, me=anna)).today == day
    new = wanted(cash(2_500_00))
    purchase = await before.purchases.submit(new, me=anna, operation_id=uuid4())
    card = await before.purchases.card(purchase.id)
    assert (card.first_day, card.usual.last_day) == (date(2028, 2, 28), date(2028, 3, 28))
    seen = Seen(decision=card.usual, first_day=card.first_day)
    late = await after.activations.settle(purchase.id, seen, by=asha)
    assert isinstance(late.obstacle, FirstDayChanged)
    await after.activations.approve(purchase.id, by=asha)
    (bought,) = await after.subscriptions.list_of(anna.id)
    assert (bought.first_day, bought.last_day) == (LEAP_DAY, LAST)
    ends, locks = midnight(LAST + timedelta(days=1)), midnight(LAST + timedelta(days=8))
    for moment, access, listed in (
        (midnight(LEAP_DAY) - SECOND, Access.AHEAD, None),
        (midnight(LEAP_DAY), Access.ACTIVE, SubscriptionList.ACTIVE),
        (ends - SECOND, Access.ACTIVE, SubscriptionList.ACTIVE),
        (ends, Access.GRACE, SubscriptionList.GRACE),
        (locks - SECOND, Access.GRACE, SubscriptionList.LOCKED_TOMORROW),
        (locks, Access.LOCKED, SubscriptionList.EXPIRED),
    ):
        desk = Desk(db, moment).subscriptions
        own = await MySubscriptionService(db, lambda moment=moment: moment).overview(me=anna)
        assert (await desk.standing(anna.id)).access is own.standing.access is access, moment
        if listed:
            assert (await desk.page(listed, 0)).count == 1, moment


async def test_who_paid_to_follow_on_before_midnight_is_heard_after_it(db, asha, anna, after):
    first = await after.purchases.submit(wanted(cash(2_500_00)), me=anna, operation_id=uuid4())
    await after.activations.approve(first.id, by=asha)
    morrow = LAST + timedelta(days=1)
    shown = await Desk(db, midnight(morrow) - SECOND).purchases.offer(1, me=anna)
    assert shown.days(Starts.AFTER)[0] == morrow
    new, late = wanted(cash(2_500_00), starts=Starts.AFTER), Desk(db, midnight(morrow))
    asked = await late.purchases.submit(new, me=anna, operation_id=uuid4())
    assert (await late.purchases.card(asked.id)).first_day == morrow


async def test_what_admins_change_counts_from_the_club_s_day(db, asha, anna, before, after):
    how = {"reason": "x", "by": asha, "operation_id": uuid4()}
    purchase = await before.purchases.submit(wanted(cash(2_500_00)), me=anna, operation_id=uuid4())
    await before.activations.approve(purchase.id, by=asha)
    (bought,) = await before.subscriptions.list_of(anna.id)
    with pytest.raises(SubscriptionOver):  # that day is over
        await after.subscriptions.freeze(bought.id, on=date(2028, 2, 28), days=2, **how)
    await after.subscriptions.freeze(bought.id, on=LEAP_DAY, days=5, **how)
    thawing = Desk(db, midnight(date(2028, 3, 2))).subscriptions
    yesterday = Desk(db, midnight(date(2028, 3, 2)) - SECOND).subscriptions
    shown = await yesterday.preview(bought.id, Change(id=0, kind=ChangeKind.UNFREEZE))
    thaw = {"by": asha, "operation_id": uuid4()}
    with pytest.raises(SubscriptionChanged):
        await thawing.unfreeze(bought.id, until=shown.after.term.last_day, **thaw)
    thawed = await thawing.unfreeze(bought.id, until=date(2028, 3, 30), **thaw)
    assert thawed.term.last_day == date(2028, 3, 30)  # the leap day and 1 March were frozen
    ended = Desk(db, midnight(date(2028, 3, 10))).subscriptions
    cancelled = await ended.cancel(bought.id, **how | {"operation_id": uuid4()})
    assert cancelled.term.last_day == date(2028, 3, 9)
