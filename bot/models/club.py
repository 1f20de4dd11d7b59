"""The club's own facts, set from chat."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


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
