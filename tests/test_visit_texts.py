"""What is said at the door, to an admin and to the member, in each case."""

from datetime import date

import pytest

from bot.models.people import Person
from bot.models.subscriptions import Access, Change, ChangeKind, Rules, Subscription, standing
from bot.models.visits import Admission, begins_on
from bot.texts import visits as texts

TODAY = date(2026, 3, 30)
ANNA = Person(
    id=7,
    telegram_id=7,
    username=None,
    display_name="<Anna>",
    full_name=None,
    office=None,
    from_environment=False,
    is_banned=False,
    is_member=True,
    is_pending=False,
    is_reachable=True,
)


def bought(last: date, *, visits=None, changes=(), first=date(2026, 3, 1)) -> Subscription:
    return Subscription(
        id=1,
        person_id=7,
        plan_id=1,
        plan_name="30 Days",
        price_paise=0,
        first_day=first,
        last_day=last,
        visits_limit=visits,
        changes=changes,
    )


def admission(*subscriptions, came=(), waits=False, is_in=False) -> Admission:
    return Admission(
        person=ANNA,
        day=TODAY,
        standing=standing(subscriptions, came, today=TODAY, rules=Rules()),
        begins_on=begins_on(subscriptions, today=TODAY),
        waits=waits,
        grace_visits=3,
        is_in=is_in,
    )


def march(day: int) -> date:
    return date(2026, 3, day)


CANCELLED = bought(TODAY, changes=(Change(id=1, kind=ChangeKind.CANCEL, on=march(28)),))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (admission(bought(march(31))), ""),
        (admission(bought(march(31), visits=2), came=[march(2)]), "🎟 Visits left: 0"),
        (admission(bought(march(28))), "⏳ Grace: 2 of 3 check-ins left, it ends on 4 Apr 2026."),
        (
            admission(bought(march(23)), came=[march(24), march(25)]),
            "⏳ Grace: 0 of 3 check-ins left, it ends on 30 Mar 2026.",
        ),
    ],
)
def test_what_a_visit_leaves(shown, said):
    assert texts.marked(shown) == "\n".join(filter(None, ["🏃 Marked as in today.", said]))


@pytest.mark.parametrize(
    ("shown", "why", "step"),
    [
        (admission(), "they have no subscription that runs.", "They need to buy one."),
        (
            admission(bought(date(2026, 4, 30), first=date(2026, 4, 1))),
            "they have no subscription that runs.",
            "What they have bought begins on 1 Apr 2026.",
        ),
        (
            admission(bought(march(10)), waits=True),
            "their subscription ended on 10 Mar 2026.",
            "They have asked for one: decide on it below.",
        ),
        (
            admission(bought(march(31), visits=1), came=[march(2)]),
            "all visits of their subscription are used.",
            "They need to renew.",
        ),
        (
            admission(bought(march(26)), came=[march(27), march(28), march(29)]),
            "their subscription ended on 26 Mar 2026, and the check-ins of grace are used.",
            "They need to renew.",
        ),
        (
            admission(CANCELLED),
            "their subscription ended on 27 Mar 2026.",
            "They need to renew.",
        ),
    ],
)
def test_why_somebody_is_not_let_in_and_what_can_be_done(shown, why, step):
    assert not shown.is_open
    assert texts.not_marked(shown) == (
        f"✋ <b>&lt;Anna&gt;</b> is not marked as in: {why}\n{step} "
        "Or mark them anyway and say why."
    )


def test_a_member_in_grace_hears_whether_there_is_a_next_time():
    last_day = admission(bought(march(23)), is_in=True)
    last_one = admission(bought(march(27)), came=[march(28), march(29)], is_in=True)
    for shown in (last_day, last_one):
        assert shown.standing.access is Access.GRACE
        assert texts.renewal(shown).endswith(
            "That was the last time: renew it below to come in again."
        )
    more = texts.renewal(admission(bought(march(28)), came=[march(29)], is_in=True))
    assert more.endswith("You may still come until 4 Apr 2026, 1 check-in left: renew it below.")
