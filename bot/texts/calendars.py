"""What stands on a calendar's buttons: bare text, no HTML."""

from datetime import date
from typing import Final

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
EARLIER: Final = "◀"
LATER: Final = "▶"
EMPTY: Final = "\u2800"  # a button needs a character, and Telegram trims spaces
CLOSED: Final = "·"


def month(shown: date) -> str:
    return f"{shown:%b %Y}"
