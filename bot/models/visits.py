"""Days on which people came in."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    day: date  # of the club
    at: datetime  # when it was marked
