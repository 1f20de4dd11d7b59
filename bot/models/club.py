"""The club's own facts, set from chat."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Setting(StrEnum):
    """A fact that owners may change; the value is the field of ``Club``."""

    NAME = "name"
    TIMEZONE = "timezone"
    CURRENCY = "currency"
    WELCOME_TEXT = "welcome_text"
    REVIEW_REGISTRATIONS = "review_registrations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    name: str
    timezone: str
    currency: str
    welcome_text: str
    review_registrations: bool
    set_up_at: datetime | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def day(self, at: datetime) -> date:
        """The day that the club's calendar shows at ``at``."""
        return at.astimezone(self.zone).date()
