"""The Excel file of a list of people by how their subscriptions stand. For a thread."""

from collections.abc import Sequence
from typing import Final

from bot.models.subscription_cards import SubscriptionEntry
from bot.services._spreadsheet import Spreadsheet

_COLUMNS: Final = (("Name", 28), ("Phone", 18), ("Plan", 28), ("Last day", 12))
_BEGINS: Final = ("First day", 12)


def subscribers(entries: Sequence[SubscriptionEntry]) -> bytes:
    """When each begins is told only of those that are to begin."""
    begins = any(each.first_day for each in entries)
    sheet = Spreadsheet("Subscriptions", (*_COLUMNS, _BEGINS) if begins else _COLUMNS)
    sheet.write(
        (
            *(each.name, each.phone, each.plan_name, each.last_day),
            *([each.first_day] if begins else []),
        )
        for each in entries
    )
    return sheet.finish()
