"""What the sheets about money have in common."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo


def day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def percent(basis_points: int) -> Decimal:
    """1800 as 18.00."""
    return Decimal(basis_points).scaleb(-2)


def blank(count: int) -> tuple[None, ...]:
    """So many empty cells."""
    return (None,) * count
