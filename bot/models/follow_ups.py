"""What the club says by itself: to who stays away, on birthdays, when a subscription ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.models.notices import Notice
from bot.models.people import Person
from bot.models.templates import Placeholder

TEXT_UNITS: Final = 3500  # of Telegram's 4096: the rest is for what stands around a preview
LONGEST_INTERVAL: Final = 90  # days
_ANYWHERE: Final = (Placeholder.NAME, Placeholder.FIRST_NAME, Placeholder.CLUB)


class Occasion(StrEnum):
    """Stored, and in buttons: never rename one."""

    AWAY_7 = "away-7"
    AWAY_14 = "away-14"
    AWAY_30 = "away-30"
    BIRTHDAY = "birthday"
    ENDS_SOON = "ends-soon"
    ENDS_TODAY = "ends-today"
    IN_GRACE = "in-grace"
    LOCKED = "locked"

    @property
    def is_of_subscription(self) -> bool:
        return self in _OF_SUBSCRIPTION

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """What may stand in its text."""
        if self is Occasion.BIRTHDAY:
            return _ANYWHERE
        more = (Placeholder.PLAN, Placeholder.ENDS) if self.is_of_subscription else ()
        return (*_ANYWHERE, *more, Placeholder.DAYS)


# For a preview: how many days away the end is, with the day's sign, and what ``{days}`` says.
_OF_SUBSCRIPTION: Final = {
    Occasion.ENDS_SOON: (3, 3),
    Occasion.ENDS_TODAY: (0, 0),
    Occasion.IN_GRACE: (-2, 6),
    Occasion.LOCKED: (-10, 10),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """``days`` of absence after which it is said; none for what absence does not matter to."""

    occasion: Occasion
    days: int | None
    html: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    steps: list[FollowUp]
    interval_days: int  # at least so many between two to one person; birthdays do not count


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """A text and whom it is filled in for; ``days`` since their last visit.

    Of a subscription: which, its last day, and ``days`` until it or since.
    """

    html: str
    to: Person
    days: int | None
    plan_name: str | None = None
    ends_on: date | None = None


def sample(step: FollowUp, to: Person, today: date) -> Greeting:
    """As its reader might get it, for whoever writes it."""
    if step.occasion not in _OF_SUBSCRIPTION:
        return Greeting(html=step.html, to=to, days=step.days)
    away, days = _OF_SUBSCRIPTION[step.occasion]
    ends_on = today + timedelta(days=away)
    return Greeting(html=step.html, to=to, days=days, plan_name="30 Days", ends_on=ends_on)


def missed_its_day(notice: Notice, today: date) -> bool:
    """Whether what is being sent is out of date: quiet hours may lie between, but no weeks.

    What is only shown again, in the list of notifications, is never out of date.
    """
    is_being_sent = notice.attempts > 0 and notice.message_id is None
    return is_being_sent and today > date.fromisoformat(notice.payload["day"]) + timedelta(days=1)
