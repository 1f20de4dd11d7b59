"""How a member's own subscription stands, in one look."""

from dataclasses import dataclass
from datetime import date

from bot.models.purchases import Purchase
from bot.models.subscriptions import Standing, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class MySubscription:
    """``running`` and ``ahead``: what they have, each in the order of its days.

    ``waiting``: what they asked for, and the club has not decided on. ``may_invite``: the club
    gives a reward for friends.
    """

    today: date
    standing: Standing
    running: tuple[Subscription, ...]
    ahead: tuple[Subscription, ...]
    waiting: Purchase | None
    may_invite: bool
    can_upgrade: bool = False  # something on sale may begin in place of what runs
