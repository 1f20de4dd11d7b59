"""How a member's own subscription stands, in one look."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.models.purchases import Purchase
from bot.models.subscriptions import Standing, Subscription

PAYMENTS: Final = 3  # that are shown: the newest; the receipts of all are among the documents


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPayment:
    """What the bill of one plan has of one payment; ``day``: when that came in."""

    day: date
    plan_name: str
    amount_paise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MySubscription:
    """``running`` and ``ahead``: what they have, each in the order of its days.

    ``waiting``: what they asked for, and the club has not decided on. ``may_invite``: the club
    gives a reward for friends. ``payments``: the newest first; ``due_paise``: of all the bills.
    """

    today: date
    standing: Standing
    running: tuple[Subscription, ...]
    ahead: tuple[Subscription, ...]
    waiting: Purchase | None
    may_invite: bool
    payments: tuple[PlanPayment, ...] = ()
    due_paise: int = 0
    can_upgrade: bool = False  # something on sale may begin in place of what runs
