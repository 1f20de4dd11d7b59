"""Days on which people came in, and what lets them in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.models.people import Person
from bot.models.subscriptions import Access, Standing, Subscription

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    day: date  # of the club
    at: datetime  # when it was marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Whether somebody comes in on a day, and on what.

    ``standing``: as it was before that visit; none for whoever is in office: they need no
    subscription. ``begins_on``: the first day of one that is bought and has not begun; ``waits``:
    they have asked for one. ``grace_visits``: how many the club gives. ``is_in``: it is marked.
    """

    person: Person
    day: date
    standing: Standing | None
    begins_on: date | None
    waits: bool
    grace_visits: int
    is_in: bool

    @property
    def is_open(self) -> bool:
        """The one access rule lets them in."""
        return self.standing is None or self.standing.is_open

    @property
    def needs_renewal(self) -> bool:
        """They have to buy one to come in, or soon will."""
        if self.standing is None or self.begins_on or self.waits:
            return False
        return self.standing.access in {Access.GRACE, Access.LOCKED, Access.NONE}


def begins_on(subscriptions: Iterable[Subscription], *, today: date) -> date | None:
    """When the next one begins that is bought already."""
    terms = [each.term for each in subscriptions]
    ahead = [term.first_day for term in terms if today < term.first_day <= term.last_day]
    return min(ahead, default=None)


def counted_since(subscriptions: Iterable[Subscription], *, today: date) -> date:
    """The first day whose visits ``standing`` asks about: earlier ones change nothing in it.

    One that runs counts from its own first day, if it has a limit; after the last one its grace
    counts, from the day on which it was over. Never after ``today``.
    """
    terms = [(each, each.term) for each in subscriptions]
    running = [(each, term) for each, term in terms if term.holds(today)]
    if running:
        limited = [term.first_day for each, term in running if each.visits_limit is not None]
        return min(limited, default=today)
    over = [term.last_day for _, term in terms if term.first_day <= term.last_day < today]
    return max(over, default=today - _DAY) + _DAY
