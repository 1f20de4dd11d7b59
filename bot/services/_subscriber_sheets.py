"""The Excel file of a list of people by how their subscriptions stand. For a thread."""

from collections.abc import Sequence
from typing import Final

from bot.models.subscription_cards import SubscriptionEntry
from bot.services._spreadsheet import Spreadsheet

_COLUMNS: Final = (("Name", 28), ("Phone", 18), ("Plan", 28), ("Last day", 12))


def subscribers(entries: Sequence[SubscriptionEntry]) -> bytes:
    sheet = Spreadsheet("Subscriptions", _COLUMNS)
    sheet.write((each.name, each.phone, each.plan_name, each.last_day) for each in entries)
    return sheet.finish()
