"""What a running subscription gives access to; admins see who has none, and may let them in."""

import pytest
from aiogram.types import ErrorEvent, Update

from bot.errors.access import SubscriptionNeeded
from bot.models.subscriptions import ChangeKind
from bot.routers._filters import Subscribed
from bot.routers.refusals import say_no
from tests.stories.cards import open_card
from tests.stories.memberships import changed, subscribed
from tests.stories.test_visits import club_today


@pytest.mark.parametrize(
    ("ends_in", "said"),
    [
        (-1, "⚠️ In grace, 3 check-ins left"),
        (-7, "⚠️ In grace, 3 check-ins left"),
        (-8, "⚠️ No running subscription"),
        (40, "⚠️ No running subscription"),
        (None, "⚠️ No running subscription"),
        (0, None),
        (29, None),
    ],
)
async def test_the_card_warns_an_admin(chat, club, db, ends_in, said):
    await club.admin("Asha")
    anna = await club.member("Anna")
    if ends_in is not None:
        await subscribed(db, anna, ends_in=ends_in)
    card = "\n".join(await open_card(chat, "Asha", "anna"))
    assert [line.strip() for line in card.split("\n") if "⚠️" in line] == ([said] if said else [])


async def test_whoever_is_in_grace_or_frozen_may_still_be_marked(chat, club, db):
    await club.admin("Asha")
    anna, mira = await club.member("Anna"), await club.member("Mira")
    await subscribed(db, anna, ends_in=-1)
    number = await subscribed(db, mira, ends_in=9)
    await changed(db, number, ChangeKind.FREEZE, on=club_today(), days=5, delta=5)
    await open_card(chat, "Asha", "anna")
    marked = "\n".join(await chat.says("Asha", "[🏃 Came in today]"))
    assert "🏃 Marked as in today." in marked
    assert "⚠️ In grace, 2 check-ins left" in marked
    assert "❄️ Subscription frozen" in "\n".join(await open_card(chat, "Asha", "mira"))
    assert "🏃 Marked as in today." in "\n".join(await chat.says("Asha", "[🏃 Came in today]"))


async def test_staff_need_none(chat, club):
    await club.admin("Asha")
    await club.staff("Sunil")
    assert "subscription" not in "\n".join(await open_card(chat, "Asha", "sunil"))


@pytest.mark.parametrize(
    ("ends_in", "notice"),
    [
        (0, ""),
        (-1, "⏳ Your subscription has ended. You may go on until"),
        (-8, None),
        (40, None),
        (None, None),
    ],
)
async def test_what_needs_a_subscription_is_open_to_who_has_one(chat, club, db, ends_in, notice):
    anna = await club.member("Anna")
    if ends_in is not None:
        await subscribed(db, anna, ends_in=ends_in)
    asks = Subscribed()(None, me=anna, subscriptions=chat.app.services.subscriptions)
    if notice is None:
        with pytest.raises(SubscriptionNeeded):
            await asks
    else:
        said = (await asks)["notice"]
        assert said.startswith(notice)
        assert bool(said) is bool(notice)


async def test_people_in_office_need_none(chat, club):
    for person in (await club.staff("Sunil"), await club.owner("Vera")):
        given = await Subscribed()(None, me=person, subscriptions=chat.app.services.subscriptions)
        assert given == {"notice": ""}


async def test_the_refusal_has_the_way_to_renew():
    error = ErrorEvent(update=Update(update_id=1), exception=SubscriptionNeeded())
    _, said = await say_no(error, None)
    assert said.toast.startswith("This needs a running subscription.")
    (first, *_), *_ = said.keyboard.inline_keyboard
    assert (first.text, first.callback_data) == ("🔄 Renew", "buy-list:0")
