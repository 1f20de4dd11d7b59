"""The free trial: once per member, of so many days, from the day on which it is begun."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.models.people import Person
from bot.models.subscriptions import Subscription

NAME: Final = "Free trial"  # as it stands among what a member has


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """As it is offered: what is looked at before it begins. Both days are its own."""

    first_day: date
    days: int

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialNews:
    """Who has begun one."""

    person: Person
    subscription: Subscription
