"""The rest of a subscription, given over to another member."""

from dataclasses import dataclass
from datetime import date

from bot.models.people import Person
from bot.models.subscription_cards import newest
from bot.models.subscriptions import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What there is to give over, as of ``today``. ``visits``: ``None``: nobody counts them."""

    giver: Person
    subscription: Subscription
    today: date
    days: int
    visits: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSeen:
    """A transfer when it was looked at: the giver's newest change, the receiver's days."""

    change_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """It as it would be made now: from when to when the receiver has it."""

    rest: Rest
    receiver: Person
    first_day: date
    last_day: date

    @property
    def seen(self) -> TransferSeen:
        change_id = newest(self.rest.subscription)
        return TransferSeen(change_id=change_id, first_day=self.first_day, last_day=self.last_day)
