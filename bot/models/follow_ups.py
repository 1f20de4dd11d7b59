"""What the club says by itself: to members who stay away, and on birthdays."""

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

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """What may stand in its text."""
        return _ANYWHERE if self is Occasion.BIRTHDAY else (*_ANYWHERE, Placeholder.DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """``days`` of absence after which it is said; none for a birthday."""

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
    """A text and whom it is filled in for; ``days`` since their last visit."""

    html: str
    to: Person
    days: int | None


def missed_its_day(notice: Notice, today: date) -> bool:
    """Whether what is being sent is out of date: quiet hours may lie between, but no weeks.

    What is only shown again, in the list of notifications, is never out of date.
    """
    is_being_sent = notice.attempts > 0 and notice.message_id is None
    return is_being_sent and today > date.fromisoformat(notice.payload["day"]) + timedelta(days=1)
