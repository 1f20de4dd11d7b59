"""How far back the access rule looks: no visit that it counts is left out."""

import random
from datetime import timedelta

from bot.models.subscriptions import Rules, standing
from bot.models.visits import counted_since
from tests.db.test_standings import TODAY, drawn

RULES = (Rules(), Rules(grace_days=60, grace_visits=4), Rules(grace_days=0))


def test_earlier_visits_change_nothing_and_that_day_may():
    dice = random.Random(7)  # noqa: S311 -- people, not secrets
    counted = left_out = 0
    for _ in range(500):
        bought = drawn(dice, 1)
        today = TODAY + timedelta(days=dice.randint(-5, 25))
        came = [today - timedelta(days=ago) for ago in range(60) if dice.random() < 1 / 4]
        first = counted_since(bought, today=today)
        assert first <= today
        for rules in RULES:
            whole = standing(bought, came, today=today, rules=rules)
            asked = [day for day in came if day >= first]
            assert standing(bought, asked, today=today, rules=rules) == whole, bought
            left_out += len(came) - len(asked)
            fewer = [day for day in came if day > first]
            counted += standing(bought, fewer, today=today, rules=rules) != whole
    assert counted > 20  # a day later would be too late
    assert left_out > 5_000
