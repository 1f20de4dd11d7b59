"""What is done for everybody on a list at once: reminding them, giving them days, a file."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bot.models.subscriptions import SubscriptionList

# Those whose people are about to be locked; the lists that have such buttons.
EndingList = Literal[
    SubscriptionList.EXPIRING, SubscriptionList.GRACE, SubscriptionList.LOCKED_TOMORROW
]
MOST_DAYS: Final = 30
AT_ONCE: Final = 100  # changes of one press: a handler has seconds, not minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Remindable:
    """Who of a list would be reminded on ``day``, the club's.

    ``reminded``: told today already; ``silent``: they cannot be reached, have asked for a renewal,
    are no members any more, or have nothing that ends.
    """

    which: SubscriptionList
    day: date
    names: list[str]
    reminded: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The subscription of a person's that ends on ``last_day``, as it was looked at.

    ``seen``: its newest change, 0 where there is none; ``bought``: the newest one of theirs.
    """

    subscription_id: int
    seen: int
    bought: int
    name: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A list as an Excel file, as it was on ``day``."""

    which: SubscriptionList
    day: date
    people: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """How many of those that were asked for have their days now, and how many had changed since."""

    done: int
    skipped: int
