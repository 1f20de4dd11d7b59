"""Every sentence about coming in."""

from datetime import date
from typing import Final

from bot.errors import Refusal
from bot.errors.visits import CardOfAnotherDay, OnlyMembersComeIn
from bot.texts.format import calendar_day

CAME_IN = "🏃 Came in today"
NOT_IN = "↩️ Not in today"

MARKED = "🏃 Marked as in today."
UNMARKED = "↩️ Today’s mark is taken back."

REFUSALS: Final[dict[type[Refusal], str]] = {
    OnlyMembersComeIn: "Only members can be marked as in, and this person is none now.",
    CardOfAnotherDay: "This card is of another day. Please open it again: /admin, then 👥 Members.",
}


def last_visit(day: date | None, today: date) -> str:
    if day is None:
        return "No visit yet"
    return f"Last visit: {calendar_day(day)} ({ago((today - day).days)})"


def ago(days: int) -> str:
    if days <= 0:  # a club that moved to another zone may be a day ahead
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"
